"""Windows fit the screen, and everything in them can be reached."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QToolButton, QWidget

from ssim_viewer.features.maximum_differentiation.view import MadWindow
from ssim_viewer.session.state import Notice, Severity, Subject
from ssim_viewer.ui.pane.image_pane import ImagePane
from ssim_viewer.ui.shell.main_window import MainWindow
from ssim_viewer.ui.shell.preferences import Preferences
from ssim_viewer.ui.shell.window_geometry import FRAME
from tests.ui.pairs import session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    return made


def shown(qtbot: QtBot, window: QWidget, width: int, height: int) -> None:
    window.resize(width, height)
    window.show()
    qtbot.waitUntil(lambda: window.size() == QSize(width, height))


def place_in(inner: QWidget, outer: QWidget) -> QRect:
    return QRect(inner.mapTo(outer, QPoint(0, 0)), inner.size())


def test_the_first_window_and_its_frame_fit_the_screen(window: MainWindow) -> None:
    room = window.screen().availableGeometry().size() - FRAME
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_a_window_kept_from_a_larger_screen_comes_back_on_this_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = QWidget()
    qtbot.addWidget(large)
    large.setGeometry(3000, 2000, 2500, 1800)
    preferences = Preferences()
    preferences.set_blob("geometry", QByteArray(large.saveGeometry()))
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    assert window.screen().availableGeometry().contains(QRect(window.pos(), window.size()))


def test_every_setting_of_the_metric_is_seen_at_the_size_of_the_first_start(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_session(session_of())
    shown(qtbot, window, 1440 - FRAME.width(), 900 - FRAME.height())
    area = window.findChild(QScrollArea, "settings_column")
    last = window.findChild(QWidget, "metric_downsample")
    assert area is not None
    assert last is not None
    qtbot.waitUntil(lambda: area.viewport().rect().contains(place_in(last, area.viewport())))


@pytest.mark.parametrize("size", [(784, 552), (1016, 660), (1272, 680)])
def test_titles_stand_beside_their_notes(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.show_session(session_of())
    shown(qtbot, window, *size)
    panes = [pane for pane in window.findChildren(ImagePane) if pane.isVisible()]
    assert len(panes) == 6
    for pane in panes:
        title = pane.findChild(QToolButton, f"{pane.objectName()}_menu")
        note = pane.findChild(QLabel, f"{pane.objectName()}_note")
        assert title is not None
        assert note is not None
        assert not title.geometry().intersects(note.geometry())
        assert title.width() >= title.minimumSizeHint().width()
        assert pane.rect().contains(title.geometry())


def test_the_tools_of_the_plate_stand_side_by_side_in_its_smallest_window(qtbot: QtBot) -> None:
    plate = MadWindow()
    qtbot.addWidget(plate)
    least = plate.minimumSize()
    shown(qtbot, plate, least.width(), least.height())
    names = ("images", "difference", "ssim_map", "fit", "actual_pixels", "zoom_in", "zoom_out")
    tools = [plate.findChild(QAbstractButton, f"plate_{name}") for name in (*names, "export")]
    places = [place_in(tool, plate) for tool in tools if tool is not None]
    assert len(places) == len(tools)
    for left, right in pairwise(places):
        assert left.right() < right.left()
    words = [tool for tool in tools[:3] if tool is not None]
    for tool in words:
        assert tool.width() >= tool.fontMetrics().horizontalAdvance(tool.text())


def test_a_notice_moves_nothing_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.show_session(session := session_of())
    shown(qtbot, window, 1272, 680)
    before = [place_in(pane, window) for pane in window.panes.panes]
    told = Notice("It failed.", Severity.ERROR, subject=Subject.PAIR)
    window.show_session(replace(session, notice=told))
    qtbot.waitUntil(window.notice_bar.isVisible)
    assert [place_in(pane, window) for pane in window.panes.panes] == before
    assert window.panes.rect().contains(window.notice_bar.geometry())
