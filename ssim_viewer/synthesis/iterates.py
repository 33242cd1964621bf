"""What every climb has in common: its start, its settings, its iterates one by one, its end.

A climb does nothing until its next iterate is asked for, so whoever drives it can pause, stop or
drop it between any two. Which thread that happens on, and what is kept, is left to the caller.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ssim_viewer.synthesis.checks import (
    check_range,
    check_same_shape,
    finite_pixels,
    inward,
    reference_type,
)
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.manifolds.protocol import ends
from ssim_viewer.synthesis.optimizers import fixed_step as fixed
from ssim_viewer.synthesis.optimizers import line_search as adaptive
from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.steps import Rule
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from numpy.typing import ArrayLike, DTypeLike, NDArray

    from ssim_viewer.synthesis.manifolds.protocol import ManifoldPoint, PixelRange
    from ssim_viewer.synthesis.riemannian import Iterate, RiemannianObjective

    Pixels = NDArray[np.floating[Any]]

Choice = TypeVar("Choice", bound="StrEnum")


def pair_in_range(
    reference: ArrayLike,
    start: ArrayLike,
    pixel_range: PixelRange | None,
    work: DTypeLike = np.float64,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return both as private, read-only images of one shape, the start inside the pixel range.

    The start is of the type of work, the reference of one in which it loses nothing.
    """
    x = finite_pixels(reference, "reference", reference_type(reference, work))
    y = finite_pixels(start, "start", work)
    check_same_shape(y, x)
    if pixel_range is not None:
        check_range(x, pixel_range)
        y = clipped(y, inward(pixel_range, work))
    return x, y


def clipped(image: Pixels, pixel_range: PixelRange | None) -> Pixels:
    """Return an image of which nothing leaves the range: itself where nothing does."""
    low, high = ends(pixel_range)
    if image.min() >= low and image.max() <= high:
        return image
    return np.clip(image, low, high)


def chosen(kind: type[Choice], name: str) -> Choice:
    """Return the member of that name, or say which names there are."""
    try:
        return kind(name)
    except ValueError:
        raise SphereError(
            tr(
                "Unknown {kind} {name!r}: choose {names}.",
                kind=kind.__name__.lower(),
                name=name,
                names=" or ".join(kind),
            )
        ) from None


def check_number(name: str, number: float | None, *, zero: bool = False) -> None:
    """Raise SphereError unless a setting is None or a finite number above zero, or zero if so."""
    if number is None or (math.isfinite(number) and (number > 0 or (zero and number == 0))):
        return
    least = tr("not negative") if zero else tr("above zero")
    raise SphereError(
        tr(
            "The {name} must be finite and {least}, not {number}.",
            name=name,
            least=least,
            number=number,
        )
    )


def rms(step: Pixels) -> float:
    """Return the root mean square of a step, in pixel units."""
    return norm(step) / math.sqrt(step.size)


def iterates(
    objective: RiemannianObjective,
    start: ManifoldPoint,
    rule: Rule,
    step_size: float,
    iterations: int | None,
) -> Iterator[tuple[int, Iterate, float]]:
    """Yield index, iterate and root mean square length of the step to it; index 0 is the start."""
    iterate = objective.iterate(start, exact=rule is Rule.FIXED)
    yield 0, iterate, 0.0
    if iterations == 0:
        return
    walk = fixed.fixed_step_iterates if rule is Rule.FIXED else adaptive.line_search_iterates
    size = start.image.size
    moves = walk(objective, iterate, step_size)
    del start, iterate  # whoever climbs holds the memory that is needed, and no more
    for index, new in enumerate(moves, start=1):
        yield index, new, new.point.moved / math.sqrt(size)
        if index == iterations:
            return


def step_size_or_default(step_size: float | None, rule: Rule, distance: float) -> float:
    """Return the step size given, or a share of the distance from the reference (both RMS)."""
    share = fixed.DEFAULT_SHARE if rule is Rule.FIXED else adaptive.DEFAULT_SHARE
    return share * distance if step_size is None else step_size
