"""Errors pixel by pixel: MSE, MAE and PSNR, over all samples of all channels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks, scratch
from ssim_viewer.metrics.data_range import ASSUMED, is_doubtful, refuse_doubtful
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, check_same_shape
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


def mse(reference: ArrayLike, distorted: ArrayLike, *, channel_axis: int | None = None) -> float:
    """Return the mean squared error, in squared units of the images."""
    return _means(reference, distorted, _squares, channel_axis=channel_axis)[0]


def mae(reference: ArrayLike, distorted: ArrayLike, *, channel_axis: int | None = None) -> float:
    """Return the mean absolute error, in units of the images."""
    return _means(reference, distorted, _magnitudes, channel_axis=channel_axis)[0]


def errors(
    reference: ArrayLike, distorted: ArrayLike, *, channel_axis: int | None = None
) -> tuple[float, float]:
    """Return MSE and MAE from one look at the images, which costs little more than one of them."""
    squared, absolute = _means(
        reference, distorted, _squares, _magnitudes, channel_axis=channel_axis
    )
    return squared, absolute


def psnr(
    reference: ArrayLike,
    distorted: ArrayLike,
    data_range: float = ASSUMED,
    *,
    channel_axis: int | None = None,
) -> float:
    """Return 10 log10(L² / MSE) in decibels; infinity for identical images.

    Unless the data range is given, a pair of float images within [0, 1] is refused.
    """
    error = mse(reference, distorted, channel_axis=channel_axis)
    x, y = (as_image(image, channel_axis, pixels=True) for image in (reference, distorted))
    if is_doubtful(data_range, x):
        refuse_doubtful(x, y)
    return psnr_of(error, data_range)


def psnr_of(error: float, data_range: float) -> float:
    """Return the PSNR in decibels that belongs to a mean squared error."""
    try:
        known = 1e-150 < data_range < 1e150  # whose square can be computed
    except (TypeError, ValueError, OverflowError):
        known = False
    if not known:
        raise MetricError(
            tr("data_range is a number above 0, not {data_range!r}.", data_range=data_range)
        )
    return math.inf if error == 0 else 10 * math.log10(data_range**2 / error)


def _means(
    reference: ArrayLike,
    distorted: ArrayLike,
    *totals: Callable[[Array, Array], float],
    channel_axis: int | None,
) -> list[float]:
    """Return the means over all samples of what each of `totals` sums of a block's errors."""
    x, y = (as_image(image, channel_axis, pixels=True) for image in (reference, distorted))
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
        raise MetricError(tr("An image holds NaN or infinity."))
    return means


def _squares(e: Array, room: Array) -> float:
    return float(np.square(e, out=room).sum())


def _magnitudes(e: Array, room: Array) -> float:
    return float(np.abs(e, out=room).sum())
