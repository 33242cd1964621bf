"""Selecting a region: the next drag in any pane draws it, and every pane outlines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from ssim_viewer.session.intents import SelectRegion
from ssim_viewer.session.region import Region
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import looking, session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ssim_viewer.ui.pane.canvas import Canvas


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.restyle(LIGHT)
    made.resize(958, 520)
    made.show_session(session_of())
    made.show()
    qtbot.waitExposed(made)
    return made


def drag(grid: PaneGrid, pane: int, *places: tuple[float, float]) -> list[SelectRegion]:
    """Press at the first place of the image, move to the others, release; return what is wanted."""
    canvas = grid.panes[pane].canvas
    points = [canvas.view.to_widget(*place) for place in places]
    wanted: list[object] = []
    grid.intended.connect(wanted.append)
    QApplication.sendEvent(canvas, mouse(canvas, QEvent.Type.MouseButtonPress, points[0]))
    for point in points[1:]:
        QApplication.sendEvent(canvas, mouse(canvas, QEvent.Type.MouseMove, point))
    QApplication.sendEvent(canvas, mouse(canvas, QEvent.Type.MouseButtonRelease, points[-1]))
    grid.intended.disconnect(wanted.append)
    return [intent for intent in wanted if isinstance(intent, SelectRegion)]


def mouse(canvas: Canvas, kind: QEvent.Type, point: QPointF) -> QMouseEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    changed = none if kind is QEvent.Type.MouseMove else left
    down = none if kind is QEvent.Type.MouseButtonRelease else left
    where = canvas.mapToGlobal(point)
    return QMouseEvent(kind, point, where, changed, down, Qt.KeyboardModifier.NoModifier)


def picture(grid: PaneGrid, pane: int) -> QImage:
    return grid.panes[pane].canvas.grab().toImage()


@pytest.mark.parametrize("pane", [0, 4])
def test_once_ready_a_drag_selects_the_pixels_from_press_to_cursor(
    grid: PaneGrid, pane: int
) -> None:
    grid.selection.get_ready()
    wanted = drag(grid, pane, (20.5, 30.5), (25.5, 20.5), (30.5, 10.5))
    assert [intent.region for intent in wanted] == [Region(20, 20, 26, 31), Region(20, 10, 31, 31)]


def test_a_drag_that_selects_does_not_move_the_image(grid: PaneGrid) -> None:
    grid.navigation.zoom_to(12.0)
    before = grid.navigation.centre
    grid.selection.get_ready()
    drag(grid, 0, (20.5, 15.5), (30.5, 25.5))
    assert grid.navigation.centre == before


def test_after_one_region_a_drag_moves_the_image_again(grid: PaneGrid) -> None:
    grid.navigation.zoom_to(12.0)
    grid.selection.get_ready()
    drag(grid, 0, (20.5, 15.5), (30.5, 25.5))
    assert not grid.selection.ready
    before = grid.navigation.centre
    assert drag(grid, 0, (20.5, 15.5), (22.5, 25.5), (23.5, 26.5)) == []
    assert grid.navigation.centre != before


def test_a_region_ends_where_the_image_ends(grid: PaneGrid) -> None:
    grid.selection.get_ready()
    wanted = drag(grid, 0, (40.5, 30.5), (400.0, 400.0))
    assert wanted[-1].region == Region(40, 30, 48, 40)


def test_a_click_selects_nothing(grid: PaneGrid) -> None:
    grid.selection.get_ready()
    assert drag(grid, 0, (20.5, 15.5), (20.6, 15.6)) == []
    assert not grid.selection.ready


def test_it_can_be_left(grid: PaneGrid) -> None:
    grid.selection.get_ready()
    grid.selection.get_ready(ready=False)
    assert drag(grid, 0, (20.5, 15.5), (30.5, 25.5)) == []


def test_every_pane_outlines_the_region_at_the_same_pixels(grid: PaneGrid) -> None:
    session = session_of()
    before = [picture(grid, pane) for pane in range(6)]
    grid.show_session(looking(session, region=Region(10, 12, 30, 28)))
    for pane in range(6):
        view, image = grid.panes[pane].canvas.view, picture(grid, pane)
        assert image != before[pane]
        corner = view.to_widget(10, 12).toPoint()
        around = [
            image.pixelColor(corner.x() + dx, corner.y() + 20).lightness() for dx in range(-3, 4)
        ]
        assert max(around) > 225  # white between black
    grid.show_session(session)
    assert [picture(grid, pane) for pane in range(6)] == before


def test_the_region_is_part_of_a_pane_as_shown(grid: PaneGrid) -> None:
    before = grid.picture_as_shown(1)
    grid.show_session(looking(session_of(), region=Region(10, 12, 30, 28)))
    assert grid.picture_as_shown(1) != before
