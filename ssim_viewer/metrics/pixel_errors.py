"""Errors pixel by pixel: MSE, MAE and PSNR, over all samples of all channels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, check_same_shape
from ssim_viewer.metrics.tiles import in_threads, row_blocks, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


def mse(reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean squared error, in squared units of the images."""
    return _means(reference, distorted, _squares)[0]


def mae(reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean absolute error, in units of the images."""
    return _means(reference, distorted, _magnitudes)[0]


def errors(reference: ArrayLike, distorted: ArrayLike) -> tuple[float, float]:
    """Return MSE and MAE from one look at the images, which costs little more than one of them."""
    squared, absolute = _means(reference, distorted, _squares, _magnitudes)
    return squared, absolute


def psnr(reference: ArrayLike, distorted: ArrayLike, data_range: float = 255.0) -> float:
    """Return 10 log10(L² / MSE) in decibels; infinity for identical images."""
    return psnr_of(mse(reference, distorted), data_range)


def psnr_of(error: float, data_range: float) -> float:
    """Return the PSNR in decibels that belongs to a mean squared error."""
    if not (math.isfinite(data_range) and data_range > 0):
        raise MetricError(f"data_range is a number above 0, not {data_range!r}.")
    return math.inf if error == 0 else 10 * math.log10(data_range**2 / error)


def _means(
    reference: ArrayLike, distorted: ArrayLike, *totals: Callable[[Array, Array], float]
) -> list[float]:
    """Return the means over all samples of what each of `totals` sums of a block's errors."""
    x, y = as_image(reference), as_image(distorted)
    check_same_shape(x, y)

    def block_totals(rows: slice) -> list[float]:
        scratch.clear()
        e, room = (scratch.array(x[rows].shape) for _ in range(2))
        with np.errstate(invalid="ignore", over="ignore"):
            np.subtract(y[rows], x[rows], out=e, dtype=np.float64)
            return [total(e, room) for total in totals]

    blocks = in_threads(block_totals, row_blocks(x.shape))
    means = [sum(each) / x.size for each in zip(*blocks, strict=True)]
    if not all(math.isfinite(mean) for mean in means):
        raise MetricError("An image holds NaN or infinity.")
    return means


def _squares(e: Array, room: Array) -> float:
    return float(np.square(e, out=room).sum())


def _magnitudes(e: Array, room: Array) -> float:
    return float(np.abs(e, out=room).sum())
