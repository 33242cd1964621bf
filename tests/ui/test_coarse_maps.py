"""Maps that are kept coarse look like whole ones, at every zoom, and while they grow.

What counts as very large is made small here, so that the tests are fast.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from ssim_viewer.compute import tiles
from ssim_viewer.metrics import Evaluation, Quantity, Ssim, evaluate
from ssim_viewer.metrics.maps.builtin_maps import SIMILARITY_MAPS
from ssim_viewer.session import computed_map
from ssim_viewer.session.measurement import Measurements, ssim_measurement
from ssim_viewer.session.readout import readout
from ssim_viewer.ui.pane.pane_content import picture_of
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.pane.pixel_values import text_of
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import session_of, texture

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.state import Session

WIDTH, HEIGHT = 700, 2100
METRIC = Ssim(data_range=255, color="luma")
PANES = {Quantity.SSIM: 2, Quantity.LUMINANCE: 3, Quantity.CONTRAST: 4, Quantity.STRUCTURE: 5}


@pytest.fixture(scope="module")
def usual() -> Session:
    """A session whose maps are whole."""
    first, second = texture(WIDTH, HEIGHT), texture(WIDTH, HEIGHT, seed=1)
    return session_of(first, second, metric=METRIC)


@pytest.fixture
def coarse(usual: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The same session, whose maps are kept coarse."""
    monkeypatch.setattr(computed_map, "VERY_LARGE", WIDTH * HEIGHT)
    session = session_of(*_pair(usual), metric=METRIC)
    assert session.measured is not None
    assert set(session.measured.computed) == set(SIMILARITY_MAPS)
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


def _pair(session: Session) -> tuple[Any, Any]:
    assert session.measured is not None
    return session.measured.reference, session.measured.distorted


def _pixels(grid: PaneGrid, session: Session, pane: int) -> np.ndarray:
    """Return the colours that a pane shows, (H, W, 4)."""
    grid.show_session(session)
    QApplication.processEvents()
    image = grid.panes[pane].canvas.grab().toImage()
    size = image.height(), image.bytesPerLine() // 4, 4
    return np.array(image.constBits(), np.uint8).reshape(size).astype(np.int16)


@pytest.mark.parametrize("zoom", [None, 0.13, 0.3, 0.6, 1.0, 3.0, 20.0])
def test_a_coarse_map_is_painted_as_the_whole_one(
    zoom: float | None, grid: PaneGrid, usual: Session, coarse: Session
) -> None:
    grid.show_session(usual)
    grid.fit() if zoom is None else grid.navigation.zoom_to(zoom, (400, 900))
    for pane in PANES.values():
        wanted, found = (_pixels(grid, session, pane) for session in (usual, coarse))
        assert np.abs(found - wanted).max() <= 1
        assert wanted.std() > 3


def test_panning_a_coarse_map_shows_what_looking_there_at_once_shows(
    grid: PaneGrid, usual: Session, coarse: Session
) -> None:
    grid.show_session(coarse)
    grid.navigation.zoom_to(1.3, (300, 600))
    for _ in range(9):
        grid.navigation.pan(13, 9)
        QApplication.processEvents()
    for pane in PANES.values():
        found, wanted = (_pixels(grid, session, pane) for session in (coarse, usual))
        assert np.abs(found - wanted).max() <= 1


def test_the_numbers_on_the_pixels_of_a_coarse_map_are_those_of_the_map(
    usual: Session, coarse: Session
) -> None:
    for quantity in SIMILARITY_MAPS:
        first, second = (picture_of(each.measured, quantity) for each in (usual, coarse))
        assert first is not None
        assert second is not None
        for row, column in ((0, 0), (777, 333), (HEIGHT - 11, WIDTH - 11)):
            assert text_of(second, row, column) == text_of(first, row, column)


def test_while_it_grows_a_coarse_map_shows_its_first_rows_and_reads_no_pixel(
    coarse: Session, grid: PaneGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, distorted = _pair(coarse)
    seen: list[Evaluation] = []
    monkeypatch.setattr(tiles, "THREADS", 1)  # so that every tile is told of
    wanted = {Quantity.REFERENCE, Quantity.DISTORTED, *SIMILARITY_MAPS}
    evaluate(METRIC.bind(reference), distorted, wanted, grown=seen.append, coarse=True)
    assert len(seen) > 3
    parts = [ssim_measurement(reference, distorted, each) for each in seen]
    rows = [len(part.maps[Quantity.SSIM].values) for part in parts]
    assert rows == sorted(set(rows))
    half = parts[-1]
    assert half.missing == (HEIGHT - 10) // 4 - rows[-1]
    growing = replace(coarse, measurements=Measurements(), growing=half)
    grid.show_session(growing)
    grid.fit()
    colors = _pixels(grid, growing, PANES[Quantity.SSIM])
    whole = _pixels(grid, coarse, PANES[Quantity.SSIM])
    view = grid.panes[2].canvas.view
    edge = int(view.to_widget(0, 5 + 4 * rows[-1]).y())
    inside = np.s_[: edge - 3, colors.shape[1] // 2 - 20 : colors.shape[1] // 2 + 20]
    assert colors[inside].mean() == pytest.approx(whole[inside].mean(), abs=6)
    assert colors[inside].std() > 30  # it is the map
    below = colors[edge + 4 : edge + 9, inside[1]][..., 1]
    assert len(np.unique(below)) <= 2  # hatched
    values = readout(half, 300, 20)
    assert values is not None
    assert all(values.values[quantity] is None for quantity in SIMILARITY_MAPS)
