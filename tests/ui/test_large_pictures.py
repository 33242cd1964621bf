"""Pictures of more pixels than a screen has: levels of a pyramid in the place of the picture.

What counts as large is made small here, so that the tests are fast.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ssim_viewer.metrics import Quantity
from ssim_viewer.session import pyramid
from ssim_viewer.session.comparison import Comparison, Mode
from ssim_viewer.session.readout import readout
from ssim_viewer.session.state import Session
from ssim_viewer.session.transitions import measured
from ssim_viewer.ui.pane.pane_content import picture_of
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.pane.pixel_values import text_of
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import looking, session_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

WIDTH, HEIGHT = 768, 576
CELL = 48
ZOOMS = (0.13, 0.22, 0.3, 0.6, 1.0, 2.0)


def ramps(channels: int = 1) -> Any:
    """Return an image in which every place has a level of its own, in large steps."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    grey = (x // CELL * 8 + y // CELL * 8 + 20).astype(np.uint8)
    return grey if channels == 1 else np.stack([grey, 255 - grey, grey // 2], axis=2)


@pytest.fixture(scope="module", autouse=True)
def small_is_large() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyramid, "WORTHWHILE", 100_000)
        patch.setattr(pyramid, "LARGEST_TOP", 128)
        yield


@pytest.fixture(scope="module", params=[1, 3], ids=["grey", "RGB"])
def large(request: pytest.FixtureRequest) -> Session:
    reference = ramps(request.param)
    session = session_of(reference, 255 - reference)
    assert session.measured is not None
    assert len(session.measured.pyramids[Quantity.SSIM].levels) == 3
    return session


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.restyle(LIGHT)
    made.resize(958, 520)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(grid: PaneGrid, session: Session) -> None:
    grid.show_session(session)
    QApplication.processEvents()


def picture(grid: PaneGrid, pane: int) -> QImage:
    return grid.panes[pane].canvas.grab().toImage()


def with_maps(session: Session, **changes: Any) -> Session:
    """Return the session with other maps, by name of their quantity."""
    before = session.measured
    assert before is not None
    maps = dict(before.maps)
    for name, values in changes.items():
        maps[Quantity[name]] = replace(before.maps[Quantity[name]], values=values)
    return measured(session, replace(before, maps=maps))


@pytest.mark.parametrize("zoom", ZOOMS)
def test_at_every_zoom_each_place_has_its_own_colour(
    grid: PaneGrid, large: Session, zoom: float
) -> None:
    shown(grid, large)
    grid.navigation.zoom_to(zoom, (WIDTH / 2, HEIGHT / 2))
    grid.navigation.pan(100, -60)
    assert large.measured is not None
    for pane, source in ((0, large.measured.reference), (1, large.measured.distorted)):
        canvas, image = grid.panes[pane].canvas, picture(grid, pane)
        for x in range(CELL // 2, WIDTH, CELL):
            for y in range(CELL // 2, HEIGHT, CELL):
                point = canvas.view.to_widget(x, y).toPoint()
                if canvas.rect().contains(point):
                    color = image.pixelColor(point)
                    found = [color.red(), color.green(), color.blue()]
                    assert found == pytest.approx(np.broadcast_to(source[y, x], 3), abs=1)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_panning_shows_what_looking_there_at_once_shows(
    grid: PaneGrid, large: Session, zoom: float
) -> None:
    shown(grid, large)
    grid.navigation.zoom_to(zoom, (260, 190))
    for _ in range(12):
        grid.navigation.pan(13 / zoom, 9 / zoom)
        QApplication.processEvents()
    panned = [picture(grid, pane) for pane in range(6)]
    centre = grid.navigation.centre
    grid.fit()
    QApplication.processEvents()
    grid.navigation.zoom_to(zoom)
    there = grid.navigation.centre
    grid.navigation.pan(centre[0] - there[0], centre[1] - there[1])
    assert [picture(grid, pane) for pane in range(6)] == panned


@pytest.mark.parametrize("zoom", [0.13, 0.3, 0.6])
def test_holding_the_reference_and_the_wipe_show_the_same_level(
    grid: PaneGrid, large: Session, zoom: float
) -> None:
    shown(grid, large)
    grid.navigation.zoom_to(zoom, (260, 190))
    reference, canvas = picture(grid, 0), grid.panes[1].canvas
    canvas.hold_reference(held=True)
    assert picture(grid, 1) == reference
    canvas.hold_reference(held=False)
    shown(grid, looking(large, comparison=Comparison(Mode.WIPE, 0.5)))
    left = reference.rect().adjusted(0, 0, -reference.width() // 2 - 12, 0)
    assert picture(grid, 1).copy(left) == reference.copy(left)


@pytest.mark.parametrize("zoom", [0.13, 0.3, 1.0])
def test_a_pane_as_shown_is_what_stands_on_screen(
    grid: PaneGrid, large: Session, zoom: float
) -> None:
    shown(grid, large)
    grid.navigation.zoom_to(zoom, (WIDTH / 2, HEIGHT / 2))
    seen = grid.panes[0].canvas.seen_area().toAlignedRect()
    written, screen = grid.picture_as_shown(0), picture(grid, 0).copy(seen)
    inner = written.rect().adjusted(4, 4, -4, -4)  # a pane with the focus has a frame on screen
    assert written.copy(inner) == screen.copy(inner)


def test_numbers_are_those_of_the_pixels_and_not_of_a_level(grid: PaneGrid, large: Session) -> None:
    shown_picture = picture_of(large.measured, Quantity.REFERENCE)
    assert shown_picture is not None
    assert large.measured is not None
    value = np.atleast_1d(large.measured.reference[300, 430])
    assert text_of(shown_picture, 300, 430).split("\n") == [str(each) for each in value]
    shown(grid, large)
    grid.navigation.zoom_to(40.0, (430, 300))
    without = picture(grid, 0)
    shown(grid, looking(large, pixel_values=True))
    assert picture(grid, 0) != without


@pytest.mark.parametrize("size", [(40, 48), (HEIGHT, WIDTH)], ids=["small", "large"])
@pytest.mark.parametrize("zoomed", [False, True], ids=["fitted", "zoomed in"])
def test_what_is_not_computed_yet_is_hatched_grey_and_the_rest_is_as_ever(
    grid: PaneGrid, size: tuple[int, int], zoomed: bool
) -> None:
    flat = np.full(size, 90, np.uint8)
    whole = session_of(flat, flat)
    assert whole.measured is not None
    ssim = np.array(whole.measured.maps[Quantity.SSIM].values)
    half = ssim.shape[0] // 2
    ssim[half:] = np.nan
    shown(grid, whole)
    if zoomed:
        grid.navigation.zoom_to(12.0)
    complete = picture(grid, 2)
    shown(grid, with_maps(whole, SSIM=ssim))
    partial = picture(grid, 2)
    view = grid.panes[2].canvas.view
    edge = view.to_widget(0, half + 5).y()
    top = complete.rect().adjusted(0, 0, 0, -complete.height() + int(edge) - 2)
    assert partial.copy(top) == complete.copy(top)
    x, y = grid.navigation.centre
    corner = view.to_widget(x, y).toPoint()
    below = partial.copy(corner.x() - 20, int(edge) + 4, 40, 40)
    names = {below.pixelColor(column, row).name() for column in range(40) for row in range(40)}
    assert names == {LIGHT.surround, LIGHT.line}


def test_nothing_is_read_where_nothing_has_been_computed() -> None:
    session = session_of()
    assert session.measured is not None
    ssim = np.full_like(session.measured.maps[Quantity.SSIM].values, np.nan)
    partial = with_maps(session, SSIM=ssim).measured
    assert partial is not None
    found = readout(partial, 20, 20)
    assert found is not None
    assert found.values[Quantity.SSIM] is None
    assert "SSIM –" in found.text()
    shown_picture = picture_of(partial, Quantity.SSIM)
    assert shown_picture is not None
    assert text_of(shown_picture, 3, 3) == ""


def test_no_number_stands_where_nothing_has_been_computed(grid: PaneGrid) -> None:
    session = session_of()
    assert session.measured is not None
    empty = np.full_like(session.measured.maps[Quantity.SSIM].values, np.nan)
    shown(grid, with_maps(session, SSIM=empty))
    grid.navigation.zoom_to(40.0, (20, 20))
    without = picture(grid, 2)
    shown(grid, looking(with_maps(session, SSIM=empty), pixel_values=True))
    assert picture(grid, 2) == without
