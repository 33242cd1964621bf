"""The level set of any metric: all images that it gives one value, inside the pixel range.

Symbols: h the held metric, g its gradient at the image Y that a step led to, r what h has there
in excess of its level, s the sign of r. The way back is the clipped ray ``clip(Y - t s g)``, on
which the excess is a function of t alone. The first t is where the gain that g promises, counting
each pixel only as far as its bound, is |r|; with two points known, the next t is the root of the
cubic through their excesses and slopes. Three evaluations bring the excess to rounding where
Newton's method needs four.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.manifolds.clipped_rays import clipped_ray_root
from ssim_viewer.synthesis.manifolds.protocol import ManifoldPoint, Normal, on_bounds
from ssim_viewer.synthesis.products import inner, norm
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import PixelRange, TangentStep
    from ssim_viewer.synthesis.objective import Measure

    Pixels = NDArray[np.floating[Any]]

_ROUNDS = 10
_NEAR = 1e-4
"""Relative excess from which the next attempt is as good as certain to succeed, so that only its
value is asked for: over the little way left the gradient hardly turns."""
_ENOUGH = 0.5  # a round that leaves more than this share of the excess is not on its way back


@dataclass(frozen=True, slots=True, eq=False)
class LevelSet:
    """All images at one level of a metric.

    Parameters
    ----------
    reference
        The image that the metric is bound to.
    measure
        The metric that is held.
    level
        Its value that is held.
    tolerance
        Largest deviation from the level that is let pass, relative to it.
    pixel_range
        Lowest and highest pixel value allowed, or None.
    """

    reference: Pixels
    measure: Measure
    level: float
    tolerance: float
    pixel_range: PixelRange | None

    def point_at(self, image: Pixels) -> ManifoldPoint:
        """Return what a climb needs to know of an image on the level set."""
        image.flags.writeable = False
        value, gradient = self.measure.value_and_gradient(image)
        return ManifoldPoint(image, Normal(gradient), value, norm(image - self.reference))

    def retract(self, iterate: ManifoldPoint, step: TangentStep) -> ManifoldPoint:
        """Return the point reached by going back along the gradient; see `Manifold`."""
        kept = _kept(iterate.image, step, self.pixel_range)
        goal = _clipped(iterate.image + step.a * step.p, self.pixel_range)
        landed = self._landed(self.point_at(goal), kept)
        distance, moved = norm(landed.image - self.reference), norm(landed.image - iterate.image)
        return replace(landed, distance=distance, moved=moved)

    def _landed(self, point: ManifoldPoint, kept: NDArray[np.intp] | None) -> ManifoldPoint:
        excess = point.held - self.level
        if self._is_level(excess):
            return point
        ray = _Ray.back(point, excess, kept, self.pixel_range)
        old, t = ray.point(0.0, point, excess), ray.first(excess)
        retraction_residual = 0.0
        for attempt in range(_ROUNDS):
            image = ray.image(t)
            if abs(old.excess) <= _NEAR * self._unit:
                held = self.measure.value(image)
                if self._is_level(held - self.level):
                    image.flags.writeable = False
                    return replace(
                        point, image=image, held=held, retraction_residual=retraction_residual
                    )
            point = self.point_at(image)
            new = ray.point(t, point, point.held - self.level)
            retraction_residual = abs(new.excess / excess) if attempt == 0 else retraction_residual
            if self._is_level(new.excess):
                return replace(point, retraction_residual=retraction_residual)
            if abs(new.excess) > _ENOUGH * abs(old.excess) or new.slope >= 0:
                break
            old, t = new, _root(old, new)
        raise SphereError(
            tr("The level of {name} is not found again from here.", name=self.measure.name)
        )

    def _is_level(self, excess: float) -> bool:
        return abs(excess) <= self.tolerance * self._unit

    @property
    def _unit(self) -> float:
        return abs(self.level) or 1.0


@dataclass(frozen=True, slots=True)
class _Point:
    """One point of a ray: its excess, counted from the side of the start, and its slope in t."""

    t: float
    excess: float
    slope: float


@dataclass(frozen=True, slots=True, eq=False)
class _Ray:
    """The images ``clip(base + t pull)``; along it the held metric returns to its level."""

    base: Pixels
    pull: Pixels
    room: Pixels | None
    """How large t may grow for each pixel before it meets its bound; None without a range."""
    pixel_range: PixelRange | None
    sign: float

    @classmethod
    def back(
        cls,
        point: ManifoldPoint,
        excess: float,
        kept: NDArray[np.intp] | None,
        pixel_range: PixelRange | None,
    ) -> _Ray:
        sign = float(np.sign(excess))
        base, pull = point.image, np.asarray(-sign * point.normal.array, np.float64)
        if kept is not None:
            pull.ravel()[kept] = 0
        if pixel_range is None:
            return cls(base, pull, None, pixel_range, sign)
        low, high = pixel_range
        gap = np.where(pull > 0, high - base, base - low)
        room = np.divide(gap, np.abs(pull), out=np.full_like(gap, np.inf), where=pull != 0)
        return cls(base, pull, room, pixel_range, sign)

    def first(self, excess: float) -> float:
        rates = np.square(self.pull)
        ceilings = (
            np.full_like(rates, np.inf)
            if self.room is None
            else np.multiply(rates, self.room, out=np.zeros_like(rates), where=rates > 0)
        )
        t = clipped_ray_root(rates, ceilings, abs(excess))
        if t is None:
            raise SphereError(tr("The pixel range leaves no image at the held level near here."))
        return t

    def image(self, t: float) -> Pixels:
        return _clipped(self.base + t * self.pull, self.pixel_range)

    def point(self, t: float, point: ManifoldPoint, excess: float) -> _Point:
        moving = self.pull if self.room is None else np.where(t < self.room, self.pull, 0.0)
        return _Point(t, self.sign * excess, self.sign * inner(point.normal.array, moving))


def _root(old: _Point, new: _Point) -> float:
    """Return where the excess ends: t as a cubic function of it, or else Newton's method."""
    newton = new.t - new.excess / new.slope
    h = new.excess - old.excess
    if h == 0 or old.slope >= 0:
        return newton
    x = -old.excess / h
    cubic = (
        (1 + 2 * x) * (1 - x) ** 2 * old.t
        + x * (1 - x) ** 2 * h / old.slope
        + x**2 * (3 - 2 * x) * new.t
        + x**2 * (x - 1) * h / new.slope
    )
    return cubic if abs(cubic - newton) < abs(newton - new.t) else newton


def _clipped(image: Pixels, pixel_range: PixelRange | None) -> Pixels:
    return image if pixel_range is None else np.clip(image, *pixel_range, out=image)


def _kept(
    image: Pixels, step: TangentStep, pixel_range: PixelRange | None
) -> NDArray[np.intp] | None:
    """Return the flat indices of the pixels on a bound that the step leaves there."""
    bounds = on_bounds(image, pixel_range) if step.keeps else None
    if bounds is None:
        return None
    return np.flatnonzero((bounds[0] | bounds[1]) & (step.p == 0))
