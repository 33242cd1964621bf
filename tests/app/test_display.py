"""Exposure and display range in the window: pictures change, scores do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel

from ssim_viewer.app import create_window
from ssim_viewer.images import image_from_array
from ssim_viewer.session import intents
from ssim_viewer.session.display import Display
from ssim_viewer.ui.controls.inputs import NumberSpin
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from ssim_viewer.images import Image

RNG = np.random.default_rng(4)
DEEP = np.rint(RNG.uniform(200, 4000, (40, 48))).astype(np.uint16)
DARKER = (DEEP * 0.9).astype(np.uint16)


@pytest.fixture
def deep(qtbot: QtBot) -> Iterator[Driver]:
    """A window with 12 bits in 16."""
    window = create_window(DEEP, DARKER)
    window.resize(1280, 720)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def native(driver: Driver, pane: int, path: Path) -> NDArray[np.uint8]:
    """Return what the active pane's export at native resolution holds."""
    content = driver.session.look.panes[pane]
    driver.want(intents.ExportPane(content, path))
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_UNCHANGED), np.uint8)


def seen(driver: Driver, pane: int) -> float:
    """Return the mean grey of a pane's canvas as it is painted."""
    image = driver.window.panes.picture_as_shown(pane)
    grey = image.convertToFormat(image.Format.Format_Grayscale8)
    array = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), -1)
    return float(array[:, : grey.width()].mean())


def choose(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    action.trigger()
    driver.settle()


def press(driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    driver.qtbot.keyClick(driver.window, key, modifier)
    driver.settle()


def test_e_and_shift_e_change_the_exposure_and_no_score(deep: Driver, tmp_path: Path) -> None:
    scores = deep.session.measured
    dark = seen(deep, 0)
    assert dark < 12
    deep.window.activateWindow()
    for _ in range(8):
        press(deep, Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier)
    assert deep.session.look.display.exposure == 4
    assert seen(deep, 0) == pytest.approx(16 * dark, rel=0.1)
    expected = np.rint(np.clip(DEEP * (255 * 16 / 65535), 0, 255))
    assert np.abs(native(deep, 0, tmp_path / "a.png") - expected).max() <= 1
    press(deep, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert deep.session.look.display.exposure == 3.5
    assert deep.session.measured is scores
    note = deep.window.findChild(QLabel, "pane_1_note")
    assert note is not None
    assert note.text().startswith("0 to 65535, +3.5 EV")


def test_the_automatic_range_is_that_of_percentiles_of_the_reference(
    deep: Driver, tmp_path: Path
) -> None:
    choose(deep, "display_automatic")
    low, high = np.percentile(DEEP, (0.5, 99.5))
    for pane, array in enumerate((DEEP, DARKER)):
        expected = np.clip((array - low) / (high - low), 0, 1) * 255
        assert np.abs(native(deep, pane, tmp_path / "a.png") - expected).max() <= 0.6
    assert seen(deep, 0) > 100
    choose(deep, "display_reset")
    assert seen(deep, 0) < 12


def test_a_range_is_chosen_in_a_small_window(deep: Driver) -> None:
    choose(deep, "display_range")
    dialog = deep.window.findChild(QDialog, "display_dialog")
    assert dialog is not None
    white = dialog.findChild(NumberSpin, "display_white")
    assert white is not None
    assert white.value() == 65535
    white.setFocus()
    white.selectAll()
    deep.qtbot.keyClicks(white, "4095")
    deep.qtbot.keyClick(white, Qt.Key.Key_Return)
    deep.settle()
    assert deep.session.look.display == Display((0.0, 4095.0))
    assert seen(deep, 0) == pytest.approx(DEEP.mean() / 4095 * 255, rel=0.05)
    assert deep.session.document.metric.data_range == 65535
    dialog.close()


@pytest.mark.parametrize("tone", ["srgb_curve_for_linear_light", "logarithmic"])
def test_an_operator_lifts_the_dark(deep: Driver, tone: str) -> None:
    dark = seen(deep, 0)
    choose(deep, f"operator_{tone}")
    assert seen(deep, 0) > 3 * dark
    choose(deep, "operator_linear_as_stored")
    assert seen(deep, 0) == dark


def test_the_display_follows_another_range_and_keeps_exposure(deep: Driver) -> None:
    deep.want(intents.ChangeDisplay(Display((0, 4095), exposure=1.0)))
    eight = (DEEP >> 4).astype(np.uint8)
    deep.program.open_pair(driver_image(eight), driver_image(eight // 2))
    deep.settle()
    display = deep.session.look.display
    assert (display.levels, display.exposure) == (None, 1.0)
    assert seen(deep, 0) == pytest.approx(np.clip(eight * 2.0, 0, 255).mean(), rel=0.05)


def driver_image(pixels: NDArray[np.uint8]) -> Image:
    return image_from_array(pixels, "eight")


def test_a_climb_is_shown_at_the_exposure_too(deep: Driver) -> None:
    choose(deep, "display_automatic")
    before = seen(deep, 1)
    deep.trigger("step")
    deep.settle()
    assert deep.session.document.run is not None
    assert seen(deep, 1) == pytest.approx(before, rel=0.2)
