"""Nonlinear conjugate gradient on the ground, with a step length that is found anew each time.

Symbols: g gradient of the height, w its tangent, p the direction walked, a the length along p, T
the transport to the new place: the part tangential there, over the pixels not held on a bound.
With the old place marked by a dash, the direction is ``p <- w + b T(p')`` with

    b = max(0, <w, w - T(w')> / (<p', g'> - <T(p'), g>))

This is the form of Hestenes and Stiefel with restart. Where a line search is exact the divisor is
``<w', w'>`` and it is the form of Polak and Ribiere; where the search stops early, as here, it
allows for how far the slope along p really fell, and climbs clearly faster. The length is
backtracked until the height improves by a share of what the slope promises (Armijo). A length that
was accepted at once is followed by the one at which the parabola through start, slope and gain has
its top, at most twice as long, and no longer than the ground bears (see `Footing`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssim_viewer.synthesis.engine import made_by, total
from ssim_viewer.synthesis.errors import BrokenMetricError, SphereError
from ssim_viewer.synthesis.ground import Movement

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.tangents import Bend
    from ssim_viewer.synthesis.terrain import Place, Sight, Terrain

    Pixels = NDArray[np.floating[Any]]

DEFAULT_SHARE = 0.4
"""Length of the first trial as a share of the noise level sqrt(MSE)."""

_PROMISED_SHARE = 1e-4  # Armijo's constant
_TRIALS = 30
_GROWTH = 2.0
_EASY = 0.1  # strain of a step that is long enough
_LOST = 0.15  # of a length at which the ground was lost, what is tried next


@dataclass(slots=True)
class _Heading:
    """The direction walked and its inner products: with itself, and with the gradient uphill."""

    p: Pixels
    size: float
    slope: float
    is_tangent: bool = True


def adaptive_walk(terrain: Terrain, start: Place, step_size: float) -> Iterator[Place]:
    """Yield the places after the start, each higher than the last, until none is higher."""
    place, heading = start, _straight(start, start.tangent.copy())
    length = step_size * math.sqrt(start.footing.image.size)
    del start  # images are large: no more are held than are needed
    while not terrain.is_level(place):
        found = _search(terrain, place, heading, length)
        if found is None:
            if heading.is_tangent:
                return
            heading = _straight(place, heading.p)  # the bent one led nowhere: try straight up
            continue
        place, heading, length = _arrived(terrain, place, heading, *found)
        del found  # the gradient, which is as large as the image
        yield place


def _search(
    terrain: Terrain, place: Place, heading: _Heading, length: float
) -> tuple[Sight, float] | None:
    """Return what is first seen along p that is high enough and the next length to try, or None."""
    slope, size = heading.slope, heading.size
    if slope <= 0 or size == 0:
        return None
    a = min(length, place.footing.distance) / size
    for trial in range(_TRIALS):
        new = _moved(terrain, place, Movement(heading.p, a, a * size, keeps=True))
        if new is not None and _is_enough(new.height - place.height, a * slope):
            growth = _growth(new.height - place.height, a * slope) if trial == 0 else 1.0
            return new, a * size * min(growth, _ease(new.footing.strain))
        a *= _LOST if new is None else _shrinkage(new.height - place.height, a * slope)
        del new  # images and a gradient, whose memory the next trial can use
    return None


def _arrived(
    terrain: Terrain, old: Place, heading: _Heading, seen: Sight, length: float
) -> tuple[Place, _Heading, float]:
    """Return the place seen, the direction to go on in, and the length unchanged."""
    place, found = terrain.arrive(seen, old.tangent, heading.p)
    return place, _bent(place, heading, found), length


def _is_enough(gain: float, promised: float) -> bool:
    # Above zero by itself: near the top, what is promised drowns in rounding.
    return gain > 0 and gain >= _PROMISED_SHARE * promised


def _growth(gain: float, promised: float) -> float:
    return min(_GROWTH, max(1.0, _top(gain, promised)))


def _ease(strain: float) -> float:
    """Return how much farther the ground lets a step go that strained it so much."""
    return _GROWTH if strain == 0 else min(_GROWTH, max(1.0, _EASY / strain))


def _shrinkage(gain: float, promised: float) -> float:
    return min(0.5, max(0.1, _top(gain, promised)))


def _top(gain: float, promised: float) -> float:
    """Return where the parabola through start, slope and trial has its top, in trial lengths."""
    missing = promised - gain
    return 0.5 * promised / missing if missing > 0 else math.inf


def _moved(terrain: Terrain, place: Place, movement: Movement) -> Sight | None:
    """Return what is seen at the place reached, or None where there is no ground so far along p."""
    try:
        return terrain.moved(place, movement)
    except BrokenMetricError:
        raise
    except SphereError:
        return None


def _bent(place: Place, old: _Heading, found: Bend) -> _Heading:
    """Return the conjugate direction at the place, or its tangent where that is no way up."""
    c = found.free_pn / found.free_nn if found.free_nn > 0 else 0.0
    change = found.ww - found.w_old  # w has no part along n, so that T need not be taken
    fall = old.slope - (found.free_pv - c * found.free_nv)
    if change <= 0 or fall <= 0:
        return _straight(place, old.p)
    b = change / fall
    slope = found.ww + b * (found.free_pv - c * found.free_nv)
    if slope <= 0:
        return _straight(place, old.p)
    normal = place.footing.normal
    arrays = (place.footing.image, normal.array, place.tangent, old.p)
    total(made_by().onward, arrays, normal.radial, b, c)
    square = found.ww + 2 * b * found.wp + b**2 * (found.free_pp - c * found.free_pn)
    return _Heading(old.p, math.sqrt(max(square, 0.0)), slope, is_tangent=False)


def _straight(place: Place, p: Pixels) -> _Heading:
    """Return the tangent of a place as a direction, in the memory of the one before."""
    p[...] = place.tangent
    return _Heading(p, place.tangent_norm, place.tangent_norm**2)
