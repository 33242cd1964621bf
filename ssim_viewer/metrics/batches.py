"""Stacks of images: one score for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def measure_batch(
    metric: Any,
    references: ArrayLike,
    distorted: ArrayLike,
    *,
    channel_axis: int | None = None,
    batch_axis: int = 0,
) -> NDArray[np.float64]:
    """Return the score of each pair of two stacks of images, (N, ...) -> (N,).

    Parameters
    ----------
    metric
        The settings of any metric of this package.
    references, distorted
        Stacks of N images, or one reference for all of them.
    channel_axis
        The axis of each image that counts its channels, see `ssim`.
    batch_axis
        The axis of the stacks that counts images.

    Raises
    ------
    MetricError
        The stacks do not fit each other, or a pair cannot be measured.
    """
    x, y = np.asarray(references), np.asarray(distorted)
    if y.ndim not in (3, 4) or batch_axis not in range(-y.ndim, y.ndim):
        raise MetricError(
            tr("A stack of images has 3 or 4 axes, not the shape {shape}.", shape=y.shape)
        )
    y = np.moveaxis(y, batch_axis, 0)
    given = {} if channel_axis is None else {"channel_axis": channel_axis}
    if x.ndim == y.ndim - 1:
        bound = metric.bind(x, **given)
        return np.array([float(bound.value(image)) for image in y])
    if x.ndim != y.ndim or len(x := np.moveaxis(x, batch_axis, 0)) != len(y):
        raise MetricError(
            tr(
                "The stacks differ in number: {shape} and {shape_2}.",
                shape=x.shape,
                shape_2=y.shape,
            )
        )
    pairs = zip(x, y, strict=True)
    return np.array([float(metric.bind(a, **given).value(b)) for a, b in pairs])
