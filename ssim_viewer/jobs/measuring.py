"""Measuring a pair by SSIM, by any other metric and by the maps of plug-ins: one job for all.

A request names what is wanted of two images. SSIM has a worker of its own, so that its maps follow
a slider; what else panes and the strip show is measured after it, each by itself, so that a metric
that fails disturbs no other.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ssim_viewer.jobs.bindings import bound_metric, bound_ssim, measuring
from ssim_viewer.jobs.memory import OTHER_METRIC, measuring_by, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import (
    Layer,
    MapInputs,
    MetricError,
    Quantity,
    Ssim,
    evaluate,
    evaluate_masked,
    evaluate_windowless,
    find,
    lack_of_room,
    masked_metric,
    plugin_maps,
)
from ssim_viewer.metrics.maps.builtin_maps import DIFFERENCES, IMAGES, SIMILARITY_MAPS
from ssim_viewer.metrics.measuring import grey_gradient, measure
from ssim_viewer.session.computed_map import is_kept_coarse
from ssim_viewer.session.family import made, wanted_gradients, wanted_maps, wanted_metrics
from ssim_viewer.session.map_key import GRADIENT, PAIR, SSIM, MetricLayer
from ssim_viewer.session.measurement import (
    PIXELS,
    AnyMeasurement,
    MapKey,
    Measurement,
    SsimMeasurement,
    ssim_measurement,
)
from ssim_viewer.session.state import is_large
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import Evaluation, MapSpec, Metric
    from ssim_viewer.session.state import Session

ALWAYS = frozenset({*IMAGES, *SIMILARITY_MAPS})
"""What every measurement brings, for the readout under the cursor; the rest costs more."""

PART_INTERVAL = 0.1
"""Seconds between two parts of a measurement that reach the screen."""

NEXT_INTERVAL = 0.2
"""Seconds between two metrics that are shown while others are still being measured."""


class Wanted(Protocol):
    """What shall be measured of a pair."""

    @property
    def key(self) -> str | MetricLayer:
        """The name of the metric, or the map of a plug-in."""

    @property
    def words(self) -> str:
        """What it is called."""

    def answered_by(self, found: AnyMeasurement) -> bool:
        """Whether a measurement of the same images is the one that is wanted."""

    def measured(self, request: MeasureRequest, tell: Report) -> AnyMeasurement:
        """Return it; `tell` takes the fraction done, and parts of it."""


@dataclass(frozen=True, slots=True)
class WantedSsim:
    """SSIM, which stands at the centre: scores, the pictures, and the maps that panes show.

    Attributes
    ----------
    in_parts
        Whether what is there already is told, too: the first rows.
    """

    metric: Ssim
    quantities: frozenset[Quantity]
    in_parts: bool = field(default=False, compare=False)
    key: str = SSIM
    words: str = "SSIM"

    def answered_by(self, found: AnyMeasurement) -> bool:
        """Whether it has the maps, by the same settings; a precise one is as good."""
        metrics = (self.metric, self.metric.in_precision("double"))
        return found.metric in metrics and self.quantities <= found.contents

    def measured(self, request: MeasureRequest, tell: Report) -> SsimMeasurement:
        """Return it; of a mask what counts, and where there is no room for a window the errors."""
        pair, mask = (request.reference, request.distorted), request.mask
        if mask is not None:
            found = evaluate_masked(
                self.metric, *pair, mask, quantities=self.quantities, report=tell
            )
            return ssim_measurement(*pair, found, mask=mask)
        if lack_of_room(self.metric, pair[0].shape):
            return ssim_measurement(*pair, evaluate_windowless(self.metric, *pair, self.quantities))
        growth = _Growth(tell)
        latest: SsimMeasurement | None = None

        def grown(evaluation: Evaluation) -> None:
            nonlocal latest
            if growth.is_due():
                latest = ssim_measurement(*pair, evaluation, latest)
                growth.tell(latest)

        found = evaluate(
            bound_ssim(self.metric, pair[0]),
            pair[1],
            self.quantities,
            growth.report,
            grown if self.in_parts else None,
            coarse=is_kept_coarse(self.metric, pair[0].shape),
        )
        return ssim_measurement(*pair, found, latest)


@dataclass(frozen=True, slots=True)
class WantedMetric:
    """Another metric, with its gradient or without."""

    key: str
    metric: Metric
    gradient: bool = False
    in_parts: bool = field(default=False, compare=False)

    @property
    def words(self) -> str:
        """What it is called."""
        return find(self.key).symbol

    def answered_by(self, found: AnyMeasurement) -> bool:
        """Whether it is whole, by the same settings, with the gradient where that is wanted."""
        gradient = not self.gradient or MetricLayer(self.key, GRADIENT) in found.maps
        return found.metric == self.metric and gradient and not found.missing

    def measured(self, request: MeasureRequest, tell: Report) -> AnyMeasurement:
        """Return the score and the maps; a metric that makes them by and by is seen doing so."""
        require_memory(measuring_by(self.metric, gradient=self.gradient), request.reference)
        bound = bound_metric(self.metric, request.reference)
        growth = _Growth(tell)
        latest: AnyMeasurement | None = None

        def grown(maps: Mapping[str, Layer]) -> None:
            nonlocal latest
            if growth.is_due():
                latest = self._answer(request, {}, maps, latest)
                growth.tell(latest)

        found = measure(
            bound,
            request.distorted,
            gradient=self.gradient,
            report=growth.report,
            grown=grown if self.in_parts else None,
        )
        maps = dict(found.maps)
        if found.gradient is not None:
            maps[GRADIENT] = Layer(grey_gradient(found.gradient).astype(np.float64), PIXELS)
        values = {self.key: found.value, **found.parts}
        return self._answer(request, values, maps, notes=found.notes)

    def _answer(
        self,
        request: MeasureRequest,
        values: Mapping[str, float],
        maps: Mapping[str, Layer],
        begun: AnyMeasurement | None = None,
        notes: tuple[str, ...] = (),
    ) -> AnyMeasurement:
        shown: dict[MapKey, Layer] = {
            MetricLayer(self.key, name): _shown(layer) for name, layer in maps.items()
        }
        pair = request.reference, request.distorted
        return Measurement(
            *pair,
            self.key,
            self.metric,
            values,
            shown,
            notes=notes,
            mask=request.mask,
            begun=begun,
        )


@dataclass(frozen=True, slots=True)
class WantedMap:
    """The map of a plug-in, by the settings of SSIM in use."""

    spec: MapSpec
    metric: Ssim
    mask: NDArray[np.bool_] | None = field(default=None, compare=False)

    @property
    def key(self) -> MetricLayer:
        """By what name panes ask for it."""
        return MetricLayer(PAIR, self.spec.id)

    @property
    def words(self) -> str:
        """What it is called."""
        return self.spec.title

    def answered_by(self, found: AnyMeasurement) -> bool:
        """Whether it is by the same settings, of the same pixels."""
        return found.metric == self.metric and found.mask is self.mask

    def measured(self, request: MeasureRequest, tell: Report) -> AnyMeasurement:
        """Return the map; where a mask leaves pixels out, it has no number there."""
        del tell  # its function tells nothing
        require_memory(OTHER_METRIC, request.reference)
        bind = partial(bound_metric, reference=request.reference)
        inputs = MapInputs(request.reference, request.distorted, self.metric, bind)
        layer, mask = self.spec.layer(inputs), self.mask
        if mask is not None and mask.shape == layer.values.shape:
            layer = replace(layer, values=np.where(mask, layer.values, np.nan))
        maps: dict[MapKey, Layer] = {self.key: _shown(layer)}
        pair = request.reference, request.distorted
        return Measurement(*pair, self.key, self.metric, maps=maps, mask=request.mask)


@dataclass(frozen=True, slots=True)
class Refused:
    """A metric or a map that cannot be measured, and why."""

    key: str | MetricLayer
    problem: str

    @property
    def words(self) -> str:
        """What it is called."""
        return str(self.key)

    def answered_by(self, found: AnyMeasurement) -> bool:
        """Return False: it has to be told."""
        del found
        return False

    def measured(self, request: MeasureRequest, tell: Report) -> AnyMeasurement:
        """Return the problem."""
        del tell
        return request.failed(self, self.problem)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureRequest:
    """Measure a pair by what is wanted, one after the other.

    Attributes
    ----------
    mask
        The pixels that count, or None where all do.
    """

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    wanted: tuple[Wanted, ...]
    mask: NDArray[np.bool_] | None = None

    def run(self, report: Report) -> tuple[AnyMeasurement, ...]:
        """Return a measurement for each; some are told while others are still on their way."""
        found: list[AnyMeasurement] = []
        told = time.monotonic()
        for number, wanted in enumerate(self.wanted):
            begun, share = number / len(self.wanted), 1 / len(self.wanted)
            if number:
                report(begun)
            found.append(self._measured(wanted, _within(report, begun, share)))
            last, now = number == len(self.wanted) - 1, time.monotonic()
            if not last and now - told > NEXT_INTERVAL and not found[-1].problem:
                report(begun + share, found[-1])
                told = now
        return tuple(found)

    def failed(self, wanted: Wanted, problem: str) -> AnyMeasurement:
        """Return that something could not be measured, and why."""
        pair = self.reference, self.distorted
        return Measurement(*pair, wanted.key, None, problem=problem, mask=self.mask)

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, MeasureRequest)
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.mask is self.mask
            and other.wanted == self.wanted
        )

    def without(self, known: Mapping[Any, AnyMeasurement]) -> MeasureRequest | None:
        """Return the same without what is known of these very images, or None where all is."""
        missing = tuple(each for each in self.wanted if not self._is_known(each, known))
        return replace(self, wanted=missing) if missing else None

    def _is_known(self, wanted: Wanted, known: Mapping[Any, AnyMeasurement]) -> bool:
        found = known.get(wanted.key)
        return (
            found is not None
            and found.is_of(self.reference, self.distorted)
            and found.mask is self.mask
            and wanted.answered_by(found)
        )

    def _measured(self, wanted: Wanted, tell: Report) -> AnyMeasurement:
        try:
            return wanted.measured(self, tell)
        except Cancelled:
            raise
        except Exception as error:  # a plug-in may raise anything
            if wanted.key == SSIM:
                raise  # nothing could stand in its place
            return self.failed(
                wanted, tr("{metric} was switched off: {error}", metric=wanted.words, error=error)
            )


@dataclass(frozen=True, slots=True)
class Showing:
    """What is measured of an image for the screen."""

    metric: Ssim
    quantities: frozenset[Quantity]

    def request(
        self,
        reference: NDArray[np.generic],
        distorted: NDArray[np.generic],
        mask: NDArray[np.bool_] | None = None,
    ) -> MeasureRequest:
        """Return the measurement of an image beside a reference."""
        wanted = WantedSsim(self.metric, self.quantities)
        return MeasureRequest(reference, distorted, (wanted,), mask)


@dataclass(slots=True, eq=False)
class _Growth:
    """How far a measurement is, and when its last part was told."""

    to_screen: Report
    fraction: float = 0.0
    told: float = 0.0

    def report(self, fraction: float) -> None:
        """Pass on how far it is."""
        self.fraction = fraction
        self.to_screen(fraction)

    def is_due(self) -> bool:
        """Whether the last part was shown long enough ago."""
        return time.monotonic() - self.told > PART_INTERVAL

    def tell(self, part: AnyMeasurement) -> None:
        """Show what is there."""
        self.to_screen(self.fraction, part)
        self.told = time.monotonic()


def wanted_showing(session: Session, reference: NDArray[np.generic]) -> Showing:
    """Return what the screen wants to have measured of any image beside a reference.

    While a climb plays, single precision will do: the next step takes its place at once.
    """
    visible = (each for each in session.look.visible if isinstance(each, Quantity))
    shown = {each for each in visible if each not in DIFFERENCES}
    metric = measuring(session.document.metric, reference)
    if session.playing:
        metric = metric.in_precision("single")
    return Showing(metric, ALWAYS | shown)


def missing_measurement(session: Session) -> MeasureRequest | None:
    """Return the measurement of what is on screen by SSIM, if the session is missing it."""
    pair, shown, measured = session.document.pair, session.document.shown, session.measured
    if pair is None or shown is None:
        return None
    reference = pair.reference.pixels
    showing = wanted_showing(session, reference)
    in_parts = measured is None and is_large(reference)
    wanted = WantedSsim(showing.metric, showing.quantities, in_parts)
    request = MeasureRequest(reference, shown, (wanted,), pair.mask)
    return request.without({} if measured is None else {SSIM: measured})


def missing_others(session: Session) -> MeasureRequest | None:
    """Return the missing measurement by other metrics and maps, after that by SSIM."""
    pair, shown = session.document.pair, session.document.shown
    if pair is None or shown is None or session.measured is None:
        return None
    request = MeasureRequest(pair.reference.pixels, shown, tuple(_others(session)), pair.mask)
    return request.without(session.measurements.others)


def _others(session: Session) -> Iterator[Wanted]:
    document, gradients = session.document, wanted_gradients(session)
    assert document.pair is not None  # noqa: S101 - there is nothing to measure without one
    reference, mask = document.pair.reference.pixels, document.pair.mask
    for name in wanted_metrics(session):
        try:
            metric = made(document, name)
            metric = measuring(metric, reference) if mask is None else masked_metric(metric, mask)
        except (MetricError, TypeError) as error:
            yield Refused(name, tr("{metric} was switched off: {error}", metric=name, error=error))
        else:
            known = session.measurements.others.get(name)
            new = known is None or known.reference is not reference
            yield WantedMetric(name, metric, name in gradients, new and is_large(reference))
    for name in wanted_maps(session):
        spec = plugin_maps().get(name)
        if spec is None:
            problem = tr("The map “{name}” is not installed any more.", name=name)
            yield Refused(MetricLayer(PAIR, name), problem)
        else:
            yield WantedMap(spec, document.metric, mask)


def _within(report: Report, begun: float, share: float) -> Report:
    """Return the report of a share of the work."""

    def tell(fraction: float, part: object = None, /) -> None:
        report(begun + share * fraction, part)

    return tell


def _shown(layer: Layer) -> Layer:
    """Return a map as it is shown: float32, read-only."""
    shown: NDArray[Any] = np.array(layer.values, np.float32)
    shown.setflags(write=False)
    return replace(layer, values=shown)
