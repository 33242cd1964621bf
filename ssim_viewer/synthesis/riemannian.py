"""Objective and Riemannian gradient on the constraint manifold.

Ascent and descent become one here, so that the rules in `fixed` and `adaptive` only ever climb.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.manifolds.tangent_cone import cone_at, cone_products, turn
from ssim_viewer.synthesis.products import norm

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import Manifold, ManifoldPoint, TangentStep
    from ssim_viewer.synthesis.manifolds.tangent_cone import ConeProducts, Turned
    from ssim_viewer.synthesis.objective import Objective

    Pixels = NDArray[np.floating[Any]]

_LEVEL = 1e-7
"""Share of the value, and of what the whole gradient promises, that is no gain at all."""

_SINGLE = 1e-18, 1e18
"""Between these, root mean square, gradients and what they become are far from float32's ends."""


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
    k: float
    """How much of the normal was taken from the gradient, see `tangent_cone`."""


@dataclass(frozen=True, slots=True, eq=False)
class RiemannianObjective:
    """What is held and what is to rise."""

    manifold: Manifold
    objective: Objective

    def iterate(self, point: ManifoldPoint, *, exact: bool = False) -> Iterate:
        """Evaluate an image of the manifold: one value and gradient.

        Tangents are kept in float32 unless they are to be exact: a direction needs no more digits,
        and a climb is mostly waiting for memory.
        """
        seen = self._seen(point)
        kind = seen.gradient.dtype if exact else _kept_type(seen.gradient)
        tangent, none = (np.zeros(seen.gradient.shape, kind) for _ in range(2))
        return self.arrive(seen, tangent, none, 0.0, lambda _: 0.0)[0]

    def moved(self, iterate: Iterate, step: TangentStep) -> Evaluation:
        """Evaluate where a step leads; SphereError where the retraction fails."""
        return self._seen(self.manifold.retract(iterate.point, step))

    def arrive(
        self,
        seen: Evaluation,
        tangent: Pixels,
        p: Pixels,
        k: float,
        bend: Callable[[ConeProducts], float],
        *,
        nearly: float = 0.0,
    ) -> tuple[Iterate, Turned, float]:
        """Return the new iterate, which takes over the memory of the tangent of the one before.

        The direction p becomes the tangent plus b times the direction before, transported, with the
        b that `bend` gives; k is that of the iterate before; `nearly` is that of `cone_products`.
        Returned beside the iterate are the inner products of tangent and direction, and b.
        """
        point, sign = seen.point, self.objective.sign
        at = cone_at(point.image, point.normal, seen.gradient, sign, self.manifold.pixel_range)
        found = cone_products(at, p=p, w=tangent, k=k, nearly=nearly)
        if not math.isfinite(found.vv):  # this one sum tells of every sample
            self.objective.measure.check(seen.gradient)
        b = bend(found)
        turned = turn(at, p=p, w=tangent, k=found.k, b=b, c=found.c)
        norms = math.sqrt(found.vv), tangent, math.sqrt(turned.ww), found.k
        return Iterate(point, seen.value, seen.objective, *norms), turned, b

    def is_stationary(self, iterate: Iterate) -> bool:
        """Tell whether no allowed direction ascends any more, within rounding."""
        distance = iterate.point.distance
        gain = iterate.tangent_norm * distance
        return gain <= _LEVEL * max(abs(iterate.value), iterate.uphill_norm * distance)

    def _seen(self, point: ManifoldPoint) -> Evaluation:
        value, objective, gradient = self.objective.measure.objective(point.image)
        return Evaluation(point, value, self.objective.sign * objective, gradient)


def _kept_type(gradient: Pixels) -> np.dtype[Any]:
    """Return the type that tangents are kept in: float32 where it holds such numbers and less."""
    size = norm(gradient) / math.sqrt(gradient.size)
    return np.dtype(np.float32) if _SINGLE[0] < size < _SINGLE[1] else gradient.dtype
