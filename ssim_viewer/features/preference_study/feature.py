"""The feature: what its actions do, what it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    Job,
    OpenView,
    ViewClosed,
    ViewSpec,
)
from ssim_viewer.features.preference_study import actions
from ssim_viewer.features.preference_study.jobs import ScoreJob, missing_jobs
from ssim_viewer.features.preference_study.state import (
    ID,
    Phase,
    Preference,
    begun,
    ranked,
    with_notice,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session


class PreferenceStudy(Feature[Preference]):
    """Ranks of candidates by people, in a window of its own and on the full screen."""

    id = ID
    initial = Preference()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_preference_study",
            tr("Pre&ference study…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr(
                "People rank candidates of a folder, anonymously; the ranks are put beside the "
                "metrics."
            ),
        ),
    )

    def reduce(self, state: Preference, session: Session, action: object) -> Preference:  # noqa: PLR0911
        """Return the state after an action, an action a case."""
        match action:
            case actions.ChooseCandidates(folder):
                return replace(state, opening=folder)
            case actions.NameParticipant(name):
                return replace(state, participant=name)
            case actions.ShowOriginal(on):
                return replace(state, show_original=on)
            case actions.StartStudy():
                return begun(state)
            case actions.BeginTrials() if state.phase is Phase.INSTRUCTIONS:
                return replace(state, phase=Phase.TRIALS)
            case actions.Rank(place, seconds, rank):
                return ranked(state, place, seconds, rank)
            case actions.TakeBack():
                return replace(state, choices=state.choices[:-1])
            case actions.PauseStudy() | ViewClosed():
                return replace(state, phase=Phase.SETUP, choices=(), pictures=None)
            case actions.DismissStudyNotice():
                return with_notice(state, "")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the missing folder, pictures, line of the file, and scores."""
        return missing_jobs(session)

    def receive(
        self, state: Preference, session: Session, key: Hashable, answer: Answer
    ) -> Preference:
        """Return the state with the answer to a job."""
        if key == "open":
            return _opened(replace(state, opening=None), answer)
        if key == "scores":
            return _scored(state, answer)
        if answer.problem:  # the trials are left, so that nothing goes on that is not kept
            calm = replace(state, phase=Phase.SETUP, choices=(), pictures=None)
            return with_notice(replace(calm, writable=key != "write"), answer.problem)
        if key == "pictures":
            return replace(state, pictures=answer.result)
        return replace(
            state, results=(*state.results, answer.result), pending=state.pending[1:], writable=True
        )

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Preference study"), _window)


def _opened(state: Preference, answer: Answer) -> Preference:
    if answer.problem:
        return with_notice(state, answer.problem)
    study, results = answer.result
    return Preference(
        study=study,
        results=results,
        participant=state.participant,
        show_original=state.show_original,
    )


def _scored(state: Preference, answer: Answer) -> Preference:
    job = answer.job
    if not isinstance(job, ScoreJob) or job.study != state.study:
        return state
    key = job.image, job.method
    if not answer.result:
        return replace(state, unscored=state.unscored | {key})
    scores = {name: dict(known) for name, known in state.scores.items()}
    for name, value in answer.result.items():
        scores.setdefault(name, {})[key] = value
    return replace(state, scores=MappingProxyType(scores))


def _window() -> Any:
    from ssim_viewer.features.preference_study.view import StudyWindow  # noqa: PLC0415

    return StudyWindow()
