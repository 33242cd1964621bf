"""The feature: what its actions do, which job it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.descent_faults import actions
from ssim_viewer.features.descent_faults.film import film_of
from ssim_viewer.features.descent_faults.jobs import RunJob, missing_runs
from ssim_viewer.features.descent_faults.state import ID, Descent, runs_of
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
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class DescentFaults(Feature[Descent]):
    """A faulty and a right descent over each other, on the pair on screen."""

    id = ID
    initial = Descent()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_descent_faults",
            tr("Why does my &descent go up?…"),
            ("Experiment", tr("Mistakes")),
            lambda _session: OpenView(ID),
            tr(
                "Four faults of a much-copied script as switches, in a live run on the pair on"
                " screen."
            ),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: Descent, session: Session, action: object) -> Descent:
        """Return the state after an action."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True, failed=None)
            case ViewClosed():
                return replace(state, open=False)
            case actions.SwitchFaults(faults):
                return replace(state, faults=faults, running=True, failed=None, problem="")
            case actions.RunAgain(on):
                return replace(state, running=on, failed=None, problem="")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the runs that are missing."""
        job = missing_runs(session)
        return {} if job is None else {"runs": job}

    def progress(self, state: Descent, key: Hashable, answer: Answer) -> Descent:
        """Return the state with the runs as far as they have come."""
        if answer.result is None or answer.result.faults != state.faults:
            return state
        return replace(state, runs=answer.result, problem="")

    def receive(self, state: Descent, session: Session, key: Hashable, answer: Answer) -> Descent:
        """Return the state with the whole runs, or with why there are none."""
        assert isinstance(answer.job, RunJob)  # noqa: S101 - there is no other key
        if answer.problem:
            return replace(state, failed=answer.job.subject, problem=answer.problem, runs=None)
        return self.progress(state, key, answer)

    def film(self, state: Descent, session: Session) -> Film | None:
        """Return both runs as far as they have come."""
        runs = runs_of(session)
        return None if runs is None else film_of(runs)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Why does my descent go up?"), _window)


def _window() -> Any:
    from ssim_viewer.features.descent_faults.view import FaultsWindow  # noqa: PLC0415

    return FaultsWindow()
