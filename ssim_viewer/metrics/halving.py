"""Shrinking a plane to half its sides, and the adjoint of that: the step between scales of MS-SSIM.

A 2 × 2 box, then every second sample from the first; a side of odd length is extended by its last
sample, the symmetric border on the right and at the bottom. `downsampling` does the same for any
factor; this is its fast case, in blocks of rows that stay in the processor's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.metrics.tiles import in_threads, row_blocks, scratch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]


def half_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the shape of half a plane, (ceil(H / 2), ceil(W / 2))."""
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2


def halve(plane: NDArray[Any], small: Plane) -> Plane:
    """Compute the means of boxes of 2 × 2 and return them, in memory of half the shape."""

    def fill(rows: slice) -> None:
        scratch.clear()
        own = small[rows]
        even = _even(plane[2 * rows.start : 2 * rows.stop], (2 * own.shape[0], 2 * own.shape[1]))
        cv2.resize(even, own.shape[::-1], dst=own, interpolation=cv2.INTER_AREA)

    in_threads(fill, row_blocks((small.shape[0], 4 * small.shape[1])))
    return small


def add_spread_halved(small: Plane, weight: float, plane: Plane) -> None:
    """Turn a plane into `weight` times itself plus the adjoint of `halve` of `small`, in place."""
    height, width = plane.shape

    def add(rows: slice) -> None:
        scratch.clear()
        own = small[rows]
        spread = scratch.array((2 * own.shape[0], 2 * own.shape[1]))
        cv2.resize(own, spread.shape[::-1], dst=spread, interpolation=cv2.INTER_NEAREST)
        if height % 2 and rows.stop == len(small):
            spread[-2] *= 2
        if width % 2:
            spread[:, width - 1] *= 2
        to = plane[2 * rows.start : 2 * rows.stop]
        cv2.addWeighted(to, weight, spread[: len(to), :width], 0.25, 0, to)

    in_threads(add, row_blocks((small.shape[0], 4 * small.shape[1])))


def _even(rows: NDArray[Any], shape: tuple[int, int]) -> Plane:
    """Return rows in float64, extended to this shape by their last samples."""
    if rows.dtype == np.float64 and rows.shape == shape and rows.flags.c_contiguous:
        return rows
    height, width = rows.shape
    even = scratch.array(shape)
    even[:height, :width] = rows
    even[height:, :width] = rows[-1]
    even[:, width:] = even[:, width - 1 : width]
    return even
