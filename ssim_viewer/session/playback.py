"""How a climb is played: how fast, how far, and when it is over for the eye."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.synthesis import Step

SPEEDS = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0)
"""Steps a second that are offered besides full speed."""

STILL_STEPS = 30
"""Steps in a row that must change nothing visible."""

STILL_LEVELS = 0.5
"""Grey levels of 255, root mean square, that all of those steps may move the image."""

STILL_SHARE = 2e-3
"""Share of all that the score has changed so far that it may change by them."""


@dataclass(frozen=True, slots=True)
class Playback:
    """How a climb is played.

    Attributes
    ----------
    steps_per_second
        None is as fast as the machine.
    step_limit
        The step at which a climb stops; 0 sets no limit.
    stop_when_still
        Whether it stops once nothing changes that can be seen.
    """

    steps_per_second: float | None = None
    step_limit: int = 0
    stop_when_still: bool = True

    def moves(self, count: int | None, last: int) -> int | None:
        """Return how many of the wanted moves the limit allows after a step; None is no end."""
        if not self.step_limit:
            return count
        left = max(self.step_limit - last, 0)
        return left if count is None else min(count, left)


@dataclass(frozen=True, slots=True)
class Stillness:
    """That the latest steps changed nothing visible.

    Attributes
    ----------
    levels
        Root mean square length of all of their moves together, in levels of 255.
    change
        What the score changed by.
    """

    levels: float
    change: float

    def sentence(self, index: int, symbol: str) -> str:
        """Return why a climb stopped at a step."""
        return tr(
            "Stopped at step {index}, as nothing visible changes any more: the last"
            " {still_steps} steps moved pixels by {levels:.2g} levels (RMS) in all and"
            " {symbol} by {change:.1g}. Play goes on all the same.",
            index=index,
            still_steps=STILL_STEPS,
            levels=self.levels,
            symbol=symbol,
            change=self.change,
        )


@dataclass(slots=True)
class StillnessWatch:
    """Looks at the steps of a climb as they come.

    Attributes
    ----------
    white
        The data range of the image.
    values
        Lowest and highest score of the run so far, or None for a new one.
    """

    white: float
    values: tuple[float, float] | None = None
    _scores: deque[float] = field(default_factory=lambda: deque(maxlen=STILL_STEPS + 1))
    _moves: deque[float] = field(default_factory=lambda: deque(maxlen=STILL_STEPS))

    def look(self, step: Step) -> Stillness | None:
        """Take a step; return what the latest ones came to if that cannot be seen."""
        low, high = self.values or (step.value, step.value)
        self.values = low, high = min(low, step.value), max(high, step.value)
        self._scores.append(step.value)
        self._moves.append(step.step_size)
        if len(self._scores) <= STILL_STEPS:
            return None
        levels = 255 / self.white * sum(self._moves)
        change = sum(abs(b - a) for a, b in pairwise(self._scores))
        is_still = levels < STILL_LEVELS and change <= STILL_SHARE * (high - low)
        return Stillness(levels, change) if is_still else None
