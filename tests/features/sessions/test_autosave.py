"""A copy of the session outlives a program that is killed, and is offered at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.features.sessions import autosave
from ssim_viewer.session import intents
from ssim_viewer.session.state import Layout
from tests.app.conftest import Driver

Open = Callable[[], Driver]

PROGRAM = """
import sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from ssim_viewer.app import create_window
from ssim_viewer.features.sessions import autosave
from ssim_viewer.session import intents
from ssim_viewer.session.state import Layout
autosave.INTERVAL = 50
application = QApplication([])
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
window = create_window(sys.argv[2], sys.argv[3], settings=settings, recovers=True)
window.show()
def change(session):
    if session.measured is not None and session.look.layout is not Layout.TWO:
        window.intended.emit(intents.ChooseLayout(Layout.TWO))
clock = QTimer(interval=20)
clock.timeout.connect(lambda: change(window.session))
clock.start()
application.exec()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "settings.ini"


@pytest.fixture
def start(qtbot: QtBot, settings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Start the program with settings of its own."""
    monkeypatch.setattr(autosave, "INTERVAL", 50)
    windows = []

    def open_window() -> Driver:
        kept = QSettings(str(settings), QSettings.Format.IniFormat)
        window = create_window(settings=kept, recovers=True)
        window.show()
        windows.append(window)
        driver = Driver(window, qtbot)
        driver.settle()
        return driver

    yield open_window
    for window in windows:
        window.close()
        window.deleteLater()


def copies(settings: Path) -> list[Path]:
    return list((settings.parent / autosave.FOLDER).glob("*.ssimv"))


@pytest.fixture
def killed(settings: Path, photographs: tuple[Path, Path], qtbot: QtBot) -> Path:
    """What a program left that was killed after a change."""
    settings.parent.mkdir()
    words = [sys.executable, "-c", PROGRAM, str(settings), *map(str, photographs)]
    with subprocess.Popen(words, env=dict(os.environ)) as process:
        qtbot.waitUntil(lambda: bool(copies(settings)), timeout=60_000)
        process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait(60)
    (copy,) = copies(settings)
    return copy


def click(driver: Driver, name: str) -> None:
    driver.until(lambda: driver.window.findChild(QPushButton, name) is not None)
    button = driver.window.findChild(QPushButton, name)
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_after_a_kill_the_next_start_offers_the_session_and_restores_it(
    start: Open, killed: Path, photographs: tuple[Path, Path]
) -> None:
    driver = start()
    driver.until(lambda: "ended unexpectedly" in driver.notice)
    click(driver, "notice_restore")
    driver.until(lambda: driver.session.look.layout is Layout.TWO)
    opened = driver.session.document.opened
    assert opened is not None
    assert (opened.reference.path, opened.distorted.path) == photographs
    assert not driver.window.actions_by_name["restore_leftover"].isEnabled()
    driver.window.close()
    assert not killed.exists()


def test_what_was_kept_can_be_discarded(start: Open, killed: Path) -> None:
    driver = start()
    driver.until(lambda: "ended unexpectedly" in driver.notice)
    click(driver, "notice_discard")
    driver.until(lambda: not killed.exists())
    assert driver.notice == "What was kept is removed."


def test_an_offer_that_was_dismissed_is_still_in_the_menu(start: Open, killed: Path) -> None:
    driver = start()
    driver.until(lambda: "ended unexpectedly" in driver.notice)
    driver.want(intents.DismissNotice())
    driver.trigger("restore_leftover")
    driver.until(lambda: driver.session.look.layout is Layout.TWO)


def test_a_clean_end_leaves_nothing(start: Open, settings: Path) -> None:
    driver = start()
    driver.want(intents.ChooseLayout(Layout.TWO))
    driver.until(lambda: bool(copies(settings)))
    driver.settle()
    driver.window.close()
    assert not copies(settings)
    assert "unexpectedly" not in start().notice


def test_two_programs_do_not_take_each_others_copy_for_a_leftover(
    start: Open, settings: Path
) -> None:
    first = start()
    first.want(intents.ChooseLayout(Layout.TWO))
    first.until(lambda: bool(copies(settings)))
    second = start()
    assert not second.window.actions_by_name["restore_leftover"].isEnabled()


def test_a_copy_that_is_damaged_gives_a_sentence(start: Open, killed: Path) -> None:
    killed.write_bytes(killed.read_bytes()[:100])
    driver = start()
    driver.until(lambda: "ended unexpectedly" in driver.notice)
    click(driver, "notice_restore")
    driver.until(lambda: "is damaged or no session file" in driver.notice)


def test_without_being_asked_a_window_keeps_no_copy(
    driver: Driver, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.want(intents.ChooseLayout(Layout.TWO))
    assert not list(own_settings.rglob("*.ssimv"))
    assert not (driver.window.preferences.folder / autosave.FOLDER).exists()
