"""Measuring the other metrics: each by itself, so that one that fails disturbs no other."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.memory import OTHER_METRIC, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import (
    Layer,
    MapGeometry,
    MapInputs,
    MetricError,
    find,
    masked_metric,
    plugin_maps,
)
from ssim_viewer.metrics.measuring import grey_gradient, measure
from ssim_viewer.session.family import made, wanted_gradients, wanted_maps, wanted_metrics
from ssim_viewer.session.map_key import GRADIENT, PAIR, MetricLayer
from ssim_viewer.session.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import MapSpec, Metric, Ssim
    from ssim_viewer.session.state import Session

PART_INTERVAL = 0.2
"""Seconds between two metrics that are shown while others are still being measured."""


@dataclass(frozen=True, slots=True)
class MissingMetric:
    """A metric by which a pair shall be measured, with its gradient or without."""

    key: str
    metric: Metric
    gradient: bool = False

    def answered_by(self, found: Measurement) -> bool:
        """Whether a measurement of the same images is the one that is wanted."""
        gradient = not self.gradient or MetricLayer(self.key, GRADIENT) in found.layers
        return found.metric == self.metric and gradient

    def measured(self, request: MetricsRequest, report: Callable[[float], None]) -> Measurement:
        """Return the score and the maps."""
        bound = bound_metric(self.metric, request.reference)
        found = measure(bound, request.distorted, gradient=self.gradient, report=report)
        maps = {MetricLayer(self.key, name): _shown(layer) for name, layer in found.maps.items()}
        if found.gradient is not None:
            slope = Layer(grey_gradient(found.gradient).astype(np.float64), MapGeometry(0.0, 1))
            maps[MetricLayer(self.key, GRADIENT)] = _shown(slope)
        return request.answer(self.key, metric=self.metric, value=found.value, layers=maps)

    @property
    def words(self) -> str:
        """What it is called."""
        return find(self.key).symbol


@dataclass(frozen=True, slots=True)
class MissingMap:
    """The map of a plug-in that shall be made, by the settings of SSIM in use."""

    spec: MapSpec
    metric: Ssim
    mask: NDArray[np.bool_] | None = field(default=None, compare=False)

    @property
    def key(self) -> MetricLayer:
        """By what name panes ask for it."""
        return MetricLayer(PAIR, self.spec.id)

    def answered_by(self, found: Measurement) -> bool:
        """Whether a measurement of the same images is the one that is wanted."""
        return found.metric == self.metric and found.mask is self.mask

    def measured(self, request: MetricsRequest, report: Callable[[float], None]) -> Measurement:
        """Return the map; where a mask leaves pixels out, it has no number there."""
        del report  # its function tells nothing
        bind = partial(bound_metric, reference=request.reference)
        inputs = MapInputs(request.reference, request.distorted, self.metric, bind)
        layer, mask = self.spec.layer(inputs), self.mask
        if mask is not None and mask.shape == layer.values.shape:
            layer = replace(layer, values=np.where(mask, layer.values, np.nan))
        return request.answer(self.key, metric=self.metric, layers={self.key: _shown(layer)})

    @property
    def words(self) -> str:
        """What it is called."""
        return self.spec.title


@dataclass(frozen=True, slots=True)
class Refused:
    """A metric or a map that cannot be measured, and why."""

    key: str | MetricLayer
    problem: str

    def answered_by(self, found: Measurement) -> bool:
        """Return False: it has to be told."""
        del found
        return False

    def measured(self, request: MetricsRequest, report: Callable[[float], None]) -> Measurement:
        """Return the problem."""
        del report
        return request.answer(self.key, problem=self.problem)

    @property
    def words(self) -> str:
        """What it is called."""
        return str(self.key)


Missing = MissingMetric | MissingMap | Refused


@dataclass(frozen=True, slots=True, eq=False)
class MetricsRequest:
    """Measure a pair by those metrics that are missing, one after the other."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    wanted: tuple[Missing, ...]
    mask: NDArray[np.bool_] | None = None

    def run(self, report: Report) -> tuple[Measurement, ...]:
        """Return a measurement for each; some are told while others are still on their way."""
        found: list[Measurement] = []
        told = time.monotonic()
        for number, wanted in enumerate(self.wanted):
            begun, share = number / len(self.wanted), 1 / len(self.wanted)
            report(begun)
            found.append(self._measured(wanted, partial(_tell, report, begun, share)))
            now = time.monotonic()
            if now - told > PART_INTERVAL and not found[-1].problem:
                report(begun + share, found[-1])
                told = now
        return tuple(found)

    def answer(self, key: str | MetricLayer, **found: Any) -> Measurement:
        """Return what was found of these images."""
        return Measurement(self.reference, self.distorted, key, mask=self.mask, **found)

    def same_as(self, other: MetricsRequest | None) -> bool:
        """Whether another request asks for the same."""
        return (
            other is not None
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.mask is self.mask
            and other.wanted == self.wanted
        )

    def _measured(self, wanted: Missing, report: Callable[[float], None]) -> Measurement:
        try:
            require_memory(OTHER_METRIC, self.reference)
            return wanted.measured(self, report)
        except Cancelled:
            raise
        except Exception as error:  # a plug-in may raise anything
            return self.answer(wanted.key, problem=f"{wanted.words} was switched off: {error}")


def wanted_metrics_request(session: Session) -> MetricsRequest | None:
    """Return the measurement of the other metrics that the session lacks."""
    document, measured = session.document, session.measured
    if document.pair is None or document.shown is None or measured is None:
        return None
    reference, distorted = document.pair.reference.pixels, document.shown
    there = session.family.only(reference, distorted)
    known = there.all if there is not None else {}
    missing = tuple(
        each
        for each in _wanted(session)
        if each.key not in known or not each.answered_by(known[each.key])
    )
    return MetricsRequest(reference, distorted, missing, document.pair.mask) if missing else None


def _wanted(session: Session) -> Iterator[Missing]:
    document, gradients = session.document, wanted_gradients(session)
    mask = document.pair.mask if document.pair is not None else None
    for name in wanted_metrics(session):
        try:
            metric = made(document, name)
            metric = metric if mask is None else masked_metric(metric, mask)
            yield MissingMetric(name, metric, name in gradients)
        except (MetricError, TypeError) as error:
            yield Refused(name, f"{name} was switched off: {error}")
    for name in wanted_maps(session):
        spec = plugin_maps().get(name)
        if spec is None:
            problem = f"The map “{name}” is not installed any more."
            yield Refused(MetricLayer(PAIR, name), problem)
        else:
            yield MissingMap(spec, document.metric, mask)


def _tell(report: Report, begun: float, share: float, fraction: float) -> None:
    report(begun + share * fraction)


def _shown(layer: Layer) -> Layer:
    """Return a map as it is shown: float32, read-only."""
    shown: NDArray[Any] = np.array(layer.values, np.float32)
    shown.setflags(write=False)
    return replace(layer, values=shown)
