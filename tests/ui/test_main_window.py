"""The window: what it shows at once, and what rests while a climb plays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.state import Look
from ssim_viewer.ui.shell.main_window import MainWindow
from ssim_viewer.ui.shell.preferences import Preferences
from tests.ui.sessions import run_of, session_of, with_run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Preferences(settings))
    qtbot.addWidget(window)
    return window


def place(window: MainWindow) -> str:
    label = window.findChild(QLabel, "transport_place")
    assert label is not None
    return label.text()


def test_numbers_and_plots_rest_between_the_images_of_a_climb(
    window: MainWindow, qtbot: QtBot
) -> None:
    """The latest step is told soon after, and at once when the climb is paused."""
    playing = replace(session_of(), playing=True)
    window.show_session(playing)
    for last in (5, 9):
        window.show_session(with_run(playing, run_of(last)))
    assert place(window) == "No steps yet"
    assert window.session.document.run is not None
    qtbot.waitUntil(lambda: place(window) == "Step 9 of 9")
    window.show_session(with_run(replace(playing, playing=False), run_of(12)))
    assert place(window) == "Step 12 of 12"


def test_whatever_else_changes_while_a_climb_plays_is_shown_at_once(window: MainWindow) -> None:
    playing = with_run(replace(session_of(), playing=True), run_of(5))
    window.show_session(playing)
    panes = (Quantity.SSIM, *Look().panes[1:])
    window.show_session(with_run(replace(playing, look=Look(panes=panes)), run_of(7)))
    assert window.panes.panes[0].canvas.accessibleName() == "SSIM"
    assert place(window) == "Step 7 of 7"
