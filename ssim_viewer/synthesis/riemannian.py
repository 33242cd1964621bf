"""Objective and Riemannian gradient on the constraint manifold.

Ascent and descent become one here, so that the rules in `fixed` and `adaptive` only ever climb.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.manifolds.tangent_cone import TangentProducts, project_to_tangent_cone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import Manifold, ManifoldPoint, TangentStep
    from ssim_viewer.synthesis.objective import Objective

    Pixels = NDArray[np.floating[Any]]

_LEVEL = 1e-7
"""Share of the value, and of what the whole gradient promises, that is no gain at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """One image on the manifold, its value and its gradient."""

    point: ManifoldPoint
    value: float
    objective: float
    gradient: Pixels
    """Of the value."""


@dataclass(frozen=True, slots=True, eq=False)
class Iterate:
    """One image on the manifold, and the direction of ascent there."""

    point: ManifoldPoint
    value: float
    objective: float
    uphill_norm: float
    """Of the gradient of the objective."""
    tangent: Pixels
    """The allowed direction nearest to that gradient, until the climb has left."""
    tangent_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class RiemannianObjective:
    """What is held and what is to rise."""

    manifold: Manifold
    objective: Objective

    def iterate(self, point: ManifoldPoint) -> Iterate:
        """Evaluate an image of the manifold: one value and gradient."""
        seen = self._seen(point)
        tangent, none = (np.zeros_like(seen.gradient) for _ in range(2))
        return self.arrive(seen, tangent, none)[0]

    def moved(self, iterate: Iterate, step: TangentStep) -> Evaluation:
        """Evaluate where a step leads; SphereError where the retraction fails."""
        return self._seen(self.manifold.retract(iterate.point, step))

    def arrive(
        self, seen: Evaluation, tangent: Pixels, p: Pixels
    ) -> tuple[Iterate, TangentProducts]:
        """Return the new iterate, which takes over the memory of the tangent of the one before.

        The inner products are those with the direction p and the old tangent.
        """
        point, sign = seen.point, self.objective.sign
        found = project_to_tangent_cone(
            point.image,
            point.normal,
            seen.gradient,
            sign,
            self.manifold.pixel_range,
            p=p,
            w=tangent,
        )
        if not math.isfinite(found.vv):  # this one sum tells of every sample
            self.objective.measure.check(seen.gradient)
        norms = math.sqrt(found.vv), tangent, math.sqrt(found.ww)
        return Iterate(point, seen.value, seen.objective, *norms), found

    def is_stationary(self, iterate: Iterate) -> bool:
        """Tell whether no allowed direction ascends any more, within rounding."""
        distance = iterate.point.distance
        gain = iterate.tangent_norm * distance
        return gain <= _LEVEL * max(abs(iterate.value), iterate.uphill_norm * distance)

    def _seen(self, point: ManifoldPoint) -> Evaluation:
        value, objective, gradient = self.objective.measure.objective(point.image)
        return Evaluation(point, value, self.objective.sign * objective, gradient)
