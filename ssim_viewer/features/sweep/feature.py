"""The feature: what its actions do, which jobs it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.distortions import Link, get_distortion
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
from ssim_viewer.features.sweep import actions
from ssim_viewer.features.sweep.jobs import PointJob, ReachJob, missing_climb, missing_point
from ssim_viewer.features.sweep.quantities import axis_label
from ssim_viewer.features.sweep.state import (
    ID,
    Sweep,
    SweepSettings,
    curve,
    rows_of,
    subject_of,
    with_point,
    with_problem,
    with_reach,
)
from ssim_viewer.features.writing import WriteJob, notice_of
from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.distorting import DistortRequest
from ssim_viewer.jobs.exports import ExportPictureRequest, ExportTableRequest
from ssim_viewer.metrics import restricted_metric
from ssim_viewer.reports.films import sweep_film
from ssim_viewer.session.provenance import how_made
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


class SweepFeature(Feature[Sweep]):
    """Curves of scores while distortions grow, in a window of its own."""

    id = ID
    initial = Sweep()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_sweep",
            tr("S&weep of distortions…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("Every score and the means of l, c and s against the strength of a distortion."),
            ("Ctrl+Shift+W",),
            enabled=_has_pair,
        ),
        Command(
            "scene_plane",
            tr("MSSIM against &MSE: six distortions in one plane"),
            ("Experiment", tr("Scenes")),
            lambda _session: InTurn((actions.SweepBy(SweepSettings(view="plane")), OpenView(ID))),
            tr("Images of one MSE lie on a vertical line; MSSIM tells them apart."),
            enabled=_has_pair,
        ),
        Command(
            "scene_l_curve",
            tr("Luminance against a mean sh&ift"),
            ("Experiment", tr("Scenes")),
            lambda _session: InTurn(
                (actions.SweepBy(SweepSettings(name="mean_shift")), OpenView(ID))
            ),
            tr("The curve of mean l while the image becomes brighter: c and s stay at 1."),
            enabled=_has_pair,
        ),
    )

    def reduce(self, state: Sweep, session: Session, action: object) -> Sweep:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True)
            case ViewClosed():
                return replace(state, open=False)
            case actions.SweepBy(settings):
                return replace(state, settings=settings, running=True)
            case actions.RunSweep(on):
                return replace(state, running=on)
            case actions.ShowPoint(name, strength, gesture):
                return _shown(state, session, name, strength, gesture)
            case actions.ExportSweep(path):
                return _exported(state, session, WriteJob(_table(session, path)))
            case actions.ExportSweepPlots(data, path):
                request = ExportPictureRequest(path, data, _how_made(session))
                return _exported(state, session, WriteJob(request))
            case actions.DismissSweepNotice():
                return replace(state, notice=None)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the missing point and climb, the image to come on screen, and the next file."""
        state = self.state(session)
        wanted: dict[Hashable, Job | None] = {
            "point": missing_point(session),
            "reach": missing_climb(session),
            "image": state.wanted,
            "export": state.exports[0] if state.exports else None,
        }
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(self, state: Sweep, session: Session, key: Hashable, answer: Answer) -> Sweep:
        """Return the state with a point, a climb, or word of an image or a file."""
        job, problem = answer.job, answer.problem
        if key == "export":
            return replace(state, exports=state.exports[1:], notice=notice_of(answer))
        if isinstance(job, PointJob):
            if problem:
                return with_problem(state, session, job.subject, job.key[0], problem)
            return with_point(state, session, job.subject, job.key, answer.result)
        if problem:
            state = replace(state, notice=Notice(problem, Severity.ERROR))
        if isinstance(job, ReachJob):
            if problem:
                return replace(state, settings=replace(state.settings, reach=False))
            return with_reach(state, session, job.subject, answer.result)
        return replace(state, wanted=None) if state.wanted is job else state

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put an image on screen."""
        return answer.result if key == "image" else None

    def film(self, state: Sweep, session: Session) -> Film | None:
        """Return the curves that are drawn, point after point."""
        subject, settings = subject_of(session), state.settings
        curves = {name: curve(session, name) for name in settings.swept}
        curves = {name: points for name, points in curves.items() if points}
        if subject is None or not curves:
            return None
        plane = settings.view == "plane"
        counting = restricted_metric(subject.metric, subject.mask)
        kind = get_distortion(settings.name)
        strength = f"{kind.measure} / {kind.unit}" if kind.unit else kind.measure
        return sweep_film(
            subject.reference,
            lambda: bound_metric(counting, subject.reference.pixels),
            curves,
            seed=subject.seed,
            x=settings.x if plane else "",
            y=settings.y if plane else "ssim",
            labels=(
                axis_label(settings.x) if plane else strength,
                axis_label(settings.y if plane else "ssim"),
            ),
            of=state.points,
        )

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Sweep of distortions"), _window)


def _shown(state: Sweep, session: Session, name: str, strength: float, gesture: int) -> Sweep:
    subject = subject_of(session)
    if subject is None:
        return state
    links = (Link(name, strength, state.settings.seed),)
    wanted = DistortRequest(subject.reference, links, f"{ID} {gesture}")
    settings = state.settings
    if settings.view == "strength":
        settings = replace(settings, strength=strength)
    return replace(state, settings=settings, shown=(name, strength), wanted=wanted)


def _exported(state: Sweep, session: Session, job: WriteJob) -> Sweep:
    if len(rows_of(session)) == 1:
        notice = Notice(tr("No point is measured yet; export again in a moment."), Severity.ERROR)
        return replace(state, notice=notice)
    return replace(state, exports=(*state.exports, job))


def _table(session: Session, path: Any) -> ExportTableRequest:
    return ExportTableRequest(path, rows_of(session), _how_made(session))


def _how_made(session: Session) -> str:
    subject = subject_of(session)
    seed = subject.seed if subject is not None else 0
    return tr(
        "{how_made}; sweep of distortions of the reference, seed {seed}",
        how_made=how_made(session),
        seed=seed,
    )


def _window() -> Any:
    from ssim_viewer.features.sweep.view import SweepWindow  # noqa: PLC0415

    return SweepWindow()
