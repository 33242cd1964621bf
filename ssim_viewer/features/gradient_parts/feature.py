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
from ssim_viewer.features.gradient_parts import actions
from ssim_viewer.features.gradient_parts.jobs import ShowJob, missing_parts, missing_paths
from ssim_viewer.features.gradient_parts.state import ID, State
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session

TITLE = tr("Where does the gradient push?")


class GradientParts(Feature[State]):
    """The gradient of MSSIM in parts, and climbs that one factor drives."""

    id = ID
    initial = State()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_gradient_parts",
            tr("W&here does the gradient push?…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr(
                "The gradient toward the reference and along the sphere of equal MSE, and the "
                "shares of luminance, contrast and structure in it."
            ),
            ("Ctrl+Shift+H",),
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
            case actions.ClimbToward(direction):
                return replace(state, direction=direction, running=True, failed=None, problem="")
            case actions.PlotOf(quantity):
                return replace(state, quantity=quantity)
            case actions.RunPaths(on):
                return replace(state, running=on, failed=None, problem="")
            case actions.ShowEnd(driver) if state.paths is not None:
                return replace(state, wanted=driver)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the jobs for parts and climbs that are missing, and for an image to show."""
        state = self.state(session)
        found: dict[Hashable, Job | None] = {
            "parts": missing_parts(session),
            "paths": missing_paths(session),
        }
        if state.wanted is not None and state.paths is not None:
            found["image"] = ShowJob(state.paths, state.wanted)
        return {key: job for key, job in found.items() if job is not None}

    def progress(self, state: State, key: Hashable, answer: Answer) -> State:
        """Return the state with the climbs as far as they have come."""
        return state if answer.result is None else replace(state, paths=answer.result)

    def receive(self, state: State, session: Session, key: Hashable, answer: Answer) -> State:
        """Return the state with what was found, or with why there is nothing."""
        if key == "image":
            return replace(state, wanted=None, problem=answer.problem)
        if answer.problem:
            return replace(state, failed=answer.job.subject, problem=answer.problem)
        if key == "parts":
            return replace(state, parts=answer.result)
        return replace(state, paths=answer.result)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put an image on screen."""
        return answer.result if key == "image" else None

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, TITLE, _window)


def _window() -> Any:
    from ssim_viewer.features.gradient_parts.view import PartsWindow  # noqa: PLC0415

    return PartsWindow()
