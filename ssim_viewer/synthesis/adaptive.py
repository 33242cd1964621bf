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
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.errors import BrokenMetricError, SphereError
from ssim_viewer.synthesis.ground import on_bounds
from ssim_viewer.synthesis.products import inner, norm
from ssim_viewer.synthesis.tangents import tangent_of_free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.synthesis.terrain import Place, Terrain

    Pixels = NDArray[np.float64]

DEFAULT_SHARE = 0.4
"""Length of the first trial as a share of the noise level sqrt(MSE)."""

_PROMISED_SHARE = 1e-4  # Armijo's constant
_TRIALS = 30
_GROWTH = 2.0
_EASY = 0.1  # strain of a step that is long enough
_LOST = 0.15  # of a length at which the ground was lost, what is tried next


def adaptive_walk(terrain: Terrain, start: Place, step_size: float) -> Iterator[Place]:
    """Yield the places after the start, each higher than the last, until none is higher."""
    place, direction = start, start.tangent
    length = step_size * math.sqrt(start.image.size)
    while not terrain.is_level(place):
        found = _search(terrain, place, direction, length)
        if found is None:
            if direction is place.tangent:
                return
            direction = place.tangent  # the bent direction led nowhere: try straight up
            continue
        new, length = found
        yield new
        direction = _bent(terrain, place, new, direction)
        place = new


def _search(terrain: Terrain, place: Place, p: Pixels, length: float) -> tuple[Place, float] | None:
    """Return the first place along p that is high enough and the next length to try, or None."""
    slope = inner(p, place.uphill)
    size = norm(p)
    if slope <= 0 or size == 0:
        return None
    a = min(length, place.distance) / size
    for trial in range(_TRIALS):
        new = _moved(terrain, place, p, a)
        if new is not None and _is_enough(new.height - place.height, a * slope):
            growth = _growth(new.height - place.height, a * slope) if trial == 0 else 1.0
            return new, a * size * min(growth, _ease(new.footing.strain))
        a *= _LOST if new is None else _shrinkage(new.height - place.height, a * slope)
    return None


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


def _moved(terrain: Terrain, place: Place, p: Pixels, a: float) -> Place | None:
    """Return the place reached, or None where there is no ground so far along p."""
    try:
        return terrain.moved(place, a * p, _held(terrain, place.image, p))
    except BrokenMetricError:
        raise
    except SphereError:
        return None


def _bent(terrain: Terrain, old: Place, new: Place, p: Pixels) -> Pixels:
    """Return the conjugate direction at the new place, or its tangent where that is no way up."""
    held = _held(terrain, new.image, new.tangent)
    w, onward = new.tangent, tangent_of_free(new.normal, p, held)
    change = new.tangent_norm**2 - inner(w, tangent_of_free(new.normal, old.tangent, held))
    fall = inner(p, old.uphill) - inner(onward, new.uphill)
    if change <= 0 or fall <= 0:
        return w
    onward *= change / fall
    onward += w
    return onward if inner(onward, new.uphill) > 0 else w


def _held(terrain: Terrain, image: Pixels, movement: Pixels) -> NDArray[np.intp] | None:
    """Return the flat indices of the pixels on a bound that a movement leaves where they are."""
    bounds = on_bounds(image, terrain.ground.pixel_range)
    if bounds is None:
        return None
    return np.flatnonzero((bounds[0] | bounds[1]) & (movement == 0))
