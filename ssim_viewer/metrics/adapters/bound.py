"""A metric of another program with its reference bound: images as it takes them, and back.

An engine measures pairs of RGB in [0, 1], float32; here images of any range and of one or three
channels are brought to that, and a derivative back to the samples of the image.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from ssim_viewer.metrics.data_range import is_doubtful, refuse_doubtful
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.per_plane import frozen_image, rebind
from ssim_viewer.metrics.planes import as_image, channel_weights, check_same_shape, with_axis
from ssim_viewer.metrics.protocol import Layer, PassResult
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from numpy.typing import ArrayLike, NDArray

    Rgb = NDArray[np.float32]
    Report = Callable[[float], None]

PIXELS = MapGeometry(0.0, 1)
ABSOLUTE_ERROR = "absolute error"
"""The map of a metric that has none of its own: the mean over channels of |y - x|, L being 1."""


class Answer(NamedTuple):
    """What an engine says of one image.

    Attributes
    ----------
    value
        The score.
    maps
        Maps of the size of the image by name, (H, W).
    slope
        The derivative by every sample of RGB in [0, 1], (H, W, 3), where it was asked for.
    """

    value: float
    maps: Mapping[str, NDArray[Any]] = {}
    slope: NDArray[Any] | None = None


class Engine(Protocol):
    """What measures images against one reference; it is asked by one thread at a time."""

    def measured(self, y: Rgb, /, *, maps: bool, gradient: bool, report: Report) -> Answer:
        """Return score, maps and slope of an image; what `report` raises ends the work."""
        ...


class AdapterSettings(Protocol):
    """Settings of an adapter."""

    @property
    def data_range(self) -> float:
        """L, the distance between black and white."""
        ...

    def engine(self, reference: Rgb, /) -> Engine:
        """Return what measures against a reference; other packages are imported only here."""
        ...


class BoundAdapter:
    """A metric of another program, against one reference of (H, W) or (H, W, 3)."""

    __slots__ = ("_channel_axis", "_doubtful", "_engine", "_lock", "_x", "metric", "reference")

    def __init__(
        self, metric: AdapterSettings, reference: ArrayLike, *, channel_axis: int | None = None
    ) -> None:
        self.metric, self._channel_axis = metric, channel_axis
        self.reference: NDArray[Any] = frozen_image(reference, channel_axis)
        channel_weights(self.reference.shape, "luma")  # one channel or three
        self._doubtful = is_doubtful(metric.data_range, self.reference)
        self._lock = threading.Lock()
        self._x = self._as_rgb(self.reference)
        self._engine = metric.engine(self._x)

    def __reduce__(self) -> tuple[Any, ...]:
        return rebind, (type(self), self.metric, self.reference, self._channel_axis)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a person should read beside the scores."""
        return tuple(getattr(self._engine, "notes", ()))

    def value(self, distorted: ArrayLike) -> float:
        """Return the score of a distorted image of the reference's shape, or raise MetricError."""
        return self.one_pass(distorted, maps=()).value

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its derivative by every sample, as precise as the other program.

        Raises
        ------
        MetricError
            The metric has no gradient.
        """
        found = self.one_pass(distorted, maps=(), gradient=True)
        return found.value, np.asarray(found.gradient, np.float64)

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        """Return the values of the first layer."""
        return next(iter(self.layers(distorted).values())).values

    def layers(self, distorted: ArrayLike) -> Mapping[str, Layer]:
        """Return every map of the metric."""
        return self.one_pass(distorted).maps

    def one_pass(
        self,
        distorted: ArrayLike,
        /,
        *,
        maps: Collection[str] | None = None,
        gradient: bool = False,
        report: Report | None = None,
        grown: Callable[[Mapping[str, Layer]], None] | None = None,
    ) -> PassResult:
        """Return what is asked for, see `MeasuresInOnePass`; no map is seen growing."""
        del grown
        image = as_image(distorted, self._channel_axis)
        check_same_shape(self.reference, image)
        if self._doubtful:
            refuse_doubtful(self.reference, image)
        y = self._as_rgb(image)
        if not np.isfinite(y).all():
            raise MetricError(tr("The distorted image holds NaN or infinity."))
        with self._lock:
            found = self._engine.measured(
                y, maps=maps is None or bool(maps), gradient=gradient, report=report or _silent
            )
        if not math.isfinite(found.value):
            raise MetricError(tr("it returned no number (NaN)."))
        layers = {
            name: Layer(np.asarray(each, np.float64), PIXELS, similarity=False)
            for name, each in self._with_a_map(y, found).items()
            if maps is None or name in maps
        }
        slope = None if found.slope is None else self._as_gradient(found.slope)
        return PassResult(found.value, layers, gradient=slope, notes=self.notes)

    def _with_a_map(self, y: Rgb, found: Answer) -> Mapping[str, NDArray[Any]]:
        return found.maps or {ABSOLUTE_ERROR: np.abs(y - self._x).mean(axis=2)}

    def _as_rgb(self, image: NDArray[Any]) -> Rgb:
        unit = np.asarray(image, np.float64) / self.metric.data_range
        if unit.ndim == 2:
            unit = unit[..., np.newaxis]
        return np.ascontiguousarray(np.broadcast_to(unit, (*unit.shape[:2], 3)), np.float32)

    def _as_gradient(self, slope: NDArray[Any]) -> NDArray[Any]:
        shape, scaled = self.reference.shape, np.asarray(slope, np.float64) / self.metric.data_range
        if shape[2:] != (3,):
            scaled = scaled.sum(axis=2).reshape(shape)
        return with_axis(scaled, self._channel_axis)


def no_gradient(symbol: str) -> MetricError:
    """Return the error of a metric that measures and cannot lead a climb."""
    return MetricError(
        tr("{symbol} has no gradient: it measures, but no climb can follow it.", symbol=symbol)
    )


def _silent(fraction: float) -> None:
    del fraction
