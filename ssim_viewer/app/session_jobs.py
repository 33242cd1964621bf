"""Start one job for each result that the session is missing, and store its result."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Slot

from ssim_viewer import metrics, synthesis
from ssim_viewer.jobs import Runner
from ssim_viewer.jobs.displays import missing_values
from ssim_viewer.jobs.measuring import MeasureRequest, missing_measurement, missing_others
from ssim_viewer.jobs.previews import missing_preview
from ssim_viewer.jobs.regions import missing_region
from ssim_viewer.session import transitions
from ssim_viewer.session.state import Subject
from ssim_viewer.ui.pane import coloring

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.jobs import JobProgress, JobResult
    from ssim_viewer.jobs.displays import ValuesRequest
    from ssim_viewer.jobs.runner import Report, Request
    from ssim_viewer.session.display import Values
    from ssim_viewer.session.measurement import AnyMeasurement, SsimMeasurement
    from ssim_viewer.session.preview import Preview
    from ssim_viewer.session.region import RegionScores
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store


class _Comparable(Protocol):
    def is_same_job(self, other: object) -> bool:
        """Whether another job would bring the same result."""


class _ShortJob(_Comparable, Protocol):
    def __call__(self) -> object:
        """Do the work."""


class _LongJob(_Comparable, Protocol):
    def run(self, report: Report) -> object:
        """Do the work, reporting every few milliseconds."""


SessionJob = _ShortJob | _LongJob
"""A request that can tell whether another one asks for the same."""


class SessionJobSlot(QObject):
    """One result that a session may be missing, and the worker that computes it.

    Attributes
    ----------
    runner
        The worker.
    """

    def __init__(
        self, name: str, missing: Callable[[Session], SessionJob | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.runner = Runner(name, latest_wins=True, parent=self)
        self._asked: SessionJob | None = None
        self._missing = missing

    @Slot(object)
    def ask(self, session: Session) -> None:
        """Run the job for what the session is missing, unless it was asked for already."""
        job = self._missing(session)
        if job is None:
            self._asked = None
        elif not job.is_same_job(self._asked):
            self._asked = job
            self.runner.submit(job)

    def is_current(self, request: Request) -> bool:
        """Whether a request is the one whose answer is awaited, or was the last."""
        return request is self._asked


class Measuring(QObject):
    """Everything that is measured of the pair on screen."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._measurement = SessionJobSlot("measurer", missing_measurement, self)
        self._preview = SessionJobSlot("previewer", missing_preview, self)
        self._family = SessionJobSlot("family", missing_others, self)
        self._region = SessionJobSlot("regions", missing_region, self)
        self._values = SessionJobSlot("displays", missing_values, self)
        answers = (
            (self._measurement, self._measured),
            (self._preview, self._previewed),
            (self._family, self._family_measured),
            (self._region, self._region_measured),
            (self._values, self._values_ready),
        )
        for slot, answer in answers:
            store.changed.connect(slot.ask)
            slot.runner.finished.connect(answer)
        self._measurement.runner.advanced.connect(self._advanced)
        self._family.runner.advanced.connect(self._metric_measured)
        self.runners = tuple(slot.runner for slot, _ in answers)

    def cancel(self) -> None:
        """Stop measuring; what is on screen stays."""
        for slot in (self._measurement, self._family):
            slot.runner.cancel()

    @Slot(object)
    def _measured(self, outcome: JobResult) -> None:
        if self._of_this_pair(outcome) and not self._notify_problem(outcome):
            (measured,) = cast("tuple[SsimMeasurement]", outcome.result)
            self._store.apply(partial(transitions.measured, result=measured), soon=True)
            metrics.warm_up_in_background()  # only now: the first picture waits for nothing
            synthesis.warm_up_in_background()
            coloring.warm_up_in_background()

    @Slot(object)
    def _previewed(self, outcome: JobResult) -> None:
        """Show a first look; where it fails, the measurement itself will say why."""
        preview = cast("Preview | None", outcome.result)  # None after a problem
        if self._of_this_pair(outcome) and preview is not None:
            self._store.apply(partial(transitions.previewed, preview=preview), soon=True)

    @Slot(object)
    def _family_measured(self, outcome: JobResult) -> None:
        if self._of_this_pair(outcome) and not self._notify_problem(outcome):
            latest = cast("tuple[AnyMeasurement, ...]", outcome.result)
            self._store.apply(partial(transitions.metrics_measured, latest=latest), soon=True)

    @Slot(object)
    def _metric_measured(self, advance: JobProgress) -> None:
        """Show a metric while others are still being measured."""
        pair = self._store.session.document.pair
        request = cast("MeasureRequest", advance.request)
        part = cast("AnyMeasurement | None", advance.part)
        if part is not None and pair is not None and request.reference is pair.reference.pixels:
            self._store.apply(partial(transitions.metrics_measured, latest=(part,)), soon=True)

    @Slot(object)
    def _region_measured(self, outcome: JobResult) -> None:
        selected = self._store.session.look.region is not None
        if selected and not self._notify_problem(outcome):
            scores = cast("RegionScores", outcome.result)
            self._store.apply(partial(transitions.region_measured, scores=scores), soon=True)

    @Slot(object)
    def _values_ready(self, outcome: JobResult) -> None:
        if self._of_this_pair(outcome) and not self._notify_problem(outcome):
            values = cast("Values", outcome.result)
            self._store.apply(partial(transitions.values_ready, values=values), soon=True)

    @Slot(object)
    def _advanced(self, advance: JobProgress) -> None:
        """Show what is there of a measurement; and how far it is, once that is worth a word."""
        if not self._measurement.is_current(advance.request):
            return
        if advance.part is not None:
            part = cast("SsimMeasurement", advance.part)
            self._store.apply(partial(transitions.grown, part=part), soon=True)
        if text := self._store.session.busy:
            self._store.apply(
                partial(transitions.working, text=text, progress=advance.fraction), soon=True
            )

    def _of_this_pair(self, outcome: JobResult) -> bool:
        """Whether a result is of the pair on screen: then it is shown, even if a newer one comes.

        Maps follow a moving slider that way, though none is the last one yet.
        """
        request = cast("MeasureRequest | ValuesRequest", outcome.request)
        pair = self._store.session.document.pair
        return (
            pair is not None
            and request.reference is pair.reference.pixels
            and not outcome.cancelled
        )

    def _notify_problem(self, outcome: JobResult) -> bool:
        if outcome.problem:
            subject = Subject.MEASUREMENT
            self._store.apply(
                partial(transitions.notified, text=outcome.problem, subject=subject), soon=True
            )
        return bool(outcome.problem)
