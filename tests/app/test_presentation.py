"""Presenting: one screen is filled in large type, a second one keeps the controls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.session.tools import Tool
from ssim_viewer.ui.pane.color_bar import ColorBar
from ssim_viewer.ui.shell import presentation
from ssim_viewer.ui.shell.presentation import ControlsWindow
from tests.app.conftest import Driver


@pytest.fixture
def points() -> Iterator[float]:
    """The size of the application's font, which is as it was after each test."""
    before = QApplication.font().pointSizeF()
    yield before
    assert QApplication.font().pointSizeF() == pytest.approx(before)


def part(driver: Driver, name: str) -> QWidget:
    found = driver.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def key(driver: Driver, name: Qt.Key, keys: Qt.KeyboardModifier) -> None:
    driver.qtbot.keyClick(driver.window, name, keys)
    driver.settle()


def font_of(window: QWidget, name: str) -> float:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found.font().pointSizeF()


SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_the_key_fills_the_screen_and_esc_brings_everything_back(
    driver: Driver, points: float
) -> None:
    value = driver.window.findChild(QLabel, "score_mse")
    assert value is not None
    bar = next(each for each in driver.window.findChildren(ColorBar) if each.isVisible())
    width = bar.width()
    size, font = driver.window.size(), value.font().pointSizeF()
    chrome = [part(driver, "settings_column"), part(driver, "tool_bar")]
    chrome.append(driver.window.statusBar())
    key(driver, Qt.Key.Key_F11, SHIFT)
    assert driver.window.isFullScreen()
    assert not any(each.isVisible() for each in chrome)
    assert part(driver, "score_bar").isVisible()
    assert driver.window.menuBar().height() == 0
    assert QApplication.font().pointSizeF() == pytest.approx(1.5 * points)
    assert part(driver, "settings_dock").font().pointSizeF() > 1.5 * points
    driver.until(lambda: bar.width() > width)
    assert value.font().pointSizeF() == pytest.approx(1.5**0.5 * font)
    key(driver, Qt.Key.Key_Escape, NONE)
    assert not driver.window.isFullScreen()
    assert all(each.isVisible() for each in chrome)
    assert driver.window.menuBar().height() > 0
    assert value.font().pointSizeF() == pytest.approx(font)
    driver.until(lambda: bar.width() == width)
    assert driver.window.size() == size
    assert not driver.window.actions_by_name["present"].isChecked()


def test_keys_work_while_presenting_and_esc_first_leaves_a_tool(
    driver: Driver, points: float
) -> None:
    key(driver, Qt.Key.Key_F11, SHIFT)
    driver.want(TakeTool(Tool("window_inspector", "pin", "Click; Esc leaves the tool.")))
    key(driver, Qt.Key.Key_Escape, NONE)
    assert driver.session.tool is None
    assert driver.window.isFullScreen()
    key(driver, Qt.Key.Key_W, NONE)
    assert driver.session.look.comparison.mode is Mode.WIPE
    key(driver, Qt.Key.Key_Escape, NONE)
    assert not driver.window.isFullScreen()


def test_type_is_taken_larger_and_smaller_and_is_kept(driver: Driver, points: float) -> None:
    key(driver, Qt.Key.Key_F11, SHIFT)
    driver.trigger("present_larger")
    assert QApplication.font().pointSizeF() == pytest.approx(1.75 * points)
    key(driver, Qt.Key.Key_Minus, CONTROL_ALT)
    key(driver, Qt.Key.Key_Minus, CONTROL_ALT)
    assert QApplication.font().pointSizeF() == pytest.approx(1.25 * points)
    key(driver, Qt.Key.Key_Escape, NONE)
    assert driver.window.presentation.scale == 1.25


def test_the_ring_is_around_the_pointer(driver: Driver, points: float) -> None:
    ring = part(driver, "pointer_ring")
    assert not ring.isVisible()
    key(driver, Qt.Key.Key_F11, SHIFT)
    QTest.mouseMove(driver.window, QPoint(300, 200))
    driver.until(lambda: ring.geometry().center().manhattanLength() > 0)
    driver.until(lambda: abs(ring.geometry().center().x() - 300) <= 2)
    assert ring.isVisible()
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    key(driver, Qt.Key.Key_Escape, NONE)
    assert not ring.isVisible()


def test_the_windows_of_experiments_are_enlarged_too(driver: Driver, points: float) -> None:
    driver.trigger("open_equal_mse_gallery")
    driver.settle()
    gallery = driver.program.features["equal_mse_gallery"].window
    names = ("gallery_legend", "gallery_title")
    fonts = {each: font_of(gallery, each) for each in names}
    driver.window.actions_by_name["present"].trigger()
    driver.settle()
    for name, font in fonts.items():
        assert font_of(gallery, name) == pytest.approx(1.5 * font)
    driver.window.actions_by_name["present"].trigger()
    driver.settle()
    for name, font in fonts.items():
        assert font_of(gallery, name) == pytest.approx(font)


def test_a_second_screen_keeps_menus_and_settings(
    driver: Driver, points: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setattr(presentation, "other_screen", lambda _window: screen)
    column = part(driver, "settings_column")
    key(driver, Qt.Key.Key_F11, SHIFT)
    controls = next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, ControlsWindow)
    )
    assert column.window() is controls
    assert column.isVisible()
    assert column.font().pointSizeF() == pytest.approx(points)
    titles = [action.text() for action in controls.menuBar().actions()]
    assert titles == [action.text() for action in driver.window.menuBar().actions()]
    controls.close()
    driver.settle()
    assert column.window() is driver.window
    assert column.isVisible()
    assert not driver.window.isFullScreen()


def test_closing_the_window_while_it_presents_leaves_nothing(driver: Driver, points: float) -> None:
    key(driver, Qt.Key.Key_F11, SHIFT)
    driver.window.close()
    assert not driver.window.presentation.on
