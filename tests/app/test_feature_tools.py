"""What a feature has of the panes: the pixel under the mouse, overlays, and the left drag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.feature import Area, Command, Feature, FrameArea, OpenView, ViewSpec
from ssim_viewer.images.shapes import Rectangle
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.session.overlays import Outline, Overlay
from ssim_viewer.session.state import Session
from ssim_viewer.session.tools import Phase, Pointer, Tool
from tests.app.conftest import Driver

STAMP = Tool("stamp", "stamp", "Drag to stamp; Esc leaves it.")


@dataclass(frozen=True)
class Stamped:
    pointers: tuple[Pointer, ...] = ()


class Stamp(Feature[Stamped]):
    """Keeps what the mouse did, and outlines where it was pressed."""

    id = "stamp"
    initial = Stamped()
    follows_cursor = True
    commands = (
        Command("stamp_tool", "Stamp", ("View",), lambda _: TakeTool(STAMP), keys=("Ctrl+Alt+T",)),
        Command("stamp_open", "Stamps", ("View",), lambda _: OpenView("stamp")),
        Command("stamp_frame", "Frame", ("View",), lambda _: FrameArea(8, 8, 24, 24)),
    )

    def reduce(self, state: Stamped, session: Session, action: object) -> Stamped:
        return Stamped((*state.pointers, action)) if isinstance(action, Pointer) else state

    def overlays(self, session: Session) -> Sequence[Overlay]:
        presses = [p for p in self.state(session).pointers if p.phase is Phase.PRESS]
        return [Outline(Rectangle(p.x - 5, p.y - 5, p.x + 5, p.y + 5)) for p in presses]

    def view(self) -> ViewSpec:
        return ViewSpec(Area.WINDOW, "Stamp", CursorLabel)


class CursorLabel(QLabel):
    intended = Signal(object)

    def show_session(self, session: Session) -> None:
        self.setText(str(session.cursor))

    def restyle(self, colors: object) -> None:
        """Nothing has colours of its own."""


@pytest.fixture
def stamping(
    qtbot: QtBot, photographs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Driver]:
    monkeypatch.setattr("ssim_viewer.app.program.features", lambda: (Stamp(),))
    window = create_window(*photographs)
    window.resize(1280, 720)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()


def point(driver: Driver, x: float, y: float) -> QPoint:
    return driver.window.panes.panes[1].canvas.view.to_widget(x, y).toPoint()


def pointers(driver: Driver) -> tuple[Pointer, ...]:
    state = driver.program.store.session.features.get("stamp", Stamped())
    assert isinstance(state, Stamped)
    return state.pointers


def selects(driver: Driver) -> bool:
    return driver.window.panes.selection.ready


def test_the_pixel_under_the_mouse_is_in_the_session_and_reaches_views_that_follow_it(
    stamping: Driver,
) -> None:
    stamping.trigger("stamp_open")
    canvas = stamping.window.panes.panes[1].canvas
    QTest.mouseMove(canvas, point(stamping, 20.5, 30.5))
    stamping.until(lambda: stamping.program.store.session.cursor == (20, 30))
    label = stamping.program.features["stamp"].window
    assert label.text() == "(20, 30)"


def test_a_hover_shows_nothing_else_again(
    stamping: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(type(stamping.window), "_show_all", lambda _: shown.append(1))
    canvas = stamping.window.panes.panes[1].canvas
    QTest.mouseMove(canvas, point(stamping, 40.5, 30.5))
    stamping.until(lambda: stamping.program.store.session.cursor == (40, 30))
    assert not shown


def test_the_drag_of_a_tool_reaches_its_feature_and_does_not_pan(stamping: Driver) -> None:
    stamping.trigger("stamp_tool")
    centre = stamping.window.panes.navigation.centre
    canvas = stamping.window.panes.panes[1].canvas
    hint = stamping.window.findChild(QLabel, "region_readout")
    assert hint is not None
    assert hint.text() == STAMP.hint
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=point(stamping, 20.5, 20.5))
    QTest.mouseMove(canvas, point(stamping, 30.5, 24.5))
    stamping.until(lambda: len(pointers(stamping)) == 2)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=point(stamping, 30.5, 24.5))
    assert [p.phase for p in pointers(stamping)] == [Phase.PRESS, Phase.MOVE, Phase.RELEASE]
    assert pointers(stamping)[0].x == pytest.approx(20.5, abs=0.2)
    assert pointers(stamping)[2].y == pytest.approx(24.5, abs=0.2)
    assert stamping.window.panes.navigation.centre == centre


def test_overlays_are_painted_on_every_pane_where_they_stand(stamping: Driver) -> None:
    before = [picture(pane.canvas) for pane in stamping.window.panes.panes]
    stamping.trigger("stamp_tool")
    canvas = stamping.window.panes.panes[1].canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point(stamping, 20.5, 20.5))
    corner = canvas.view.to_widget(pointers(stamping)[0].x - 5, 20.5).toPoint()
    for pane, old in zip(stamping.window.panes.panes, before, strict=True):
        assert QColor(picture(pane.canvas).pixel(corner)) != QColor(old.pixel(corner))


def test_escape_puts_the_tool_down_and_a_drag_pans_again(stamping: Driver) -> None:
    stamping.trigger("stamp_tool")
    QTest.keyClick(stamping.window, Qt.Key.Key_Escape)
    assert stamping.session.tool is None
    QTest.mouseClick(
        stamping.window.panes.panes[1].canvas,
        Qt.MouseButton.LeftButton,
        pos=point(stamping, 20.5, 20.5),
    )
    assert not pointers(stamping)


def test_selecting_a_region_puts_the_tool_down_and_a_tool_ends_the_selection(
    stamping: Driver,
) -> None:
    stamping.trigger("stamp_tool")
    QTest.keyClick(stamping.window, Qt.Key.Key_M)
    assert stamping.session.tool is None
    assert selects(stamping)
    stamping.trigger("stamp_tool")
    assert not selects(stamping)


def test_a_tool_is_driven_by_keys_alone(stamping: Driver) -> None:
    stamping.trigger("stamp_tool")
    stamping.window.panes.focus_pane(1)
    canvas = stamping.window.panes.panes[1].canvas
    QTest.mouseMove(canvas, point(stamping, 32.5, 32.5))
    stamping.until(lambda: stamping.program.store.session.cursor == (32, 32))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    found = [(p.phase, p.x, p.y) for p in pointers(stamping)]
    assert found == [
        (Phase.PRESS, 33.5, 32.5),
        (Phase.MOVE, 33.5, 33.5),
        (Phase.RELEASE, 33.5, 33.5),
    ]
    stamping.until(lambda: stamping.program.store.session.cursor == (23, 33))


def test_a_feature_frames_an_area_in_all_panes(stamping: Driver) -> None:
    stamping.trigger("stamp_frame")
    navigation = stamping.window.panes.navigation
    assert navigation.centre == pytest.approx((16, 16))
    canvas = stamping.window.panes.panes[1].canvas
    seen = canvas.view.rect(8, 8, 24, 24)
    assert seen.height() == pytest.approx(canvas.height(), abs=2) or seen.width() == pytest.approx(
        canvas.width(), abs=2
    )


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()
