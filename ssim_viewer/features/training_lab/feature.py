"""The feature: what its actions do, what it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
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
from ssim_viewer.features.training_lab import actions
from ssim_viewer.features.training_lab.jobs import TrainJob, Word, missing_jobs
from ssim_viewer.features.training_lab.state import (
    ID,
    Export,
    Lab,
    Probing,
    allowed,
    stopped,
    with_notice,
    with_run,
)
from ssim_viewer.session.state import Severity
from ssim_viewer.text import tr
from ssim_viewer.training import missing_extra
from ssim_viewer.training.run_file import Run
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session


class TrainingLab(Feature[Lab]):
    """Networks that learn by a structural loss, in a window of their own."""

    id = ID
    initial = Lab()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_training_lab",
            tr("&Training lab…"),
            ("Experiment",),
            lambda _session: OpenView(ID),
            tr(
                "Train one network by MSE, MAE, SSIM and MS-SSIM side by side, and see what each "
                "learns."
            ),
            ("Ctrl+Shift+L",),
        ),
    )

    def reduce(self, state: Lab, session: Session, action: object) -> Lab:  # noqa: C901, PLR0911, PLR0912
        """Return the state after an action, an action a case."""
        match action:
            case ViewOpened():
                return with_notice(state, sentence) if (sentence := missing_extra()) else state
            case actions.ChooseTraining(settings) if state.wanted is None:
                return replace(state, settings=settings)
            case actions.PlayTraining() | actions.StepTraining() if sentence := missing_extra():
                return with_notice(state, sentence)
            case actions.PlayTraining(path):
                return allowed(state, path, state.settings.steps)
            case actions.StepTraining(path):
                step = state.step if state.wanted or state.goes_on else 0
                return allowed(state, path, step + 1)
            case actions.PauseTraining():
                return replace(state, until=state.step)
            case actions.StopTraining() | ViewClosed():
                return stopped(state)
            case actions.ClearTraining():
                return Lab(
                    settings=state.settings,
                    exports=state.exports,
                    number=state.number,
                    against_seconds=state.against_seconds,
                )
            case actions.OpenRun(path):
                return replace(stopped(state), opening=path)
            case actions.ChooseHeldOut(place):
                return replace(state, chosen=place)
            case actions.DrawAgainst(seconds):
                return replace(state, against_seconds=seconds)
            case actions.ProbeCodes(kind) if state.run is not None and state.path is not None:
                return replace(state, probing=Probing(state.path, state.run.step, kind))
            case actions.ExportTraining(path, content):
                return replace(state, exports=(*state.exports, Export(path, content)))
            case actions.RefuseTraining(sentence):
                return with_notice(state, sentence)
            case actions.DismissTrainingNotice():
                return with_notice(state, "")
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the process, its pace, and whatever else is missing."""
        return missing_jobs(session)

    def receive(  # noqa: PLR0911
        self, state: Lab, session: Session, key: Hashable, answer: Answer
    ) -> Lab:
        """Return the state with the answer to a job."""
        match key:
            case "process" if _is_present(state, answer):
                with_end = with_run(state, answer.result) if answer.result else state
                return stopped(with_end, answer.problem)
            case "pace" if not answer.problem:
                return replace(state, told=answer.result)
            case "open":
                return _opened(replace(state, opening=None), answer)
            case "probes" if state.probing is not None:
                found = replace(state, probing=None, probed=answer.result or state.probed)
                return with_notice(found, answer.problem) if answer.problem else found
            case "maps" if answer.result is not None:
                return replace(state, maps=answer.result)
            case "export":
                written = replace(state, exports=state.exports[1:])
                if answer.problem:
                    return with_notice(written, answer.problem)
                return with_notice(written, answer.result, Severity.INFORMATION)
        return state

    def progress(self, state: Lab, key: Hashable, answer: Answer) -> Lab:
        """Return the state with what the process told."""
        if not _is_present(state, answer):
            return state
        told = answer.result
        if isinstance(told, Run):
            return with_run(state, told)
        if isinstance(told, Word):
            return replace(state, step=max(told.step, state.step), doing=told.doing)
        return state

    def saved(self, state: Lab) -> object:
        """Return the settings, and the file of the run on screen."""
        path = str(state.path) if state.run is not None else None
        return {"settings": state.settings.as_json(), "run": path}

    def restored(self, state: Lab, saved: Any) -> Lab:
        """Return the state with saved settings; the run is read again if its file is there."""
        settings = TrainingSettings.from_json(saved["settings"])
        path = Path(saved["run"]) if saved["run"] else None
        return Lab(settings=settings, opening=path, number=state.number)

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Training lab"), _window)


def _is_present(state: Lab, answer: Answer) -> bool:
    """Whether an answer is of the process that is wanted now."""
    job = answer.job
    return (
        isinstance(job, TrainJob)
        and state.wanted is not None
        and job.wanted.number == state.wanted.number
    )


def _opened(state: Lab, answer: Answer) -> Lab:
    if answer.problem:
        return with_notice(state, answer.problem)
    run: Run = answer.result
    fresh = replace(state, settings=run.settings, step=0, chosen=0, run=None, notice=None)
    return replace(with_run(fresh, run), path=answer.job.path)


def _window() -> Any:
    from ssim_viewer.features.training_lab.view import TrainingWindow  # noqa: PLC0415

    return TrainingWindow()
