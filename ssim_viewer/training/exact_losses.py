"""Terms of a loss that `ssim_viewer.metrics` computes: any metric, by its own exact gradient.

The gradient of the metric with respect to the output of the network is the cotangent from which
the training library goes on backwards through the network.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import MetricContext, MetricError, Ssim, find
from ssim_viewer.metrics.protocol import HasObjective
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.training.loss_terms import Loss, Term

    Array = NDArray[np.float32]
    Function = Callable[[Array, Array], tuple[float, Array]]


def exact_loss(loss: Loss) -> Function | None:
    """Return the sum of those terms that `ssim_viewer.metrics` computes, or None without any.

    Returns
    -------
    function of a reference and an output, both (N, H, W) in [0, 1]
        The mean over the batch and its derivative by the output, (N, H, W).
        It raises a TrainingError when the images are too small for the metric.
    """
    terms = [term for term in loss.terms if term.exact]
    if not terms:
        return None
    metrics = [(term, _metric(term), find(term.metric)) for term in terms]

    def total(reference: Array, output: Array) -> tuple[float, Array]:
        value, cotangent = 0.0, np.zeros(output.shape, np.float32)
        for term, metric, entry in metrics:
            sign = -1.0 if entry.higher_is_better else 1.0
            best = entry.best if entry.best is not None and math.isfinite(entry.best) else 0.0
            share = term.weight / len(output)
            for place, (x, y) in enumerate(zip(reference, output, strict=True)):
                score, gradient = _measured(metric, x.astype(np.float64), y.astype(np.float64))
                value += share * sign * (score - best)
                cotangent[place] += (share * sign * gradient).astype(np.float32)
        return value, cotangent

    return total


def _metric(term: Term) -> Metric:
    return find(term.metric).make(MetricContext(data_range=1.0, ssim=Ssim(data_range=1.0)))


def _measured(
    metric: Metric, reference: NDArray[np.float64], output: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return what training follows, and its gradient."""
    try:
        bound = metric.bind(reference)
        if isinstance(bound, HasObjective):
            _, value, gradient = bound.objective_and_gradient(output)
            return value, gradient
        return bound.value_and_gradient(output)
    except MetricError as error:
        raise TrainingError(
            tr("This loss cannot be had on these patches: {error}", error=error)
        ) from None
