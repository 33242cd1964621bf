"""Any metric of a part of a pair: what a mask names, without samples that are no numbers.

Each metric says what its part is, where it can (`Restrictable`): pixel errors are over the pixels
that count; metrics with a map pool the windows that count. One that says nothing sees the distorted
image in the mask alone, and the reference outside it, so that only errors in the mask count.
Gradients are those of these values, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.counting import centred, filled, not_numbers, over_channels
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.masked_ssim import MaskedSsim
from ssim_viewer.metrics.planes import as_image, check_same_shape, size_text
from ssim_viewer.metrics.protocol import HasObjective, Restrictable
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.protocol import BoundMetric, Layer, Metric

    Bools = NDArray[np.bool_]
    Gradient = NDArray[np.float64]

NOTHING_LEFT = tr("The mask leaves no pixel to measure.")
ELSEWHERE_ALIKE = tr(
    "It sees the distorted image where the mask counts, and the reference everywhere else."
)


def masked_metric(metric: Metric, mask: NDArray[np.bool_] | None) -> Metric:
    """Return a metric of what a mask names, (H, W); None counts all that are numbers."""
    if isinstance(metric, Ssim):
        return MaskedSsim(metric, mask)
    return MaskedMetric(metric, mask)


def restricted_metric(metric: Metric, counts: NDArray[np.bool_] | None) -> Metric:
    """Return a metric of the pixels of a pair that count, (H, W); itself where all do."""
    return metric if counts is None else masked_metric(metric, counts)


@dataclass(frozen=True, slots=True, eq=False)
class MaskedMetric:
    """A metric restricted to a mask, see `masked_metric`.

    Two are equal that have equal settings and the very same mask.
    """

    metric: Metric
    mask: NDArray[np.bool_] | None = None

    @property
    def higher_is_better(self) -> bool:
        """Whether quality goes up with the value."""
        return self.metric.higher_is_better

    def __eq__(self, other: object) -> bool:
        """Compare settings, and masks by identity."""
        return (
            isinstance(other, MaskedMetric)
            and other.metric == self.metric
            and other.mask is self.mask
        )

    def __hash__(self) -> int:
        """Return the hash that belongs to `==`."""
        return hash((self.metric, id(self.mask)))

    def bind(self, reference: ArrayLike, /) -> BoundMasked:
        """Return the metric with its reference, whose samples may be NaN.

        Raises
        ------
        MetricError
            The mask has another size, or the metric cannot take the reference.
        """
        return BoundMasked(self, reference)


class BoundMasked:
    """A metric of the pixels that count, against one reference.

    Attributes
    ----------
    metric
        The settings.
    reference
        The reference, with the mean of the others in the place of what is not a number.
    """

    def __init__(self, metric: MaskedMetric, reference: ArrayLike) -> None:
        image = as_image(reference, pixels=True)
        size = image.shape[:2]
        counts = np.ones(size, np.bool_) if metric.mask is None else np.asarray(metric.mask, bool)
        if counts.shape != size:
            raise MetricError(
                tr(
                    "The mask, of the shape {shape}, is not that of the image, {size_text}.",
                    shape=counts.shape,
                    size_text=size_text(size),
                )
            )
        self.metric = metric
        self._bad = not_numbers(image)
        self._counts = counts
        self.reference = filled(image, self._bad)
        self._whole = metric.metric.bind(self.reference)
        self._latest: tuple[Bools, BoundMetric] | None = None
        self._part(self._bad)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores."""
        part = self._latest[1] if self._latest is not None else self._whole
        return tuple(getattr(part, "notes", ()))

    def value(self, distorted: ArrayLike, /) -> float:
        """Return the score of the pixels that count.

        Raises
        ------
        MetricError
            The image has another shape than the reference, or nothing counts.
        """
        part, image, _ = self._seen(distorted)
        return float(part.value(image))

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, Gradient]:
        """Return the score and its derivative, which is 0 where a sample is not a number."""
        part, image, bad = self._seen(distorted)
        value, gradient = part.value_and_gradient(image)
        return value, _without(gradient, bad)

    def objective_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, float, Gradient]:
        """Return the score, what a climb follows, and the gradient of that."""
        part, image, bad = self._seen(distorted)
        if isinstance(part, HasObjective):
            value, objective, gradient = part.objective_and_gradient(image)
        else:
            value, gradient = part.value_and_gradient(image)
            objective = value
        return value, objective, _without(gradient, bad)

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        """Return the values of the first layer."""
        return next(iter(self.layers(distorted).values())).values

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        """Return every map of the metric, NaN where a sample does not count."""
        part, image, bad = self._seen(distorted)
        counts = self._counts & ~bad
        return {name: _of_part(layer, counts) for name, layer in part.layers(image).items()}

    def _seen(self, distorted: ArrayLike) -> tuple[BoundMetric, NDArray[Any], Bools]:
        """Return the metric of the part, the image as it is seen, and what is not a number."""
        image = as_image(distorted, pixels=True)
        check_same_shape(self.reference, image)
        bad = self._bad | not_numbers(image)
        if bad.any():
            image = np.where(over_channels(bad, image), self.reference, image)
        return self._part(bad), image, bad

    def _part(self, bad: Bools) -> BoundMetric:
        """Return the metric of what counts; that of the image before is kept."""
        latest = self._latest
        if latest is not None and np.array_equal(latest[0], bad):
            return latest[1]
        counts = self._counts & ~bad
        if not counts.any():
            raise MetricError(NOTHING_LEFT)
        whole = self._whole
        part = whole.restricted(counts, bad) if isinstance(whole, Restrictable) else None
        if part is None:
            part = _ElsewhereAlike(whole, counts, self.reference)
        self._latest = bad, part
        return part


class _ElsewhereAlike:
    """A metric that sees the distorted image where pixels count, and the reference elsewhere."""

    def __init__(self, bound: BoundMetric, counts: Bools, reference: NDArray[Any]) -> None:
        self._bound, self._counts, self._reference = bound, counts, reference
        self.notes = (*getattr(bound, "notes", ()), ELSEWHERE_ALIKE)

    def value(self, distorted: ArrayLike, /) -> float:
        return float(self._bound.value(self._composed(distorted)))

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, Gradient]:
        value, gradient = self._bound.value_and_gradient(self._composed(distorted))
        return value, _without(gradient, ~self._counts)

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        return self._bound.map(self._composed(distorted))

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        return self._bound.layers(self._composed(distorted))

    def _composed(self, distorted: ArrayLike) -> NDArray[Any]:
        image = np.asarray(distorted)
        return np.where(over_channels(self._counts, image), image, self._reference)


def _without(gradient: NDArray[Any], pixels: Bools) -> NDArray[Any]:
    return np.where(over_channels(pixels, gradient), 0, gradient) if pixels.any() else gradient


def _of_part(layer: Layer, counts: Bools) -> Layer:
    kept = centred(layer.geometry, layer.values.shape, counts)
    return replace(layer, values=np.where(kept, layer.values, np.nan))
