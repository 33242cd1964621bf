"""Maximum differentiation in its real window."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QProgressBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.maximum_differentiation.state import DEVIATION, ID, PLAN, A, B, MadStart
from ssim_viewer.images import Mask, image_from_array, read_image
from ssim_viewer.jobs.runner import Runner
from ssim_viewer.metrics import mse
from ssim_viewer.session import intents
from ssim_viewer.session.run_actions import SaveImages, SaveSheet
from ssim_viewer.session.state import Role
from ssim_viewer.ui.pane.canvas import Canvas
from ssim_viewer.ui.plots.lines_plot import LinesPlot
from tests.app.conftest import Driver
from tests.features.multi_runs import Laboratory


@pytest.fixture
def plate(driver: Driver) -> Laboratory:
    return Laboratory(driver, PLAN, "plate")


def traces(plate: Laboratory) -> dict[str, NDArray[np.float64]]:
    return {run.name: run.trace for run in plate.group.runs}


def test_the_window_and_its_worker_are_made_when_they_are_asked_for(driver: Driver) -> None:
    assert driver.program.features[ID].window is None
    assert ID not in driver.session.features
    plate = Laboratory(driver, PLAN, "plate")
    assert plate.window.isVisible()
    assert not any(runner.objectName().startswith(ID) for runner in Runner.running())


def test_one_step_pushes_each_metric_both_ways_while_the_other_one_is_held(
    plate: Laboratory,
) -> None:
    plate.step()
    for name, pushed, sign in (
        ("best-b", B, 1),
        ("worst-b", B, -1),
        ("best-a", A, -1),
        ("worst-a", A, 1),
    ):
        trace = traces(plate)[name]
        assert trace[:, 0].tolist() == [0, 1]
        assert sign * (trace[1, pushed] - trace[0, pushed]) > 0, name
        assert np.abs(trace[:, DEVIATION]).max() <= 1e-6


def test_both_scores_and_the_deviation_stand_on_each_image(plate: Laboratory) -> None:
    plate.step()
    for number in range(1, 5):
        words = plate.text(f"plate_image_{number}_numbers")
        assert "MSE" in words
        assert "MSSIM" in words
        assert "held within" in words


def test_playing_goes_on_until_it_is_paused_and_then_where_it_stood(plate: Laboratory) -> None:
    """A run that has come to its end before the pause makes no further step."""
    plate.play_until(3)
    plate.want(intents.Pause())
    assert not plate.state.playing
    before = {name: len(trace) for name, trace in traces(plate).items()}
    plate.step()
    made = {name: len(trace) - before[name] for name, trace in traces(plate).items()}
    for name, trace in traces(plate).items():
        assert trace[:, 0].tolist() == list(range(len(trace))), name
    assert set(made.values()) in ({1}, {0, 1})


def test_a_pause_inside_a_step_changes_no_number(
    plate: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.jobs.generator_runner.PREEMPT_AFTER", 0.0)
    for step in (1, 3, 5):
        plate.play_until(step)
        plate.want(intents.Pause())
    paused = traces(plate)
    plate.want(intents.ResetRun())
    plate.play_until(6)
    plate.want(intents.Pause())
    for name, trace in traces(plate).items():
        count = min(len(trace), len(paused[name]))
        assert count > 3
        seconds = list(plate.group.columns).index("seconds")
        again, before = (np.delete(e[:count], seconds, axis=1) for e in (trace, paused[name]))
        np.testing.assert_array_equal(before, again)


def test_at_a_chosen_speed_each_round_of_steps_is_shown(plate: Laboratory) -> None:
    speed = plate.window.findChild(QComboBox, "plate_speed")
    assert speed is not None
    QTest.keyClick(speed, Qt.Key.Key_Down)
    assert plate.state.speed == 50
    shown: dict[str, list[int]] = {}

    def note() -> None:
        for run in plate.state.group.runs if plate.state.group else ():
            steps = shown.setdefault(run.name, [])
            if run.measured is not None and run.step not in steps:
                steps.append(run.step)

    plate.driver.program.store.changed.connect(note)
    plate.play_until(5)
    plate.want(intents.Pause())
    for name, steps in shown.items():
        assert steps == list(range(len(steps))), name


def test_steps_stand_at_their_logarithms_where_that_is_wanted(plate: Laboratory) -> None:
    plate.play_until(5)
    plate.want(intents.Pause())
    plot = plate.window.findChild(LinesPlot, "plate_plot_a_held")
    button = plate.window.findChild(QToolButton, "plate_log_steps")
    assert plot is not None
    assert button is not None
    before = plot.grab().toImage()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert plot.grab().toImage() != before
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert plot.grab().toImage() == before


def test_runs_under_way_leave_the_main_window_in_peace(plate: Laboratory) -> None:
    plate.play_until(1)
    plate.driver.qtbot.wait(700)  # two looks at whether to say that the program is at work
    assert plate.driver.session.busy == ""
    assert not plate.driver.session.playing
    plate.want(intents.Pause())


def test_cancelling_keeps_the_images_and_playing_begins_anew(plate: Laboratory) -> None:
    plate.play_until(2)
    plate.want(intents.Cancel())
    assert not plate.state.playing
    assert all(run.image is not None for run in plate.group.runs)
    plate.step()
    assert all(len(trace) == 2 for trace in traces(plate).values())


def test_resetting_takes_the_runs_away(plate: Laboratory) -> None:
    plate.play_until(1)
    plate.want(intents.ResetRun())
    assert plate.state.group is None
    assert not plate.state.playing


def test_runs_stop_after_the_wanted_steps_and_the_bar_is_full(plate: Laboratory) -> None:
    plate.set_up(steps=2)
    plate.want(intents.Play())
    assert {run.ended for run in plate.group.runs} == {"stopped after 2 steps"}
    bar = plate.window.findChild(QProgressBar, "plate_progress")
    assert bar is not None
    assert bar.value() == 100


def test_other_settings_keep_what_is_on_screen_until_it_begins_anew(plate: Laboratory) -> None:
    plate.step()
    group = plate.group
    plate.set_up(b="ms-ssim")
    assert plate.group is group
    plate.step()
    assert plate.group.columns[3] == "MS-SSIM"
    assert all(len(run.trace) == 2 for run in plate.group.runs)


def test_the_metrics_are_chosen_in_the_window(plate: Laboratory) -> None:
    choice = plate.window.findChild(QComboBox, "plate_metric_b")
    assert choice is not None
    choice.setCurrentIndex(choice.findText("MS-SSIM"))
    assert plate.state.settings.b == "ms-ssim"
    assert "MS-SSIM" in plate.text("plate_image_1_title")


def test_it_starts_from_the_image_on_screen(plate: Laboratory) -> None:
    plate.set_up(start=MadStart.SHOWN)
    plate.step()
    measured = plate.driver.session.measured
    assert measured is not None
    expected = measured.values["mse"]
    assert traces(plate)["best-b"][0, A] == pytest.approx(expected, rel=1e-12)


def test_the_scene_of_the_paper_has_its_noise_and_its_windows(plate: Laboratory) -> None:
    plate.set_up(start=MadStart.PAPER, a="gmsd", b="mae")
    plate.step()
    assert plate.group.columns[2:4] == ("MSE", "MSSIM")
    assert (plate.group.ssim.window, plate.group.ssim.window_size) == ("uniform", 8)
    assert traces(plate)["best-b"][0, A] == pytest.approx(1024.0, rel=1e-9)


def test_pixels_stay_in_range_or_go_free(plate: Laboratory) -> None:
    plate.play_until(3)
    plate.want(intents.Pause())
    for run in plate.group.runs:
        assert run.image is not None
        assert run.image.min() >= 0
        assert run.image.max() <= 255
    plate.set_up(in_range=False, noise_mse=6000.0)
    plate.step()
    run = plate.group.run("worst-a")
    assert run.image is not None
    assert run.image.min() < 0 or run.image.max() > 255


def test_an_image_becomes_the_distorted_one_of_the_main_window(plate: Laboratory) -> None:
    plate.step()
    run = plate.group.run("worst-b")
    plate.press("plate_image_2_show")
    plate.driver.settle()
    pair = plate.driver.session.document.pair
    assert pair is not None
    assert np.array_equal(pair.distorted.pixels, run.image)  # type: ignore[arg-type]
    measured = plate.driver.session.measured
    assert measured is not None
    assert measured.values["ssim"] == pytest.approx(run.trace[-1, B], abs=1e-9)
    assert plate.group.run("worst-b") is run


@pytest.mark.parametrize("part", ["difference", "ssim_map", "images"])
def test_the_tiles_turn_from_images_to_maps(plate: Laboratory, part: str) -> None:
    plate.step()
    plate.press(f"plate_{part}")
    picture = plate.window.grab()
    assert not picture.isNull()


def test_the_tiles_are_linked(plate: Laboratory) -> None:
    plate.step()
    plate.press("plate_zoom_in")
    canvases = plate.window.findChildren(Canvas)
    assert len(canvases) == 6  # the four, the reference and the start
    assert len({canvas.view.zoom for canvas in canvases}) == 1
    assert not plate.window.grid.navigation.fitted


@pytest.mark.parametrize("part", ["fit", "actual_pixels", "zoom_in", "zoom_out"])
def test_without_pictures_nothing_can_be_zoomed(plate: Laboratory, part: str) -> None:
    button = plate.window.findChild(QToolButton, f"plate_{part}")
    entry = plate.window.findChild(QAction, f"plate_menu_{part}")
    assert button is not None
    assert entry is not None
    assert (button.isEnabled(), entry.isEnabled()) == (False, False)
    plate.step()
    assert (button.isEnabled(), entry.isEnabled()) == (True, True)
    plate.press("plate_reset")
    plate.driver.until(lambda: (button.isEnabled(), entry.isEnabled()) == (False, False))


def test_the_keys_of_zooming_rest_without_pictures(plate: Laboratory) -> None:
    navigation = plate.window.grid.navigation
    zoom = navigation.zoom
    QTest.keyClick(plate.window, Qt.Key.Key_Plus)
    assert navigation.zoom == zoom
    plate.step()
    QTest.keyClick(plate.window, Qt.Key.Key_Plus)
    assert navigation.zoom > zoom


def test_one_metric_twice_is_refused_in_one_sentence(plate: Laboratory) -> None:
    plate.set_up(a="ssim", b="ssim")
    plate.step()
    assert "two different metrics" in plate.notice
    assert plate.text("plate_notice_text") == plate.notice
    assert plate.driver.session.notice is None


def test_a_start_equal_to_the_reference_is_refused_in_one_sentence(
    plate: Laboratory, photographs: tuple[Path, Path]
) -> None:
    plate.driver.want(intents.OpenFile(Role.DISTORTED, photographs[0]))
    plate.set_up(start=MadStart.SHOWN)
    plate.step()
    assert plate.notice.count(".") == 1
    assert all(run.failed for run in plate.group.runs)
    plate.press("plate_notice_dismiss")
    assert plate.notice == ""


def test_noise_that_the_range_cannot_hold_is_refused_with_the_largest(plate: Laboratory) -> None:
    plate.set_up(noise_mse=60_000.0)
    plate.step()
    assert "largest" in plate.notice


def test_an_image_too_small_for_a_metric_is_refused_and_nothing_else_disturbed(
    plate: Laboratory, tmp_path: Path
) -> None:
    plate.set_up(b="cw-ssim")
    small = np.random.default_rng(0).integers(0, 255, (12, 12)).astype(np.uint8)
    plate.driver.program.open_pair(
        image_from_array(small, "small"), image_from_array(small // 2, "smaller")
    )
    plate.driver.settle()
    plate.step()
    assert "12×12" in plate.notice, plate.notice
    assert plate.driver.session.measured is not None


def test_the_four_images_are_written_beside_each_other_and_never_over_others(
    plate: Laboratory, tmp_path: Path, photographs: tuple[Path, Path]
) -> None:
    plate.step()
    plate.want(SaveImages(tmp_path / "mad.tif"))
    files = sorted(path.name for path in tmp_path.glob("mad *.tif"))
    assert files == [
        "mad best-mse-mssim-held.tif",
        "mad best-mssim-mse-held.tif",
        "mad worst-mse-mssim-held.tif",
        "mad worst-mssim-mse-held.tif",
    ]
    reference = read_image(photographs[0]).pixels
    held = mse(reference, read_image(tmp_path / "mad best-mssim-mse-held.tif").pixels)
    assert held == pytest.approx(1024.0, rel=1e-4)
    plate.want(SaveImages(tmp_path / "mad.tif"))
    assert "is there already" in plate.notice


def test_the_plate_is_written_as_one_picture(plate: Laboratory, tmp_path: Path) -> None:
    plate.step()
    plate.want(SaveSheet(tmp_path / "plate.png"))
    assert "Saved" in plate.notice
    picture = read_image(tmp_path / "plate.png")
    assert picture.width > 2 * 64
    assert picture.height > 2 * 64


def test_the_traces_are_written_with_all_four_runs(plate: Laboratory, tmp_path: Path) -> None:
    plate.step(2)
    plate.want(intents.ExportTrace(tmp_path / "traces.csv"))
    with (tmp_path / "traces.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["run"] for row in rows[::3]] == ["best-b", "worst-b", "best-a", "worst-a"]
    assert max(abs(float(row["deviation"])) for row in rows) <= 1e-6
    assert float(rows[0]["MSE"]) == pytest.approx(1024.0, rel=1e-9)


def test_another_pair_leaves_the_runs_and_playing_begins_anew_with_it(
    plate: Laboratory, photographs: tuple[Path, Path]
) -> None:
    plate.step()
    group = plate.group
    plate.driver.want(intents.OpenFile(Role.REFERENCE, photographs[1]))
    assert plate.group is group
    plate.step()
    assert plate.group.reference.name != group.reference.name


def test_closing_the_window_pauses_and_opening_it_shows_the_runs_again(
    plate: Laboratory,
) -> None:
    plate.play_until(1)
    plate.window.close()
    plate.driver.settle()
    assert not plate.state.playing
    last = plate.group.runs[0].step
    plate.driver.trigger("open_plate")
    assert plate.window.isVisible()
    assert plate.group.runs[0].step == last


def test_closing_the_program_in_the_middle_joins_cleanly(
    qtbot: QtBot, photographs: tuple[Path, Path]
) -> None:
    window = create_window(*photographs)
    driver = Driver(window, qtbot)
    driver.settle()
    plate = Laboratory(driver, PLAN, "plate")
    plate.play_until(1)
    window.close()
    assert driver.program.features[ID].window is None


def test_reference_and_start_stand_beside_the_four(plate: Laboratory) -> None:
    plate.step()
    group = plate.group
    reference, start = group.context_runs
    assert reference.image is group.reference.pixels
    assert start.measured is not None
    assert start.measured.values["mse"] == pytest.approx(1024, rel=1e-9)
    assert plate.text("plate_image_start_title") == "Start"
    assert plate.text("plate_image_start_numbers").startswith("MSE 1024.00   MSSIM ")
    assert plate.text("plate_image_reference_numbers") == group.reference.name
    assert plate.text("plate_image_start_state") == ""
    canvas = plate.window.findChild(Canvas, "plate_image_reference_canvas")
    assert canvas is not None
    assert not canvas.grab().isNull()
    plate.press("plate_image_start_show")
    plate.driver.settle()
    pair = plate.driver.session.document.pair
    assert pair is not None
    assert start.image is not None
    assert np.array_equal(pair.distorted.pixels, start.image)


def test_the_mouse_over_a_tile_reads_the_pixel_of_every_image(plate: Laboratory) -> None:
    plate.step()
    canvas = plate.window.findChild(Canvas, "plate_image_2_canvas")
    assert canvas is not None
    handle = plate.window.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, canvas.mapTo(plate.window, canvas.rect().center()))
    plate.driver.until(lambda: plate.text("plate_readout") != "")
    text = plate.text("plate_readout")
    x, y = (int(each) for each in text[1 : text.index(")")].split(", "))
    image = plate.group.runs[0].image
    assert image is not None
    assert f"Reference {plate.group.reference.pixels[y, x]}" in text
    assert f"Best MSSIM {image[y, x]:.1f}" in text
    assert "Start" in text


def test_f1_and_the_menu_open_the_help(plate: Laboratory) -> None:
    help_window = plate.driver.window.findChild(QWidget, "help_window")
    assert help_window is not None
    plate.window.activateWindow()
    plate.driver.qtbot.waitActive(plate.window)
    plate.driver.qtbot.keyClick(plate.window, Qt.Key.Key_F1)
    assert help_window.isVisible()
    help_window.close()
    action = plate.window.findChild(QAction, "plate_menu_help")
    assert action is not None
    action.trigger()
    assert help_window.isVisible()


def test_it_opens_as_large_as_the_screen_has_room_for_and_where_it_was_left(
    plate: Laboratory,
) -> None:
    window = plate.window
    assert window.width() >= min(1440, window.screen().availableGeometry().width() - 8)
    window.resize(window.minimumWidth(), 640)
    window.close()
    blob = plate.driver.window.preferences.blob("plate_window_geometry")
    other = QWidget()
    assert other.restoreGeometry(blob)
    assert other.height() == 640


def test_under_a_mask_only_what_counts_changes_and_is_held(driver: Driver) -> None:
    pair = driver.session.document.pair
    assert pair is not None
    mask = np.zeros(pair.reference.pixels.shape[:2], np.bool_)
    mask[10:40, 12:44] = True
    driver.want(intents.ChooseMask(Mask(mask, "part")))
    plate = Laboratory(driver, PLAN, "plate")
    plate.set_up(start=MadStart.SHOWN)
    plate.step()
    for run in plate.group.runs:
        assert np.abs(run.trace[:, DEVIATION]).max() <= 1e-6
        assert run.measured is not None
        apart: Any = np.asarray(run.measured.distorted != pair.distorted.pixels)
        changed = apart if apart.ndim == 2 else apart.any(axis=2)
        assert changed[mask].any()
        assert not changed[~mask].any()
