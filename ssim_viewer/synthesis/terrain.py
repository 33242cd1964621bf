"""The metric seen from the ground: at every place a height and the direction that leads up.

Ascent and descent become one here, so that the rules in `fixed` and `adaptive` only ever climb.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.tangents import Bend, bend

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.ground import Footing, Ground, Movement
    from ssim_viewer.synthesis.heights import Height

    Pixels = NDArray[np.floating[Any]]

_LEVEL = 1e-7
"""Share of the value, and of what the whole gradient promises, that is no gain at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """One image on the ground and what the metric says of it."""

    footing: Footing
    value: float
    height: float
    gradient: Pixels
    """Of the value."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One image on the ground, and the way up from there."""

    footing: Footing
    value: float
    height: float
    uphill_norm: float
    """Of the gradient of the height."""
    tangent: Pixels
    """The allowed movement nearest to that gradient, until the walk has left."""
    tangent_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """What is held and what is to rise."""

    ground: Ground
    height: Height

    def place(self, footing: Footing) -> Place:
        """Measure an image of the ground: one value and gradient."""
        seen = self._seen(footing)
        tangent, none = (np.zeros_like(seen.gradient) for _ in range(2))
        return self.arrive(seen, tangent, none)[0]

    def moved(self, place: Place, movement: Movement) -> Sight:
        """Measure the place that a movement leads to; SphereError where there is no ground."""
        return self._seen(self.ground.land(place.footing, movement))

    def arrive(self, seen: Sight, tangent: Pixels, p: Pixels) -> tuple[Place, Bend]:
        """Return the place seen, which takes over the memory of the tangent of the one before.

        The inner products are those with the direction p and the old tangent.
        """
        footing, sign = seen.footing, self.height.sign
        found = bend(
            footing.image,
            footing.normal,
            seen.gradient,
            sign,
            self.ground.pixel_range,
            p=p,
            w=tangent,
        )
        if not math.isfinite(found.vv):  # this one sum tells of every sample
            self.height.measure.check(seen.gradient)
        norms = math.sqrt(found.vv), tangent, math.sqrt(found.ww)
        return Place(footing, seen.value, seen.height, *norms), found

    def is_level(self, place: Place) -> bool:
        """Tell whether no allowed movement leads up any more, within rounding."""
        distance = place.footing.distance
        gain = place.tangent_norm * distance
        return gain <= _LEVEL * max(abs(place.value), place.uphill_norm * distance)

    def _seen(self, footing: Footing) -> Sight:
        value, objective, gradient = self.height.measure.objective(footing.image)
        return Sight(footing, value, self.height.sign * objective, gradient)
