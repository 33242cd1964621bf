"""One way to measure a distorted image by any bound metric."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.protocol import MeasuresInOnePass, PassResult
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.protocol import BoundMetric, Layer


def measure(
    bound: BoundMetric,
    distorted: ArrayLike,
    maps: Collection[str] | None = None,
    *,
    gradient: bool = False,
    report: Callable[[float], None] | None = None,
    grown: Callable[[Mapping[str, Layer]], None] | None = None,
) -> PassResult:
    """Return the score of a distorted image, maps, and where it is asked for the gradient.

    A metric that can makes them in one pass; of any other they are asked for one by one.

    Parameters
    ----------
    maps
        The names of the maps; None for all.
    report
        Called with the fraction done, where the metric tells it. What it raises ends the work.
    grown
        Called with the first rows of the maps, by a metric that makes them one after the other.

    Raises
    ------
    MetricError
        The image has another shape than the reference, or has no number as its score.
    """
    if isinstance(bound, MeasuresInOnePass):
        found = bound.one_pass(distorted, maps=maps, gradient=gradient, report=report, grown=grown)
    else:
        found = _one_by_one(bound, distorted, maps, gradient=gradient)
    if math.isnan(found.value):
        raise MetricError(tr("it returned no number (NaN)."))
    return found


def grey_gradient(gradient: NDArray[Any]) -> NDArray[np.float32]:
    """Return the effect of a change in grey, (H, W): the sum over channels."""
    summed = gradient if gradient.ndim == 2 else gradient.sum(axis=2)
    return np.asarray(summed, np.float32)


def _one_by_one(
    bound: BoundMetric, distorted: ArrayLike, maps: Collection[str] | None, *, gradient: bool
) -> PassResult:
    value = float(bound.value(distorted))
    layers = bound.layers(distorted) if maps is None or maps else {}
    wanted = {name: layer for name, layer in layers.items() if maps is None or name in maps}
    slope = bound.value_and_gradient(distorted)[1] if gradient else None
    return PassResult(value, wanted, gradient=slope, notes=tuple(getattr(bound, "notes", ())))
