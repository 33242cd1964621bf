"""The feature: what its actions do, which job it is missing, and where it stands in the menus."""

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
from ssim_viewer.features.two_runs import actions
from ssim_viewer.features.two_runs.film import film_of
from ssim_viewer.features.two_runs.jobs import (
    ShowJob,
    TwoJob,
    missing_sheet,
    missing_two,
    sheet_of,
)
from ssim_viewer.features.two_runs.sheet import SheetFile
from ssim_viewer.features.two_runs.state import ID, State, two_of
from ssim_viewer.features.writing import WriteJob, notice_of
from ssim_viewer.session.provenance import PROGRAM
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class TwoRuns(Feature[State]):
    """The best and the worst image of one MSE, side by side while they are found."""

    id = ID
    initial = State()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_two_runs",
            tr("&Best and worst at once…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr("Climb from one start to the best and to the worst MSSIM of its MSE, in lockstep."),
            ("Ctrl+Shift+T",),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: State, session: Session, action: object) -> State:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True, failed=None, problem="")
            case ViewClosed():
                return replace(state, open=False)
            case actions.RunBy(settings):
                return replace(state, settings=settings, running=True, failed=None, problem="")
            case actions.RunTwo(on):
                return replace(state, running=on, failed=None, problem="")
            case actions.ShowEnd(way) if state.two is not None:
                return replace(state, wanted=way)
            case actions.ShowSheet(kind):
                return replace(state, kind=kind, running=True, failed=None, problem="")
            case actions.ExportRunSheet(path):
                return _with_file(state, session, path)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the runs that are missing, and the one for an image to show."""
        job, state = missing_two(session), self.state(session)
        found: dict[Hashable, Job] = {} if job is None else {"two": job}
        if state.wanted and state.two is not None:
            found["image"] = ShowJob(state.two, state.wanted)
        sheet = missing_sheet(session)
        if sheet is not None:
            found["sheet"] = sheet
        if state.exports:
            found["export"] = state.exports[0]
        return found

    def progress(self, state: State, key: Hashable, answer: Answer) -> State:
        """Return the state with the runs, or the sheet, as far as they have come."""
        if key == "sheet":
            return state if answer.result is None else replace(state, sheet=answer.result)
        return state if answer.result is None else replace(state, two=answer.result)

    def receive(self, state: State, session: Session, key: Hashable, answer: Answer) -> State:
        """Return the state with the whole runs, or with why there are none."""
        if key == "image":
            return replace(state, wanted="", problem=answer.problem)
        if key == "export":
            return replace(state, exports=state.exports[1:], problem=notice_of(answer).text)
        if key == "sheet":
            running = state.running and not answer.problem
            sheet = state.sheet if answer.result is None else answer.result
            return replace(state, sheet=sheet, running=running, problem=answer.problem)
        assert isinstance(answer.job, TwoJob)  # noqa: S101 - there is no other key
        if answer.problem:
            return replace(state, failed=answer.job.subject, problem=answer.problem, two=None)
        return replace(state, two=answer.result)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put an image on screen."""
        return answer.result if key == "image" else None

    def film(self, state: State, session: Session) -> Film | None:
        """Return both runs, as far as they have come."""
        two = two_of(session)
        return None if two is None else film_of(two)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Best and worst at once"), _window)


def _with_file(state: State, session: Session, path: Path) -> State:
    sheet = sheet_of(session)
    if sheet is None or not sheet.tiles:
        return replace(state, problem=tr("No row of the sheet is there yet."))
    job = WriteJob(SheetFile(path, sheet, PROGRAM))
    return replace(state, exports=(*state.exports, job))


def _window() -> Any:
    from ssim_viewer.features.two_runs.view import TwoRunsWindow  # noqa: PLC0415

    return TwoRunsWindow()
