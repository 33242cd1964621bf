"""Panes under the keys: which one is active, what blinking does, and where zooming is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.map_scale import Ends, MapScale
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.shell.preferences import Preferences
from tests.app.conftest import Driver

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def press(driver: Driver, key: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(driver.window, key, modifier)
    driver.settle()


def frame_color(driver: Driver, pane: int) -> str:
    image: QImage = driver.window.panes.panes[pane].grab().toImage()
    return QColor(image.pixel(image.width() // 2, 1)).name()


def panes(driver: Driver) -> tuple[object, ...]:
    return driver.session.look.panes


def focus(driver: Driver, pane: int) -> None:
    driver.window.panes.focus_pane(pane)
    driver.settle()


def test_the_pane_that_takes_the_focus_is_active_and_framed_in_the_accent(driver: Driver) -> None:
    focus(driver, 3)
    assert driver.session.look.active == 3
    assert frame_color(driver, 3) == driver.window.colors.accent
    driver.window.experiment_panel.transport.setFocus()
    assert driver.session.look.active == 3
    assert frame_color(driver, 3) == driver.window.colors.frame


def test_f6_goes_round_and_shift_f6_back(driver: Driver) -> None:
    focus(driver, 5)
    press(driver, Key.Key_F6)
    assert driver.session.look.active == 0
    press(driver, Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert driver.session.look.active == 5


def test_tab_makes_the_pane_active_that_it_comes_to(driver: Driver) -> None:
    focus(driver, 0)
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Key.Key_Tab)
        if driver.session.look.active != 0:
            break
    assert driver.session.look.active == 1


def test_a_key_activates_each_pane(driver: Driver) -> None:
    for pane in range(6):
        action = next(
            each
            for each in driver.window.listings.panes.actions()
            if each.objectName() == f"activate_pane_{pane + 1}"
        )
        assert action.shortcut().toString() == f"Ctrl+Alt+{pane + 1}"
        action.trigger()
        assert driver.session.look.active == pane
        assert driver.window.panes.panes[pane].canvas.hasFocus()


def test_one_pane_alone_is_the_chosen_one_and_keys_turn_to_the_others(driver: Driver) -> None:
    focus(driver, 4)
    driver.want(intents.ChooseLayout(Layout.ONE))
    shown = [not pane.isHidden() for pane in driver.window.panes.panes]
    assert shown == [False] * 4 + [True, False]
    press(driver, Key.Key_F6)
    assert driver.session.look.visible == (Quantity.STRUCTURE,)
    assert driver.window.panes.panes[5].isVisible()


@pytest.mark.parametrize("pane", [0, 1, 2])
@pytest.mark.parametrize("layout", [Layout.ONE, Layout.SIX])
def test_t_twice_brings_back_what_the_pane_showed(
    driver: Driver, pane: int, layout: Layout
) -> None:
    focus(driver, pane)
    driver.want(intents.ChooseLayout(layout))
    before = panes(driver)
    press(driver, Key.Key_T)
    assert panes(driver) != before
    press(driver, Key.Key_T)
    assert panes(driver) == before


def test_t_alone_does_not_outlast_its_layout(driver: Driver) -> None:
    before = panes(driver)
    focus(driver, 2)
    driver.want(intents.ChooseLayout(Layout.ONE))
    press(driver, Key.Key_T)
    driver.want(intents.ChooseLayout(Layout.SIX))
    assert panes(driver) == before


def test_keys_zoom_about_the_cursor(driver: Driver) -> None:
    canvas = driver.window.panes.panes[0].canvas
    point = QPoint(canvas.width() // 2 + 30, canvas.height() // 2 + 20)
    QTest.mouseMove(canvas, point)
    before = canvas.view.to_image(QPointF(point))
    for _ in range(4):
        driver.trigger("zoom_in")
    assert canvas.view.to_image(QPointF(point)) == pytest.approx(before, abs=0.3)
    assert driver.window.panes.navigation.centre != (32.0, 32.0)


def readout(driver: Driver) -> str:
    button = driver.window.findChild(QToolButton, "zoom")
    assert button is not None
    return button.text()


def hint(driver: Driver) -> QLabel:
    label = driver.window.findChild(QLabel, "values_hint")
    assert label is not None
    return label


def test_the_zoom_stands_in_the_status_line(driver: Driver) -> None:
    driver.trigger("actual_pixels")
    assert readout(driver) == "100 %"
    driver.trigger("zoom_in")
    assert readout(driver) == "141 %"


def test_i_says_from_which_zoom_on_there_are_values_and_leads_there(driver: Driver) -> None:
    driver.trigger("actual_pixels")
    assert not hint(driver).isVisible()
    press(driver, Key.Key_I)
    assert hint(driver).isVisible()
    assert "3200 %" in hint(driver).text()
    hint(driver).linkActivated.emit("#")
    assert not hint(driver).isVisible()
    assert driver.window.panes.panes[0].canvas.shows_values


def test_zooming_to_the_values_draws_them(driver: Driver) -> None:
    driver.trigger("zoom_to_values")
    assert driver.session.look.pixel_values
    assert driver.window.panes.panes[0].canvas.shows_values


def test_l_stretches_the_colours_of_the_active_map_and_takes_that_back(driver: Driver) -> None:
    focus(driver, 2)
    bar = driver.window.panes.panes[2].color_bar
    before = bar.accessibleDescription()
    press(driver, Key.Key_L)
    assert driver.session.look.scale_of(Quantity.SSIM).ends is Ends.AUTOMATIC
    assert bar.accessibleDescription() != before
    press(driver, Key.Key_L)
    assert bar.accessibleDescription() == before
    focus(driver, 0)
    assert not driver.window.actions_by_name["automatic_range"].isEnabled()


def test_ranges_and_the_active_pane_stay_from_one_start_to_the_next(
    driver: Driver, tmp_path: Path
) -> None:
    chosen = MapScale(Ends.CHOSEN, 0.5, 0.9)
    driver.want(intents.ScaleMap(Quantity.SSIM, chosen))
    focus(driver, 2)
    driver.want(intents.ChooseLayout(Layout.ONE))
    press(driver, Key.Key_T)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    Preferences(store).look = driver.session.look
    found = Preferences(store).look
    assert found.scale_of(Quantity.SSIM) == chosen
    assert found.visible == (Quantity.SSIM,)  # not the reference that it was blinked to


def test_differences_are_there_without_being_measured(driver: Driver) -> None:
    measured = driver.session.measured
    driver.want(intents.ChooseQuantity(2, Quantity.ABSOLUTE_DIFFERENCE))
    assert driver.session.measured is measured
    assert measured is not None
    mean = f"mean {measured.values['mae']:.2f}"
    note = driver.window.panes.panes[2].findChild(QLabel, "pane_3_note")
    assert note is not None
    assert note.text() == mean
