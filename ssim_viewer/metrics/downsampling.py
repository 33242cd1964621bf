"""Shrinking a plane as Wang's `ssim.m` does before it measures, and the adjoint of that.

A box filter of f × f with symmetric border, then every f-th sample from the first. The boxes of the
samples kept lie side by side, so the plane is extended at its border and averaged tile by tile. The
box that is centred on pixel 0 starts (f - 1) // 2 pixels before it, as in MATLAB's `imfilter`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.borders import border_index, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]


def automatic_factor(height: int, width: int, *, half_up: bool = True) -> int:
    """Return max(1, round(min(H, W) / 256)); halves round up as MATLAB's do, or to even."""
    sides = min(height, width) / 256
    return max(1, math.floor(sides + 0.5) if half_up else round(sides))


def first_pixel(factor: int) -> int:
    """Return where the first box starts, at or before pixel 0."""
    return -((factor - 1) // 2)


def downsample(plane: NDArray[Any], factor: int) -> Plane:
    """Return the means of boxes of factor × factor, (H, W) -> (ceil(H / f), ceil(W / f))."""
    rows, columns = (box_samples(length, factor) for length in plane.shape)
    small = np.zeros((len(rows) // factor, len(columns) // factor))
    for i in range(factor):
        for j in range(factor):
            small += plane[np.ix_(rows[i::factor], columns[j::factor])]
    small /= factor**2
    return small


def adjoint_downsampled(small: NDArray[Any], factor: int, shape: tuple[int, int]) -> NDArray[Any]:
    """Apply the adjoint of `downsample` for a plane of the given shape."""
    for axis, length in enumerate(shape):
        tiled = np.repeat(small, factor, axis) / factor
        small = fold(tiled, axis, -first_pixel(factor), box_samples(length, factor), length)
    return small


def pool(plane: NDArray[Any], factor: int) -> Plane:
    """Return the means of the whole boxes from the first pixel, (H, W) -> (H // f, W // f)."""
    height, width = (length // factor for length in plane.shape)
    whole = plane[: height * factor, : width * factor].astype(np.float64)
    means: Plane = whole.reshape(height, factor, width, factor).mean(axis=(1, 3))
    return means


def adjoint_pooled(small: NDArray[Any], factor: int, shape: tuple[int, int]) -> NDArray[Any]:
    """Apply the adjoint of `pool` for a plane of the given shape."""
    adjoint = np.zeros(shape, small.dtype)
    own = adjoint[: small.shape[0] * factor, : small.shape[1] * factor]
    own[:] = np.repeat(np.repeat(small, factor, 0), factor, 1)
    own /= factor**2
    return adjoint


def box_samples(length: int, factor: int) -> NDArray[np.intp]:
    """Return which samples of an axis the boxes average, `factor` of them for each box."""
    before = -first_pixel(factor)
    after = math.ceil(length / factor) * factor - before - length
    return border_index(length, before, after, "reflect")
