"""What lies over pictures: numbers on pixels, and the wipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssim_viewer.images.shapes import Stroke, Strokes
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.comparison import NO_COMPARISON, Comparison, Mode
from ssim_viewer.session.intents import SetWipe
from ssim_viewer.session.overlays import Outline
from ssim_viewer.ui.pane.pane_content import picture_of
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.pane.pixel_values import SMALLEST_CELL, text_of
from tests.ui.pairs import looking, session_of, texture

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from ssim_viewer.ui.pane.navigation import View


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.resize(958, 520)
    made.show_session(session_of())
    made.show()
    qtbot.waitExposed(made)
    return made


def picture(grid: PaneGrid, pane: int) -> QImage:
    return grid.panes[pane].canvas.grab().toImage()


def test_numbers_appear_only_when_wanted_and_zoomed_in(grid: PaneGrid) -> None:
    session = session_of()
    for wanted in (False, True):
        grid.show_session(looking(session, pixel_values=wanted))
        for zoom in (8.0, SMALLEST_CELL - 1.0, SMALLEST_CELL, 60.0):
            grid.navigation.zoom_to(zoom * grid.devicePixelRatioF())
            expected = wanted and zoom >= SMALLEST_CELL
            assert all(pane.canvas.shows_values is expected for pane in grid.panes)


def test_numbers_are_painted_on_the_pixels(grid: PaneGrid) -> None:
    session = session_of()
    grid.navigation.zoom_to(40.0)
    without = [picture(grid, pane) for pane in range(6)]
    grid.show_session(looking(session, pixel_values=True))
    assert all(picture(grid, pane) != without[pane] for pane in range(6))
    grid.show_session(looking(session, pixel_values=False))
    assert [picture(grid, pane) for pane in range(6)] == without


@pytest.mark.parametrize(
    ("level", "figures"), [(0, "white"), (255, "black")], ids=["on black", "on white"]
)
def test_figures_contrast_with_their_pixel(grid: PaneGrid, level: int, figures: str) -> None:
    flat = np.full((40, 48), level, np.uint8)
    grid.show_session(session_of(flat, texture(), pixel_values=True))
    grid.navigation.zoom_to(40.0)
    image = picture(grid, 0)
    inner = image.copy(image.rect().adjusted(8, 8, -8, -8))
    shades = {
        inner.pixelColor(x, y).lightness()
        for x in range(inner.width())
        for y in range(inner.height())
    }
    assert (max(shades) > 200) == (figures == "white" or level == 255)
    assert (min(shades) < 60) == (figures == "black" or level == 0)


def test_numbers_are_in_the_unit_of_the_image(grid: PaneGrid) -> None:
    reference, distorted = texture(), texture(seed=1) + 0.125
    measured = session_of(reference, distorted).measured
    first = picture_of(measured, Quantity.REFERENCE)
    second = picture_of(measured, Quantity.DISTORTED)
    assert first is not None
    assert second is not None
    assert text_of(first, 3, 7) == str(reference[3, 7])
    assert text_of(second, 3, 7) == f"{distorted[3, 7]:.2f}"


def test_colours_have_three_numbers_and_maps_four_decimals(grid: PaneGrid) -> None:
    reference = texture(channels=3)
    measured = session_of(reference, texture(channels=3, seed=1)).measured
    shown = picture_of(measured, Quantity.REFERENCE)
    ssim = picture_of(measured, Quantity.SSIM)
    assert shown is not None
    assert ssim is not None
    assert text_of(shown, 3, 7).split("\n") == [str(value) for value in reference[3, 7]]
    value = round(float(ssim.values[2, 2]), 4) + 0.0
    assert text_of(ssim, 2, 2) == f"{value:.4f}".replace("-", "−")


def test_the_divider_stands_in_every_pane_but_the_reference(grid: PaneGrid) -> None:
    grid.show_session(session_of(comparison=Comparison(Mode.WIPE, 0.5)))
    shown = [pane.canvas.divider.isVisible() for pane in grid.panes]
    assert shown == [False, True, True, True, True, True]
    grid.show_session(session_of(comparison=NO_COMPARISON))
    assert not any(pane.canvas.divider.isVisible() for pane in grid.panes)


def test_left_of_the_divider_is_the_reference(grid: PaneGrid) -> None:
    session = session_of(comparison=Comparison(Mode.WIPE, 0.5))
    grid.show_session(looking(session, active=0))
    reference, distorted = picture(grid, 0), picture(grid, 1)
    assert reference.size() == distorted.size()
    middle = reference.width() // 2
    left = reference.rect().adjusted(0, 0, -middle - 12, 0)
    right = reference.rect().adjusted(middle + 12, 0, 0, 0)
    assert distorted.copy(left) == reference.copy(left)
    assert distorted.copy(right) != reference.copy(right)


def test_the_divider_stands_at_the_same_place_of_the_image_in_all_panes(grid: PaneGrid) -> None:
    grid.show_session(session_of(comparison=Comparison(Mode.WIPE, 0.3)))
    places = [
        pane.canvas.view.to_image(pane.canvas.divider.geometry().toRectF().center())[0]
        for pane in grid.panes[1:]
    ]
    assert max(places) - min(places) <= 1.01 / grid.navigation.zoom


def test_dragging_the_divider_says_where_it_is_wanted(grid: PaneGrid, qtbot: QtBot) -> None:
    session = session_of(comparison=Comparison(Mode.WIPE, 0.5))
    grid.show_session(session)
    canvas = grid.panes[1].canvas
    handle = canvas.divider
    wanted: list[object] = []
    grid.intended.connect(wanted.append)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(8, 60))
    QTest.mouseMove(handle, QPoint(8 - canvas.width() // 4, 60))
    qtbot.waitUntil(lambda: bool(wanted))
    assert isinstance(wanted[-1], SetWipe)
    assert wanted[-1].position == pytest.approx(0.25, abs=0.02)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, 0.49),
        (Qt.Key.Key_Right, 0.51),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 1.0),
    ],
)
def test_the_divider_moves_by_keys(
    grid: PaneGrid, qtbot: QtBot, key: Qt.Key, expected: float
) -> None:
    grid.show_session(session_of(comparison=Comparison(Mode.WIPE, 0.5)))
    with qtbot.waitSignal(grid.intended) as caught:
        QTest.keyClick(grid.panes[2].canvas.divider, key)
    assert isinstance(caught.args[0], SetWipe)
    assert caught.args[0].position == pytest.approx(expected)


def test_the_divider_is_part_of_a_pane_as_shown(grid: PaneGrid) -> None:
    session = session_of()
    before = grid.picture_as_shown(1)
    grid.show_session(looking(session, comparison=Comparison(Mode.WIPE, 0.5)))
    QApplication.processEvents()
    assert grid.picture_as_shown(1) != before


def test_the_edge_of_a_brush_is_seen_on_any_ground_and_none_where_strokes_join(
    grid: PaneGrid,
) -> None:
    """It is bright between dark; what is erased has an edge too."""
    for value in (0, 128, 255):
        flat = np.full((64, 64), value, np.uint8)
        grid.show_session(session_of(flat, flat))
        strokes = [Stroke(((16.0, 32.0), (40.0, 32.0)), 8.0), Stroke(((40.0, 32.0),), 8.0)]
        strokes.append(Stroke(((16.0, 32.0),), 4.0, erases=True))
        grid.set_overlays((Outline(Strokes(tuple(strokes))),))
        shown, view = picture(grid, 0), grid.panes[0].canvas.view

        def tones(x: float, view: View = view, shown: QImage = shown) -> list[int]:
            """Return the tones around a place on the image, in the row of the strokes."""
            place = view.to_widget(x, 32.0) * shown.devicePixelRatio()
            at = round(place.x()), round(place.y())
            return [shown.pixelColor(at[0] + by, at[1]).lightness() for by in range(-4, 5)]

        for x in (48.0, 12.0):
            assert max(tones(x)) - min(tones(x)) > 150
        for x in (32.0, 16.0):
            assert max(tones(x)) - min(tones(x)) < 10
