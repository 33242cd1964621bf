"""Measuring the other metrics: each by itself, so that one that fails disturbs no other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.memory import OTHER_METRIC, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import Layer, MapGeometry, MapInputs, MetricError, find, plugin_maps
from ssim_viewer.session.family import (
    GRADIENT,
    PAIR,
    Family,
    MetricLayer,
    made,
    wanted_gradients,
    wanted_maps,
    wanted_metrics,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import BoundMetric, MapSpec, Metric, Ssim
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class FamilyRequest:
    """Measure a pair by several metrics: values, maps, and the gradients asked for."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metrics: Mapping[str, Metric]
    gradients: frozenset[str]
    refused: Mapping[str | MetricLayer, str]
    maps: tuple[MapSpec, ...] = ()
    convention: Ssim | None = None
    mask: NDArray[np.bool_] | None = None

    def run(self, report: Report) -> Family:
        """Return what was found, and a sentence for each metric and each map that failed."""
        values: dict[str, float] = {}
        layers: dict[MetricLayer, Layer] = {}
        problems: dict[str | MetricLayer, str] = dict(self.refused)
        for number, (name, metric) in enumerate(self.metrics.items()):
            report(number / len(self.metrics))
            try:
                require_memory(OTHER_METRIC, self.reference)
                bound = bound_metric(metric, self.reference)
                values[name] = _number(bound.value(self.distorted))
                layers |= {MetricLayer(name, key): layer for key, layer in self._maps(bound, name)}
            except Cancelled:
                raise
            except Exception as error:  # a metric of a plug-in may raise anything
                values.pop(name, None)
                problems[name] = f"{find(name).symbol} was switched off: {error}"
        for spec in self.maps:
            try:
                layers[MetricLayer(PAIR, spec.id)] = self._own_map(spec)
            except Cancelled:
                raise
            except Exception as error:  # a map of a plug-in may raise anything
                problems[MetricLayer(PAIR, spec.id)] = f"{spec.title} was switched off: {error}"
        return Family(
            self.reference,
            self.distorted,
            self.metrics,
            values,
            layers,
            problems,
            self.convention,
        )

    def same_as(self, other: FamilyRequest | None) -> bool:
        """Whether another request asks for the same."""
        return (
            other is not None
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.metrics == self.metrics
            and other.gradients == self.gradients
            and (other.maps, other.convention) == (self.maps, self.convention)
        )

    def answered_by(self, family: Family | None) -> bool:
        """Whether a result is the one that this request would bring."""
        return (
            family is not None
            and family.reference is self.reference
            and family.distorted is self.distorted
            and family.metrics == self.metrics
            and self.refused.keys() <= family.problems.keys()
            and all(MetricLayer(name, GRADIENT) in family.layers for name in self.gradients)
            and all(MetricLayer(PAIR, spec.id) in family.layers for spec in self.maps)
            and (not self.maps or family.convention == self.convention)
        )

    def _own_map(self, spec: MapSpec) -> Layer:
        """Return a map of a plug-in; where a mask leaves pixels out, it has no number there."""
        require_memory(OTHER_METRIC, self.reference)
        assert self.convention is not None  # noqa: S101  maps come with it
        bind = partial(bound_metric, reference=self.reference)
        layer = spec.layer(MapInputs(self.reference, self.distorted, self.convention, bind))
        values = layer.values
        if self.mask is not None and self.mask.shape == values.shape:
            values = np.where(self.mask, values, np.nan)
        return replace(layer, values=_shown(values))

    def _maps(self, bound: BoundMetric, name: str) -> Iterator[tuple[str, Layer]]:
        for key, layer in bound.layers(self.distorted).items():
            yield key, replace(layer, values=_shown(layer.values))
        if name in self.gradients:
            gradient = bound.value_and_gradient(self.distorted)[1]
            summed = gradient if gradient.ndim == 2 else gradient.sum(axis=2)
            yield GRADIENT, Layer(_shown(summed), MapGeometry(0.0, 1))


def wanted_family(session: Session) -> FamilyRequest | None:
    """Return the measurement of the other metrics that the session lacks."""
    document, measured = session.document, session.measured
    names, maps = wanted_metrics(session), wanted_maps(session)
    if document.pair is None or document.shown is None or measured is None:
        return None
    if not (names or maps):
        return None
    metrics: dict[str, Metric] = {}
    refused: dict[str | MetricLayer, str] = {
        MetricLayer(PAIR, name): f"The map “{name}” is not installed any more."
        for name in maps
        if name not in plugin_maps()
    }
    for name in names:
        if document.pair.mask is not None:
            symbol = find(name).symbol
            refused[name] = f"{symbol} was switched off: it cannot be restricted to what counts."
            continue
        try:
            metrics[name] = made(document, name)
        except (MetricError, TypeError) as error:
            refused[name] = f"{name} was switched off: {error}"
    request = FamilyRequest(
        document.pair.reference.pixels,
        document.shown,
        metrics,
        wanted_gradients(session) & metrics.keys(),
        refused,
        tuple(plugin_maps()[name] for name in maps if name in plugin_maps()),
        document.metric if maps else None,
        document.pair.mask,
    )
    return None if request.answered_by(session.family) else request


def _number(value: float) -> float:
    if math.isnan(value):
        raise MetricError("it returned no number (NaN).")
    return float(value)


def _shown(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a map as it is shown: float32, read-only."""
    shown = values.astype(np.float32)
    shown.setflags(write=False)
    return shown  # type: ignore[return-value]  # a layer on screen needs no more digits
