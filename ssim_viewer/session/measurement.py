"""What each metric beside SSIM says of a pair, and each map of a plug-in, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.session.map_key import GRADIENT, PAIR, MetricLayer
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.spread import Spread, spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Layer, Metric

    Pixels = NDArray[np.generic]
    Key = str | MetricLayer


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """A pair measured by one metric, with the very arrays that were measured.

    Making one looks at all of its maps, so that showing it need not: workers make it.

    Attributes
    ----------
    key
        The name of the metric, or the map of a plug-in.
    metric
        The metric with its settings; of the map of a plug-in SSIM by the settings in use.
    value
        The score, None where there is none.
    layers
        The maps, float32 and read-only; the gradient where it was asked for.
    problem
        Why there is nothing of all that, in one sentence.
    mask
        The pixels that counted, or None where all did.
    """

    reference: Pixels
    distorted: Pixels
    key: Key
    metric: Metric | None = None
    value: float | None = None
    layers: Mapping[MetricLayer, Layer] = field(default_factory=dict)
    problem: str = ""
    mask: NDArray[np.bool_] | None = None
    pyramids: Mapping[MetricLayer, Pyramid] = field(init=False)
    spreads: Mapping[MetricLayer, Spread] = field(init=False)

    def __post_init__(self) -> None:
        pyramids = {key: Pyramid.of(layer.values) for key, layer in self.layers.items()}
        spreads = {key: spread(layer.values) for key, layer in self.layers.items()}
        object.__setattr__(self, "pyramids", MappingProxyType(pyramids))
        object.__setattr__(self, "spreads", MappingProxyType(spreads))

    def is_of(self, reference: Pixels, distorted: Pixels) -> bool:
        """Whether it is of these very arrays."""
        return self.reference is reference and self.distorted is distorted


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The latest measurement of each metric, all of one reference."""

    all: Mapping[Key, Measurement] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, content: MetricLayer) -> Measurement | None:
        """Return the measurement that a map belongs to."""
        return self.all.get(content if content.metric == PAIR else content.metric)

    def with_latest(self, *latest: Measurement) -> Measurements:
        """Return them with later ones; those of another reference, and without a result, go."""
        if not latest:
            return self
        reference = latest[-1].reference
        merged = {**self.all, **{each.key: each for each in latest}}
        kept = {
            key: each
            for key, each in merged.items()
            if each.reference is reference and not each.problem
        }
        return Measurements(MappingProxyType(kept))

    def only(self, reference: Pixels, distorted: Pixels) -> Measurements | None:
        """Return those of these very arrays, or None where there are none."""
        kept = {key: each for key, each in self.all.items() if each.is_of(reference, distorted)}
        return Measurements(MappingProxyType(kept)) if kept else None

    @property
    def values(self) -> Mapping[str, float]:
        """The scores by the names of the metrics."""
        return {
            key: each.value
            for key, each in self.all.items()
            if isinstance(key, str) and each.value is not None
        }

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """The metrics by name, with their settings."""
        return {
            key: each.metric
            for key, each in self.all.items()
            if isinstance(key, str) and each.metric is not None
        }

    @property
    def layers(self) -> Mapping[MetricLayer, Layer]:
        """Every map."""
        return {key: layer for each in self.all.values() for key, layer in each.layers.items()}

    def layers_of(self, metric: str) -> tuple[str, ...]:
        """Return the names of the maps that a metric has, the one to show unasked first."""
        found = self.all.get(metric)
        return tuple(key.layer for key in found.layers) if found is not None else ()

    def found(self, wanted: MetricLayer) -> MetricLayer | None:
        """Return the map to show for a wanted one.

        It is another one where the images are too small for the wanted scale, None where the
        metric or its gradient was not measured.
        """
        measurement = self.of(wanted)
        if measurement is None or not measurement.layers:
            return None
        if wanted in measurement.layers:
            return wanted
        first = next(iter(measurement.layers))
        return None if GRADIENT in {wanted.layer, first.layer} else first
