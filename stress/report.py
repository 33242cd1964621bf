"""What a run of random events met with, as it is printed at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssim_viewer.jobs.batches import BATCH_BYTES
from stress.clock import LONGEST_STALL, Turns

if TYPE_CHECKING:
    from stress.heap import Heap

MOST_GROWTH = 384 * 2**20
"""Bytes gained after the first quarter by windows and modules, beside what the budget keeps."""

MOST_BESIDE = MOST_GROWTH + 2 * BATCH_BYTES
"""Bytes in use gained beside it, with the steps of two runs that wait for the screen."""


@dataclass
class Report:
    """What a run of random events met with.

    Attributes
    ----------
    events
        How many there were of each kind; what was gone when the hand came to it is "missed".
    problems
        Exceptions, warnings, and more kept than the budget allows.
    base, end
        What the process held after the first quarter, and at the end.
    stalls
        Whether a stall fails the run, as on a machine that has no other work.
    most_kept, limit
        The most bytes that were kept to be quick at any time, and that were allowed to be.
    """

    events: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)
    base: Heap | None = None
    end: Heap | None = None
    most_kept: int = 0
    limit: int = 0
    seconds: float = 0.0
    stalls: bool = True

    @property
    def growth(self) -> int:
        """Bytes gained after the first quarter, without what is kept to be quick."""
        return self.end.beside - self.base.beside if self.base and self.end else 0

    @property
    def grown(self) -> bool:
        """Whether memory grew by too much: that in use, or that which the system has given."""
        if self.base is None or self.end is None:
            return False
        given = self.end.resident - self.base.resident
        return self.growth > MOST_BESIDE or given > MOST_GROWTH + self.limit

    @property
    def failed(self) -> bool:
        """Whether anything was wrong."""
        return bool(self.problems) or self.grown or (self.stalls and self.stalled)

    @property
    def stalled(self) -> bool:
        """Whether the window stood still for too long."""
        return self.turns.stillest.stall > LONGEST_STALL

    def text(self, seed: int) -> str:
        """Return the closing summary in lines; the last one says whether the run passed."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.events.most_common())
        lines = [
            f"{self.events.total()} events of seed {seed} in {self.seconds:.0f} s ({kinds})",
            f"exceptions and warnings: {len(self.problems)}",
            *(f"  {each}" for each in self.problems),
            self.turns.text(),
            self._memory(),
            self._verdict(),
        ]
        return "\n".join(lines)

    def _memory(self) -> str:
        if self.base is None or self.end is None:
            return "memory: the run was too short to tell"
        return (
            f"memory: {self.growth / 2**20:+.0f} MiB since the first quarter beside what is kept "
            f"to be quick, of {MOST_BESIDE / 2**20:.0f} allowed; "
            f"{self.most_kept / 2**20:.0f} MiB of {self.limit / 2**20:.0f} kept at most;\n"
            f"  after the first quarter {self.base.text()};\n"
            f"  at the end {self.end.text()}"
        )

    def _verdict(self) -> str:
        found = []
        if self.problems:
            found.append("exceptions or warnings")
        if self.grown:
            found.append("memory grew")
        own = "own work" if self.turns.too_long else "it waited for a processor"
        stall = f"the window stood still for longer than {LONGEST_STALL} s ({own})"
        if self.stalled and self.stalls:
            found.append(stall)
        if found:
            return "failed: " + "; ".join(found)
        return f"passed, stalls left out: {stall}" if self.stalled else "passed"
