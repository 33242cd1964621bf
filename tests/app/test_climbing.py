"""Walking quality up and down in the real window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ssim_viewer.app import create_window
from ssim_viewer.images import read_image
from ssim_viewer.metrics import Quantity, mse
from ssim_viewer.session import intents
from ssim_viewer.session.state import Role, Start
from ssim_viewer.synthesis import Direction, Rule
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.run import Run


def run_of(driver: Driver) -> Run:
    run = driver.session.document.run
    assert run is not None
    return run


def experiment(driver: Driver, **changes: object) -> intents.ChangeExperiment:
    settings = driver.session.document.experiment
    return intents.ChangeExperiment(replace(settings, **changes))  # type: ignore[arg-type]


def play_on(driver: Driver) -> None:
    """Play also where nothing visible changes any more: kernels may be far ahead of the screen."""
    playback = replace(driver.session.playback, stop_when_still=False)
    driver.want(intents.ChangePlayback(playback))
    driver.window.intended.emit(intents.Play())


def play_until(driver: Driver, step: int) -> None:
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None and run_of(driver).last >= step)
    driver.want(intents.Pause())


def test_one_step_of_descent_lowers_mssim_and_holds_mse(driver: Driver) -> None:
    driver.want(intents.StepOnce())
    trace = run_of(driver).trace
    assert trace[:, 0].tolist() == [0, 1]
    assert trace[1, 2] < trace[0, 2]
    assert trace[1, 1] == pytest.approx(trace[0, 1], rel=1e-12)


def test_what_is_on_screen_follows_the_step(driver: Driver) -> None:
    driver.want(intents.StepOnce())
    measured = driver.session.measured
    assert measured is not None
    assert measured.distorted is run_of(driver).frame.image
    assert measured.values["ssim"] == pytest.approx(run_of(driver).trace[1, 2], abs=1e-9)


def test_ascent_raises_mssim(driver: Driver) -> None:
    driver.want(experiment(driver, direction=Direction.ASCENT))
    for _ in range(3):
        driver.want(intents.StepOnce())
    values = run_of(driver).trace[:, 2]
    assert np.all(np.diff(values) > 0)


def test_playing_runs_until_it_is_paused(driver: Driver) -> None:
    play_until(driver, 10)
    assert not driver.session.playing
    last = run_of(driver).last
    driver.settle()
    assert run_of(driver).last == last


def test_a_pause_is_answered_at_once(driver: Driver) -> None:
    """The step that is under way ends behind it."""
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None)
    driver.window.intended.emit(intents.Pause())
    assert not driver.session.playing
    driver.settle()
    assert driver.session.measured is not None
    assert driver.session.measured.distorted is run_of(driver).frame.image


def test_an_unexpected_error_while_a_step_is_measured_ends_the_climb_with_its_sentence(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no map")

    monkeypatch.setattr("ssim_viewer.jobs.measuring.evaluate", broken)
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: not driver.session.playing)
    driver.settle()
    assert "RuntimeError: no map" in driver.notice


def test_frames_of_a_climb_are_in_single_precision_and_the_last_one_in_double(
    driver: Driver,
) -> None:
    precisions: list[str] = []

    def note() -> None:
        measured = driver.session.measured
        assert measured is not None
        precisions.append(measured.metric.precision)

    driver.program.store.changed.connect(note)
    play_until(driver, 10)
    assert "single" in precisions
    assert precisions[-1] == "double"


def test_a_pane_that_turns_to_another_map_shows_it_while_a_climb_plays(driver: Driver) -> None:
    driver.want(experiment(driver, rule=Rule.FIXED))
    play_on(driver)
    driver.until(lambda: driver.session.document.run is not None)
    driver.window.intended.emit(intents.ChooseQuantity(0, Quantity.GRADIENT))
    last = run_of(driver).last
    driver.until(
        lambda: (
            run_of(driver).last > last + 5
            and driver.session.measured is not None
            and Quantity.GRADIENT in driver.session.measured.maps
        )
    )
    assert driver.session.playing
    driver.want(intents.Pause())


def test_descent_falls_below_zero_while_mse_is_flat(driver: Driver) -> None:
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: not driver.session.playing or run_of(driver).trace[-1, 2] < 0)
    driver.want(intents.Pause())
    trace = run_of(driver).trace
    assert trace[-1, 2] < 0
    assert np.abs(trace[:, 1] / trace[0, 1] - 1).max() < 1e-12


def test_space_plays_and_pauses_while_the_transport_has_the_focus(driver: Driver) -> None:
    transport = driver.window.findChild(QPushButton, "transport_play")
    assert transport is not None
    driver.qtbot.keyClick(transport, Qt.Key.Key_Space)
    assert driver.session.playing
    driver.until(lambda: driver.session.document.run is not None)
    driver.qtbot.keyClick(transport, Qt.Key.Key_Space)
    driver.settle()
    assert not driver.session.playing


def test_any_step_of_the_history_can_be_seen_again(driver: Driver) -> None:
    play_until(driver, 5)
    driver.want(intents.ScrubTo(2))
    measured = driver.session.measured
    assert measured is not None
    assert run_of(driver).frame.index == 2
    assert measured.values["ssim"] == pytest.approx(run_of(driver).trace[2, 2], abs=1e-9)


def test_going_on_from_an_earlier_step_starts_a_new_branch(driver: Driver) -> None:
    play_until(driver, 5)
    left = run_of(driver).last
    driver.want(intents.ScrubTo(2))
    driver.want(experiment(driver, direction=Direction.ASCENT))
    driver.want(intents.StepOnce())
    assert run_of(driver).trace[:, 0].tolist() == [0, 1, 2, 3]
    assert run_of(driver).trace[3, 2] > run_of(driver).trace[2, 2]
    assert [branch.last for branch in driver.session.document.branches] == [left]


def test_a_branch_can_be_undone(driver: Driver) -> None:
    play_until(driver, 5)
    left = run_of(driver).last
    driver.want(intents.ScrubTo(2))
    driver.want(intents.StepOnce())
    driver.want(intents.Undo())
    assert run_of(driver).last == left


def test_turning_round_while_it_plays_goes_on_the_other_way(driver: Driver) -> None:
    driver.want(experiment(driver, rule=Rule.FIXED))
    play_on(driver)
    driver.until(lambda: driver.session.document.run is not None and run_of(driver).last >= 5)
    lowest = run_of(driver).trace[-1, 2]
    driver.window.intended.emit(experiment(driver, direction=Direction.ASCENT))
    turned = run_of(driver).last
    driver.until(lambda: run_of(driver).last >= turned + 5)
    driver.want(intents.Pause())
    assert run_of(driver).trace[-1, 2] > lowest
    assert run_of(driver).trace[:, 0].tolist() == list(range(run_of(driver).last + 1))


def test_noise_of_the_wanted_mse_is_shown_as_soon_as_it_is_chosen(driver: Driver) -> None:
    driver.want(experiment(driver, start=Start.NOISE, noise_mse=400.0, seed=3))
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(400.0, rel=1e-12)
    assert run_of(driver).last == 0


def test_another_seed_makes_other_noise_of_the_same_mse(driver: Driver) -> None:
    driver.want(experiment(driver, start=Start.NOISE, noise_mse=400.0, seed=3))
    first = run_of(driver).frame.image
    driver.want(experiment(driver, seed=4))
    assert not np.array_equal(run_of(driver).frame.image, first)


def test_an_mse_that_the_range_cannot_hold_is_refused_with_the_largest(driver: Driver) -> None:
    driver.want(experiment(driver, start=Start.NOISE, noise_mse=60_000.0))
    assert "largest" in driver.notice


def test_a_start_equal_to_the_reference_is_refused_in_one_sentence(
    driver: Driver, photographs: tuple[Path, Path]
) -> None:
    driver.want(intents.OpenFile(Role.DISTORTED, photographs[0]))
    driver.want(intents.StepOnce())
    assert "noise" in driver.notice
    assert not driver.session.playing


def test_resetting_shows_the_distorted_image_again(driver: Driver) -> None:
    before = driver.session.document.shown
    driver.want(intents.StepOnce())
    driver.want(intents.ResetRun())
    assert driver.session.document.shown is before


def test_a_metric_changed_while_it_plays_is_climbed_from_then_on(driver: Driver) -> None:
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None)
    metric = replace(driver.session.document.metric, window="uniform", window_size=7)
    driver.window.intended.emit(intents.ChangeMetric(metric))
    last = run_of(driver).last
    driver.until(lambda: run_of(driver).last > last or not driver.session.playing)
    driver.want(intents.Pause())
    measured = driver.session.measured
    assert measured is not None
    assert measured.metric == metric


def test_the_worst_image_is_saved_with_the_mse_that_was_held(
    driver: Driver, tmp_path: Path, photographs: tuple[Path, Path]
) -> None:
    play_until(driver, 20)
    held = run_of(driver).trace[0, 1]
    path = tmp_path / "worst.png"
    driver.want(intents.SaveDistorted(path))
    written = read_image(path).pixels
    actual = mse(read_image(photographs[0]).pixels, written)
    assert actual == pytest.approx(held, rel=1e-3)
    assert f"{actual:.6g}" in driver.notice


def test_closing_in_the_middle_of_a_run_joins_cleanly(
    qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    window = create_window(*photographs)
    driver = Driver(window, qtbot)
    driver.settle()
    window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None)
    window.close()


def play(driver: Driver, **changes: object) -> None:
    """Play with other settings of the playback, until it stops by itself."""
    playback = replace(driver.session.playback, **changes)  # type: ignore[arg-type]
    driver.want(intents.ChangePlayback(playback))
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: not driver.session.playing)
    driver.settle()


def test_it_stops_when_nothing_visible_changes_and_says_why(driver: Driver) -> None:
    play(driver)
    last = run_of(driver).last
    assert f"Stopped at step {last}, as nothing visible changes any more" in driver.notice
    assert "MSSIM" in driver.notice
    image = run_of(driver).frame.image
    before = run_of(driver).nearest(last - 30).image
    assert np.sqrt(np.mean((image - before) ** 2)) < 0.5


def test_playing_on_goes_on_all_the_same(driver: Driver) -> None:
    play(driver)
    last = run_of(driver).last
    play(driver)
    assert run_of(driver).last > last


def test_it_stops_at_the_limit_and_says_so(driver: Driver) -> None:
    play(driver, step_limit=7)
    assert run_of(driver).last == 7
    assert driver.notice == "Stopped at the limit of 7 steps."
    driver.want(intents.Play())
    assert run_of(driver).last == 7
    assert "raise it" in driver.notice


def test_one_that_must_not_stop_goes_on_till_it_converges_or_is_paused(driver: Driver) -> None:
    play(driver)
    still = run_of(driver).last
    driver.want(intents.ResetRun())
    playback = replace(driver.session.playback, stop_when_still=False)
    driver.want(intents.ChangePlayback(playback))
    driver.window.intended.emit(intents.Play())
    driver.until(lambda: driver.session.document.run is not None and run_of(driver).last > still)
    driver.want(intents.Pause())


def test_at_a_chosen_speed_every_step_is_shown(driver: Driver) -> None:
    shown: list[int] = []
    driver.want(intents.ChangePlayback(replace(driver.session.playback, steps_per_second=50.0)))

    def note() -> None:
        run = driver.session.document.run
        if run is not None and (not shown or shown[-1] != run.last):
            shown.append(run.last)

    driver.program.store.changed.connect(note)
    play_until(driver, 10)
    assert shown[:10] == list(range(10))


def test_the_trace_has_every_step_though_images_are_thinned_out(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ssim_viewer.session.run.MEMORY_BUDGET", 20 * 64 * 64 * 8)
    play(driver)
    run = run_of(driver)
    assert len(run.frames) <= 20 < run.last
    assert [frame.index for frame in run.frames[:10]] == list(range(10))
    driver.want(intents.ExportTrace(tmp_path / "run.csv"))
    rows = (tmp_path / "run.csv").read_text().splitlines()
    assert len(rows) == run.last + 2
