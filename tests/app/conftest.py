"""The real window, offscreen, with a small pair of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.images import write_image
from ssim_viewer.session import intents
from ssim_viewer.session.state import Session
from ssim_viewer.ui.shell.main_window import MainWindow

SIZE = 64


class Driver:
    """A window and what a person does to it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        program = window.findChild(Program)
        assert program is not None
        self.window, self.program, self.qtbot = window, program, qtbot

    @property
    def session(self) -> Session:
        return self.window.session

    @property
    def notice(self) -> str:
        return self.session.notice.text if self.session.notice else ""

    def settle(self) -> None:
        """Wait until everything that was asked for is on screen."""
        self.qtbot.waitUntil(lambda: self.program.idle, timeout=30_000)

    def want(self, intent: intents.Intent) -> None:
        """Want something and wait for it."""
        self.window.intended.emit(intent)
        self.settle()

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=30_000)

    def trigger(self, name: str) -> None:
        self.window.actions_by_name[name].trigger()


@pytest.fixture
def photographs(tmp_path: Path) -> tuple[Path, Path]:
    """A reference and a noisy version of it, as 8-bit PNG files."""
    random = np.random.default_rng(1)
    y, x = np.mgrid[:SIZE, :SIZE]
    reference = 128 + 60 * np.sin(x / 5) * np.cos(y / 7) + random.normal(0, 8, (SIZE, SIZE))
    distorted = reference + random.normal(0, 20, reference.shape)
    paths = tmp_path / "référence 1.png", tmp_path / "distorted – ß.png"
    for path, pixels in zip(paths, (reference, distorted), strict=True):
        write_image(path, pixels, 255, depth="uint8")
    return paths


@pytest.fixture
def driver(qtbot: QtBot, photographs: tuple[Path, Path]) -> Iterator[Driver]:
    """A window with the small pair, computed."""
    window = create_window(*photographs)
    window.resize(1280, 720)
    window.show()
    driver = Driver(window, qtbot)
    driver.settle()
    yield driver
    window.close()
    window.deleteLater()
