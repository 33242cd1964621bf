"""A pyramid: an array at full size, at a quarter of it, a 16th …, so that it is seen small at once.

It is built where arrays are measured, so that showing them never has to look at all of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.halving import halved

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTHWHILE = 2_000_000
"""Samples from which an array has further levels; a smaller one is reduced as it is looked at."""

LARGEST_TOP = 1024
"""The larger side of the last level at most."""

HALVINGS = 2
"""From one level to the next: all levels but the first take a 12th of its memory, and what stands
between two of them is halved once as it is looked at."""

_STRIP = 256  # rows that are reduced at once, so that what stands between stays in the cache

Slices = tuple[int, int, int, int]
"""First and last row, first and last column; the last ones excluded."""


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """An array and its means over blocks.

    Attributes
    ----------
    levels
        Level 0 is the array itself, not copied. A sample of level k is the mean over 4^k by 4^k
        samples of it, beginning at the first one; what is left over at the end is dropped. A
        block with a sample that is not a number is not a number either.
    """

    levels: tuple[NDArray[Any], ...]

    @classmethod
    def of(
        cls, array: NDArray[Any], begun: Pyramid | None = None, *, large: bool = False
    ) -> Pyramid:
        """Return the pyramid of an array, (H, W) or (H, W, C).

        Parameters
        ----------
        array
            The array, which is not copied.
        begun
            The pyramid of the first rows of the same array: only the further ones are looked at.
        large
            Whether it has further levels however few samples the array has.
        """
        levels, before = [array], iter(begun.levels[1:] if begun is not None else ())
        large = large or array.shape[0] * array.shape[1] >= WORTHWHILE
        while large and max(levels[-1].shape[:2]) > LARGEST_TOP and min(levels[-1].shape[:2]) > 3:
            level = _reduced(levels[-1], next(before, None))
            level.flags.writeable = False
            levels.append(level)
        return cls(tuple(levels))

    def shape(self, halvings: int) -> tuple[int, int]:
        """Return the height and width of the array halved so often."""
        height, width = self.levels[0].shape[:2]
        return height >> halvings, width >> halvings

    def samples(self, halvings: int, slices: Slices) -> NDArray[Any]:
        """Return samples of the array halved so often."""
        level = min(halvings // HALVINGS, len(self.levels) - 1)
        times = halvings - HALVINGS * level
        top, bottom, left, right = (place << times for place in slices)
        return halved(self.levels[level][top:bottom, left:right], times)


def _reduced(array: NDArray[Any], begun: NDArray[Any] | None) -> NDArray[Any]:
    """Return the next level after an array, of which the first rows may be there already."""
    step = 2**HALVINGS
    height, width = array.shape[0] // step, array.shape[1] // step
    level = np.empty((height, width, *array.shape[2:]), array.dtype)
    done = 0
    if begun is not None:
        done = len(begun)
        level[:done] = begun
    for top in range(done, height, _STRIP // step):
        strip = array[step * top : step * min(top + _STRIP // step, height)]
        level[top : top + len(strip) // step] = halved(strip, HALVINGS)
    return level
