"""Errors pixel by pixel: MSE, MAE and PSNR, over all samples of all channels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, check_same_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

_BLOCK = 1 << 18  # samples at a time, so that a large image needs no second copy in float64


def mse(reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean squared error, in squared units of the images."""
    count, total = 0, 0.0
    for e in _errors(reference, distorted):
        count, total = count + e.size, total + float(np.vdot(e, e))
    return total / count


def mae(reference: ArrayLike, distorted: ArrayLike) -> float:
    """Return the mean absolute error, in units of the images."""
    count, total = 0, 0.0
    for e in _errors(reference, distorted):
        count, total = count + e.size, total + float(np.abs(e).sum())
    return total / count


def psnr(reference: ArrayLike, distorted: ArrayLike, data_range: float = 255.0) -> float:
    """Return 10 log10(L² / MSE) in decibels; infinity for identical images."""
    return psnr_of(mse(reference, distorted), data_range)


def psnr_of(error: float, data_range: float) -> float:
    """Return the PSNR in decibels that belongs to a mean squared error."""
    if not (math.isfinite(data_range) and data_range > 0):
        raise MetricError(f"data_range is a number above 0, not {data_range!r}.")
    return math.inf if error == 0 else 10 * math.log10(data_range**2 / error)


def _errors(reference: ArrayLike, distorted: ArrayLike) -> Iterator[NDArray[np.float64]]:
    """Give the difference, distorted minus reference, in blocks of rows."""
    x: NDArray[Any] = as_image(reference)
    y: NDArray[Any] = as_image(distorted)
    check_same_shape(x, y)
    rows = max(1, _BLOCK * len(x) // x.size)
    for first in range(0, len(x), rows):
        block = slice(first, first + rows)
        yield np.subtract(y[block], x[block], dtype=np.float64)
