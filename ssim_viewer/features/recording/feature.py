"""The feature: what its actions do, which jobs it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    Job,
    OpenView,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.features.recording import actions
from ssim_viewer.features.recording.jobs import PreviewJob, RecordJob
from ssim_viewer.features.recording.state import ID, Recording
from ssim_viewer.features.writing import notice_of
from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.metrics import catalogue, restricted_metric
from ssim_viewer.reports.films import climb_film
from ssim_viewer.session.family import symbol_of
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.features.feature import Port, Service
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class RecordingFeature(Feature[Recording]):
    """The window Record; the climb of the main window is its own film."""

    id = ID
    initial = Recording()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_recording",
            tr("Record…"),
            ("File",),
            lambda _session: OpenView(ID),
            tr(
                "Write a climb, a sweep, a maximum differentiation, a race or a lesson as GIF,"
                " animated WebP or MP4, with map and plot."
            ),
            ("Ctrl+Shift+E",),
        ),
    )

    def reduce(self, state: Recording, session: Session, action: object) -> Recording:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True)
            case ViewClosed():
                return replace(state, open=False, task=None)
            case actions.OfferFilms(films):
                return replace(state, films=films)
            case actions.ChooseFilm(title):
                return replace(state, title=title, notice=None)
            case actions.RecordBy(settings):
                return replace(state, settings=settings)
            case actions.RecordTo(path) if state.film is not None:
                task = RecordJob(path, state.film, state.settings)
                return replace(state, task=task, fraction=0.0, notice=None)
            case actions.CancelRecording():
                return replace(state, task=None)
            case actions.DismissRecordNotice():
                return replace(state, notice=None)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the preview that is missing, and the film that is to be written."""
        state = self.state(session)
        found: dict[Hashable, Job] = {}
        if state.open and state.film is not None and state.film.shots:
            preview = PreviewJob(state.film, state.settings.side)
            if state.previewed is None or not preview.is_same_job(state.previewed):
                found["preview"] = preview
        if state.task is not None:
            found["record"] = state.task
        return found

    def progress(self, state: Recording, key: Hashable, answer: Answer) -> Recording:
        """Return the state with how much is written."""
        return replace(state, fraction=answer.fraction) if key == "record" else state

    def receive(
        self, state: Recording, session: Session, key: Hashable, answer: Answer
    ) -> Recording:
        """Return the state with a page, or with word of the file."""
        if key == "preview":
            return replace(state, preview=answer.result, previewed=answer.job)
        return replace(state, task=None, notice=notice_of(answer))

    def film(self, state: Recording, session: Session) -> Film | None:
        """Return the climb of the main window."""
        document = session.document
        if document.run is None or document.pair is None:
            return None
        reference = document.pair.reference
        entry = catalogue().get(document.driver)
        counting = restricted_metric(document.metric, document.pair.mask)
        return climb_film(
            document.run,
            lambda: bound_metric(counting, reference.pixels),
            reference.data_range,
            symbol=symbol_of(document.driver),
            better="higher" if entry is None or entry.higher_is_better else "lower",
        )

    def service(self, port: Port) -> Service:
        """Return what asks all features for their films."""
        from ssim_viewer.features.recording.service import RecordService  # noqa: PLC0415

        return RecordService(port)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Record"), _window)


def _window() -> Any:
    from ssim_viewer.features.recording.view import RecordWindow  # noqa: PLC0415

    return RecordWindow()
