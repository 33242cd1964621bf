"""The metric seen from the sphere: at every place a height and the direction that leads up.

Ascent and descent become one here: the height is the metric for ascent and minus the metric for
descent, so that the rules in `fixed` and `adaptive` only ever climb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.products import norm
from ssim_viewer.synthesis.steps import Direction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric
    from ssim_viewer.synthesis.sphere import EqualMseSphere

_LEVEL = 1e-7  # first-order gain over a whole radius, relative to the metric's size, that is none


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One image on the sphere and what the metric says there."""

    image: NDArray[np.float64]
    value: float
    height: float
    uphill: NDArray[np.float64]
    """Gradient of the height."""
    tangent: NDArray[np.float64]
    """The allowed movement nearest to `uphill`."""
    tangent_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """A sphere, a metric bound to its reference, and which way counts as up."""

    sphere: EqualMseSphere
    metric: BoundMetric
    direction: Direction

    def place(self, image: NDArray[np.float64]) -> Place:
        """Measure an image that lies on the sphere: one value and gradient."""
        sign = 1.0 if self.direction is Direction.ASCENT else -1.0
        value, gradient = self.metric.value_and_gradient(image)
        uphill = sign * np.asarray(gradient, dtype=np.float64)
        tangent = self.sphere.tangent(image, uphill)
        image.flags.writeable = False
        value = float(value)
        return Place(image, value, sign * value, uphill, tangent, norm(tangent))

    def is_level(self, place: Place) -> bool:
        """Tell whether no allowed movement leads up any more, within rounding."""
        gain = place.tangent_norm * self.sphere.radius
        return gain <= _LEVEL * max(1.0, abs(place.value))
