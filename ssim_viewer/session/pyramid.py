"""A pyramid: an array at full size, at half of it, a quarter …, so that it is seen small at once.

It is built where arrays are measured, so that showing them never has to look at all of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORTHWHILE = 2_000_000
"""Samples from which an array has further levels; a smaller one is halved as fast as looked up."""

LARGEST_TOP = 1024
"""The larger side of the last level at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """An array and its means over blocks.

    Attributes
    ----------
    levels
        Level 0 is the array itself, not copied. A sample of level k is the mean over 2^k by 2^k
        samples of it, beginning at the first one; what is left over at the end is dropped. A
        block with a sample that is not a number is not a number either.
    """

    levels: tuple[NDArray[Any], ...]

    @classmethod
    def of(cls, array: NDArray[Any]) -> Pyramid:
        """Return the pyramid of an array, (H, W) or (H, W, C); it takes a third more memory."""
        levels = [array]
        large = array.shape[0] * array.shape[1] >= WORTHWHILE
        while large and max(levels[-1].shape[:2]) > LARGEST_TOP and min(levels[-1].shape[:2]) > 1:
            level = halved(levels[-1], 1)
            level.flags.writeable = False
            levels.append(level)
        return cls(tuple(levels))


def halved(array: NDArray[Any], times: int) -> NDArray[Any]:
    """Return the means over blocks of 2^times by 2^times samples; an odd end is dropped."""
    for _ in range(times):  # twofold reduction is what OpenCV does fastest
        height, width = array.shape[0] // 2, array.shape[1] // 2
        whole = array[: 2 * height, : 2 * width]
        array = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return array
