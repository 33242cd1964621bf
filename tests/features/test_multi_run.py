"""Maximum differentiation and races as data: settings, runs, and how they change."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ssim_viewer.features.maximum_differentiation.state import PLAN as MAD
from ssim_viewer.features.maximum_differentiation.state import MadSettings, MadStart, mad_metrics
from ssim_viewer.features.reconstruction_race.state import PLAN as RACE
from ssim_viewer.features.reconstruction_race.state import Finish, RaceSettings, threshold
from ssim_viewer.images import Pair, image_from_array
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session.measurement import ssim_measurement
from ssim_viewer.session.multi_run import (
    MultiRun,
    RunPlan,
    cleared,
    ended,
    goes_on,
    started,
    stopped,
    with_updates,
)
from ssim_viewer.session.run_group import RunGroup, RunState, RunUpdate
from ssim_viewer.session.state import Document
from ssim_viewer.synthesis import MAD_RUNS

PIXELS = np.random.default_rng(0).integers(0, 255, (16, 16)).astype(np.uint8)


@pytest.fixture
def document() -> Document:
    image = image_from_array(PIXELS, "reference")
    other = image_from_array(PIXELS // 2, "distorted")
    return Document(pair=Pair(image, other, ()), metric=Ssim())


def begun(plan: RunPlan[Any], document: Document, settings: Any = None) -> MultiRun[Any]:
    state = plan.initial if settings is None else MultiRun(settings)
    return started(state, plan, document, None)


def group_of(state: MultiRun[Any]) -> RunGroup[Any]:
    assert state.group is not None
    return state.group


def update(*rows: tuple[float, ...], problems: dict[str, str] | None = None) -> RunUpdate:
    pixels = PIXELS.astype(np.float64)
    evaluation = evaluate(Ssim().bind(PIXELS), pixels, [Quantity.DISTORTED])
    return RunUpdate(np.array(rows), ssim_measurement(PIXELS, pixels, evaluation), problems or {})


def mad_row(step: int, seconds: float = 0.0) -> tuple[float, ...]:
    return step, seconds, 100.0, 0.5, 0.0, 1.0, 1.0


def test_there_are_four_runs_named_after_what_they_are_after(document: Document) -> None:
    group = group_of(begun(MAD, document))
    assert [run.title for run in group.runs] == [
        "Best MSSIM, MSE held",
        "Worst MSSIM, MSE held",
        "Best MSE, MSSIM held",
        "Worst MSE, MSSIM held",
    ]
    assert [run.name for run in MAD_RUNS] == [run.name for run in group.runs]
    assert group.columns[group.score_places] == ("MSE", "MSSIM")
    assert not group.begun


def test_the_scene_of_the_paper_brings_its_own_metrics(document: Document) -> None:
    settings = MadSettings(a="gmsd", b="mae", start=MadStart.PAPER)
    a, b = mad_metrics(settings, document)
    assert type(a).__name__ == "Mse"
    assert isinstance(b, Ssim)
    assert (b.window, b.window_size) == ("uniform", 8)


def test_without_a_pair_nothing_begins_and_the_window_says_why() -> None:
    state = started(MAD.initial, MAD, Document(), None)
    assert state.group is None
    assert not state.playing
    assert state.notice is not None
    assert not goes_on(state, MAD, Document())


def test_an_update_is_added_to_its_run_alone(document: Document) -> None:
    state = begun(MAD, document)
    state = with_updates(state, MAD, {"best-b": update(mad_row(0), mad_row(1, 0.5))}, {})
    state = with_updates(state, MAD, {"best-b": update(mad_row(2, 0.9))}, {})
    run = group_of(state).run("best-b")
    assert (run.step, run.seconds, len(run.trace)) == (2, 0.9, 3)
    assert not run.trace.flags.writeable
    assert all(len(other.trace) == 0 for other in group_of(state).runs[1:])


def test_a_run_that_fails_is_told_once_and_only_it_has_ended(document: Document) -> None:
    ends = {"best-b": "There is no level.", "worst-b": "There is no level."}
    state = with_updates(begun(MAD, document), MAD, {}, ends)
    assert state.notice is not None
    assert state.notice.text == "There is no level."
    assert [run.failed for run in group_of(state).runs] == [True, True, False, False]


def test_a_run_that_simply_ends_says_why(document: Document) -> None:
    state = begun(MAD, document, MadSettings(steps=1))
    updates = {"best-b": update(mad_row(0), mad_row(1)), "worst-b": update(mad_row(0))}
    group = group_of(with_updates(state, MAD, updates, {"best-b": "", "worst-b": ""}))
    assert group.run("best-b").ended == "stopped after 1 step"
    assert group.run("worst-b").ended == "converged after 0 steps"


def test_an_order_ends_with_its_own_word_and_not_with_that_of_an_older_one(
    document: Document,
) -> None:
    first = begun(MAD, document)
    second = started(first, MAD, document, 1)
    assert second.group is first.group
    assert stopped(second, first.going).playing
    assert not stopped(second, second.going).playing


def test_generators_that_cannot_be_made_leave_a_sentence_and_begin_anew(
    document: Document,
) -> None:
    state = begun(MAD, document)
    after = stopped(state, state.going, "The image is too small.")
    assert after.notice is not None
    assert after.notice.text == "The image is too small."
    assert not after.playing
    assert not goes_on(after, MAD, document)


def with_other_seed(state: MultiRun[Any], document: Document) -> tuple[MultiRun[Any], Document]:
    return replace(state, settings=MadSettings(seed=1)), document


def with_other_convention(
    state: MultiRun[Any], document: Document
) -> tuple[MultiRun[Any], Document]:
    return state, replace(document, metric=Ssim(window="uniform"))


def with_other_reference(
    state: MultiRun[Any], document: Document
) -> tuple[MultiRun[Any], Document]:
    other = image_from_array(PIXELS.copy(), "other")
    return state, replace(document, pair=Pair(other, other, ()))


def cancelled(state: MultiRun[Any], document: Document) -> tuple[MultiRun[Any], Document]:
    return ended(state), document


@pytest.mark.parametrize(
    "change", [with_other_seed, with_other_convention, with_other_reference, cancelled]
)
def test_runs_go_on_unless_what_they_are_made_from_has_changed(
    document: Document,
    change: Callable[[MultiRun[Any], Document], tuple[MultiRun[Any], Document]],
) -> None:
    state = begun(MAD, document)
    assert goes_on(state, MAD, document)
    after, there = change(state, document)
    assert not goes_on(after, MAD, there)
    assert group_of(after).runs is group_of(state).runs
    assert started(after, MAD, there, None).group is not after.group


def test_runs_that_have_all_ended_do_not_go_on(document: Document) -> None:
    state = begun(MAD, document)
    ends = {run.name: "" for run in group_of(state).runs}
    assert not goes_on(with_updates(state, MAD, {}, ends), MAD, document)


def test_updates_that_come_after_a_reset_are_dropped(document: Document) -> None:
    state = cleared(begun(MAD, document))
    assert with_updates(state, MAD, {"best-b": update(mad_row(0))}, {}) is state


def test_progress_is_known_where_steps_are_numbered(document: Document) -> None:
    assert MAD.fraction_done(group_of(begun(MAD, document))) is None
    state = begun(MAD, document, MadSettings(steps=4))
    state = with_updates(state, MAD, {"best-b": update(mad_row(2))}, {"best-a": ""})
    assert MAD.fraction_done(group_of(state)) == pytest.approx((0.5 + 1) / 4)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (MadSettings(a="ssim", b="ssim"), "two different"),
        (MadSettings(a="ssim", b="ssim", start=MadStart.PAPER), ""),
        (MadSettings(), ""),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    document: Document, settings: MadSettings, words: str
) -> None:
    state = begun(MAD, document, settings)
    assert state.playing is not bool(words)
    assert (words in state.notice.text) if state.notice is not None else not words


def test_a_race_needs_a_racer(document: Document) -> None:
    state = begun(RACE, document, RaceSettings(racers=()))
    assert state.notice is not None
    assert "at least one" in state.notice.text
    assert not state.playing


def test_every_racer_is_measured_by_all_metrics(document: Document) -> None:
    group = group_of(begun(RACE, document, RaceSettings(racers=("gmsd", "ssim"))))
    assert list(group.columns) == [
        "step",
        "seconds",
        "GMSD",
        "MSSIM",
        "MSE",
        "MS-SSIM",
        "step_size",
        "gradient_norm",
    ]
    assert group.columns[group.score_places] == ("GMSD", "MSSIM", "MSE", "MS-SSIM")
    assert [run.name for run in group.runs] == ["gmsd", "ssim"]


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [("ssim", 0.1, 0.9), ("mse", 500.0, 50.0), ("gmsd", 0.2, 0.02), ("psnr", 20.0, 30.0)],
)
def test_a_threshold_means_as_much_for_an_error(name: str, start: float, expected: float) -> None:
    assert threshold(name, 0.9, start) == pytest.approx(expected)


def race_run(state: MultiRun[Any], *rows: tuple[float, ...]) -> RunState:
    return group_of(with_updates(state, RACE, {"ssim": update(*rows)}, {"ssim": ""})).run("ssim")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (RaceSettings(finish=Finish.VALUE, value=0.9), "there after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.VALUE, value=0.99), "converged after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.STEPS, steps=7), "stopped after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.SECONDS, seconds=1.5), "stopped after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.STEPS, steps=9), "converged after 7 steps, 1.5 s"),
    ],
)
def test_a_racer_says_why_it_ended(document: Document, settings: RaceSettings, words: str) -> None:
    state = begun(RACE, document, replace(settings, racers=("ssim",)))
    rows = ((0, 0.0, 0.1, 99.0, 0.1, 0.0, 1.0), (7, 1.5, 0.95, 9.0, math.nan, 1.0, 1.0))
    assert race_run(state, *rows).ended == words
