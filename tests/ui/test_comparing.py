"""The modes of comparing, as they are painted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.display import Display
from ssim_viewer.session.intents import CompareInPane, FocusPane, SetWipe
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.pane import pixel_grid
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from tests.ui.pairs import looking, session_of, texture

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QImage
    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.state import Session

DARK, BRIGHT = 60, 100


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.resize(958, 520)
    made.show_session(flat())
    made.show()
    qtbot.waitExposed(made)
    return made


def flat(**look: Any) -> Session:
    """A dark reference beside a brighter distorted image."""
    images = (np.full((40, 48), level, np.uint8) for level in (DARK, BRIGHT))
    return session_of(*images, **look)


def level(grid: PaneGrid, pane: int, x: float = 24.0, y: float = 20.0) -> int:
    """Return the grey that a pane shows at a position on the image."""
    canvas = grid.panes[pane].canvas
    place = canvas.view.to_widget(x, y).toPoint()
    return canvas.grab().toImage().pixelColor(place).red()


def picture(grid: PaneGrid, pane: int) -> QImage:
    return grid.panes[pane].canvas.grab().toImage()


def test_an_overlay_mixes_both_by_its_opacity(grid: PaneGrid) -> None:
    for opacity in (0.0, 0.25, 1.0):
        grid.show_session(flat(comparison=Comparison(Mode.OVERLAY, opacity=opacity)))
        expected = DARK + opacity * (BRIGHT - DARK)
        assert level(grid, 1) == pytest.approx(expected, abs=1)
        assert level(grid, 0) == DARK


def test_a_map_lies_over_the_reference_too(grid: PaneGrid) -> None:
    session = session_of()
    grid.show_session(looking(session, comparison=Comparison(Mode.OVERLAY, opacity=0.0)))
    grid.show_session(looking(session, comparison=Comparison(Mode.OVERLAY, opacity=0.5)))
    assert picture(grid, 2) != picture(grid, 0)


@pytest.mark.parametrize("gain", [1.0, 2.0])
def test_the_difference_is_amplified_around_mid_grey(grid: PaneGrid, gain: float) -> None:
    grid.show_session(flat(comparison=Comparison(Mode.DIFFERENCE, gain=gain)))
    assert level(grid, 1) == pytest.approx(127.5 + gain * (BRIGHT - DARK), abs=1)
    assert f"×{gain:g}" in grid.panes[1].menu.text()


def test_colours_are_amplified_channel_by_channel(grid: PaneGrid) -> None:
    reference = np.full((40, 48, 3), 100, np.uint8)
    distorted = reference + np.array([10, 0, 20], np.uint8)
    comparison = Comparison(Mode.DIFFERENCE, gain=4.0)
    grid.show_session(session_of(reference, distorted, comparison=comparison))
    color = picture(grid, 1).pixelColor(grid.panes[1].canvas.view.to_widget(24, 20).toPoint())
    found = (color.red(), color.green(), color.blue())
    assert found == pytest.approx((167.5, 127.5, 207.5), abs=1)


def test_a_hidden_setting_changes_nothing(grid: PaneGrid) -> None:
    before = picture(grid, 1)
    grid.show_session(flat(comparison=Comparison(opacity=0.1, gain=64.0, across=True)))
    assert picture(grid, 1) == before


def test_the_automatic_blink_shows_both_in_turn(grid: PaneGrid, qtbot: QtBot) -> None:
    grid.show_session(flat(comparison=Comparison(Mode.BLINK, rate=8.0)))
    for expected in (DARK, BRIGHT, DARK):
        qtbot.waitUntil(partial(_shows, grid, expected))
    grid.show_session(flat())
    assert level(grid, 1) == BRIGHT


def test_above_a_divider_that_lies_across_is_the_reference(grid: PaneGrid) -> None:
    grid.show_session(flat(comparison=Comparison(Mode.WIPE, across=True)))
    assert (level(grid, 1, y=5), level(grid, 1, y=35)) == (DARK, BRIGHT)
    divider = grid.panes[1].canvas.divider
    assert divider.width() > divider.height()
    assert "Up and Down" in divider.toolTip()


def test_a_divider_that_lies_across_is_dragged_and_moved_by_keys(
    grid: PaneGrid, qtbot: QtBot
) -> None:
    grid.show_session(flat(comparison=Comparison(Mode.WIPE, across=True)))
    canvas = grid.panes[1].canvas
    with qtbot.waitSignal(grid.intended) as caught:
        QTest.keyClick(canvas.divider, Qt.Key.Key_Up)
    assert isinstance(caught.args[0], SetWipe)
    assert caught.args[0].position == pytest.approx(0.49)
    wanted: list[object] = []
    grid.intended.connect(wanted.append)
    QTest.mousePress(canvas.divider, Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    QTest.mouseMove(canvas.divider, QPoint(40, 8 + canvas.height() // 4))
    qtbot.waitUntil(lambda: bool(wanted))
    QTest.mouseRelease(canvas.divider, Qt.MouseButton.LeftButton)
    assert isinstance(wanted[-1], SetWipe)
    assert wanted[-1].position == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize("mode", Mode)
def test_zoom_place_and_exposure_stay_in_every_mode(grid: PaneGrid, mode: Mode) -> None:
    display = Display(exposure=1.0)
    session = looking(session_of(), display=display)
    grid.show_session(session)
    grid.navigation.zoom_to(11.0)
    grid.navigation.pan(3.0, 2.0)
    before = [pane.canvas.view for pane in grid.panes]
    grid.show_session(looking(session, comparison=Comparison(mode)))
    assert [pane.canvas.view for pane in grid.panes] == before


def test_lines_stand_between_pixels_that_are_large_enough(grid: PaneGrid) -> None:
    for zoom in (pixel_grid.SMALLEST_CELL - 1.0, float(pixel_grid.SMALLEST_CELL)):
        grid.navigation.zoom_to(zoom)
        grid.show_session(flat(pixel_grid=True))
        lined = picture(grid, 1)
        grid.show_session(flat(pixel_grid=False))
        assert (picture(grid, 1) != lined) == (zoom >= pixel_grid.SMALLEST_CELL)


def test_a_magnified_pixel_is_one_square_of_one_colour(grid: PaneGrid) -> None:
    grid.show_session(session_of(texture(), texture(seed=1), pixel_grid=False))
    grid.navigation.zoom_to(40.0)
    canvas = grid.panes[0].canvas
    corner = canvas.view.to_widget(24, 20).toPoint()
    image = picture(grid, 0)
    inside = [image.pixelColor(corner + QPoint(x, y)).red() for x in (3, 36) for y in (3, 36)]
    assert set(inside) == {int(texture()[20, 24])}


def test_a_double_click_and_enter_want_a_pane_alone(grid: PaneGrid, qtbot: QtBot) -> None:
    canvas = grid.panes[2].canvas
    wanted: list[object] = []
    grid.intended.connect(wanted.append)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert [each for each in wanted if isinstance(each, FocusPane)] == [FocusPane(2)] * 2


def test_nine_panes_are_made_when_they_are_wanted(grid: PaneGrid) -> None:
    session = session_of()
    assert not any(pane.index > 5 for pane in grid.panes)
    grid.show_session(looking(session, layout=Layout.NINE))
    visible = [pane for pane in grid.panes if pane.isVisible()]
    assert len(visible) == 9
    assert grid.panes[8].accessibleName().startswith("Pane 9")
    assert len({(pane.x(), pane.y()) for pane in visible}) == 9


def test_the_menu_of_a_pane_gives_it_a_mode_of_its_own(grid: PaneGrid, qtbot: QtBot) -> None:
    menu = grid.panes[1].menu.menu()
    found = {action.objectName(): action for action in _all_actions(menu.actions())}
    with qtbot.waitSignal(grid.intended) as caught:
        found["pane_2_compare_overlay"].trigger()
    assert caught.args[0] == CompareInPane(1, Mode.OVERLAY)
    own: tuple[Mode | None, ...] = (None, Mode.OVERLAY, *(None,) * 7)
    grid.show_session(flat(own_modes=own))
    assert found["pane_2_compare_overlay"].isChecked()
    assert level(grid, 1) == pytest.approx((DARK + BRIGHT) / 2, abs=1)


def _all_actions(actions: list[QAction]) -> list[QAction]:
    menus = [action.menu() for action in actions]
    below = [each for menu in menus if isinstance(menu, QMenu) for each in menu.actions()]
    return [*actions, *below]


def _shows(grid: PaneGrid, expected: int) -> bool:
    return level(grid, 1) == expected
