"""Reconstruction: from any start towards the reference, by raising a metric freely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from ssim_viewer.compute.tiles import working_clock
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.iterates import check_number, chosen, pair_in_range, rms
from ssim_viewer.synthesis.objective import objective_of
from ssim_viewer.synthesis.optimizers.free_objective import FreeObjective
from ssim_viewer.synthesis.optimizers.unconstrained import CLIMBERS, DEFAULT_SHARES
from ssim_viewer.synthesis.parts import Part
from ssim_viewer.synthesis.products import inner
from ssim_viewer.synthesis.steps import Direction, Optimizer, Step
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.climb import Steps
    from ssim_viewer.synthesis.manifolds.protocol import PixelRange
    from ssim_viewer.synthesis.optimizers.free_objective import Evaluation

    OptimizerName = Optimizer | Literal["gradient", "adam", "l-bfgs-b"]
    Pixels = NDArray[np.float64]


def reconstruct(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    optimizer: OptimizerName = Optimizer.ADAM,
    learning_rate: float | None = None,
    pixel_range: PixelRange | None = (0.0, 255.0),
    until: float | None = None,
    iterations: int | None = None,
    seconds: float | None = None,
    counts: NDArray[np.bool_] | None = None,
) -> Steps:
    """Improve an image as a metric says, until it is good enough.

    Parameters
    ----------
    metric
        Anything of the `Metric` protocol.
    reference, start
        Images of one shape, (H, W) or (H, W, C).
    optimizer
        ``"gradient"``, ``"adam"`` or ``"l-bfgs-b"``.
    learning_rate
        Length of the first step, root mean square over the image, in pixel units: one meaning for
        any metric and data range. None chooses a share of the distance to the reference.
    pixel_range
        Lowest and highest pixel value allowed at every step, or None to let pixels go free.
    until
        Value of the metric that is good enough, or None.
    iterations, seconds
        Most steps to make and most time to work; the time between two steps does not count. None
        sets no limit: plain gradient and Adam then go on for ever, unless nothing moves any more.
    counts
        (H, W): the pixels that count. All others are held as they are, and so are, with None too,
        those of which a sample of either image is NaN; scores and MSE are of what counts.

    Yields
    ------
    Step
        Index 0 is the start; `Step.mse` is that of the image. Not every step is better than the one
        before, except with ``"l-bfgs-b"``.

    Raises
    ------
    SphereError
        At once: if the start equals the reference, shapes differ, values are not finite, the
        reference leaves the pixel range, or a setting is unknown.
    BrokenMetricError
        At any time: if the metric raises or returns what is not finite.
    """
    how = chosen(Optimizer, optimizer)
    check_number(tr("learning rate"), learning_rate)
    check_number(tr("number of iterations"), iterations, zero=True)
    check_number(tr("number of seconds"), seconds, zero=True)
    if until is not None and math.isnan(until):
        raise SphereError(tr("The value to reach must be a number."))
    part = Part.of(reference, start, counts, pixel_range)
    if part is not None:
        whole = reconstruct(
            part.metric(metric),
            part.centre,
            part.start,
            optimizer=how,
            learning_rate=None if learning_rate is None else learning_rate * part.share**0.5,
            pixel_range=pixel_range,
            until=until,
            iterations=iterations,
            seconds=seconds,
        )
        return part.iterated(whole)
    x, y = pair_in_range(reference, start, pixel_range)
    distance = rms(y - x)
    if distance == 0:
        raise SphereError(tr("The start equals the reference: there is nothing to reconstruct."))
    rate = DEFAULT_SHARES[how] * distance if learning_rate is None else learning_rate
    view = FreeObjective(objective_of(metric, x, Direction.ASCENT), pixel_range)
    sign = view.objective.sign

    def is_enough(value: float) -> bool:
        return until is not None and sign * value >= sign * until

    steps = _steps(view, x, y, how, rate)
    return _until(steps, is_enough, iterations, seconds)


def _steps(view: FreeObjective, x: Pixels, y: Pixels, how: Optimizer, rate: float) -> Steps:
    evaluation = view.evaluate(y)
    yield _step(view, x, 0, evaluation, 0.0)
    climb = CLIMBERS[how](view, evaluation, rate)
    try:
        for index, new in enumerate(climb, start=1):
            yield _step(view, x, index, new, rms(new.image - evaluation.image))
            evaluation = new
    finally:
        climb.close()


def _until(
    steps: Steps,
    is_enough: Callable[[float], bool],
    iterations: int | None,
    seconds: float | None,
) -> Steps:
    """Yield steps up to the first one that is enough, or the last one allowed."""
    try:
        for spent, step in _timed(steps):
            yield step
            if is_enough(step.value) or step.index == iterations:
                return
            if seconds is not None and spent >= seconds:
                return
    finally:
        steps.close()


def _timed(steps: Iterator[Step]) -> Iterator[tuple[float, Step]]:
    """Yield each step with the seconds that all the steps so far took to make."""
    spent = 0.0
    while True:
        begun = working_clock()
        step = next(steps, None)
        spent += working_clock() - begun
        if step is None:
            return
        yield spent, step


def _step(view: FreeObjective, x: Pixels, index: int, evaluation: Evaluation, moved: float) -> Step:
    d = evaluation.image - x
    mse = inner(d, d) / d.size
    return Step(index, evaluation.image, evaluation.value, mse, moved, view.slope(evaluation))
