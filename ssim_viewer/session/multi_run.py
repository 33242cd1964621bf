"""The state of an experiment with several runs, and how it changes. Pure.

`RunPlan` holds what one experiment has of its own: the runs that its settings mean, and when they
end. Everything else is the same for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ssim_viewer.compute.memory_budget import within_free_memory
from ssim_viewer.session.film_steps import FILM_BYTES
from ssim_viewer.session.not_now import NO_PAIR, NO_RUN
from ssim_viewer.session.state import Notice, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssim_viewer.images import Pair
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.intents import ExportTrace
    from ssim_viewer.session.run_actions import SaveImages, SaveSheet
    from ssim_viewer.session.run_group import RunGroup, RunState, RunUpdate
    from ssim_viewer.session.state import Document, Session

    Writing = SaveImages | SaveSheet | ExportTrace

S = TypeVar("S")


class RunPlan(Protocol[S]):
    """What the settings of an experiment mean."""

    id: str
    """Key of its state in `Session.features`."""
    initial: MultiRun[S]

    def group(self, settings: S, pair: Pair, ssim: Ssim) -> RunGroup[S]:
        """Return the runs of the settings, none of them begun."""

    def refusal(self, settings: S) -> str:
        """Return why the settings mean nothing, in one sentence, or ""."""

    def why_ended(self, group: RunGroup[S], run: RunState) -> str:
        """Return why a run that met no problem goes no further."""

    def fraction_done(self, group: RunGroup[S]) -> float | None:
        """Return how much of the wanted steps or seconds is done; None where it is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Go:
    """An order to make steps: `count` of each run, or until paused with None."""

    count: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GroupFile:
    """A file that is to be written of the runs as they were when it was asked for."""

    action: Writing
    group: RunGroup[Any]

    @property
    def path(self) -> Path:
        """Where it is written."""
        return self.action.path


@dataclass(frozen=True, slots=True, eq=False)
class MultiRun(Generic[S]):
    """An experiment with several runs, in a window of its own.

    Attributes
    ----------
    settings
        What the next runs begin with.
    group
        The runs, or None before they begin.
    going
        The order that is being carried out, or None while no step is made.
    pausing
        Whether the runs are to stop.
    speed
        Rounds of steps a second, or None for as many as possible.
    notice
        One sentence for its window.
    files
        What is still to be written, in order.
    """

    settings: S
    group: RunGroup[S] | None = None
    going: Go | None = None
    pausing: bool = False
    speed: float | None = None
    notice: Notice | None = None
    files: tuple[GroupFile, ...] = ()

    @property
    def playing(self) -> bool:
        """Whether the runs are under way."""
        return self.going is not None


def multi_run_of(session: Session, plan: RunPlan[S]) -> MultiRun[S]:
    """Return the state of an experiment; one that was never opened is as it is at first."""
    state: MultiRun[S] = session.features.get(plan.id, plan.initial)  # type: ignore[assignment]
    return state


def with_notice(state: MultiRun[S], text: str, severity: Severity = Severity.ERROR) -> MultiRun[S]:
    """Return the experiment with a notice in its window, or without one."""
    return replace(state, notice=Notice(text, severity) if text else None)


def started(
    state: MultiRun[S], plan: RunPlan[S], document: Document, count: int | None
) -> MultiRun[S]:
    """Return the experiment under way: the runs on screen go on, or new ones begin."""
    if document.pair is None:
        return with_notice(state, NO_PAIR, Severity.INFORMATION)
    if not goes_on(state, plan, document):
        problem = plan.refusal(state.settings)
        if problem:
            return with_notice(ended(state), problem)
        group = plan.group(state.settings, document.pair, document.metric)
        state = replace(state, group=group, notice=None)
    return replace(state, going=Go(count), pausing=False)


def stopped(state: MultiRun[S], go: object, problem: str = "") -> MultiRun[S]:
    """Return the experiment after an order was carried out; a newer one stays under way.

    After a problem the generators could not be made, and the next order begins anew.
    """
    if go is not state.going:
        return state
    if problem:
        return with_notice(ended(state), problem)
    return replace(state, going=None, pausing=False)


def ended(state: MultiRun[S]) -> MultiRun[S]:
    """Return the experiment with its images, whose generators are given up."""
    group = state.group
    if group is not None:
        group = replace(group, generators=None)
    return replace(state, group=group, going=None, pausing=False)


def cleared(state: MultiRun[S]) -> MultiRun[S]:
    """Return the experiment without its runs."""
    return replace(state, group=None, going=None, pausing=False, notice=None)


def with_file(state: MultiRun[S], action: Writing) -> MultiRun[S]:
    """Return the experiment with one more file to write, or with why there is none."""
    if state.group is None:
        return with_notice(state, NO_RUN, Severity.INFORMATION)
    return replace(state, files=(*state.files, GroupFile(action, state.group)))


def with_updates(
    state: MultiRun[S],
    plan: RunPlan[S],
    updates: Mapping[str, RunUpdate],
    ends: Mapping[str, str],
) -> MultiRun[S]:
    """Return the experiment after steps of its runs.

    Parameters
    ----------
    updates
        The update of each run that has made a step.
    ends
        The problem of each run that has ended, "" for one that simply can go no further.
    """
    group = state.group
    if group is None:
        return state
    problems: dict[str, None] = {}
    film_bytes = within_free_memory(FILM_BYTES) // len(group.runs)
    for name, update in updates.items():
        group = group.with_run(group.run(name).updated(update, film_bytes))
        if update.context is not None:
            group = replace(group, context=update.context)
        problems |= dict.fromkeys(update.problems.values())
    for name, problem in ends.items():
        group = group.with_run(_ended(plan, group, group.run(name), problem))
        problems |= {problem: None} if problem else {}
    after = replace(state, group=group)
    return with_notice(after, " ".join(problems)) if problems else after


def goes_on(state: MultiRun[S], plan: RunPlan[S], document: Document) -> bool:
    """Whether playing goes on with the runs on screen; else it begins anew."""
    group, pair = state.group, document.pair
    if group is None or pair is None or group.generators is None or group.over:
        return False
    anew = plan.group(state.settings, pair, document.metric)
    return (
        group.reference.pixels is anew.reference.pixels
        and group.settings == anew.settings
        and group.ssim == anew.ssim
    )


def _ended(plan: RunPlan[S], group: RunGroup[S], run: RunState, problem: str) -> RunState:
    if problem:
        return replace(run, ended=problem, failed=True)
    return replace(run, ended=plan.why_ended(group, run))
