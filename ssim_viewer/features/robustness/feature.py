"""The feature: what its actions do, which jobs it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.distortions import Kind
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
from ssim_viewer.features.robustness import actions
from ssim_viewer.features.robustness.jobs import missing_export, missing_point, missing_preview
from ssim_viewer.features.robustness.state import (
    ID,
    Export,
    Robustness,
    curves_as_rows,
    with_notice,
    with_point,
)
from ssim_viewer.session.provenance import how_made
from ssim_viewer.session.state import Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session


class RobustnessFeature(Feature[Robustness]):
    """Curves of scores against the strength of a small distortion, in a window of its own."""

    id = ID
    initial = Robustness()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_robustness",
            tr("Robust&ness…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("How the scores of all metrics change under a small shift, turn, blur or noise."),
            ("Ctrl+Shift+B",),
        ),
    )

    def reduce(self, state: Robustness, session: Session, action: object) -> Robustness:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True)
            case ViewClosed():
                return replace(state, open=False)
            case actions.DistortBy(settings):
                return replace(state, settings=settings, running=True)
            case actions.RunCurves(on):
                return replace(state, running=on)
            case actions.ExportCurves(path) if state.curves is not None:
                rows = curves_as_rows(state.curves)
                export = Export(path, rows, _how_made(session, state))
                return replace(state, exports=(*state.exports, export))
            case actions.ExportCurves():
                return with_notice(state, tr("No point is measured yet; export again in a moment."))
            case actions.ExportPlots(data, path):
                export = Export(path, data, _how_made(session, state))
                return replace(state, exports=(*state.exports, export))
            case actions.DismissRobustnessNotice():
                return with_notice(state, "")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the missing point, preview and file."""
        wanted: dict[Hashable, Job | None] = {
            "point": missing_point(session),
            "preview": missing_preview(session),
            "export": missing_export(session),
        }
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(
        self, state: Robustness, session: Session, key: Hashable, answer: Answer
    ) -> Robustness:
        """Return the state with a point, a preview, or word of a file."""
        if key == "export":
            return _written(replace(state, exports=state.exports[1:]), answer)
        if answer.problem:  # the same would go wrong again
            return with_notice(replace(state, running=False), answer.problem)
        if key == "preview":  # shown also for a strength that the slider has left: it follows
            return replace(state, preview=answer.result)
        return with_point(state, session, answer.result)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Robustness to small distortions"), _window)


def _written(state: Robustness, answer: Answer) -> Robustness:
    if answer.problem:
        return with_notice(state, answer.problem)
    return with_notice(state, answer.result, Severity.INFORMATION)


def _window() -> Any:
    from ssim_viewer.features.robustness.view import RobustnessWindow  # noqa: PLC0415

    return RobustnessWindow()


def _how_made(session: Session, state: Robustness) -> str:
    """Return how the curves came about, for a file with them."""
    settings = state.curves.subject.settings if state.curves is not None else state.settings
    base = "reference" if settings.of_reference else tr("distorted image")
    seed = tr(", seed {seed}", seed=settings.seed) if settings.kind is Kind.NOISE else ""
    return tr(
        "{how_made}; robustness of the {base} to {kind}{seed}",
        how_made=how_made(session),
        base=base,
        kind=settings.kind,
        seed=seed,
    )
