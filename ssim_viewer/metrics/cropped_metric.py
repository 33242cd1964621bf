"""Any metric without the border of the images, as papers on super-resolution measure.

SSIM has this as a setting of its own; every other metric is bound to what is left, its maps are put
back onto the whole image, and its gradient is 0 at the border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, check_same_shape, size_text
from ssim_viewer.metrics.protocol import HasObjective, Restrictable
from ssim_viewer.metrics.ssim.metric import Ssim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.protocol import BoundMetric, Layer, Metric

    Gradient = NDArray[np.float64]


def cropped_metric(metric: Metric, crop: int) -> Metric:
    """Return a metric that leaves out so many pixels on each side; SSIM does that by itself."""
    if not crop or isinstance(metric, Ssim):
        return metric
    return CroppedMetric(metric, crop)


@dataclass(frozen=True, slots=True)
class CroppedMetric:
    """A metric of what a border leaves, see `cropped_metric`."""

    metric: Metric
    crop: int

    @property
    def higher_is_better(self) -> bool:
        """Whether quality goes up with the value."""
        return self.metric.higher_is_better

    def bind(self, reference: ArrayLike, /) -> BoundCropped:
        """Return the metric with its reference.

        Raises
        ------
        MetricError
            Nothing is left of the reference, or too little for the metric.
        """
        image = as_image(reference, pixels=True)
        inside = _inside(image, self.crop)
        if inside.size == 0:
            raise MetricError(
                f"A border of {self.crop} pixels leaves nothing of an image of "
                f"{size_text(image.shape)}."
            )
        bound = self.metric.bind(np.ascontiguousarray(inside))
        return BoundCropped(self, image, bound)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        own = getattr(self.metric, "describe", lambda: "")()
        return ", ".join(filter(None, (own, f"border of {self.crop} px left out")))


class BoundCropped:
    """A metric of what a border leaves, against one reference.

    Attributes
    ----------
    metric
        The settings.
    reference
        The whole reference.
    """

    def __init__(self, metric: CroppedMetric, reference: NDArray[Any], bound: BoundMetric) -> None:
        self.metric, self.reference, self._bound = metric, reference, bound

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores."""
        return tuple(getattr(self._bound, "notes", ()))

    def restricted(
        self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /
    ) -> BoundCropped | None:
        """Return the metric of a part of the image, see `Restrictable`."""
        if not isinstance(self._bound, Restrictable):
            return None
        inside, lost = (_inside(each, self.metric.crop) for each in (counts, bad))
        if not inside.any():
            raise MetricError("The mask leaves no pixel to measure.")
        part = self._bound.restricted(inside, lost)
        return None if part is None else BoundCropped(self.metric, self.reference, part)

    def value(self, distorted: ArrayLike, /) -> float:
        """Return the score."""
        return float(self._bound.value(self._seen(distorted)))

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, Gradient]:
        """Return the score and its derivative, 0 at the border."""
        value, gradient = self._bound.value_and_gradient(self._seen(distorted))
        return value, self._whole(gradient)

    def objective_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, float, Gradient]:
        """Return the score, what a climb follows, and the gradient of that."""
        image = self._seen(distorted)
        if isinstance(self._bound, HasObjective):
            value, objective, gradient = self._bound.objective_and_gradient(image)
        else:
            value, gradient = self._bound.value_and_gradient(image)
            objective = value
        return value, objective, self._whole(gradient)

    def map(self, distorted: ArrayLike, /) -> NDArray[np.float64]:
        """Return the values of the first layer."""
        return self._bound.map(self._seen(distorted))

    def layers(self, distorted: ArrayLike, /) -> Mapping[str, Layer]:
        """Return every map of the metric, where it lies on the whole image."""

        def placed(layer: Layer) -> Layer:
            place = layer.geometry
            return replace(layer, geometry=replace(place, offset=place.offset + self.metric.crop))

        found = self._bound.layers(self._seen(distorted))
        return {name: placed(layer) for name, layer in found.items()}

    def _seen(self, distorted: ArrayLike) -> NDArray[Any]:
        image = as_image(distorted, pixels=True)
        check_same_shape(self.reference, image)
        return np.ascontiguousarray(_inside(image, self.metric.crop))

    def _whole(self, gradient: NDArray[Any]) -> Gradient:
        whole = np.zeros(self.reference.shape)
        _inside(whole, self.metric.crop)[...] = gradient
        return whole


def _inside(image: NDArray[Any], crop: int) -> NDArray[Any]:
    height, width = image.shape[:2]
    return image[crop : max(crop, height - crop), crop : max(crop, width - crop)]
