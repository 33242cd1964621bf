"""Keys that move along a run, and Esc, wherever the focus is; the window as it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssim_viewer.app import create_window
from ssim_viewer.session import intents
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Layout
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.run import Run

Key = Qt.Key


@pytest.fixture
def started(qtbot: QtBot, photographs: tuple[Path, Path]) -> Iterator[Driver]:
    """A window on which nobody has clicked yet."""
    window = create_window(*photographs)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def press(driver: Driver, key: Qt.Key) -> None:
    """Press a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget() or driver.window, key)


def part(driver: Driver, name: str) -> QWidget:
    found = driver.window.findChild(QWidget, name)
    assert found is not None, name
    return found


def run_of(driver: Driver) -> Run:
    run = driver.session.document.run
    assert run is not None
    return run


def test_space_plays_and_pauses_before_anything_was_clicked(started: Driver) -> None:
    press(started, Key.Key_Space)
    assert started.session.playing
    started.until(lambda: started.session.document.run is not None)
    press(started, Key.Key_Space)
    started.settle()
    assert not started.session.playing


def test_right_makes_a_step_before_anything_was_clicked(started: Driver) -> None:
    press(started, Key.Key_Right)
    started.settle()
    assert run_of(started).last == 1


@pytest.mark.parametrize(
    "place", ["pane_1_canvas", "pane_4_canvas", "transport_history", "main_window"]
)
def test_keys_move_along_the_run_from_wherever_they_are_not_taken(
    started: Driver, place: str
) -> None:
    focused = started.window if place == "main_window" else part(started, place)
    focused.setFocus()
    for _ in range(3):
        QTest.keyClick(focused, Key.Key_Right)
        started.settle()
    assert (run_of(started).cursor, run_of(started).last) == (3, 3)
    for key, step in ((Key.Key_Left, 2), (Key.Key_Home, 0), (Key.Key_End, 3)):
        QTest.keyClick(focused, key)
        started.settle()
        assert run_of(started).cursor == step
    QTest.keyClick(focused, Key.Key_Space)
    assert started.session.playing
    QTest.keyClick(focused, Key.Key_Space)
    started.settle()
    assert not started.session.playing


def test_space_plays_after_the_pane_with_the_focus_has_gone(started: Driver) -> None:
    canvas = started.window.findChild(QWidget, "pane_3_canvas")
    assert canvas is not None
    canvas.setFocus()
    started.want(intents.ChooseLayout(Layout.TWO))
    press(started, Key.Key_Space)
    started.until(lambda: started.session.document.run is not None)
    assert QApplication.activePopupWidget() is None


def test_space_in_what_takes_it_does_not_play(started: Driver) -> None:
    switch = part(started, "experiment_in_range")
    switch.setFocus()
    QTest.keyClick(switch, Key.Key_Space)
    assert not started.session.playing
    assert not started.session.document.experiment.in_range
    started.trigger("palette")
    line = part(started, "command_line")
    QTest.keyClick(line, Key.Key_Space)
    assert not started.session.playing
    assert line.property("text") == " "


def test_arrows_pan_a_pane_whose_image_is_not_seen_whole(started: Driver) -> None:
    started.trigger("zoom_in")
    before = started.window.panes.navigation.centre
    QTest.keyClick(part(started, "pane_2_canvas"), Key.Key_Right)
    assert started.window.panes.navigation.centre[0] > before[0]
    assert started.session.document.run is None


@pytest.mark.parametrize("key", [Key.Key_Y, Key.Key_Z])
def test_redo_has_both_of_its_usual_keys(started: Driver, key: Qt.Key) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    press(started, Key.Key_Right)
    started.settle()
    QTest.keyClick(started.window, Key.Key_Z, control)
    assert started.session.document.run is None
    QTest.keyClick(started.window, key, control if key == Key.Key_Y else control | shift)
    started.settle()
    assert run_of(started).last == 1


def test_escape_closes_the_palette_first_and_gives_the_focus_back(started: Driver) -> None:
    canvas = part(started, "pane_2_canvas")
    canvas.setFocus()
    started.want(intents.SelectRegion(Region(10, 20, 41, 51)))
    started.trigger("palette")
    palette, line = part(started, "command_palette"), part(started, "command_line")
    assert line.hasFocus()
    QTest.keyClick(line, Key.Key_Escape)
    assert palette.isHidden()
    assert canvas.hasFocus()
    assert started.session.look.region is not None
    press(started, Key.Key_Escape)
    assert started.session.look.region is None
