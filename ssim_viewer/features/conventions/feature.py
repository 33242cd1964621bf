"""The feature: its row in the menus, and the scores that its dock is missing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.conventions.actions import ACTIONS, ExportConventions, TypeScore
from ssim_viewer.features.conventions.jobs import missing_scores
from ssim_viewer.features.conventions.state import ID, Conventions, as_csv, on_screen
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
from ssim_viewer.features.writing import WriteJob, notice_of
from ssim_viewer.images import write_text
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

    from ssim_viewer.session.state import Session


class ConventionsFeature(Feature[Conventions]):
    """A dock with the pair's score under every convention, and a number to be recognised."""

    id = ID
    initial = Conventions()
    actions = ACTIONS
    commands = (
        Command(
            "open_conventions",
            tr("&Which SSIM is this?"),
            ("Metric",),
            lambda _session: OpenView(ID),
            tr("The score of this pair as every other program would give it, and what differs."),
            ("Ctrl+Alt+Q",),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: Conventions, session: Session, action: object) -> Conventions:
        """Return the state after an action."""
        match action:
            case ViewOpened():
                return replace(state, open=True, problem="")
            case ViewClosed():
                return replace(state, open=False)
            case TypeScore(text):
                return replace(state, typed=text)
            case ExportConventions(path):
                found = on_screen(state, session)
                if found is None:
                    return state
                job = WriteJob(partial(_write, path, as_csv(found)))
                return replace(state, exports=(*state.exports, job))
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the jobs for the images on screen and for the next file."""
        state = self.state(session)
        wanted: dict[Hashable, Job | None] = {
            "scores": missing_scores(state, session),
            "export": state.exports[0] if state.exports else None,
        }
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(
        self, state: Conventions, session: Session, key: Hashable, answer: Answer
    ) -> Conventions:
        """Return the state with the scores, or with word of a file."""
        if key == "export":
            return replace(state, exports=state.exports[1:], notice=notice_of(answer))
        if answer.problem:
            return replace(state, problem=answer.problem)
        return replace(state, found=answer.result, whole=True, problem="")

    def progress(self, state: Conventions, key: Hashable, answer: Answer) -> Conventions:
        """Return the state with the scores that are there already."""
        if key != "scores" or answer.result is None:
            return state
        return replace(state, found=answer.result, whole=False)

    def view(self) -> ViewSpec:
        """Return how the dock is made."""
        return ViewSpec(Area.RIGHT_DOCK, tr("Which SSIM is this?"), _panel)


def _write(path: Path, text: str) -> str:
    write_text(path, text)
    return tr("Wrote the scores under all conventions to “{name}”.", name=path.name)


def _panel() -> Any:
    from ssim_viewer.features.conventions.view import ConventionsPanel  # noqa: PLC0415

    return ConventionsPanel()
