"""What a metric that is one formula needs to be a bound metric: score, maps and gradient of it.

Settings of such a metric name in ``bytes_per_sample`` what a value, and what a gradient takes at
its peak for each sample, since the way back is kept until it has been gone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.metrics.data_range import is_doubtful, refuse_doubtful
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.family.tape import Node, constant, gradient, leaf
from ssim_viewer.metrics.per_plane import frozen_image, rebind
from ssim_viewer.metrics.planes import as_image, check_same_shape, size_text, with_axis
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.kernels_on_use import KernelsOnUse
    from ssim_viewer.metrics.protocol import Layer


class Terms(NamedTuple):
    """The score as a node, and the maps that it was made of."""

    score: Node
    layers: Mapping[str, Layer]


Formula = Callable[[Node], Terms]


class Compiled(NamedTuple):
    """How compiled kernels measure a plane.

    Attributes
    ----------
    kernels
        Those of the metric.
    measure
        Called as ``measure(module, y, gradient=wanted)`` with the distorted plane; returns the
        score and a new array with the gradient, an empty one if none is wanted. The numbers are
        those of the formula; the score is the same to the last digit with and without a gradient.
    """

    kernels: KernelsOnUse
    measure: Callable[..., tuple[float, NDArray[np.float64]]]


class FormulaPlane:
    """One plane of a reference, in a formula of the distorted plane; see `per_plane.BoundPlane`.

    Parameters
    ----------
    formula
        The score and the maps.
    compiled
        What gives score and gradient instead, once its kernels are ready.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, formula: Formula, compiled: Compiled | None = None) -> None:
        self._formula = formula
        self._compiled = compiled

    def value(self, y: NDArray[Any], /) -> float:
        """Return the score of the plane."""
        with self._computing() as measure:
            if measure is not None:
                return measure(y, gradient=False)[0]
            return float(self._formula(constant(y)).score.value)

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its derivative by every sample of the plane."""
        with self._computing() as measure:
            if measure is not None:
                return measure(y, gradient=True)
            by = leaf(y)
            score = self._formula(by).score
            return float(score.value), np.array(gradient(score, by))

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        """Return the maps of the plane."""
        return dict(self._formula(constant(y)).layers)

    @contextmanager
    def _computing(self) -> Iterator[Callable[..., tuple[float, NDArray[np.float64]]] | None]:
        """Give what measures in compiled kernels, or None."""
        if self._compiled is None:
            yield None
            return
        with self._compiled.kernels.computing() as module:
            yield None if module is None else partial(self._compiled.measure, module)


class BoundFormula:
    """A metric of whole images, colour and all, with its reference bound.

    Nothing in it changes after it is made, so one object may serve several threads at once.
    """

    __slots__ = ("_channel_axis", "_doubtful", "_plane", "metric", "notes", "reference")

    def __init__(
        self, metric: Any, reference: ArrayLike, *, channel_axis: int | None = None
    ) -> None:
        self.metric = metric
        self._channel_axis = channel_axis
        self.reference: NDArray[Any] = frozen_image(reference, channel_axis)
        self._doubtful = is_doubtful(metric.data_range, self.reference)
        self._plane: FormulaPlane = metric.plane(self.reference)
        self.notes: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return rebind, (type(self), self.metric, self.reference, self._channel_axis)

    def value(self, distorted: ArrayLike) -> float:
        """Return the score of a distorted image of the reference's shape, or raise MetricError."""
        image = self._image(distorted)
        with np.errstate(all="ignore"):
            return _finite(self._plane.value(image))

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        """Return the score and its exact derivative by every sample of the image."""
        image = self._image(distorted)
        with np.errstate(all="ignore"):
            value, slope = self._plane.value_and_gradient(image)
        return _finite(value), with_axis(slope, self._channel_axis)

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        """Return the values of the first layer."""
        return next(iter(self.layers(distorted).values())).values

    def layers(self, distorted: ArrayLike) -> dict[str, Layer]:
        """Return every map of the metric."""
        image = self._image(distorted)
        with np.errstate(all="ignore"):
            layers = self._plane.layers(image)
        for layer in layers.values():
            _finite(float(layer.values.sum()))
        return layers

    def _image(self, distorted: ArrayLike) -> NDArray[Any]:
        image = as_image(distorted, self._channel_axis)
        check_same_shape(self.reference, image)
        if self._doubtful:
            refuse_doubtful(self.reference, image)
        return image


def check_side(shape: tuple[int, ...], smallest: int, name: str) -> None:
    """Raise a MetricError that says which side a metric needs, where an image is smaller."""
    if min(shape[:2]) < smallest:
        raise MetricError(
            tr(
                "The image, {size_text}, is too small for {name}; the smallest side is {smallest}.",
                size_text=size_text(shape),
                name=name,
                smallest=smallest,
            )
        )


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise MetricError(tr("The distorted image holds NaN or infinity."))
    return value
