"""Three ways up without a constraint, as generators: plain gradient, Adam, L-BFGS-B.

A metric's gradient has no natural size (for SSIM about 1/N, for MSE in squared units), so the rate
is the same thing for all three: the length of the first step, root mean square in pixel units.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.optimizers.lbfgsb import iterates
from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.steps import Optimizer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from numpy.typing import NDArray

    from ssim_viewer.synthesis.optimizers.free_objective import Evaluation, FreeObjective

    Pixels = NDArray[np.floating[Any]]
    Climber = Callable[[FreeObjective, Evaluation, float], Generator[Evaluation, None, None]]

DEFAULT_SHARES = {Optimizer.GRADIENT: 0.02, Optimizer.ADAM: 0.05, Optimizer.LBFGSB: 0.2}
"""Length of the first step as a share of the distance between start and reference."""

_KEPT = 0.9, 0.999  # Adam's beta: shares of the running means that a step keeps


def gradient_climb(
    view: FreeObjective, evaluation: Evaluation, rate: float
) -> Generator[Evaluation, None, None]:
    """Yield ``Y <- clip(Y + c * gradient)`` until nothing moves."""
    factor = _factor(evaluation, rate)
    while view.slope(evaluation) > 0:
        evaluation = view.evaluate(evaluation.image + factor * evaluation.uphill)
        yield evaluation


def adam_climb(
    view: FreeObjective, evaluation: Evaluation, rate: float
) -> Generator[Evaluation, None, None]:
    """Yield the images of Adam, whose every pixel at first moves by the rate."""
    mean, square = np.zeros_like(evaluation.image), np.zeros_like(evaluation.image)
    tiny = 1e-8 * norm(evaluation.uphill) / math.sqrt(evaluation.image.size)
    count = 0
    while view.slope(evaluation) > 0:
        count += 1
        mean += (1 - _KEPT[0]) * (evaluation.uphill - mean)
        square += (1 - _KEPT[1]) * (np.square(evaluation.uphill) - square)
        size = np.sqrt(square / (1 - _KEPT[1] ** count)) + tiny
        evaluation = view.evaluate(evaluation.image + rate * mean / (1 - _KEPT[0] ** count) / size)
        yield evaluation


def lbfgsb_climb(
    view: FreeObjective, evaluation: Evaluation, rate: float
) -> Generator[Evaluation, None, None]:
    """Yield the iterates of SciPy's L-BFGS-B until its line search finds nothing better."""
    factor, shape = _factor(evaluation, rate), evaluation.image.shape
    latest = evaluation

    def evaluate(pixels: Pixels) -> Evaluation:
        nonlocal latest
        # The iterate that is handed out is the image that was measured last.
        if not np.array_equal(pixels, latest.image.ravel()):
            latest = view.evaluate(pixels.reshape(shape).copy())
        return latest

    def loss(pixels: Pixels) -> tuple[float, Pixels]:
        seen = evaluate(pixels)
        return -factor * seen.objective, -factor * seen.uphill.ravel()

    for pixels in iterates(loss, evaluation.image.ravel(), view.pixel_range):
        yield evaluate(pixels)


CLIMBERS: dict[Optimizer, Climber] = {
    Optimizer.GRADIENT: gradient_climb,
    Optimizer.ADAM: adam_climb,
    Optimizer.LBFGSB: lbfgsb_climb,
}


def _factor(evaluation: Evaluation, rate: float) -> float:
    size = norm(evaluation.uphill)
    return rate * math.sqrt(evaluation.image.size) / size if size > 0 else 0.0
