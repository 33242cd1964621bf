"""The metric seen from the ground: at every place a height and the direction that leads up.

Ascent and descent become one here, so that the rules in `fixed` and `adaptive` only ever climb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.synthesis.ground import on_bounds
from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.tangents import tangent_in_box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.ground import Footing, Ground
    from ssim_viewer.synthesis.heights import Height

    Pixels = NDArray[np.float64]

_LEVEL = 1e-7
"""Share of the value, and of what the whole gradient promises, that is no gain at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One image on the ground and what the metric says there."""

    footing: Footing
    distance: float
    """Euclidean, from the reference: the longest move that is tried."""
    value: float
    height: float
    uphill: Pixels
    """Gradient of the height."""
    tangent: Pixels
    """The allowed movement nearest to `uphill`."""
    tangent_norm: float

    @property
    def image(self) -> Pixels:
        """Return the image, read-only."""
        return self.footing.image

    @property
    def normal(self) -> Pixels:
        """Return the direction that is not allowed here."""
        return self.footing.normal


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """What is held and what is to rise."""

    ground: Ground
    height: Height

    def place(self, footing: Footing) -> Place:
        """Measure an image of the ground: one value and gradient."""
        image, sign = footing.image, self.height.sign
        image.flags.writeable = False
        value, gradient = self.height.measure.value_and_gradient(image)
        uphill = sign * gradient
        bounds = on_bounds(image, self.ground.pixel_range)
        tangent = tangent_in_box(footing.normal, uphill, bounds)
        distance = norm(image - self.ground.reference)
        return Place(footing, distance, value, sign * value, uphill, tangent, norm(tangent))

    def moved(self, place: Place, movement: Pixels, kept: NDArray[np.intp] | None = None) -> Place:
        """Return the place that a movement leads to; SphereError where there is no ground."""
        return self.place(self.ground.land(place.footing, movement, kept))

    def is_level(self, place: Place) -> bool:
        """Tell whether no allowed movement leads up any more, within rounding."""
        gain = place.tangent_norm * place.distance
        return gain <= _LEVEL * max(abs(place.value), norm(place.uphill) * place.distance)
