"""Maximum differentiation: one metric held, another one pushed to its best or its worst.

Z. Wang and E. P. Simoncelli, "Maximum differentiation (MAD) competition: A methodology for
comparing computational models of perceptual quantities", Journal of Vision 8(12):8, 2008. The
paper takes steps of constant length and comes back by one correction; here the walk is the adaptive
one of `climb`, and what is held stays at its level to rounding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Mse
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.heights import height_of, measured
from ssim_viewer.synthesis.levels import LevelSet
from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.sphere import sphere_through
from ssim_viewer.synthesis.steps import Direction, HeldStep, Rule
from ssim_viewer.synthesis.terrain import Terrain
from ssim_viewer.synthesis.walks import (
    check_number,
    chosen,
    pair_in_range,
    places,
    step_size_or_default,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.climb import DirectionName
    from ssim_viewer.synthesis.ground import Footing, Ground, PixelRange
    from ssim_viewer.synthesis.sphere import EqualMseSphere

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
) -> HeldWalk:
    """Walk over the images to which one metric gives the value of the start, as another one says.

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

    Yields
    ------
    HeldStep
        Index 0 is the start.

    Raises
    ------
    SphereError
        At once: if the start equals the reference, shapes differ, values are not finite, the
        reference leaves the pixel range, a setting is unknown, or the held metric does not change
        at the start, so that its level is no surface to walk on.
    BrokenMetricError
        At any time: if a metric raises or returns what is not finite.
    """
    way = chosen(Direction, direction)
    check_number("step size", step_size)
    check_number("tolerance", tolerance)
    check_number("number of iterations", iterations, zero=True)
    x, y = pair_in_range(reference, start, pixel_range)
    sphere = sphere_through(y, x, pixel_range)
    ground, footing = _ground(held, sphere, y, tolerance)
    terrain = Terrain(ground, height_of(varied, x, way))
    size = step_size_or_default(step_size, Rule.ADAPTIVE, math.sqrt(sphere.mse))
    return _walk(terrain, footing, size, iterations)


def _walk(terrain: Terrain, start: Footing, step_size: float, iterations: int | None) -> HeldWalk:
    level, visited = start.held, places(terrain, start, Rule.ADAPTIVE, step_size, iterations)
    del start  # memory as large as the image
    for index, place, moved in visited:
        held = place.footing.held
        deviation = (held - level) / (abs(level) or 1.0)
        yield HeldStep(
            index, place.footing.image, place.value, held, deviation, moved, place.tangent_norm
        )


def _ground(
    held: Metric, sphere: EqualMseSphere, y: Pixels, tolerance: float
) -> tuple[Ground, Footing]:
    """Return the level that the start lies on: a sphere where MSE is held."""
    if isinstance(held, Mse):
        return sphere, sphere.footing(y)
    measure = measured(held, sphere.reference)
    value, gradient = measure.value_and_gradient(y)
    if norm(gradient) == 0:
        raise SphereError(
            f"{measure.name} does not change at the start, so its level cannot be kept; "
            "start from another image."
        )
    level = LevelSet(sphere.reference, measure, value, tolerance, sphere.pixel_range)
    return level, level.footing(y)
