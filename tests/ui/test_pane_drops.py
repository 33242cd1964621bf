"""Drops: files and pictures become intents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from ssim_viewer.session.intents import OpenFile, OpenFiles, PasteImage
from ssim_viewer.session.state import Role, Session
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from tests.ui.pairs import session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture(params=[True, False], ids=["with a pair", "empty"])
def grid(qtbot: QtBot, request: pytest.FixtureRequest) -> PaneGrid:
    made = PaneGrid()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show_session(session_of() if request.param else Session())
    made.show()
    qtbot.waitExposed(made)
    return made


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def drop(grid: PaneGrid, pane: int, mime: QMimeData) -> list[object]:
    """Drag over a pane and drop; return the intents."""
    wanted: list[object] = []
    grid.intended.connect(wanted.append)
    settings = (
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target = grid.panes[pane]
    enter = QDragEnterEvent(QPointF(40, 60).toPoint(), *settings)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(40, 60), *settings))
    return wanted


def test_a_file_on_a_reference_pane_opens_the_reference(grid: PaneGrid) -> None:
    path = "/a folder/ünï 图.png"
    assert drop(grid, 0, files(path)) == [OpenFile(Role.REFERENCE, Path(path))]


@pytest.mark.parametrize("pane", [1, 2, 5])
def test_a_file_on_any_other_pane_opens_the_distorted_image(grid: PaneGrid, pane: int) -> None:
    assert drop(grid, pane, files("/b.png")) == [OpenFile(Role.DISTORTED, Path("/b.png"))]


@pytest.mark.parametrize("pane", [0, 1, 3])
@pytest.mark.parametrize("count", [2, 4])
def test_several_files_on_any_pane_are_opened_together(
    grid: PaneGrid, pane: int, count: int
) -> None:
    paths = tuple(Path(f"/{index}.png") for index in range(count))
    assert drop(grid, pane, files(*map(str, paths))) == [OpenFiles(paths)]


def test_a_picture_without_a_file_is_taken_as_pixels(grid: PaneGrid) -> None:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    mime = QMimeData()
    mime.setImageData(image)
    (intent,) = drop(grid, 1, mime)
    assert isinstance(intent, PasteImage)
    assert intent.role is Role.DISTORTED
    assert intent.pixels is not None
    assert np.array_equal(intent.pixels[..., :3], np.full((3, 4, 3), (10, 20, 30)))


def test_text_is_not_taken(grid: PaneGrid) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert drop(grid, 0, mime) == []


def test_an_address_on_the_web_is_not_taken_for_a_file(grid: PaneGrid) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.png")])
    assert drop(grid, 0, mime) == []
