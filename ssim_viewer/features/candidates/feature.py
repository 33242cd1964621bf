"""The feature: what its actions do, which candidate is to be judged next, where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.candidates import actions
from ssim_viewer.features.candidates.jobs import JudgeJob, ListJob, export_of, missing_scores
from ssim_viewer.features.candidates.state import (
    ID,
    Candidates,
    Export,
    with_scores,
)
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
from ssim_viewer.features.writing import notice_of
from ssim_viewer.reports.candidates import CandidateScores
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session

NOTHING_THERE = tr("There is no image there that this program reads.")
NOTHING_JUDGED = tr("No candidate is judged yet; export again in a moment.")


class CandidatesFeature(Feature[Candidates]):
    """A table of distorted images and their scores, at the left of the panes."""

    id = ID
    initial = Candidates()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_candidates",
            tr("&Candidates"),
            ("View", tr("Docks")),
            lambda _session: OpenView(ID),
            tr("A table of all distorted images of the reference, with size, rate and scores."),
            ("Ctrl+T",),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: Candidates, session: Session, action: object) -> Candidates:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return replace(state, open=True, running=True)
            case ViewClosed():
                return replace(state, open=False)
            case actions.AddCandidates(paths):
                return replace(state, adding=(*state.adding, paths), notice=None)
            case actions.ClearCandidates():
                return replace(state, files=(), adding=(), skipped=(), notice=None)
            case actions.RunCandidates(False) if state.exports:
                return replace(state, exports=(), written=None)
            case actions.RunCandidates(on):
                return replace(state, running=on)
            case actions.ExportCandidates():
                job = export_of(session, action)
                if job is None:
                    return replace(state, notice=Notice(NOTHING_JUDGED, Severity.INFORMATION))
                return replace(state, exports=(*state.exports, Export(action.path.name, job)))
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the next candidate to judge, and the next file to write."""
        state = self.state(session)
        wanted: dict[Hashable, Job | None] = {
            "scores": missing_scores(session),
            "export": state.exports[0].job if state.exports else None,
            "list": ListJob(state.adding[0]) if state.adding else None,
        }
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(
        self, state: Candidates, session: Session, key: Hashable, answer: Answer
    ) -> Candidates:
        """Return the state with the scores of a candidate, or word of a file."""
        if key == "export":
            exports = state.exports[1:]
            return replace(state, exports=exports, written=None, notice=notice_of(answer))
        if key == "list":
            return _added(state, answer)
        job = answer.job
        assert isinstance(job, JudgeJob)  # noqa: S101 - there is no other key
        scores = answer.result or CandidateScores(job.source.name, problem=answer.problem)
        return with_scores(state, job.standard, job.key, scores)

    def progress(self, state: Candidates, key: Hashable, answer: Answer) -> Candidates:
        """Return the state that knows how much of a file is written."""
        return replace(state, written=answer.fraction) if key == "export" else state

    def view(self) -> ViewSpec:
        """Return how the dock is made."""
        return ViewSpec(Area.LEFT_DOCK, tr("Candidates"), _panel)


def _added(state: Candidates, answer: Answer) -> Candidates:
    """Return the state with what was found of files, folders and patterns."""
    state = replace(state, adding=state.adding[1:])
    if answer.problem:
        return replace(state, notice=Notice(answer.problem, Severity.ERROR))
    found = answer.result
    merged = tuple(dict.fromkeys((*state.files, *found.files)))
    skipped = tuple(dict.fromkeys((*state.skipped, *found.skipped)))
    notice = None if found.files else Notice(NOTHING_THERE, Severity.ERROR)
    return replace(state, files=merged, skipped=skipped, running=True, notice=notice)


def _panel() -> Any:
    from ssim_viewer.features.candidates.view import CandidatesPanel  # noqa: PLC0415

    return CandidatesPanel()
