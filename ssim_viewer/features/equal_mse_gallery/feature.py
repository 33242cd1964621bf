"""The feature: what its actions do, which jobs it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.equal_mse_gallery import actions
from ssim_viewer.features.equal_mse_gallery.jobs import (
    PanelJob,
    Sheet,
    failed,
    made_words,
    missing_panel,
)
from ssim_viewer.features.equal_mse_gallery.state import (
    ID,
    Gallery,
    GallerySettings,
    hung,
    link_of,
    panels_of,
    subject_of,
    with_panel,
)
from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    InTurn,
    Job,
    OpenView,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.features.writing import WriteJob, notice_of
from ssim_viewer.jobs.distorting import DistortRequest
from ssim_viewer.jobs.exports import ExportTableRequest
from ssim_viewer.reports.gallery import gallery_rows
from ssim_viewer.session.provenance import how_made
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session

NOTHING_MADE = tr("No picture is made yet; export again in a moment.")


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


class GalleryFeature(Feature[Gallery]):
    """Pictures of one MSE or MSSIM, in a window of their own."""

    id = ID
    initial = Gallery()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_equal_mse_gallery",
            tr("Equal-MSE &gallery…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("Distort the reference in many ways, all at one MSE or MSSIM, beside their maps."),
            ("Ctrl+Shift+G",),
            enabled=_has_pair,
        ),
        Command(
            "scene_equal_mse",
            tr("The paper's &figure: six images of one MSE"),
            ("Experiment", tr("Scenes")),
            lambda _session: InTurn((actions.HangPictures(GallerySettings()), OpenView(ID))),
            tr(
                "Contrast, mean shift, JPEG, blur, impulses and noise of the reference at MSE "
                "210, as in figure 2 of Wang et al. 2004."
            ),
            enabled=_has_pair,
        ),
    )

    def reduce(self, state: Gallery, session: Session, action: object) -> Gallery:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True)
            case ViewClosed():
                return replace(state, open=False)
            case actions.HangPictures(settings):
                return replace(state, settings=settings, running=True)
            case actions.RunGallery(on):
                return replace(state, running=on)
            case actions.ShowPicture(name):
                return _shown(state, session, name)
            case actions.ExportSheet() | actions.ExportNumbers():
                return _exported(state, session, action)
            case actions.DismissGalleryNotice():
                return replace(state, notice=None)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the missing picture, the image that is to come on screen, and the next file."""
        state = self.state(session)
        wanted: dict[Hashable, Job | None] = {
            "panel": missing_panel(session),
            "image": state.wanted,
            "export": state.exports[0] if state.exports else None,
        }
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(self, state: Gallery, session: Session, key: Hashable, answer: Answer) -> Gallery:
        """Return the state with a picture, or word of an image or a file."""
        if key == "export":
            return replace(state, exports=state.exports[1:], notice=notice_of(answer))
        if key == "image":
            notice = Notice(answer.problem, Severity.ERROR) if answer.problem else None
            done = state.wanted is answer.job
            return replace(state, wanted=None if done else state.wanted, notice=notice)
        assert isinstance(answer.job, PanelJob)  # noqa: S101 - there is no other key
        panel = answer.result if not answer.problem else failed(answer.job, answer.problem)
        return with_panel(state, session, answer.job.subject, panel)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put an image on screen."""
        return answer.result if key == "image" else None

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Equal-MSE gallery"), _window)


def _shown(state: Gallery, session: Session, name: str) -> Gallery:
    subject, panel = subject_of(session), panels_of(session).get(name)
    if subject is None or panel is None or panel.pixels is None:
        return state
    return replace(state, wanted=DistortRequest(subject.reference, (link_of(panel, subject),)))


def _exported(
    state: Gallery, session: Session, action: actions.ExportSheet | actions.ExportNumbers
) -> Gallery:
    subject, panels = subject_of(session), hung(session)
    if subject is None or not panels:
        return replace(state, notice=Notice(NOTHING_MADE, Severity.ERROR))
    missing = [each for each in panels_of(session).values() if each.pixels is None]
    everything, made = (*panels, *missing), f"{how_made(session)}; {made_words(session)}"
    if isinstance(action, actions.ExportSheet):
        job = WriteJob(Sheet(action.path, subject, everything, state.settings.maps, made))
    else:
        job = WriteJob(ExportTableRequest(action.path, gallery_rows(everything), made))
    return replace(state, exports=(*state.exports, job))


def _window() -> Any:
    from ssim_viewer.features.equal_mse_gallery.view import GalleryWindow  # noqa: PLC0415

    return GalleryWindow()
