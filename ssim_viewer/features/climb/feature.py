"""The feature: the intents that it answers, its jobs and its run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ssim_viewer.features.climb import changes, state
from ssim_viewer.features.climb.commands import COMMANDS
from ssim_viewer.features.climb.jobs import missing_start
from ssim_viewer.features.climb.state import ID, IDLE, Climb
from ssim_viewer.features.climb.steps import ONLY, ClimbSteps
from ssim_viewer.features.feature import Change, Feature, Progressed, Received, Run, Working
from ssim_viewer.session import intents
from ssim_viewer.session.state import Subject
from ssim_viewer.session.transitions import notified
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.features.feature import Answer, Job
    from ssim_viewer.session.state import Session

START, STEPS = "start", "steps"


class ClimbFeature(Feature[Climb]):
    """Quality raised or lowered from what is on screen, or from white noise."""

    id = ID
    initial = IDLE
    in_main_window = True
    commands = COMMANDS
    actions = (
        intents.Play,
        intents.Pause,
        intents.StepOnce,
        intents.ScrubTo,
        intents.ResetRun,
        intents.ChooseBranch,
        intents.ChangeExperiment,
        intents.ChooseDriver,
    )

    def __init__(self) -> None:
        self._steps = ClimbSteps()

    def change(self, session: Session, event: object) -> Change | None:  # noqa: C901, PLR0911 - an event a case
        """Return what an event makes of the document and of the climb."""
        match event:
            case intents.Play(count):
                return Change(state.begun(session, count), _direction(session), alone=True)
            case intents.StepOnce():
                return Change(state.begun(session, 1), _direction(session), alone=True)
            case intents.Pause() | intents.Cancel():
                return Change(state.paused(session))
            case intents.ScrubTo(index):
                return Change(changes.scrubbed_to(session, index), alone=True)
            case intents.ResetRun():
                return Change(changes.reset(session), tr("reset"), alone=True)
            case intents.ChooseBranch(place):
                branch = changes.rejoined(session, place)
                return Change(branch, tr("choice of branch"), alone=True)
            case intents.ChangeExperiment(experiment):
                return Change(changes.experimenting(session, experiment), tr("experiment"))
            case intents.ChooseDriver(name):
                return Change(changes.driven_by(session, name), tr("choice of metric"))
            case Progressed(key, answer) if key == STEPS:
                return Change(_stepped(session, answer), _direction(session))
            case Received(key, answer) if key == STEPS:
                return Change(state.finished(session, answer.job.token, answer.problem))
            case Received(_, answer):
                return Change(_started(session, answer))
            case Working(_, fraction):
                return Change(state.at_long_step(session, fraction))
        return None

    def follow(self, before: Session, after: Session) -> Session:
        """Return the session with the climb as it goes on under what has changed."""
        del before
        return state.followed(after)

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for a start of white noise."""
        start = missing_start(session)
        return {} if start is None else {START: start}

    def runs(self, session: Session) -> Mapping[Hashable, Run]:
        """Return the climb that is under way."""
        climb, pace = self.state(session), session.playback.steps_per_second
        request = climb.request
        if request is None:
            return {}
        make = partial(self._steps.generators, request)
        go = None if climb.pausing else request
        return {STEPS: Run(request, make, go, request.count, pace)}


def _direction(session: Session) -> str:
    """Return what undo calls the climb."""
    return session.document.experiment.direction.value


def _stepped(session: Session, answer: Answer) -> Session:
    batch = answer.result
    found, end = batch.found.get(ONLY), batch.ends.get(ONLY)
    return state.stepped(session, answer.job.token, found, end)


def _started(session: Session, answer: Answer) -> Session:
    """Return the session at a start of white noise, if it is still the one that is wanted."""
    wanted = missing_start(session)
    if wanted is None or not wanted.is_same_job(answer.job):
        return session
    if answer.problem:
        return notified(session, answer.problem, subject=Subject.MEASUREMENT)
    return changes.started(session, (answer.result,))
