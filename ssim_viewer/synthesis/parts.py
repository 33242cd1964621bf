"""Walks of a part of an image: pixels that count move and are measured, all others are held.

Held are the pixels that a mask leaves out, and those of which a sample is not a number. Inside the
climb the reference is the start there, so that they have no error and no direction: the MSE over
all samples is the share of those that count of the MSE of those that count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ssim_viewer.metrics.counting import filled, not_numbers, over_channels
from ssim_viewer.metrics.masked_metric import masked_metric
from ssim_viewer.metrics.protocol import HasObjective
from ssim_viewer.synthesis.checks import check_same_shape
from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.synthesis.steps import HeldStep, Step
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics import BoundMetric, Layer, Metric
    from ssim_viewer.synthesis.manifolds.protocol import PixelRange

    Pixels = NDArray[np.floating[Any]]
    Bools = NDArray[np.bool_]

AnyStep = TypeVar("AnyStep", Step, HeldStep)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A climb of a part, as one of whole images.

    Attributes
    ----------
    reference
        The true reference, not a number where a sample of the start is none.
    given
        The start as it was given.
    centre, start
        What the climb takes as reference and start: equal where nothing counts.
    counts
        (H, W): the pixels that count.
    """

    reference: Pixels
    given: Pixels
    centre: Pixels
    start: Pixels
    counts: Bools

    @classmethod
    def of(
        cls,
        reference: ArrayLike,
        start: ArrayLike,
        counts: Bools | None,
        pixel_range: PixelRange | None,
    ) -> Part | None:
        """Return the part, or None where every sample counts.

        Raises
        ------
        SphereError
            The shapes differ, or nothing counts.
        """
        x, y = np.asarray(reference), np.asarray(start)
        if x.ndim not in {2, 3} or y.ndim != x.ndim or _has_infinity(x) or _has_infinity(y):
            return None  # the climb refuses them
        bad = not_numbers(x) | not_numbers(y) if x.shape == y.shape else np.zeros(1, np.bool_)
        if counts is None and not bad.any():
            return None
        check_same_shape(y, x)
        counts = ~bad if counts is None else np.asarray(counts, np.bool_) & ~bad
        if counts.shape != x.shape[:2] or not counts.any():
            raise SphereError(tr("The mask leaves no pixel to change; choose another one."))
        known = np.where(over_channels(bad, x), np.nan, x) if bad.any() else x
        inside = filled(np.asarray(y, np.float64), bad)
        if pixel_range is not None:
            inside = np.clip(inside, *pixel_range)
        centre = np.where(over_channels(counts, x), x, inside)
        return cls(known, y, centre, inside, counts)

    @property
    def share(self) -> float:
        """Which share of the samples counts."""
        return float(self.counts.mean())

    def metric(self, metric: Metric) -> Metric:
        """Return a metric of the part, whose gradient is 0 at what is held."""
        return _PartMetric(masked_metric(metric, self.counts), self)

    def iterated(
        self, steps: Generator[AnyStep, None, None], *, holds_mse: bool = True
    ) -> Generator[AnyStep, None, None]:
        """Yield the steps as those of the part: with what is held, and over what counts."""
        try:
            for step in steps:
                image = np.where(over_channels(self.counts, step.image), step.image, self.given)
                image.flags.writeable = False
                yield self._told(replace(step, image=image), holds_mse=holds_mse)
        finally:
            steps.close()

    def _told(self, step: AnyStep, *, holds_mse: bool) -> AnyStep:
        moved = step.step_size / self.share**0.5
        if isinstance(step, Step):
            return replace(step, mse=step.mse / self.share, step_size=moved)
        held = step.held / self.share if holds_mse else step.held
        return replace(step, held=held, step_size=moved)


def _has_infinity(image: NDArray[Any]) -> bool:
    return image.dtype.kind == "f" and bool(np.isinf(image).any())


@dataclass(frozen=True, slots=True, eq=False)
class _PartMetric:
    """A masked metric, bound to the true reference whatever reference the climb has."""

    masked: Metric
    part: Part

    @property
    def higher_is_better(self) -> bool:
        return self.masked.higher_is_better

    def bind(self, reference: ArrayLike, /) -> _Held:
        del reference  # that of the climb differs where nothing counts
        return _Held(self.masked.bind(self.part.reference), self.part.counts)


class _Held:
    """A bound metric whose gradient is 0 where pixels are held."""

    def __init__(self, bound: BoundMetric, counts: Bools) -> None:
        self._bound, self._counts = bound, counts

    def value(self, distorted: ArrayLike, /) -> float:
        return self._bound.value(distorted)

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        return self._bound.map(distorted)

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        return self._bound.layers(distorted)

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, NDArray[np.float64]]:
        value, gradient = self._bound.value_and_gradient(distorted)
        return value, self._moving(gradient)

    def objective_and_gradient(
        self, distorted: ArrayLike, /
    ) -> tuple[float, float, NDArray[np.float64]]:
        bound = self._bound
        if not isinstance(bound, HasObjective):
            value, gradient = bound.value_and_gradient(distorted)
            return value, value, self._moving(gradient)
        value, objective, gradient = bound.objective_and_gradient(distorted)
        return value, objective, self._moving(gradient)

    def _moving(self, gradient: NDArray[Any]) -> NDArray[np.float64]:
        return np.where(over_channels(self._counts, gradient), gradient, 0.0)
