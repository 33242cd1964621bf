"""The base of experiments with several runs side by side, such as maximum differentiation."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from ssim_viewer.features.feature import Answer, Feature, Job, Run, ViewClosed
from ssim_viewer.jobs.run_group_exports import WriteGroupFile
from ssim_viewer.session import intents, run_actions
from ssim_viewer.session.multi_run import (
    MultiRun,
    RunPlan,
    cleared,
    ended,
    started,
    stopped,
    with_file,
    with_notice,
    with_updates,
)
from ssim_viewer.session.state import Severity

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.jobs.batches import Batch
    from ssim_viewer.jobs.generators import GeneratorSet
    from ssim_viewer.session.run_group import RunGroup, RunUpdate
    from ssim_viewer.session.state import Document, Session

S = TypeVar("S")


class MultiRunFeature(Feature[MultiRun[S]]):
    """An experiment that is told apart from others by its plan and its generators."""

    plan: RunPlan[S]
    view_actions = run_actions.RUN_ACTIONS

    def generators(self, group: RunGroup[S], document: Document) -> GeneratorSet:
        """Return the generators of a group that has not begun; a MetricError says why not."""
        raise NotImplementedError

    def reduce(self, state: MultiRun[S], session: Session, action: object) -> MultiRun[S]:  # noqa: PLR0911 - an action a case
        """Return the state after an action of the window."""
        match action:
            case intents.Play():
                return started(state, self.plan, session.document, None)
            case intents.StepOnce():
                return started(state, self.plan, session.document, 1)
            case intents.Pause() | ViewClosed():
                return replace(state, pausing=True) if state.playing else state
            case intents.Cancel():
                return ended(state)
            case intents.ResetRun():
                return cleared(state)
            case intents.DismissNotice():
                return with_notice(state, "")
            case run_actions.ChangeSettings(settings):
                return replace(state, settings=settings)
            case run_actions.ChangeSpeed(speed):
                return replace(state, speed=speed)
            case run_actions.SaveImages() | run_actions.SaveSheet() | intents.ExportTrace():
                return with_file(state, action)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the next file."""
        files = self.state(session).files
        return {"file": WriteGroupFile(files[0])} if files else {}

    def runs(self, session: Session) -> Mapping[Hashable, Run]:
        """Return the runs on screen, unless they were ended."""
        state = self.state(session)
        group = state.group
        if group is None or group.generators is None:
            return {}
        make = partial(self.generators, group, session.document)
        go = None if state.pausing else state.going
        count = go.count if go is not None else None
        return {"runs": Run(group.generators, make, go, count, state.speed)}

    def progress(self, state: MultiRun[S], key: Hashable, answer: Answer) -> MultiRun[S]:
        """Return the state with more steps of the runs."""
        if key != "runs":
            return state
        batch: Batch = answer.result
        updates = cast("Mapping[str, RunUpdate]", batch.found)
        ends = {name: end.problem for name, end in batch.ends.items()}
        return with_updates(state, self.plan, updates, ends)

    def receive(
        self, state: MultiRun[S], session: Session, key: Hashable, answer: Answer
    ) -> MultiRun[S]:
        """Return the state after an order was carried out, or with word of a file."""
        if key == "runs":
            return stopped(state, cast("Run", answer.job).go, answer.problem)
        state = replace(state, files=state.files[1:])
        if answer.problem:
            return with_notice(state, answer.problem)
        return with_notice(state, answer.result, Severity.INFORMATION)
