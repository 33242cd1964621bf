"""Maximum differentiation: one metric held, another one pushed to its best or its worst.

Z. Wang and E. P. Simoncelli, "Maximum differentiation (MAD) competition: A methodology for
comparing computational models of perceptual quantities", Journal of Vision 8(12):8, 2008. The
paper takes steps of constant length and comes back by one correction; here the climb is the
adaptive one of `climb`, and what is held stays at its level to rounding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Mse
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.iterates import (
    check_number,
    chosen,
    iterates,
    pair_in_range,
    step_size_or_default,
)
from ssim_viewer.synthesis.manifolds.level_set import LevelSet
from ssim_viewer.synthesis.manifolds.mse_sphere import sphere_through
from ssim_viewer.synthesis.objective import measured, objective_of
from ssim_viewer.synthesis.parts import Part
from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.riemannian import RiemannianObjective
from ssim_viewer.synthesis.steps import Direction, HeldStep, Rule
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.climb import DirectionName
    from ssim_viewer.synthesis.manifolds.mse_sphere import EqualMseSphere
    from ssim_viewer.synthesis.manifolds.protocol import Manifold, ManifoldPoint, PixelRange

    HeldWalk = Generator[HeldStep, None, None]
    Pixels = NDArray[np.float64]


def differentiate(
    held: Metric,
    varied: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    direction: DirectionName,
    *,
    step_size: float | None = None,
    pixel_range: PixelRange | None = (0.0, 255.0),
    iterations: int | None = None,
    tolerance: float = 1e-9,
    counts: NDArray[np.bool_] | None = None,
) -> HeldWalk:
    """Climb on the images to which one metric gives the value of the start, as another one says.

    Parameters
    ----------
    held
        The metric that stays at the value of the start, once clipped into the pixel range.
    varied
        The metric that is pushed.
    reference, start
        Images of one shape, (H, W) or (H, W, C).
    direction
        ``"ascent"`` towards better quality as the varied metric sees it, ``"descent"`` towards
        worse.
    step_size
        The first length tried, root mean square in pixel units. None chooses a share of the
        distance between start and reference.
    pixel_range
        Lowest and highest pixel value allowed at every step, or None to let pixels go free.
    iterations
        Most moves to make; None goes on until nothing better is found nearby.
    tolerance
        Largest deviation of the held metric at any step, relative to its value at the start. With
        `Mse` held it is 1e-12 at the most, whatever is asked for.
    counts
        (H, W): the pixels that count. All others are held as they are, and so are, with None too,
        those of which a sample of either image is NaN; scores and MSE are of what counts.

    Yields
    ------
    HeldStep
        Index 0 is the start.

    Raises
    ------
    SphereError
        At once: if the start equals the reference, shapes differ, values are not finite, the
        reference leaves the pixel range, a setting is unknown, or the held metric does not change
        at the start, so that its level is no surface to climb on.
    BrokenMetricError
        At any time: if a metric raises or returns what is not finite.
    """
    way = chosen(Direction, direction)
    check_number(tr("step size"), step_size)
    check_number("tolerance", tolerance)
    check_number(tr("number of iterations"), iterations, zero=True)
    part = Part.of(reference, start, counts, pixel_range)
    if part is not None:
        sphere_is_held = isinstance(held, Mse)
        whole = differentiate(
            held if sphere_is_held else part.metric(held),
            part.metric(varied),
            part.centre,
            part.start,
            way,
            step_size=None if step_size is None else step_size * part.share**0.5,
            pixel_range=pixel_range,
            iterations=iterations,
            tolerance=tolerance,
        )
        return part.iterated(whole, holds_mse=sphere_is_held)
    x, y = pair_in_range(reference, start, pixel_range)
    sphere = sphere_through(y, x, pixel_range)
    manifold, point = _manifold(held, sphere, y, tolerance)
    objective = RiemannianObjective(manifold, objective_of(varied, x, way))
    size = step_size_or_default(step_size, Rule.ADAPTIVE, math.sqrt(sphere.mse))
    return _steps(objective, point, size, iterations)


def _steps(
    objective: RiemannianObjective, start: ManifoldPoint, step_size: float, iterations: int | None
) -> HeldWalk:
    level, visited = start.held, iterates(objective, start, Rule.ADAPTIVE, step_size, iterations)
    del start  # memory as large as the image
    for index, iterate, moved in visited:
        held = iterate.point.held
        deviation = (held - level) / (abs(level) or 1.0)
        yield HeldStep(
            index,
            iterate.point.image,
            iterate.value,
            held,
            deviation,
            moved,
            iterate.tangent_norm,
        )


def _manifold(
    held: Metric, sphere: EqualMseSphere, y: Pixels, tolerance: float
) -> tuple[Manifold, ManifoldPoint]:
    """Return the level that the start lies on: a sphere where MSE is held."""
    if isinstance(held, Mse):
        return sphere, sphere.point_at(y)
    measure = measured(held, sphere.reference)
    value, gradient = measure.value_and_gradient(y)
    if norm(gradient) == 0:
        raise SphereError(
            tr(
                "{name} does not change at the start, so its level cannot be kept; "
                "start from another image.",
                name=measure.name,
            )
        )
    level = LevelSet(sphere.reference, measure, value, tolerance, sphere.pixel_range)
    return level, level.point_at(y)
