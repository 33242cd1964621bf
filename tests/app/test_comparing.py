"""The ways to compare, driven by keys in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider

from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.ui.shell.preferences import Preferences
from tests.app.conftest import Driver

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def press(driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(driver.window, key, modifier)
    driver.settle()


def mode(driver: Driver) -> Mode:
    return driver.session.look.comparison.mode


def slider(driver: Driver) -> QSlider:
    found = driver.window.findChild(QSlider, "compare_setting")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Key.Key_W, Modifier.NoModifier, Mode.WIPE),
        (Key.Key_T, Modifier.ShiftModifier, Mode.BLINK),
        (Key.Key_O, Modifier.NoModifier, Mode.OVERLAY),
        (Key.Key_D, Modifier.NoModifier, Mode.DIFFERENCE),
    ],
)
def test_a_key_turns_a_mode_on_its_setting_follows_and_it_turns_it_off(
    driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: Mode
) -> None:
    assert not slider(driver).isVisible()
    press(driver, key, modifier)
    assert mode(driver) is expected
    assert slider(driver).isVisible()
    before = driver.session.look.comparison.fraction
    press(driver, Key.Key_Right, Modifier.AltModifier)
    assert driver.session.look.comparison.fraction > before
    slider(driver).setValue(slider(driver).minimum())
    assert driver.session.look.comparison.fraction == 0
    value = driver.window.findChild(QLabel, "compare_value")
    assert value is not None
    assert value.text() == driver.session.look.comparison.value_text()
    press(driver, key, modifier)
    assert mode(driver) is Mode.ALONE
    assert not slider(driver).isVisible()


def test_shift_w_turns_the_divider(driver: Driver) -> None:
    for across in (True, False, True):
        press(driver, Key.Key_W, Modifier.ShiftModifier)
        comparison = driver.session.look.comparison
        assert (comparison.mode, comparison.across) == (Mode.WIPE, across)
    assert driver.window.actions_by_name["wipe_left"].text() == "Divider up"


def test_the_slider_speaks_to_the_mode_of_the_active_pane(driver: Driver) -> None:
    driver.trigger("wipe")
    pane = driver.window.panes.panes[2]
    pane.menu.compared.emit(Mode.OVERLAY)
    driver.window.panes.focus_pane(2)
    driver.settle()
    slider(driver).setValue(slider(driver).maximum())
    comparison = driver.session.look.comparison
    assert (comparison.mode, comparison.opacity, comparison.position) == (Mode.WIPE, 1.0, 0.5)
    assert driver.session.look.comparison_in(2).mode is Mode.OVERLAY


def test_side_by_side_and_over_and_under(driver: Driver) -> None:
    driver.trigger("over_and_under")
    driver.settle()
    upper, lower = (driver.window.panes.panes[pane] for pane in (0, 1))
    driver.until(lambda: upper.x() == lower.x() and upper.y() < lower.y())
    driver.trigger("side_by_side")
    driver.until(lambda: upper.x() < lower.x() and upper.y() == lower.y())
    driver.trigger("undo")
    assert driver.session.look.layout is Layout.STACKED


def test_enter_shows_the_active_pane_alone_and_brings_the_others_back(driver: Driver) -> None:
    driver.window.panes.focus_pane(3)
    driver.settle()
    QTest.keyClick(driver.window.panes.panes[3].canvas, Key.Key_Return)
    driver.settle()
    assert driver.session.look.shown_panes == (3,)
    assert driver.window.actions_by_name["focus_pane"].isChecked()
    assert QApplication.focusWidget() is driver.window.panes.panes[3].canvas
    driver.trigger("focus_pane")
    assert driver.session.look.layout is Layout.SIX


def test_the_settings_of_comparing_stay_from_one_start_to_the_next(tmp_path: Path) -> None:
    file = str(tmp_path / "settings.ini")
    comparison = Comparison(Mode.OVERLAY, rate=4.0, opacity=0.8, gain=16.0, across=True)
    first = Preferences(QSettings(file, QSettings.Format.IniFormat))
    first.look = Look(comparison=comparison, pixel_grid=False)
    kept = Preferences(QSettings(file, QSettings.Format.IniFormat)).look
    assert kept.comparison == Comparison(rate=4.0, opacity=0.8, gain=16.0, across=True)
    assert not kept.pixel_grid


def test_panes_of_a_version_with_six_are_kept(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    six = [str(each) for each in reversed(Look().panes[:6])]
    for name, value in (("version", 1), ("layout", "2×2"), ("panes", "\n".join(six))):
        settings.setValue(name, value)
    kept = Preferences(settings).look
    assert [str(each) for each in kept.panes[:6]] == six
    assert kept.panes[6:] == Look().panes[6:]
