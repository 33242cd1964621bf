"""A climb as data: every scalar of every step, and as many images as memory allows.

A run never computes: steps come from a worker, the transitions append them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.memory_budget import MOST, within_free_memory
from ssim_viewer.session.thinning import kept_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssim_viewer.synthesis import Step

MEMORY_BUDGET = MOST // 3
"""Bytes of images that one run may keep for its history slider, beside its start and its latest.

Less where little memory is free.
"""

COLUMNS = ("iteration", "mse", "ssim", "step_size", "gradient_norm")
VALUE = COLUMNS.index("ssim")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One image of the history: (H, W) or (H, W, 3), float64 or float32, at a step."""

    index: int
    image: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The history of one climb, from its start to its latest step.

    Attributes
    ----------
    trace
        (steps, 5) float64, a row a step, in the order of `COLUMNS`.
    frames
        The images that are kept: all of them until the memory budget is used up, then the first
        ones and those between which most happens.
    cursor
        The step on screen.
    """

    trace: NDArray[np.float64]
    frames: tuple[Frame, ...]
    cursor: int = 0

    @property
    def last(self) -> int:
        """Index of the latest step."""
        return int(self.trace[-1, 0])

    @property
    def frame(self) -> Frame:
        """The kept frame nearest to the cursor."""
        return self.nearest(self.cursor)

    @property
    def at_end(self) -> bool:
        """Whether the step on screen is the latest one."""
        return self.frame.index == self.last

    @property
    def size(self) -> int:
        """Bytes of the kept images."""
        return sum(frame.image.nbytes for frame in self.frames)

    @property
    def extent(self) -> tuple[float, float]:
        """Lowest and highest score of all steps."""
        values = self.trace[:, VALUE]
        return float(values.min()), float(values.max())

    def nearest(self, index: int) -> Frame:
        """Return the kept frame whose step is nearest to an index."""
        place = bisect_left(self.frames, index, key=attrgetter("index"))
        around = self.frames[max(place - 1, 0) : place + 1]
        return min(around, key=lambda frame: abs(frame.index - index))

    def scrubbed(self, index: int) -> Run:
        """Return the run with its cursor at the kept step nearest to an index."""
        return replace(self, cursor=self.nearest(index).index)

    def cut(self) -> Run:
        """Return the run that ends at the step on screen: the trunk of a new branch."""
        end = self.frame.index
        return replace(
            self,
            trace=_frozen(self.trace[self.trace[:, 0] <= end]),
            frames=tuple(frame for frame in self.frames if frame.index <= end),
            cursor=end,
        )

    def extended(self, steps: Sequence[Step], *, budget: int | None = None) -> Run:
        """Return the run with more steps at its end, thinned to a budget in bytes.

        Without one, `MEMORY_BUDGET` is taken.

        The cursor follows to the newest step.
        """
        run = replace(
            self,
            trace=_frozen(np.concatenate([self.trace, _rows(steps)])),
            frames=(*self.frames, *(Frame(step.index, step.image) for step in steps)),
            cursor=steps[-1].index,
        )
        return run.thinned(within_free_memory(MEMORY_BUDGET) if budget is None else budget)

    def thinned(self, budget: int) -> Run:
        """Return the run with no more bytes of images than the budget, but its two ends."""
        size = self.size
        if size <= budget:
            return self
        indices = [frame.index for frame in self.frames]
        each = max(frame.image.nbytes for frame in self.frames)
        places = kept_places(indices, self.trace[indices, VALUE], max(budget // each, 2))
        return replace(self, frames=tuple(self.frames[place] for place in places))


def run_from(steps: Sequence[Step]) -> Run:
    """Return a new run; its first step is the start of the climb (index 0)."""
    first = Run(_frozen(_rows(steps[:1])), (Frame(steps[0].index, steps[0].image),))
    return first.extended(steps[1:]) if len(steps) > 1 else first


def _rows(steps: Sequence[Step]) -> NDArray[np.float64]:
    return np.array([[s.index, s.mse, s.value, s.step_size, s.gradient_norm] for s in steps])


def _frozen(array: NDArray[np.float64]) -> NDArray[np.float64]:
    array.flags.writeable = False
    return array
