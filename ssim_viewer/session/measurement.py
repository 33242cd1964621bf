"""What a metric says of a pair: its values and its maps, ready to be shown."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ssim_viewer.metrics import Layer, MapGeometry, Quantity, Ssim
from ssim_viewer.metrics.maps.builtin_maps import (
    BUILT_IN_MAPS,
    DIFFERENCES,
    IMAGES,
    SIMILARITY_MAPS,
)
from ssim_viewer.metrics.reduced_map import ReducedMap
from ssim_viewer.session.computed_map import ComputedMap, MapParts, is_kept_coarse
from ssim_viewer.session.difference import Difference
from ssim_viewer.session.map_key import GRADIENT, PAIR, SSIM, MetricLayer
from ssim_viewer.session.pyramid import Pyramid
from ssim_viewer.session.robust_range import RobustRange, robust_range

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Evaluation, Metric

    Pixels = NDArray[np.generic]

MapKey = Quantity | MetricLayer
"""What a pane shows: a map of the pair by SSIM, or one of another metric or of a plug-in."""

Key = str | MetricLayer
"""The name of a metric, or the map of a plug-in."""

M_co = TypeVar("M_co", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Measurement(Generic[M_co]):
    """A pair measured by one metric, with the very arrays that were measured.

    Making one looks at all of its maps, so that showing it need not: workers make it.

    Attributes
    ----------
    key
        The name of the metric, or the map of a plug-in.
    metric
        The metric with its settings; of the map of a plug-in SSIM by the settings in use.
    values
        Its score by `key`, and what else comes with it by name: of SSIM the means of its factors,
        MSE, PSNR and MAE.
    maps
        Read-only arrays with their places. The images are uint8 of (H, W) or (H, W, 3), all others
        float32 of two dimensions; the gradient is there where it was asked for.
    computed
        The maps that are kept coarse, since the pair is very large: they are not among `maps`.
    notes
        Sentences that a person should read beside the values.
    problem
        Why there is nothing of all that, in one sentence.
    mask
        The pixels that counted, or None where all did.
    begun
        What was there of the same measurement before: its pyramids are gone on with.
    pyramids
        Every map at full size and at parts of it.
    robust_ranges
        Where the values of a map lie, for its colours.
    differences
        Both differences, over all channels as MSE and MAE are; at hand without being measured.
    """

    reference: Pixels
    distorted: Pixels
    key: Key
    metric: M_co
    values: Mapping[str, float] = field(default_factory=dict)
    maps: Mapping[MapKey, Layer] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""
    mask: NDArray[np.bool_] | None = None
    begun: InitVar[Measurement[Any] | None] = None
    computed: Mapping[MapKey, ComputedMap] = field(default_factory=dict)
    pyramids: Mapping[MapKey, Pyramid] = field(init=False)
    robust_ranges: Mapping[MapKey, RobustRange] = field(init=False)
    differences: Mapping[Quantity, Difference] = field(init=False)

    def __post_init__(self, begun: Measurement[Any] | None) -> None:
        before = begun.pyramids if begun is not None else {}
        made = {key: layer.values for key, layer in self.maps.items() if key not in DIFFERENCES}
        pyramids = {key: Pyramid.of(array, before.get(key)) for key, array in made.items()}
        maps = ((key, array) for key, array in made.items() if key not in IMAGES)
        robust_ranges = {key: robust_range(array) for key, array in maps}
        robust_ranges |= {key: each.robust_range for key, each in self.computed.items()}
        differences = {
            key: Difference(
                self.reference, self.distorted, absolute=key is Quantity.ABSOLUTE_DIFFERENCE
            )
            for key in DIFFERENCES
        }
        object.__setattr__(self, "pyramids", MappingProxyType(pyramids))
        object.__setattr__(self, "robust_ranges", MappingProxyType(robust_ranges))
        object.__setattr__(self, "differences", MappingProxyType(differences))

    @property
    def contents(self) -> Set[MapKey]:
        """What there is of it to be shown, besides the differences."""
        return self.maps.keys() | self.computed.keys()

    @property
    def value(self) -> float | None:
        """The score, None where there is none."""
        return self.values.get(self.key) if isinstance(self.key, str) else None

    @property
    def geometry(self) -> MapGeometry:
        """Where the samples of the similarity maps stand on the image."""
        similar = (self.maps[each] for each in SIMILARITY_MAPS if each in self.maps)
        known = next((layer.geometry for layer in similar), None)
        if known is not None or not isinstance(self.metric, Ssim):
            return known or PIXELS
        return self.metric.geometry(self.reference.shape)

    @property
    def grows_coarse(self) -> bool:
        """Whether its similarity maps are means over squares, while they are seen growing."""
        if not self.missing or not isinstance(self.metric, Ssim):
            return False
        return self.geometry != self.metric.geometry(self.reference.shape)

    @property
    def missing(self) -> int:
        """How many rows are still missing from a map; while it does, the values are no numbers."""
        return max((layer.missing for layer in self.maps.values()), default=0)

    def is_of(self, reference: Pixels, distorted: Pixels) -> bool:
        """Whether it is of these very arrays."""
        return self.reference is reference and self.distorted is distorted


AnyMeasurement = Measurement["Metric | None"]
"""By any metric; one that failed has none."""

SsimMeasurement = Measurement[Ssim]
"""What stands at the centre of the window: SSIM with its factors, and the errors of pixels."""

PIXELS = MapGeometry(0.0, 1)
"""A sample for each pixel."""


def ssim_measurement(
    reference: Pixels,
    distorted: Pixels,
    evaluation: Evaluation,
    begun: SsimMeasurement | None = None,
    mask: NDArray[np.bool_] | None = None,
) -> SsimMeasurement:
    """Return a pair with what SSIM says of it; see `Measurement` for the parameters.

    Of a very large pair the maps that are whole are let go of, and kept coarse.
    """
    maps: dict[MapKey, Layer] = {
        key: Layer(array, evaluation.geometry, missing=evaluation.missing)
        if key in SIMILARITY_MAPS
        else Layer(array, PIXELS)
        for key, array in evaluation.maps.items()
    }
    computed: dict[MapKey, ComputedMap] = {}
    whole = mask is None and not evaluation.missing
    if whole and is_kept_coarse(evaluation.metric, reference.shape):
        parts = MapParts(evaluation.metric, reference, distorted)
        reduced = dict(evaluation.reduced)
        reduced |= {
            key: ReducedMap.of(maps.pop(key).values) for key in SIMILARITY_MAPS if key in maps
        }
        for key, each in reduced.items():
            name = BUILT_IN_MAPS[key].output
            computed[key] = ComputedMap(parts, name, each, evaluation.geometry)
    return Measurement(
        reference,
        distorted,
        SSIM,
        evaluation.metric,
        MappingProxyType(evaluation.scores.as_dict()),
        MappingProxyType(maps),
        evaluation.notes,
        mask=mask,
        begun=begun,
        computed=MappingProxyType(computed),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The latest measurement by each metric that is shown.

    Attributes
    ----------
    ssim
        That by SSIM, whose maps and scores stand at the centre; it stays until the next one is
        ready.
    others
        Those by other metrics and the maps of plug-ins, all of one reference, by their keys.
    """

    ssim: SsimMeasurement | None = None
    others: Mapping[Key, AnyMeasurement] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, content: MetricLayer) -> AnyMeasurement | None:
        """Return the measurement that a map belongs to."""
        return self.others.get(content if content.metric == PAIR else content.metric)

    def with_latest(self, *latest: AnyMeasurement) -> Measurements:
        """Return them with later ones of the others; those of another reference or a problem go."""
        if not latest:
            return self
        reference = latest[-1].reference
        merged = {**self.others, **{each.key: each for each in latest}}
        kept = {
            key: each
            for key, each in merged.items()
            if each.reference is reference and not each.problem
        }
        return replace(self, others=MappingProxyType(kept))

    def with_ssim(self, ssim: SsimMeasurement | None) -> Measurements:
        """Return them with another one by SSIM, or without one."""
        return replace(self, ssim=ssim)

    def only(self, reference: Pixels, distorted: Pixels) -> Measurements:
        """Return those of these very arrays."""
        found = self.others.items()
        there = {key: each for key, each in found if each.is_of(reference, distorted)}
        own = self.ssim is not None and self.ssim.is_of(reference, distorted)
        return Measurements(self.ssim if own else None, MappingProxyType(there))

    @property
    def values(self) -> Mapping[str, float]:
        """The scores of the others by the names of the metrics."""
        return {
            key: each.value
            for key, each in self.others.items()
            if isinstance(key, str) and each.value is not None
        }

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """The other metrics by name, with their settings."""
        return {
            key: each.metric
            for key, each in self.others.items()
            if isinstance(key, str) and each.metric is not None
        }

    @property
    def layers(self) -> Mapping[MetricLayer, Layer]:
        """Every map of the others."""
        return {
            key: layer
            for each in self.others.values()
            for key, layer in each.maps.items()
            if isinstance(key, MetricLayer)
        }

    def layers_of(self, metric: str) -> tuple[str, ...]:
        """Return the names of the maps that a metric has, the one to show unasked first."""
        found = self.others.get(metric)
        maps = found.maps if found is not None else ()
        return tuple(key.layer for key in maps if isinstance(key, MetricLayer))

    def found(self, wanted: MetricLayer) -> MetricLayer | None:
        """Return the map to show for a wanted one.

        It is another one where the images are too small for the wanted scale, None where the
        metric or its gradient was not measured.
        """
        measurement = self.of(wanted)
        if measurement is None or not measurement.maps:
            return None
        layers = (key for key in measurement.maps if isinstance(key, MetricLayer))
        there = next((key for key in layers if key == wanted), None)
        if there is not None:
            return there  # its name can be translated, that of a wanted one is from a file perhaps
        first = next(iter(measurement.maps))
        assert isinstance(first, MetricLayer)  # noqa: S101 - SSIM's own maps are found otherwise
        return None if GRADIENT in {wanted.layer, first.layer} else first
