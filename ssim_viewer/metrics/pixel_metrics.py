"""MSE, MAE and PSNR as metrics: with a bound reference, maps and gradients.

The numbers themselves are `pixel_errors`'; all are over all samples of all channels. With
e = y - x and N samples:

    MSE = sum e² / N             d MSE / dy  = 2 e / N
    MAE = sum |e| / N            d MAE / dy  = sign(e) / N
    PSNR = 10 log10(L² / MSE)    d PSNR / dy = -(10 / ln 10) (2 e / N) / MSE

Conventions
-----------
- |e| has a kink at e = 0: its derivative there is taken as 0.
- The PSNR of identical images is infinity, and its gradient is taken as 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.data_range import ASSUMED, AssumedRange
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.per_plane import frozen_image, rebind
from ssim_viewer.metrics.pixel_errors import mae, mse, psnr, psnr_of
from ssim_viewer.metrics.planes import as_image, check_same_shape, with_axis
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mse:
    """The mean squared error, in squared units of the images; 0 is best."""

    higher_is_better: ClassVar[bool] = False

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPixelMetric:
        """Return the metric with its reference, (H, W) or (H, W, C), checked."""
        return BoundPixelMetric(
            self, reference, tr("squared error"), mse, _square_slope, channel_axis=channel_axis
        )


@dataclass(frozen=True, slots=True)
class Mae:
    """The mean absolute error, in units of the images; 0 is best."""

    higher_is_better: ClassVar[bool] = False

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPixelMetric:
        """Return the metric with its reference, (H, W) or (H, W, C), checked."""
        return BoundPixelMetric(
            self, reference, tr("absolute error"), mae, _magnitude_slope, channel_axis=channel_axis
        )


@dataclass(frozen=True, slots=True)
class Psnr:
    """The peak signal-to-noise ratio in decibels; infinity for identical images.

    Parameters
    ----------
    data_range
        L, the distance between black and white: 255 for 8 bits.

    Raises
    ------
    MetricError
        The data range is no number above 0.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = ASSUMED

    def __post_init__(self) -> None:
        psnr_of(1.0, self.data_range)
        if not isinstance(self.data_range, AssumedRange):
            object.__setattr__(self, "data_range", float(self.data_range))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPixelMetric:
        """Return the metric with its reference, (H, W) or (H, W, C), checked."""
        score = partial(psnr, data_range=self.data_range)
        return BoundPixelMetric(
            self, reference, tr("squared error"), score, _psnr_slope, channel_axis=channel_axis
        )


class BoundPixelMetric:
    """A pixel error against one reference.

    Attributes
    ----------
    metric
        The settings.
    reference
        The reference, read-only.
    """

    __slots__ = ("_channel_axis", "_layer", "_score", "_slope", "metric", "reference")

    def __init__(
        self,
        metric: Mse | Mae | Psnr,
        reference: ArrayLike,
        layer: str,
        score: Callable[..., float],
        slope: Callable[[Array], Array],
        *,
        channel_axis: int | None,
    ) -> None:
        self.metric = metric
        self.reference: NDArray[Any] = frozen_image(reference, channel_axis, pixels=True)
        self._channel_axis = channel_axis
        self._layer, self._score, self._slope = layer, score, slope

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as settings and reference."""
        return rebind, (_bind, self.metric, self.reference, self._channel_axis)

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> _PartOfPixels:
        """Return the error over the pixels that count, see `Restrictable`."""
        del bad  # none of them counts
        return _PartOfPixels(self, counts)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores: there are none."""
        return ()

    def value(self, distorted: ArrayLike) -> float:
        """Return the score of a distorted image.

        Raises
        ------
        MetricError
            The image has another shape than the reference, or holds NaN or infinity.
        """
        return self._score(self.reference, self._image(distorted), channel_axis=self._last)

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, Array]:
        """Return the score and its derivative with respect to every sample of the image."""
        slope = self._slope(self._errors(distorted))
        return self.value(distorted), with_axis(slope, self._channel_axis)

    def map(self, distorted: ArrayLike) -> Array:
        """Return the squared or absolute error of every pixel, the mean over channels."""
        errors = self._errors(distorted)
        local = np.abs(errors) if self._layer == "absolute error" else np.square(errors)
        if not np.isfinite(local).all():
            raise MetricError(tr("The distorted image holds NaN or infinity."))
        return local if local.ndim == 2 else local.mean(axis=2)

    def layers(self, distorted: ArrayLike) -> dict[str, Layer]:
        """Return the one map, "squared error" or "absolute error"."""
        return {self._layer: Layer(self.map(distorted), MapGeometry(0.0, 1), similarity=False)}

    @property
    def _last(self) -> int | None:
        """The axis of channels of the reference and of an image that was brought to its shape."""
        return -1 if self.reference.ndim == 3 else None

    def _image(self, distorted: ArrayLike) -> NDArray[Any]:
        image = as_image(distorted, self._channel_axis, pixels=True)
        check_same_shape(self.reference, image)
        return image

    def _errors(self, distorted: ArrayLike) -> Array:
        image = self._image(distorted)
        errors: Array = np.subtract(image, self.reference, dtype=np.float64)
        return errors


class _PartOfPixels:
    """A pixel error over those pixels that count."""

    notes: tuple[str, ...] = ()

    def __init__(self, whole: BoundPixelMetric, counts: NDArray[np.bool_]) -> None:
        self._whole, self._counts = whole, counts
        # The pixels that count, as a row of an image.
        self._part = whole.metric.bind(whole.reference[counts][np.newaxis], channel_axis=None)

    def value(self, distorted: ArrayLike, /) -> float:
        return self._part.value(self._row(distorted))

    def value_and_gradient(self, distorted: ArrayLike, /) -> tuple[float, Array]:
        value, slopes = self._part.value_and_gradient(self._row(distorted))
        gradient = np.zeros(self._whole.reference.shape)
        gradient[self._counts] = slopes[0]
        return value, gradient

    def map(self, distorted: ArrayLike, /) -> Array:
        return np.where(self._counts, self._whole.map(distorted), np.nan)

    def layers(self, distorted: ArrayLike, /) -> dict[str, Layer]:
        layers = self._whole.layers(distorted)
        return {
            name: replace(each, values=np.where(self._counts, each.values, np.nan))
            for name, each in layers.items()
        }

    def _row(self, distorted: ArrayLike) -> NDArray[Any]:
        return np.asarray(distorted)[self._counts][np.newaxis]


def _bind(
    metric: Mse | Mae | Psnr, reference: ArrayLike, *, channel_axis: int | None = None
) -> BoundPixelMetric:
    return metric.bind(reference, channel_axis=channel_axis)


def _square_slope(e: Array) -> Array:
    e *= 2 / e.size
    return e


def _magnitude_slope(e: Array) -> Array:
    np.sign(e, out=e)
    e /= e.size
    return e


def _psnr_slope(e: Array) -> Array:
    squares = float(np.vdot(e, e))
    if squares > 0:
        e *= -20 / (math.log(10) * squares)
    return e
