"""Shrinking a plane to half its sides, and the adjoint of that: the step between scales of MS-SSIM.

A 2 × 2 box, then every second sample from the first; a side of odd length is extended by its last
sample, the symmetric border on the right and at the bottom. `downsampling` does the same for any
factor; this is its fast case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]


def halve(plane: NDArray[Any]) -> Plane:
    """Return the means of boxes of 2 × 2, (H, W) -> (ceil(H / 2), ceil(W / 2))."""
    height, width = plane.shape
    even: Plane = np.ascontiguousarray(plane, np.float64)
    if height % 2 or width % 2:
        even = np.pad(even, ((0, height % 2), (0, width % 2)), "edge")
    size = even.shape[1] // 2, even.shape[0] // 2
    return np.asarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.float64)


def spread_halved(small: Plane, shape: tuple[int, int]) -> Plane:
    """Return 4 times the adjoint of `halve` for a plane of this shape.

    The quarter is left to whoever adds the result to something else, as one pass does both.
    """
    height, width = shape
    size = 2 * small.shape[1], 2 * small.shape[0]
    spread = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_NEAREST), np.float64)
    if height % 2:
        spread[height - 1] *= 2
    if width % 2:
        spread[:, width - 1] *= 2
    return spread[:height, :width]
