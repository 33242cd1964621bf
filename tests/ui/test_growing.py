"""A large pair while its first maps are made: rows that are there, and no number that is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from superqt import QElidingLabel

from ssim_viewer.compute import tiles
from ssim_viewer.metrics import Evaluation, Quantity, evaluate
from ssim_viewer.session.measurement import Measurements, ssim_measurement
from ssim_viewer.session.readout import readout
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.shell.score_strip import ScoreStrip
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.pairs import session_of, texture

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.state import Session

WIDTH, HEIGHT = 700, 2100


@pytest.fixture(scope="module")
def whole() -> Session:
    return session_of(texture(WIDTH, HEIGHT), texture(WIDTH, HEIGHT, seed=1))


@pytest.fixture(scope="module")
def parts(whole: Session) -> list[Session]:
    """What is on screen one after the other: the pictures, then more and more rows."""
    measured, seen = whole.measured, list[Evaluation]()
    assert measured is not None
    bound = whole.document.metric.bind(measured.reference)
    wanted = [Quantity.REFERENCE, Quantity.DISTORTED, Quantity.SSIM, Quantity.STRUCTURE]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "THREADS", 1)  # so that every tile is told of
        evaluate(bound, measured.distorted, wanted, grown=seen.append)
    pair = measured.reference, measured.distorted
    return [
        replace(whole, measurements=Measurements(), growing=ssim_measurement(*pair, each))
        for each in seen
    ]


@pytest.fixture
def grid(qtbot: QtBot) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.restyle(LIGHT)
    made.resize(958, 520)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(grid: PaneGrid, session: Session, pane: int) -> Any:
    grid.show_session(session)
    QApplication.processEvents()
    return grid.panes[pane].canvas.grab().toImage()


def test_the_images_stand_in_their_places_before_there_is_any_map(
    grid: PaneGrid, parts: list[Session], whole: Session
) -> None:
    early = shown(grid, parts[0], 0)
    assert early == shown(grid, whole, 0)


@pytest.mark.parametrize("zoom", [None, 1.0, 4.0])
def test_rows_that_are_there_are_as_in_the_end_and_the_others_are_hatched(
    grid: PaneGrid, parts: list[Session], whole: Session, zoom: float | None
) -> None:
    part = parts[len(parts) // 2]
    assert part.growing is not None
    edge = len(part.growing.maps[Quantity.SSIM].values) + 5
    shown(grid, whole, 2)
    if zoom is not None:
        grid.navigation.zoom_to(zoom, (WIDTH / 2, edge))
        grid.navigation.pan(0, edge - grid.navigation.centre[1])
    complete, partial = shown(grid, whole, 2), shown(grid, part, 2)
    split = int(grid.panes[2].canvas.view.to_widget(0, edge).y())
    above = complete.rect().adjusted(0, 0, 0, split - complete.height() - 2)
    if zoom is not None:  # reduced, samples stand between pixels of the screen
        assert partial.copy(above) == complete.copy(above)
    below = partial.copy(partial.width() // 2 - 20, split + 4, 40, 24)
    names = {below.pixelColor(column, row).name() for column in range(40) for row in range(24)}
    assert names == {LIGHT.surround, LIGHT.line}


def test_nothing_is_read_below_the_rows_that_are_there(
    parts: list[Session], whole: Session
) -> None:
    growing, measured = parts[len(parts) // 2].growing, whole.measured
    assert growing is not None
    assert measured is not None
    rows = len(growing.maps[Quantity.SSIM].values)
    above, below = (readout(growing, 100, y) for y in (rows + 4, rows + 5))
    final = readout(measured, 100, rows + 4)
    assert above is not None
    assert below is not None
    assert final is not None
    assert above.values[Quantity.SSIM] == final.values[Quantity.SSIM]
    assert below.values[Quantity.SSIM] is None
    assert "SSIM –" in below.text()


def test_scores_are_on_their_way_until_all_rows_are_there(
    qtbot: QtBot, grid: PaneGrid, parts: list[Session], whole: Session
) -> None:
    strip = ScoreStrip()
    qtbot.addWidget(strip)
    strip.restyle(LIGHT)
    strip.show_session(parts[-1])
    number = strip.findChild(QLabel, "score_ssim")
    assert number is not None
    assert number.text() == "…"
    shown(grid, parts[-1], 2)
    note = grid.findChild(QElidingLabel, "pane_3_note")
    assert note is not None
    assert note.text() == ""
    strip.show_session(whole)
    assert whole.measured is not None
    assert number.text() == f"{whole.measured.values['ssim']:.4f}"
    assert not np.isnan(float(number.text()))
