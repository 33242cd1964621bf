"""Shrinking a plane to half its sides, and the adjoint of that: the step between scales of MS-SSIM.

A 2 × 2 box, then every second sample from the first; a side of odd length is extended by its last
sample, the symmetric border on the right and at the bottom. `downsampling` does the same for any
factor; this is its fast case, in blocks of rows that stay in the processor's cache.

Compiled kernels are used where they are given; array code has the same results up to rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.compute.tiles import ALONE, in_threads, row_blocks, scratch

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    Plane = NDArray[np.floating[Any]]


LARGE = 1 << 18  # samples that compiled kernels do in less time than a thread takes to wake up


def half_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the shape of half a plane, (ceil(H / 2), ceil(W / 2))."""
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2


def halve(plane: NDArray[Any], small: Plane, kernels: ModuleType | None = None) -> Plane:
    """Compute the means of boxes of 2 × 2 and return them, in memory of half the shape."""
    for rows in _blocks(small, kernels):
        scratch.clear()
        own = small[rows]
        shape = 2 * own.shape[0], 2 * own.shape[1]
        even = _even(plane[2 * rows.start : 2 * rows.stop], shape, small.dtype)
        if kernels:
            kernels.halve(even, np.array([0.25], small.dtype), own)
        else:
            even = even.astype(small.dtype, copy=False)
            cv2.resize(even, own.shape[::-1], dst=own, interpolation=cv2.INTER_AREA)
    return small


def add_adjoint_halved(
    small: Plane, weight: float, plane: Plane, out: Plane, kernels: ModuleType | None = None
) -> None:
    """Compute `weight` times a plane plus the adjoint of `halve` of `small`.

    `out` may be the plane itself.
    """

    def add(rows: slice) -> None:
        scratch.clear()
        own = small[rows]
        seen, to = (each[2 * rows.start : 2 * rows.stop] for each in (plane, out))
        if kernels:
            row = scratch.array((2 * own.shape[1],), small.dtype)
            weights = np.array([weight, 0.25], small.dtype)
            if out is plane:
                kernels.adjoint(own, weights, row, to)
            else:
                kernels.adjoint_to(own, weights, row, seen, to)
        else:
            _add_adjoint(own, weight, seen, to)

    in_threads(add, _blocks(small, kernels))


def _add_adjoint(small: Plane, weight: float, plane: Plane, out: Plane) -> None:
    height, width = plane.shape
    adjoint = scratch.array((2 * small.shape[0], 2 * small.shape[1]), out.dtype)
    small = np.ascontiguousarray(small, out.dtype)
    cv2.resize(small, adjoint.shape[::-1], dst=adjoint, interpolation=cv2.INTER_NEAREST)
    if height % 2:
        adjoint[-2] *= 2
    if width % 2:
        adjoint[:, width - 1] *= 2
    np.multiply(plane, weight, out=out, dtype=out.dtype)
    cv2.scaleAdd(adjoint[:height, :width], 0.25, out, out)


def _blocks(small: Plane, kernels: ModuleType | None) -> list[slice]:
    samples = LARGE if kernels else ALONE
    return row_blocks((small.shape[0], 4 * small.shape[1]), samples)


def _even(rows: NDArray[Any], shape: tuple[int, int], dtype: np.dtype[Any]) -> Plane:
    """Return rows in this type or double, extended to this shape by their last ones; read-only."""
    flags = rows.flags
    if (
        rows.dtype in (dtype, np.float64)
        and rows.shape == shape
        and flags.c_contiguous
        and flags.aligned
    ):
        even = rows.view()
    else:
        height, width = rows.shape
        even = scratch.array(shape, dtype)
        even[:height, :width] = rows
        even[height:, :width] = rows[-1]
        even[:, width:] = even[:, width - 1 : width]
    even.setflags(write=False)  # arrays that can be written to would be compiled for anew
    return even
