"""Ascent and descent of any metric on the equal-MSE sphere, as plain generators."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis.iterates import (
    check_number,
    chosen,
    iterates,
    pair_in_range,
    step_size_or_default,
)
from ssim_viewer.synthesis.manifolds.mse_sphere import sphere_through
from ssim_viewer.synthesis.objective import objective_of, working_type
from ssim_viewer.synthesis.parts import Part
from ssim_viewer.synthesis.riemannian import RiemannianObjective
from ssim_viewer.synthesis.steps import Direction, Rule, Step
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.manifolds.protocol import ManifoldPoint, PixelRange

    RuleName = Rule | Literal["fixed", "adaptive"]
    DirectionName = Direction | Literal["ascent", "descent"]
    Steps = Generator[Step, None, None]


def climb(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    direction: DirectionName,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: PixelRange | None = (0.0, 255.0),
    iterations: int | None = None,
    counts: NDArray[np.bool_] | None = None,
) -> Steps:
    """Climb on the images that have the MSE of the start, towards better or worse.

    Parameters
    ----------
    metric
        Anything of the `Metric` protocol, such as `Ssim`. Where lower values of it are better,
        ascent lowers them.
    reference, start
        Images of one shape, (H, W) or (H, W, C). The MSE of the start, once clipped into the
        pixel range, is the one that is held.
    direction
        ``"ascent"`` towards better quality as the metric sees it, ``"descent"`` towards worse.
    rule
        ``"fixed"`` is the paper's constant times the gradient; ``"adaptive"`` is conjugate
        gradient with a line search, far faster and never a step backwards.
    step_size
        In pixel units, root mean square over the image. ``"fixed"``: the length of the first
        step, which sets the constant. ``"adaptive"``: the first length tried. None chooses a
        share of the noise level sqrt(MSE).
    pixel_range
        Lowest and highest pixel value allowed at every step, or None to let pixels go free.
    iterations
        Most moves to make; None goes on until no better image is found nearby.
    counts
        (H, W): the pixels that count. All others are held as they are, and so are, with None too,
        those of which a sample of either image is NaN; scores and MSE are of what counts.

    Yields
    ------
    Step
        Index 0 is the start. Images are float64 and hold the MSE to 1e-12; with SSIM in single
        precision they are float32 and hold it to 1e-9.

    Raises
    ------
    SphereError
        At once, not at the first step: if the start equals the reference, shapes differ, values
        are not finite, the reference leaves the pixel range, or a setting is unknown.
    BrokenMetricError
        At any time: if the metric raises or returns what is not finite.
    """
    way, how = chosen(Direction, direction), chosen(Rule, rule)
    check_number(tr("step size"), step_size)
    check_number(tr("number of iterations"), iterations, zero=True)
    part = Part.of(reference, start, counts, pixel_range)
    if part is not None:
        whole = climb(
            part.metric(metric),
            part.centre,
            part.start,
            way,
            rule=how,
            step_size=None if step_size is None else step_size * part.share**0.5,
            pixel_range=pixel_range,
            iterations=iterations,
        )
        return part.iterated(whole)
    work = working_type(metric)
    x, y = pair_in_range(reference, start, pixel_range, work)
    sphere = sphere_through(y, x, pixel_range)
    size = step_size_or_default(step_size, how, math.sqrt(sphere.mse))
    # The array as it was given is the one that others may have bound already.
    bound_to = reference if isinstance(metric, Ssim) and isinstance(reference, np.ndarray) else x
    objective = RiemannianObjective(sphere, objective_of(metric, bound_to, way, work))
    return _steps(objective, sphere.point_at(y), how, size, iterations)


def ascend(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: PixelRange | None = (0.0, 255.0),
    iterations: int | None = None,
    counts: NDArray[np.bool_] | None = None,
) -> Steps:
    """Climb towards the best image of the start's MSE; see `climb`."""
    return climb(
        metric,
        reference,
        start,
        Direction.ASCENT,
        rule=rule,
        step_size=step_size,
        pixel_range=pixel_range,
        iterations=iterations,
        counts=counts,
    )


def descend(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: PixelRange | None = (0.0, 255.0),
    iterations: int | None = None,
    counts: NDArray[np.bool_] | None = None,
) -> Steps:
    """Climb towards the worst image of the start's MSE; see `climb`."""
    return climb(
        metric,
        reference,
        start,
        Direction.DESCENT,
        rule=rule,
        step_size=step_size,
        pixel_range=pixel_range,
        iterations=iterations,
        counts=counts,
    )


def _steps(
    objective: RiemannianObjective,
    start: ManifoldPoint,
    rule: Rule,
    step_size: float,
    iterations: int | None,
) -> Steps:
    visited = iterates(objective, start, rule, step_size, iterations)
    del start  # memory as large as the image
    for index, iterate, moved in visited:
        yield Step(
            index,
            iterate.point.image,
            iterate.value,
            iterate.point.held,
            moved,
            iterate.tangent_norm,
        )
