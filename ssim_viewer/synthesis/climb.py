"""Ascent and descent on the equal-MSE sphere as plain generators.

A walk does nothing until its next step is asked for, so whoever drives it can pause, stop or drop
it between any two steps. Which thread that happens on, and what is kept, is left to the caller.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from ssim_viewer.synthesis import adaptive, fixed
from ssim_viewer.synthesis.checks import check_range, check_same_shape, finite_pixels
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.products import inner
from ssim_viewer.synthesis.sphere import EqualMseSphere
from ssim_viewer.synthesis.steps import Direction, Rule, Step
from ssim_viewer.synthesis.terrain import Terrain

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import Metric
    from ssim_viewer.synthesis.terrain import Place

    RuleName = Rule | Literal["fixed", "adaptive"]
    DirectionName = Direction | Literal["ascent", "descent"]
    Walk = Generator[Step, None, None]
    Pixels = NDArray[np.float64]

Choice = TypeVar("Choice", Direction, Rule)


def climb(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    direction: DirectionName,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: tuple[float, float] | None = (0.0, 255.0),
    iterations: int | None = None,
) -> Walk:
    """Walk over the images that have the MSE of the start, towards better or worse.

    Parameters
    ----------
    metric
        Anything of the `Metric` protocol, such as `Ssim`.
    reference, start
        Images of one shape, (H, W) or (H, W, C). The MSE of the start, once clipped into the
        pixel range, is the one that is held.
    direction
        ``"ascent"`` towards higher values of the metric, ``"descent"`` towards lower ones.
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

    Yields
    ------
    Step
        Index 0 is the start. The MSE of every image is exact to rounding.

    Raises
    ------
    SphereError
        At once, not at the first step: if the start equals the reference, shapes differ, values
        are not finite, the reference leaves the pixel range, or a setting is unknown.
    """
    way, how = _chosen(Direction, direction), _chosen(Rule, rule)
    for name, number in (("step size", step_size), ("number of iterations", iterations)):
        if number is not None and not (math.isfinite(number) and number >= 0):
            raise SphereError(f"The {name} must be finite and not negative, not {number}.")
    if step_size == 0:
        raise SphereError("The step size must be above zero.")
    sphere, image = _sphere_through(reference, start, pixel_range)
    share = fixed.DEFAULT_SHARE if how is Rule.FIXED else adaptive.DEFAULT_SHARE
    size = step_size if step_size is not None else share * math.sqrt(sphere.mse)
    terrain = Terrain(sphere, metric.bind(sphere.reference), way)
    return _walk(terrain, image, how, size, iterations)


def ascend(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: tuple[float, float] | None = (0.0, 255.0),
    iterations: int | None = None,
) -> Walk:
    """Walk towards the best image of the start's MSE; see `climb`."""
    return climb(
        metric,
        reference,
        start,
        Direction.ASCENT,
        rule=rule,
        step_size=step_size,
        pixel_range=pixel_range,
        iterations=iterations,
    )


def descend(
    metric: Metric,
    reference: ArrayLike,
    start: ArrayLike,
    *,
    rule: RuleName = Rule.ADAPTIVE,
    step_size: float | None = None,
    pixel_range: tuple[float, float] | None = (0.0, 255.0),
    iterations: int | None = None,
) -> Walk:
    """Walk towards the worst image of the start's MSE; see `climb`."""
    return climb(
        metric,
        reference,
        start,
        Direction.DESCENT,
        rule=rule,
        step_size=step_size,
        pixel_range=pixel_range,
        iterations=iterations,
    )


def _walk(
    terrain: Terrain, image: Pixels, rule: Rule, step_size: float, iterations: int | None
) -> Walk:
    place = terrain.place(image)
    yield _step(terrain, 0, place, moved=0.0)
    if iterations == 0:
        return
    walk = fixed.fixed_walk if rule is Rule.FIXED else adaptive.adaptive_walk
    for index, new in enumerate(walk(terrain, place, step_size), start=1):
        yield _step(terrain, index, new, _rms(new.image - place.image))
        if index == iterations:
            return
        place = new


def _step(terrain: Terrain, index: int, place: Place, moved: float) -> Step:
    mse = terrain.sphere.mse_of(place.image)
    return Step(index, place.image, place.value, mse, moved, place.tangent_norm)


def _sphere_through(
    reference: ArrayLike, start: ArrayLike, pixel_range: tuple[float, float] | None
) -> tuple[EqualMseSphere, Pixels]:
    """Return the sphere that the start lies on, and the start inside the pixel range."""
    x, y = finite_pixels(reference, "reference"), finite_pixels(start, "start")
    check_same_shape(y, x)
    if pixel_range is not None:
        check_range(x, pixel_range)
        y = np.clip(y, *pixel_range)
    mse = float(np.mean(np.square(y - x)))
    if mse == 0:
        raise SphereError(
            "The start equals the reference, so it has no direction on the sphere; "
            "start from noise of the wanted MSE."
        )
    return EqualMseSphere(x, mse, pixel_range), y


def _chosen(kind: type[Choice], name: str) -> Choice:
    try:
        return kind(name)
    except ValueError:
        raise SphereError(
            f"Unknown {kind.__name__.lower()} {name!r}: choose {' or '.join(kind)}."
        ) from None


def _rms(move: Pixels) -> float:
    return math.sqrt(inner(move, move) / move.size)
