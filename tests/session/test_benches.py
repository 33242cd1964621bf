"""Plates and races as data: settings, runs, and how they change."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ssim_viewer.images import Pair, image_from_array
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session import benches
from ssim_viewer.session.lanes import Course, Lane, RunUpdate
from ssim_viewer.session.plate import RUNS, PlateSettings, PlateStart, plate_metrics
from ssim_viewer.session.race import Finish, RaceSettings, threshold
from ssim_viewer.session.state import Document, Measured, Session

PIXELS = np.random.default_rng(0).integers(0, 255, (16, 16)).astype(np.uint8)


@pytest.fixture
def session() -> Session:
    image = image_from_array(PIXELS, "reference")
    other = image_from_array(PIXELS // 2, "distorted")
    document = Document(pair=Pair(image, other, ()), metric=Ssim())
    return benches.opened_bench(benches.opened_bench(Session(document=document), "plate"), "race")


def course_of(session: Session, which: benches.Which) -> Course:
    course = benches.bench_of(session, which).course
    assert course is not None
    return course


def update(*rows: tuple[float, ...], problems: dict[str, str] | None = None) -> RunUpdate:
    pixels = PIXELS.astype(np.float64)
    evaluation = evaluate(Ssim().bind(PIXELS), pixels, [Quantity.DISTORTED])
    return RunUpdate(np.array(rows), Measured(PIXELS, pixels, evaluation), problems or {})


def plate_row(step: int, seconds: float = 0.0) -> tuple[float, ...]:
    return step, seconds, 100.0, 0.5, 0.0, 1.0, 1.0


def test_a_plate_has_four_runs_named_after_what_they_are_after(session: Session) -> None:
    course = course_of(benches.begun(session, "plate"), "plate")
    assert [lane.title for lane in course.lanes] == [
        "Best MSSIM, MSE held",
        "Worst MSSIM, MSE held",
        "Best MSE, MSSIM held",
        "Worst MSE, MSSIM held",
    ]
    assert [run.name for run in RUNS] == [lane.name for lane in course.lanes]
    assert not course.begun


def test_the_scene_of_the_paper_brings_its_own_metrics(session: Session) -> None:
    settings = PlateSettings(a="gmsd", b="mae", start=PlateStart.PAPER)
    a, b = plate_metrics(settings, session.document)
    assert type(a).__name__ == "Mse"
    assert isinstance(b, Ssim)
    assert (b.window, b.window_size) == ("uniform", 8)


def test_without_a_pair_nothing_begins() -> None:
    empty = Session()
    assert benches.begun(empty, "plate") is empty
    assert not benches.goes_on(empty, "plate")


def test_what_was_seen_is_added_to_its_run_alone(session: Session) -> None:
    session = benches.begun(session, "plate")
    session = benches.moved(
        session, "plate", {"best-b": update(plate_row(0), plate_row(1, 0.5))}, {}
    )
    session = benches.moved(session, "plate", {"best-b": update(plate_row(2, 0.9))}, {})
    lane = course_of(session, "plate").lane("best-b")
    assert (lane.step, lane.seconds, len(lane.trace)) == (2, 0.9, 3)
    assert not lane.trace.flags.writeable
    assert all(len(other.trace) == 0 for other in course_of(session, "plate").lanes[1:])


def test_a_run_that_fails_is_told_once_and_only_it_has_ended(session: Session) -> None:
    session = benches.begun(session, "plate")
    ends = {"best-b": "There is no level.", "worst-b": "There is no level."}
    session = benches.moved(session, "plate", {}, ends)
    bench = benches.bench_of(session, "plate")
    assert bench.notice is not None
    assert bench.notice.text == "There is no level."
    lanes = course_of(session, "plate").lanes
    assert [lane.failed for lane in lanes] == [True, True, False, False]
    assert session.notice is None


def test_a_run_that_simply_ends_says_why(session: Session) -> None:
    session = benches.set_up(session, "plate", PlateSettings(steps=1))
    session = benches.begun(session, "plate")
    seen = {"best-b": update(plate_row(0), plate_row(1)), "worst-b": update(plate_row(0))}
    session = benches.moved(session, "plate", seen, {"best-b": "", "worst-b": ""})
    course = course_of(session, "plate")
    assert course.lane("best-b").ended == "stopped after 1 step"
    assert course.lane("worst-b").ended == "converged after 0 steps"


def with_other_seed(session: Session) -> Session:
    return benches.set_up(session, "plate", PlateSettings(seed=1))


def with_other_convention(session: Session) -> Session:
    return replace(session, document=replace(session.document, metric=Ssim(window="uniform")))


def with_other_reference(session: Session) -> Session:
    other = image_from_array(PIXELS.copy(), "other")
    return replace(session, document=replace(session.document, pair=Pair(other, other, ())))


@pytest.mark.parametrize("change", [with_other_seed, with_other_convention, with_other_reference])
def test_runs_go_on_unless_what_they_are_made_from_has_changed(
    session: Session, change: Callable[[Session], Session]
) -> None:
    session = benches.begun(session, "plate")
    assert benches.goes_on(session, "plate")
    after = change(session)
    assert not benches.goes_on(after, "plate")
    assert course_of(after, "plate") is course_of(session, "plate")


def test_runs_that_have_all_ended_do_not_go_on(session: Session) -> None:
    session = benches.begun(session, "plate")
    ends = {lane.name: "" for lane in course_of(session, "plate").lanes}
    assert not benches.goes_on(benches.moved(session, "plate", {}, ends), "plate")


def test_progress_is_known_where_steps_are_numbered(session: Session) -> None:
    assert benches.progress(benches.bench_of(benches.begun(session, "plate"), "plate")) is None
    session = benches.set_up(session, "plate", PlateSettings(steps=4))
    session = benches.begun(session, "plate")
    session = benches.moved(session, "plate", {"best-b": update(plate_row(2))}, {"best-a": ""})
    assert benches.progress(benches.bench_of(session, "plate")) == pytest.approx((0.5 + 1) / 4)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (PlateSettings(a="ssim", b="ssim"), "two different"),
        (PlateSettings(a="ssim", b="ssim", start=PlateStart.PAPER), ""),
        (PlateSettings(), ""),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    session: Session, settings: PlateSettings, words: str
) -> None:
    refused = benches.refusal(benches.set_up(session, "plate", settings), "plate")
    assert words in refused
    assert bool(refused) is bool(words)


def test_a_race_needs_a_racer(session: Session) -> None:
    session = benches.set_up(session, "race", RaceSettings(racers=()))
    assert "at least one" in benches.refusal(session, "race")


def test_every_racer_is_measured_by_all_metrics(session: Session) -> None:
    session = benches.set_up(session, "race", RaceSettings(racers=("gmsd", "ssim")))
    course = course_of(benches.begun(session, "race"), "race")
    assert course.columns == (
        "step",
        "seconds",
        "GMSD",
        "MSSIM",
        "MSE",
        "MS-SSIM",
        "step_size",
        "gradient_norm",
    )
    assert [lane.name for lane in course.lanes] == ["gmsd", "ssim"]


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [("ssim", 0.1, 0.9), ("mse", 500.0, 50.0), ("gmsd", 0.2, 0.02), ("psnr", 20.0, 30.0)],
)
def test_a_threshold_means_as_much_for_an_error(name: str, start: float, expected: float) -> None:
    assert threshold(name, 0.9, start) == pytest.approx(expected)


def race_lane(session: Session, *rows: tuple[float, ...]) -> Lane:
    session = benches.begun(session, "race")
    session = benches.moved(session, "race", {"ssim": update(*rows)}, {"ssim": ""})
    return course_of(session, "race").lane("ssim")


@pytest.mark.parametrize(
    ("settings", "ended"),
    [
        (RaceSettings(finish=Finish.VALUE, value=0.9), "there after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.VALUE, value=0.99), "converged after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.STEPS, steps=7), "stopped after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.SECONDS, seconds=1.5), "stopped after 7 steps, 1.5 s"),
        (RaceSettings(finish=Finish.STEPS, steps=9), "converged after 7 steps, 1.5 s"),
    ],
)
def test_a_racer_says_why_it_ended(session: Session, settings: RaceSettings, ended: str) -> None:
    session = benches.set_up(session, "race", replace(settings, racers=("ssim",)))
    rows = ((0, 0.0, 0.1, 99.0, 0.1, 0.0, 1.0), (7, 1.5, 0.95, 9.0, math.nan, 1.0, 1.0))
    assert race_lane(session, *rows).ended == ended
