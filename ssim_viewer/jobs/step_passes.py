"""How far a step is, by the passes over the image that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.compute.tiles import pass_under_way, working_clock

if TYPE_CHECKING:
    from collections.abc import Sequence


class StepPasses:
    """The passes of a step on this thread, and when each of them was last looked at."""

    def __init__(self) -> None:
        self._first, _ = pass_under_way()
        self._begun = working_clock()
        self._ends: list[float] = []
        self._share = 0.0

    @property
    def ends(self) -> Sequence[float]:
        """Seconds from the beginning of the step to the end of each pass so far."""
        return self._ends

    def look(self) -> None:
        """Note the time; called after every part of a pass."""
        passes, self._share = pass_under_way()
        # The clock leaves out what looking takes, but only after the look.
        now = max(working_clock() - self._begun, *self._ends[-1:], 0.0)
        count = passes - self._first
        self._ends += [now] * (count - len(self._ends))
        if self._ends:
            self._ends[-1] = now

    def fraction(self, like: StepPasses) -> float | None:
        """Return how far the step is by the cost of passes of one like it, which was made.

        None where that one has no passes.
        """
        if not like.ends or not self._ends:
            return None
        count = len(self._ends)
        if count > len(like.ends):
            return 1.0
        before = like.ends[count - 2] if count > 1 else 0.0
        return (before + self._share * (like.ends[count - 1] - before)) / like.ends[-1]
