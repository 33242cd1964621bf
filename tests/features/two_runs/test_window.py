"""Best and worst in the real window: one start, one MSE, two ways."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ssim_viewer.distortions import mse_between
from ssim_viewer.features.two_runs.actions import ExportRunSheet
from ssim_viewer.features.two_runs.jobs import sheet_of
from ssim_viewer.features.two_runs.state import STEPS, Two, two_of
from ssim_viewer.images import read_image
from ssim_viewer.session.intents import OpenSample
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones

Found = TypeVar("Found", bound=QWidget)


def opened(driver: Driver) -> QWidget:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_T, keys)
    driver.settle()
    window: QWidget = driver.program.features["two_runs"].window
    return window


def press(driver: Driver, window: QWidget, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()


def runs(driver: Driver) -> Two:
    two = two_of(driver.session)
    assert two is not None
    return two


def test_both_start_from_one_image_and_hold_its_mse(driver: Driver) -> None:
    window = opened(driver)
    two = runs(driver)
    assert two.done
    assert len(two.best.values) == STEPS + 1
    assert two.best.values[0] == two.worst.values[0]
    assert two.best.values[-1] > two.best.values[0] > two.worst.values[-1]
    reference = two.subject.pair.reference.pixels
    for way in (two.best, two.worst):
        assert way.errors == pytest.approx([way.errors[0]] * len(way.errors), rel=1e-9)
        assert mse_between(way.image, reference) == pytest.approx(way.errors[0], rel=1e-9)
    title = window.findChild(QLabel, "two_runs_worst_title")
    assert title is not None
    assert f"{two.worst.values[-1]:.4f}".replace("-", "−") in title.text()
    assert not silent_ones(window)


def test_noise_of_another_mse_starts_anew(driver: Driver) -> None:
    window = opened(driver)
    press(driver, window, "two_runs_of_noise")
    two = runs(driver)
    assert two.subject.settings.noise
    assert two.best.errors[0] == pytest.approx(2500, rel=1e-9)
    assert two.worst.values[-1] < 0 < two.best.values[-1]


def test_the_worst_image_is_put_on_screen(driver: Driver) -> None:
    window = opened(driver)
    worst = runs(driver).worst
    press(driver, window, "two_runs_show_worst")
    pair = driver.session.document.pair
    assert pair is not None
    np.testing.assert_array_equal(pair.distorted.pixels, worst.image)
    assert "worst at MSE" in pair.distorted.name
    assert runs(driver).worst is worst


def test_cancelling_stops_and_running_again_finishes(driver: Driver) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_T, keys)
    window = driver.program.features["two_runs"].window
    press(driver, window, "two_runs_run")
    two = two_of(driver.session)
    assert two is None or not two.done
    press(driver, window, "two_runs_run")
    assert runs(driver).done


def test_identical_images_are_refused_in_a_sentence(driver: Driver) -> None:
    driver.want(OpenSample("camera"))
    window = opened(driver)
    problem = window.findChild(QLabel, "two_runs_problem")
    assert problem is not None
    assert problem.isVisibleTo(window)
    assert len(problem.text()) > 20


def test_several_starts_are_a_sheet_of_one_mse(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver)
    press(driver, window, "two_runs_of_starts")
    sheet = sheet_of(driver.session)
    assert sheet is not None
    assert sheet.done
    captions = [caption for caption, _ in sheet.tiles]
    assert len(captions) % 3 == 0
    assert len(captions) // 3 + len(sheet.problems) == 7
    for start, best, worst in zip(captions[::3], captions[1::3], captions[2::3], strict=True):
        values = [float(each.split()[-1].replace("−", "-")) for each in (start, best, worst)]
        assert values[1] > values[0] > values[2]
    driver.program.features.answer(ExportRunSheet(tmp_path / "sheet.png"))
    driver.settle()
    assert read_image(tmp_path / "sheet.png").pixels.shape == sheet.page().shape
    assert not silent_ones(window)
    press(driver, window, "two_runs_of_one")
    assert runs(driver).done


def test_several_metrics_have_a_row_each(driver: Driver) -> None:
    window = opened(driver)
    press(driver, window, "two_runs_of_metrics")
    sheet = sheet_of(driver.session)
    assert sheet is not None
    rows = [caption.split(":")[0] for caption, _ in sheet.tiles[::3]]
    assert rows[0] == "MSSIM"
    assert "GMSD" in rows
    assert sheet.done


def test_a_sheet_is_cancelled_and_gone_on_with(driver: Driver) -> None:
    window = opened(driver)
    button = window.findChild(QPushButton, "two_runs_of_starts")
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    press(driver, window, "two_runs_run")
    sheet = sheet_of(driver.session)
    assert sheet is None or not sheet.done
    press(driver, window, "two_runs_run")
    sheet = sheet_of(driver.session)
    assert sheet is not None
    assert sheet.done
