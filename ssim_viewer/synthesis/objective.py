"""A metric as an objective: larger is better for an ascent, smaller for a descent.

Here also ends every metric that raises or returns NaN: with one sentence that names it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks
from ssim_viewer.metrics import BoundSsim, MetricError, Ssim
from ssim_viewer.metrics.protocol import HasObjective
from ssim_viewer.synthesis.errors import BrokenMetricError
from ssim_viewer.synthesis.steps import Direction
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import DTypeLike, NDArray

    from ssim_viewer.metrics import BoundMetric, Metric

    Pixels = NDArray[np.floating[Any]]

_SINGLE = 1e-6, 1e6
"""Data ranges of which float32 holds the squares of gradients."""


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """A metric bound to its reference, whose every answer is looked at before it is passed on."""

    name: str
    bound: BoundMetric
    work: DTypeLike = np.float64
    """Of the gradient."""
    climbs: bool = False
    """Whether the metric's own rule for climbs is followed where it has one."""

    def value(self, image: Pixels) -> float:
        """Return the value alone; errors are those of `value_and_gradient`."""
        with _named(self.name):
            value = float(self.bound.value(image))
        if not np.isfinite(value):
            raise BrokenMetricError(self.name, tr("gave the value {value}", value=value))
        return value

    def value_and_gradient(self, image: Pixels) -> tuple[float, NDArray[Any]]:
        """Return the value and its gradient, both finite and the gradient shaped like the image.

        Raises
        ------
        BrokenMetricError
            If they are not; see `seen`.
        """
        value, gradient = self.seen(image)
        self.check(gradient)
        return value, gradient

    def check(self, gradient: Pixels) -> None:
        """Raise BrokenMetricError unless a gradient is finite."""
        if not _is_finite(gradient):
            raise BrokenMetricError(self.name, tr("gave a gradient that is not finite"))

    def seen(self, image: Pixels) -> tuple[float, NDArray[Any]]:
        """Return value and gradient, the latter not yet looked at for what is not finite.

        Raises
        ------
        BrokenMetricError
            If they are not, or if the metric raises anything but a `MetricError`, which already
            is a sentence for a person.
        """
        value, _, gradient = self.objective(image)
        return value, gradient

    def objective(self, image: Pixels) -> tuple[float, float, NDArray[Any]]:
        """Return the value, what a climb raises or lowers instead of it, and the gradient of that.

        Both are the same but for metrics that have a rule of their own for climbs, such as MS-SSIM
        with negative factors (`objective_and_gradient`). Errors are those of `seen`.
        """
        with _named(self.name):
            value, objective, gradient = self._found(image)
            value, objective = float(value), float(objective)
            gradient = np.require(gradient, self.work, ["C", "W"])
        if gradient.shape != image.shape:
            raise BrokenMetricError(
                self.name,
                tr(
                    "gave a gradient of shape {shape} for one of {shape_2}",
                    shape=gradient.shape,
                    shape_2=image.shape,
                ),
            )
        # The PSNR of the reference itself is infinite, and flat there.
        if np.isnan(value) or (np.isinf(value) and gradient.any()):
            raise BrokenMetricError(self.name, tr("gave the value {value}", value=value))
        return value, objective, gradient

    def _found(self, image: Pixels) -> tuple[float, float, NDArray[Any]]:
        if isinstance(self.bound, BoundSsim) and self.work == np.float32:
            found = self.bound.measure(image, gradient=True, dtype=np.float32)
            if found.gradient is not None:
                return found.means["ssim"], found.means["ssim"], found.gradient
        if self.climbs and isinstance(self.bound, HasObjective):
            return self.bound.objective_and_gradient(image)
        value, gradient = self.bound.value_and_gradient(image)
        return value, value, gradient


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """A measure, and whether its value (1) or minus its value (-1) is what a climb raises."""

    measure: Measure
    sign: float


def working_type(metric: Metric) -> DTypeLike:
    """Return the type of a climb's images: float32 for SSIM in single precision.

    Not for data ranges so small or large that squares of gradients leave float32.
    """
    if not (isinstance(metric, Ssim) and metric.precision == "single"):
        return np.float64
    return np.float32 if _SINGLE[0] <= float(metric.data_range) <= _SINGLE[1] else np.float64


def measured(
    metric: Metric, reference: Pixels, work: DTypeLike = np.float64, *, climbs: bool = False
) -> Measure:
    """Bind a metric to a reference.

    Raises
    ------
    BrokenMetricError
        If binding raises anything but a `MetricError`.
    """
    name = type(metric).__name__
    with _named(name):
        return Measure(name, metric.bind(reference), work, climbs)


def objective_of(
    metric: Metric, reference: Pixels, direction: Direction, work: DTypeLike = np.float64
) -> Objective:
    """Return a metric as an objective; ascent is towards better quality, whatever its values do."""
    up = (direction is Direction.ASCENT) == metric.higher_is_better
    measure = measured(metric, reference, work, climbs=True)
    return Objective(measure, 1.0 if up else -1.0)


def _is_finite(gradient: NDArray[Any]) -> bool:
    """Tell whether all are finite: one sum tells, and where it overflows, all are looked at."""

    def part(rows: slice) -> bool:
        block = gradient[rows]
        return bool(np.isfinite(block.sum()) or np.isfinite(block).all())

    return all(in_threads(part, row_blocks(gradient.shape)))


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Name the metric in whatever it raises; a MetricError already is a sentence for a person."""
    try:
        yield
    except (MetricError, MemoryError):
        raise
    except Exception as error:
        trouble = tr("failed with {kind}", kind=f"{type(error).__name__}: {error}".rstrip(".: "))
        raise BrokenMetricError(name, trouble) from error
