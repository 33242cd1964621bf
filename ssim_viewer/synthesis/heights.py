"""A metric seen as a height: better quality is higher for whoever ascends, lower otherwise.

Here also ends every metric that raises or returns NaN: with one sentence that names it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import MetricError
from ssim_viewer.synthesis.errors import BrokenMetricError
from ssim_viewer.synthesis.steps import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric, Metric

    Pixels = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A metric bound to its reference, whose every answer is looked at before it is passed on."""

    name: str
    bound: BoundMetric

    def value(self, image: Pixels) -> float:
        """Return the value alone; errors are those of `value_and_gradient`."""
        with _named(self.name):
            value = float(self.bound.value(image))
        if not np.isfinite(value):
            raise BrokenMetricError(self.name, f"gave the value {value}")
        return value

    def value_and_gradient(self, image: Pixels) -> tuple[float, Pixels]:
        """Return the value and its gradient, both finite and the gradient shaped like the image.

        Raises
        ------
        BrokenMetricError
            If they are not, or if the metric raises anything but a `MetricError`, which already
            is a sentence for a person.
        """
        with _named(self.name):
            value, gradient = self.bound.value_and_gradient(image)
            value, gradient = float(value), np.asarray(gradient, dtype=np.float64)
        if gradient.shape != image.shape:
            raise BrokenMetricError(
                self.name, f"gave a gradient of shape {gradient.shape} for one of {image.shape}"
            )
        # The PSNR of the reference itself is infinite, and flat there.
        if np.isnan(value) or (np.isinf(value) and gradient.any()):
            raise BrokenMetricError(self.name, f"gave the value {value}")
        if not np.isfinite(gradient.sum()) and not np.isfinite(gradient).all():
            raise BrokenMetricError(self.name, "gave a gradient that is not finite")
        return value, gradient


@dataclass(frozen=True, slots=True, eq=False)
class Height:
    """A measure, and whether its value (1) or minus its value (-1) is what a walk raises."""

    measure: Measure
    sign: float


def measured(metric: Metric, reference: Pixels) -> Measure:
    """Bind a metric to a reference.

    Raises
    ------
    BrokenMetricError
        If binding raises anything but a `MetricError`.
    """
    name = type(metric).__name__
    with _named(name):
        return Measure(name, metric.bind(reference))


def height_of(metric: Metric, reference: Pixels, direction: Direction) -> Height:
    """Return a metric as a height; ascent is towards better quality, whatever its values do."""
    up = (direction is Direction.ASCENT) == metric.higher_is_better
    return Height(measured(metric, reference), 1.0 if up else -1.0)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Name the metric in whatever it raises; a MetricError already is a sentence for a person."""
    try:
        yield
    except (MetricError, MemoryError):
        raise
    except Exception as error:
        trouble = f"failed with {type(error).__name__}: {error}".rstrip(".: ")
        raise BrokenMetricError(name, trouble) from error
