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
    return _mean(_squares, reference, distorted)


def mae(reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean absolute error, in units of the images."""
    return _mean(_magnitudes, reference, distorted)


def psnr(reference: ArrayLike, distorted: ArrayLike, data_range: float = 255.0) -> float:
    """Return 10 log10(L² / MSE) in decibels; infinity for identical images."""
    return psnr_of(mse(reference, distorted), data_range)


def psnr_of(error: float, data_range: float) -> float:
    """Return the PSNR in decibels that belongs to a mean squared error."""
    if not (math.isfinite(data_range) and data_range > 0):
        raise MetricError(f"data_range is a number above 0, not {data_range!r}.")
    return math.inf if error == 0 else 10 * math.log10(data_range**2 / error)


def _mean(total: Callable[[Array], float], reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean over all samples of what `total` sums of the errors of a block of rows."""
    x, y = as_image(reference), as_image(distorted)
    check_same_shape(x, y)

    def block_total(rows: slice) -> float:
        scratch.clear()
        e = scratch.array(x[rows].shape)
        with np.errstate(invalid="ignore", over="ignore"):
            return total(np.subtract(y[rows], x[rows], out=e, dtype=np.float64))

    mean = sum(in_threads(block_total, row_blocks(x.shape))) / x.size
    if not math.isfinite(mean):
        raise MetricError("An image holds NaN or infinity.")
    return mean


def _squares(e: Array) -> float:
    return float(np.square(e, out=e).sum())


def _magnitudes(e: Array) -> float:
    return float(np.abs(e, out=e).sum())
