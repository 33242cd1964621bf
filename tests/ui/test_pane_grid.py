"""The grid: linked panes that show the session and say what a person wants."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssim_viewer.metrics import Quantity, Ssim
from ssim_viewer.session.intents import ActivatePane, ChooseQuantity
from ssim_viewer.session.state import Layout, Session
from ssim_viewer.session.transitions import measured
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.theme.colors import DARK, LIGHT
from tests.ui.pairs import looking, session_of, texture

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


def canvases(grid: PaneGrid) -> list[Canvas]:
    return [pane.canvas for pane in grid.panes if pane.isVisible()]


def picture(grid: PaneGrid, pane: int) -> QImage:
    return grid.panes[pane].canvas.grab().toImage()


def move_to(grid: PaneGrid, pane: int, point: QPoint) -> None:
    """Move the cursor as the window system would."""
    canvas = grid.panes[pane].canvas
    window = grid.window().windowHandle()
    QTest.mouseMove(window, canvas.mapTo(grid, point))
    QApplication.processEvents()


class Paints(QObject):
    """Counts the paint events of panes, canvases and colour bars."""

    def __init__(self, grid: PaneGrid) -> None:
        super().__init__(grid)
        self.count = 0
        for pane in grid.panes:
            for widget in (pane, pane.canvas, pane.color_bar):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def mouse_move(canvas: Canvas, point: QPointF) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        canvas.mapToGlobal(point),
        Qt.MouseButton.NoButton,
        left,
        Qt.KeyboardModifier.NoModifier,
    )


def test_each_layout_shows_its_number_of_panes_in_equal_sizes(grid: PaneGrid) -> None:
    for layout in Layout:
        grid.show_session(session_of(layout=layout))
        QApplication.processEvents()
        visible = [pane for pane in grid.panes if pane.isVisible()]
        assert len(visible) == layout.rows * layout.columns
        for side in ("width", "height"):
            sizes = [getattr(pane, side)() for pane in visible]
            assert max(sizes) - min(sizes) <= 1


def test_only_false_colour_panes_have_a_colour_bar(grid: PaneGrid) -> None:
    shown = [pane.color_bar.isVisible() for pane in grid.panes]
    assert shown == [False, False, True, True, True, True]


def test_the_range_of_a_colour_bar_stands_there_as_text(grid: PaneGrid) -> None:
    assert grid.panes[2].color_bar.accessibleDescription() == "from −1 to 1"
    assert grid.panes[2].canvas.accessibleDescription() == "from −1 to 1"


def test_panes_and_their_menus_have_stable_names(grid: PaneGrid) -> None:
    for number, pane in enumerate(grid.panes, start=1):
        assert pane.objectName() == f"pane_{number}"
        assert pane.menu.objectName() == f"pane_{number}_menu"
        assert pane.menu.accessibleName().startswith(f"Pane {number} shows ")
        assert pane.accessibleName().startswith(f"Pane {number}: ")


def test_all_middles_agree_over_200_random_resizes_and_zooms(grid: PaneGrid) -> None:
    generator = random.Random(7)  # noqa: S311 - no secret
    grid.show_session(session_of(texture(300, 200)))
    for number in range(200):
        match generator.randrange(3):
            case 0:
                grid.resize(generator.randint(400, 1400), generator.randint(300, 1000))
            case 1:
                canvas = generator.choice(canvases(grid))
                point = QPointF(generator.uniform(0, 200), generator.uniform(0, 150))
                anchor = canvas.view.to_image(point)
                factor = generator.uniform(0.5, 2)
                grid.navigation.zoom_to(grid.navigation.zoom * factor, anchor)
            case 2:
                generator.choice([grid.fit, grid.actual_pixels, grid.zoom_in, grid.zoom_out])()
        if number % 10 == 0:
            QApplication.processEvents()
        for canvas in canvases(grid):
            middle = canvas.view.to_image(QPointF(canvas.width() / 2, canvas.height() / 2))
            assert canvas.view.zoom == grid.navigation.zoom
            assert middle == pytest.approx(
                grid.navigation.centre, abs=0.5001 / grid.navigation.zoom
            )


def test_the_view_survives_new_evaluations_other_metrics_and_other_quantities(
    grid: PaneGrid,
) -> None:
    grid.navigation.zoom_to(6.0, (10, 10))
    before = grid.navigation.centre, grid.navigation.zoom
    grid.show_session(session_of(distorted=texture(seed=5)))
    grid.show_session(session_of(metric=Ssim(window="uniform", window_size=7)))
    grid.show_session(session_of(panes=(Quantity.GRADIENT,) * 6))
    grid.show_session(session_of(layout=Layout.FOUR))
    QApplication.processEvents()
    assert (grid.navigation.centre, grid.navigation.zoom) == before


def test_an_image_of_another_shape_is_fitted(grid: PaneGrid) -> None:
    grid.navigation.zoom_to(6.0)
    grid.show_session(session_of(texture(200, 30)))
    assert grid.navigation.fitted
    assert grid.navigation.centre == (100, 15)


def test_the_whole_image_is_seen_in_every_pane_when_fitted(grid: PaneGrid) -> None:
    grid.show_session(session_of(texture(300, 100)))
    grid.resize(700, 600)
    QApplication.processEvents()
    for canvas in canvases(grid):
        shown = canvas.view.rect(0, 0, 300, 100)
        assert shown.left() >= -1
        assert shown.right() <= canvas.width() + 1


def test_a_click_makes_a_pane_active(grid: PaneGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.intended) as caught:
        QTest.mouseClick(grid.panes[4].canvas, Qt.MouseButton.LeftButton)
    assert caught.args == [ActivatePane(4)]


def test_a_click_on_the_active_pane_wants_nothing(grid: PaneGrid, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(grid.intended):
        QTest.mouseClick(grid.panes[1].canvas, Qt.MouseButton.LeftButton)


def test_the_title_is_the_menu_of_what_the_pane_shows(grid: PaneGrid, qtbot: QtBot) -> None:
    actions = grid.panes[3].menu.menu().actions()
    assert actions[8].text() == "Gradient of MSSIM\t9"
    assert [action.isChecked() for action in actions[:9]].index(True) == 5
    with qtbot.waitSignal(grid.intended) as caught:
        actions[8].trigger()
    assert caught.args == [ChooseQuantity(3, Quantity.GRADIENT)]


def test_the_menu_asks_for_exports(grid: PaneGrid, qtbot: QtBot) -> None:
    actions = grid.panes[2].menu.menu().actions()[-3:]
    for action, kind in zip(actions, ("native", "as shown", "values"), strict=True):
        with qtbot.waitSignal(grid.export_requested) as caught:
            action.trigger()
        assert caught.args == [2, kind]


def test_dragging_moves_the_image_with_the_cursor(grid: PaneGrid, qtbot: QtBot) -> None:
    grid.navigation.zoom_to(20.0)
    canvas = grid.panes[0].canvas
    before = canvas.view.to_image(QPointF(100, 100))
    QTest.mouseMove(canvas, QPoint(100, 100))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    move = QPointF(140, 80)
    QApplication.sendEvent(canvas, mouse_move(canvas, move))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=move.toPoint())
    assert canvas.view.to_image(move) == pytest.approx(before, abs=1.1 / 20)


def test_the_wheel_zooms_at_the_cursor(grid: PaneGrid) -> None:
    canvas = grid.panes[2].canvas
    point = QPointF(60, 90)
    before = canvas.view.to_image(point)
    zoom = grid.navigation.zoom
    event = QWheelEvent(
        point,
        canvas.mapToGlobal(point),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    assert grid.navigation.zoom == pytest.approx(zoom * 2**0.5)
    assert canvas.view.to_image(point) == pytest.approx(before, abs=1.1 / zoom)


def test_a_pinch_zooms_at_the_fingers(grid: PaneGrid) -> None:
    canvas, point, zoom = grid.panes[2].canvas, QPointF(60, 90), grid.navigation.zoom
    before = canvas.view.to_image(point)
    pinch = Qt.NativeGestureType.ZoomNativeGesture
    device = QPointingDevice.primaryPointingDevice()
    places = point, point, canvas.mapToGlobal(point)
    QApplication.sendEvent(canvas, QNativeGestureEvent(pinch, device, 2, *places, 0.5, QPointF()))
    assert grid.navigation.zoom == pytest.approx(zoom * 1.5)
    assert canvas.view.to_image(point) == pytest.approx(before, abs=1.1 / zoom)


def test_the_arrow_keys_pan(grid: PaneGrid, qtbot: QtBot) -> None:
    grid.navigation.zoom_to(20.0)
    x, y = grid.navigation.centre
    QTest.keyClick(grid.panes[0].canvas, Qt.Key.Key_Right)
    assert grid.navigation.centre[0] > x
    QTest.keyClick(grid.panes[0].canvas, Qt.Key.Key_Up)
    assert grid.navigation.centre[1] < y


def test_hovering_says_the_pixel_and_marks_it_everywhere(grid: PaneGrid, qtbot: QtBot) -> None:
    canvas = grid.panes[0].canvas
    move_to(grid, 0, QPoint(1, 1))  # wherever the cursor was before
    before = [picture(grid, pane) for pane in range(6)]
    point = canvas.view.to_widget(12.5, 9.5).toPoint()
    with qtbot.waitSignal(grid.hovered) as caught:
        move_to(grid, 0, point)
    assert caught.args == [(12, 9)]
    assert all(picture(grid, pane) != before[pane] for pane in range(6))
    with qtbot.waitSignal(grid.hovered) as caught:
        move_to(grid, 0, QPoint(1, 1))  # beside the image
    assert caught.args == [None]
    assert [picture(grid, pane) for pane in range(6)] == before


def test_the_pixel_under_a_resting_cursor_is_said_anew_after_zooming(
    grid: PaneGrid, qtbot: QtBot
) -> None:
    move_to(grid, 0, grid.panes[0].canvas.view.to_widget(12.5, 9.5).toPoint())
    with qtbot.waitSignal(grid.hovered) as caught:
        grid.navigation.zoom_to(60.0)
    assert caught.args[0] not in (None, (12, 9))


def test_holding_shift_over_a_pane_shows_the_reference_there(grid: PaneGrid) -> None:
    plain = grid.panes[0].canvas
    move_to(grid, 1, QPoint(60, 60))
    window = grid.window().windowHandle()
    QTest.keyPress(window, Qt.Key.Key_Shift)
    assert [pane.canvas.shows_reference for pane in grid.panes].index(True) == 1
    move_to(grid, 1, QPoint(1, 1))
    assert picture(grid, 1) == plain.grab().toImage()
    QTest.keyRelease(window, Qt.Key.Key_Shift)
    assert not any(pane.canvas.shows_reference for pane in grid.panes)
    assert picture(grid, 1) != plain.grab().toImage()


def test_leaving_a_pane_lets_go_of_the_reference(grid: PaneGrid) -> None:
    move_to(grid, 1, QPoint(60, 60))
    QTest.keyPress(grid.window().windowHandle(), Qt.Key.Key_Shift)
    move_to(grid, 2, QPoint(60, 60))
    assert not grid.panes[1].canvas.shows_reference


def test_a_map_lies_on_the_pixels_it_was_computed_at(grid: PaneGrid) -> None:
    """An impulse lowers SSIM in an 11×11 square around it, also with a valid border."""
    reference = np.full((60, 80), 128, np.uint8)
    distorted = reference.copy()
    distorted[30, 50] = 255
    grid.resize(1700, 1000)
    grid.show_session(session_of(reference, distorted, panes=(Quantity.SSIM,) * 6))
    QApplication.processEvents()
    canvas = grid.panes[0].canvas
    image = picture(grid, 0)
    dark = [
        (x, y)
        for x in range(80)
        for y in range(60)
        if image.pixelColor(canvas.view.to_widget(x + 0.5, y + 0.5).toPoint()).lightness() < 100
        and 5 <= x < 75
        and 5 <= y < 55
    ]
    assert np.mean(dark, axis=0) == pytest.approx((50, 30))


def test_beside_a_map_with_a_valid_border_the_surround_is_seen(grid: PaneGrid) -> None:
    image = picture(grid, 2)
    view = grid.panes[2].canvas.view
    corner = image.pixelColor(view.to_widget(2.5, 2.5).toPoint())
    inside = image.pixelColor(view.to_widget(6.5, 6.5).toPoint())
    assert corner.name() == LIGHT.surround
    assert inside.name() != LIGHT.surround


def test_magnified_pixels_are_squares_of_one_colour(grid: PaneGrid) -> None:
    grid.navigation.zoom_to(21.0)
    session = session_of()
    assert session.measured is not None
    image = picture(grid, 0)
    view = grid.panes[0].canvas.view
    left, top = (round(value) for value in view.to_image(QPointF(60, 60)))
    expected = int(session.measured.reference[top, left])
    for x, y in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
        color = image.pixelColor(view.to_widget(left + x, top + y).toPoint())
        assert color.red() == color.green() == color.blue() == expected


def test_a_fine_pattern_seen_small_is_averaged_and_not_aliased(grid: PaneGrid) -> None:
    board = (np.indices((400, 400)).sum(axis=0) % 2 * 255).astype(np.uint8)
    grid.show_session(session_of(board))
    QApplication.processEvents()
    grid.navigation.zoom_to(0.25)
    image = picture(grid, 0)
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.red() == pytest.approx(127.5, abs=2)


def test_without_a_pair_the_panes_say_what_to_do(grid: PaneGrid) -> None:
    grid.show_session(Session())
    descriptions = [pane.canvas.accessibleDescription() for pane in grid.panes]
    assert "Ctrl+O" in descriptions[0]
    assert "Ctrl+Shift+O" in descriptions[1]
    assert not any(pane.color_bar.isVisible() for pane in grid.panes)


def test_a_map_that_is_not_there_yet_is_said_to_be_computed(grid: PaneGrid) -> None:
    session = session_of(panes=(Quantity.GRADIENT,) * 6)
    assert session.measured is not None
    maps = dict(session.measured.maps)
    maps.pop(Quantity.GRADIENT, None)
    without = replace(session.measured, maps=maps)
    grid.show_session(measured(session, without))
    assert grid.panes[0].canvas.accessibleDescription() == "Computing…"


def test_a_pane_as_shown_is_the_seen_image_with_its_colour_bar(grid: PaneGrid) -> None:
    plain = grid.picture_as_shown(0)
    with_bar = grid.picture_as_shown(2)
    seen = grid.panes[0].canvas.seen_area().toAlignedRect()
    assert (plain.width(), plain.height()) == (seen.width(), seen.height())
    assert with_bar.width() > plain.width()


def test_the_shift_of_a_shortcut_brings_no_reference_into_a_pane_as_shown(grid: PaneGrid) -> None:
    """Ctrl+Shift+S begins with Shift, which holds the reference in the pane under the mouse."""
    before = grid.picture_as_shown(2)
    grid.panes[2].canvas.hold_reference(held=True)
    assert grid.picture_as_shown(2) == before
    assert grid.panes[2].canvas.shows_reference


def test_a_pane_as_shown_is_without_the_marker(grid: PaneGrid) -> None:
    before = grid.picture_as_shown(0)
    move_to(grid, 0, grid.panes[0].canvas.view.to_widget(12.5, 9.5).toPoint())
    assert grid.picture_as_shown(0) == before


def test_an_export_has_the_scale_that_is_on_screen(grid: PaneGrid) -> None:
    session = session_of()
    found = grid.scale(Quantity.SSIM, session)
    assert found is not None
    assert found.levels == (-1.0, 1.0)
    assert grid.scale(Quantity.DISTORTED, session) is None
    assert grid.scale(Quantity.SSIM, Session()) is None


def test_the_title_tells_the_mean_of_a_similarity(grid: PaneGrid) -> None:
    session = session_of()
    assert session.measured is not None
    mean = session.measured.values["ssim"]
    note = grid.panes[2].findChild(type(grid.panes[2]._note), "pane_3_note")
    assert note is not None
    assert note.text() == f"mean {mean:.4f}".replace("-", "−")


def test_nothing_is_painted_when_nothing_has_changed(grid: PaneGrid, qtbot: QtBot) -> None:
    session = session_of()
    grid.show_session(session)
    QApplication.processEvents()
    paints = Paints(grid)
    grid.show_session(replace(session, busy="Measuring", playing=True))
    QApplication.processEvents()
    assert paints.count == 0
    grid.show_session(session_of(distorted=texture(seed=9)))
    QApplication.processEvents()
    assert paints.count >= 6  # so it does count


def test_light_and_dark_reach_the_surround(grid: PaneGrid) -> None:
    for colors in (DARK, LIGHT):
        grid.restyle(colors)
        assert picture(grid, 0).pixelColor(1, 1).name() == colors.surround


def test_looking_otherwise_keeps_the_measurement(grid: PaneGrid) -> None:
    session = session_of()
    grid.show_session(looking(session, panes=(Quantity.SIGNED_DIFFERENCE,) * 6))
    assert grid.panes[0].color_bar.accessibleDescription() == "from −100 to 100 grey levels"
