"""How long the event loop stood still, and how long of that its own thread worked."""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer

TICK = 20  # milliseconds between two looks at the clock
LONGEST_STALL = 0.5  # seconds that the event loop may stand still
LONG = 0.25  # seconds of own work from which a turn is counted
TOLD = 5  # turns that are told of one by one


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One turn of the event loop.

    Attributes
    ----------
    work
        Seconds that its own thread worked.
    stall
        Seconds that the window stood still: with waiting for a processor, on a busy machine.
    doing
        What was done, and as which event.
    """

    work: float
    stall: float
    doing: str

    def text(self) -> str:
        """Return it in a few words."""
        return f"{self.work:.2f} s of {self.stall:.2f} s at {self.doing}"


@dataclass
class Turns:
    """The turns of a run: how many, and which took longest."""

    count: int = 0
    long: int = 0
    too_long: int = 0
    hardest: list[Turn] = field(default_factory=list)
    stillest: Turn = field(default_factory=lambda: Turn(0.0, 0.0, "the start"))

    def add(self, turn: Turn) -> None:
        """Count a turn."""
        self.count += 1
        self.long += turn.work > LONG
        self.too_long += turn.work > LONGEST_STALL
        if turn.stall > self.stillest.stall:
            self.stillest = turn
        keep = heapq.heappush if len(self.hardest) < TOLD else heapq.heappushpop
        keep(self.hardest, turn)

    def text(self) -> str:
        """Return what there is to know of them, in lines."""
        hardest = "; ".join(turn.text() for turn in sorted(self.hardest, reverse=True))
        return (
            f"turns of the event loop: {self.count}, of which {self.long} worked for longer than "
            f"{LONG} s and {self.too_long} for longer than {LONGEST_STALL} s;\n"
            f"  longest work of the window's own thread: {hardest};\n"
            f"  longest stall: {self.stillest.stall:.2f} s at {self.stillest.doing}, "
            f"{self.stillest.work:.2f} s of it own work"
        )


class Clock:
    """Looks at every turn of the event loop.

    Attributes
    ----------
    turns
        What it has seen.
    doing
        What is done now; a person sets it.
    """

    def __init__(self) -> None:
        self.turns = Turns()
        self.doing = "the start"
        self._last, self._worked = time.monotonic(), time.thread_time()
        self._timer = QTimer(interval=TICK)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now, worked = time.monotonic(), time.thread_time()
        stall, work = now - self._last - TICK / 1000, worked - self._worked
        self._last, self._worked = now, worked
        self.turns.add(Turn(work, max(stall, 0.0), self.doing))

    def leave_out(self) -> None:
        """Forget what came since the last look: it was the hand's own work."""
        self._last, self._worked = time.monotonic(), time.thread_time()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
