"""Metrics that measure plane against plane: the way from an image to its planes and back.

A metric of this kind says how one plane of the reference is measured (`PlaneMetric.plane`); the
score of an image is the mean over its planes, its channels or their luma. What is measured is left
to the metrics.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

import numpy as np

from ssim_viewer.metrics.data_range import is_doubtful, refuse_doubtful
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import (
    as_image,
    channel_weights,
    check_same_shape,
    finishing,
    join,
    split,
    with_axis,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.protocol import Layer

    Plane = NDArray[np.float64]


class BoundPlane(Protocol):
    """One plane of the reference, against which planes of distorted images are measured.

    Planes come as they stand in the image, of any real type and not always contiguous.
    """

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores."""
        ...

    def value(self, y: NDArray[Any], /) -> float:
        """Return the score of the plane."""
        ...

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Plane]:
        """Return the score and a new array with its derivative by every sample of the plane."""
        ...

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        """Return the maps of the plane, in new arrays."""
        ...


@runtime_checkable
class RestrictablePlane(Protocol):
    """A plane that knows its score of a part, see `Restrictable`."""

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> BoundPlane:
        """Return the plane of what counts; its maps are NaN where a sample does not count."""
        ...


class PlaneMetric(Protocol):
    """Settings of a metric that measures plane against plane."""

    @property
    def color(self) -> str:
        """Whether the planes are the channels, "mean", or a luma of them."""
        ...

    def plane(self, x: NDArray[Any], /) -> BoundPlane:
        """Return a plane of the reference, ready to be compared with."""
        ...


class BoundPlanes:
    """A metric with its reference bound, whose score is the mean over the planes of the image.

    Nothing in it changes after it is made, so one object may serve several threads at once.

    Attributes
    ----------
    metric
        The settings.
    reference
        The reference, read-only.
    notes
        Sentences that a person should read beside the scores.
    """

    __slots__ = (
        "_channel_axis",
        "_doubtful",
        "_finish",
        "_partial",
        "_planes",
        "_weights",
        "metric",
        "notes",
        "reference",
    )

    def __init__(
        self, metric: PlaneMetric, reference: ArrayLike, *, channel_axis: int | None = None
    ) -> None:
        image = frozen_image(reference, channel_axis)
        data_range = getattr(metric, "data_range", 255.0)
        self.metric = metric
        self._channel_axis = channel_axis
        self._doubtful = is_doubtful(data_range, image)
        self.reference: NDArray[Any] = image
        self._weights = channel_weights(image.shape, metric.color)
        self._finish = finishing(self._weights, metric.color, data_range)
        self._planes = [metric.plane(x) for x in self._split(image)]
        self._partial = False
        self.notes = self._planes[0].notes

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> Self | None:
        """Return the metric of a part of the image, see `Restrictable`."""
        if not all(isinstance(plane, RestrictablePlane) for plane in self._planes):
            return None
        other = object.__new__(type(self))
        for name in BoundPlanes.__slots__:
            setattr(other, name, getattr(self, name))
        other._planes = [plane.restricted(counts, bad) for plane in self._planes]  # type: ignore[attr-defined]
        other._partial = True
        other.notes = other._planes[0].notes
        return other

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as settings and reference; the statistics are computed anew."""
        return rebind, (type(self), self.metric, self.reference, self._channel_axis)

    def value(self, distorted: ArrayLike) -> float:
        """Return the score of a distorted image.

        Raises
        ------
        MetricError
            The image has another shape than the reference, or holds NaN or infinity.
        """
        pairs = self._pairs(distorted)
        with np.errstate(invalid="ignore", over="ignore"):
            return _mean([x.value(y) for x, y in pairs])

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its exact derivative with respect to every sample of the image."""
        return self._gradient(distorted, lambda x, y: x.value_and_gradient(y))

    def _gradient(
        self, distorted: ArrayLike, measured: Callable[[Any, NDArray[Any]], tuple[float, Plane]]
    ) -> tuple[float, NDArray[np.float64]]:
        """Return the mean over planes of what `measured` returns of each, and its gradient."""
        pairs = self._pairs(distorted)
        with np.errstate(invalid="ignore", over="ignore"):
            found = [measured(x, y) for x, y in pairs]
        slopes = [slope for _, slope in found]
        if len(slopes) > 1:
            slopes = [np.divide(slope, len(slopes), out=slope) for slope in slopes]
        gradient = join(slopes, self._weights, 1, self.reference.shape)
        gradient = with_axis(gradient, self._channel_axis)
        return _mean([value for value, _ in found]), gradient

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        """Return the values of the first layer."""
        return next(iter(self.layers(distorted).values())).values

    def layers(self, distorted: ArrayLike) -> dict[str, Layer]:
        """Return every map of the metric, the mean over planes."""
        pairs = self._pairs(distorted)
        with np.errstate(invalid="ignore", over="ignore"):
            found = [x.layers(y) for x, y in pairs]
        means = found[0]
        for name, layer in means.items():
            for other in found[1:]:
                np.add(layer.values, other[name].values, out=layer.values)
            if len(found) > 1:
                np.divide(layer.values, len(found), out=layer.values)
            if not (self._partial or np.isfinite(layer.values).all()):
                raise MetricError(tr("The distorted image holds NaN or infinity."))
        return means

    def _pairs(self, distorted: ArrayLike) -> list[tuple[BoundPlane, NDArray[Any]]]:
        image = as_image(distorted, self._channel_axis)
        check_same_shape(self.reference, image)
        if self._doubtful:
            refuse_doubtful(self.reference, image)
        return list(zip(self._planes, self._split(image), strict=True))

    def _split(self, image: NDArray[Any]) -> list[NDArray[Any]]:
        return split(image, self._weights, 1, finish=self._finish)


def rebind(kind: Any, metric: Any, reference: NDArray[Any], channel_axis: int | None) -> Any:
    """Return a bound metric from what it was pickled as, its reference of (H, W) or (H, W, C)."""
    if channel_axis is None:
        return kind(metric, reference)
    return kind(metric, np.moveaxis(reference, -1, channel_axis), channel_axis=channel_axis)


def frozen_image(
    reference: ArrayLike, channel_axis: int | None = None, *, pixels: bool = False
) -> NDArray[Any]:
    """Return the reference as a read-only image of finite numbers, or raise MetricError."""
    image = as_image(reference, channel_axis, pixels=pixels)
    if image.flags.writeable:
        image = image.copy()
        image.setflags(write=False)
    if not np.isfinite(image).all():
        raise MetricError(tr("The reference holds NaN or infinity."))
    return image


def _mean(values: list[float]) -> float:
    mean = sum(values) / len(values)
    if not math.isfinite(mean):
        raise MetricError(tr("The distorted image holds NaN or infinity."))
    return mean
