"""Make the pictures of the README with the program itself: ``python docs/make_pictures.py``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image as PillowImage
from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.maximum_differentiation.state import PLAN
from ssim_viewer.features.training_lab.state import lab_of
from ssim_viewer.features.window_inspector.actions import HoldWindow
from ssim_viewer.images import read_sample, write_image
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.intents import (
    ActivatePane,
    ChooseLayout,
    ChooseQuantity,
    CompareInPane,
    OpenFiles,
)
from ssim_viewer.session.multi_run import multi_run_of
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.ui.shell.main_window import MainWindow

FOLDER = Path(__file__).parent / "pictures"
SIZE = (1280, 800)
STEPS = 30


def main() -> None:
    """Write every picture."""
    picture("descent-light", "--theme", "light", "--descend", "60")
    picture("ascent-dark", "--theme", "dark", "--ascend", "60")
    plate("plate-light")
    compare("compare-light")
    explain("explain-light")
    modes("modes-light")
    training("training-light")
    gradient("gradient-light")
    recording("descent")


def picture(name: str, *options: str) -> None:
    """Write a picture of the main window, by the command line."""
    size = "x".join(map(str, SIZE))
    path = str(FOLDER / f"{name}.png")
    command = [sys.executable, "-m", "ssim_viewer", "view", "--screenshot", path, "--size", size]
    subprocess.run([*command, *options], check=True)


def plate(name: str) -> None:
    """Write a picture of the plate of four, after some steps."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(settings=settings)
        window.set_theme(Theme.LIGHT)
        program = window.findChild(Program)
        assert program is not None
        wait_until(lambda: program.idle)
        window.actions_by_name["open_plate"].trigger()
        shown = next(each for each in QApplication.topLevelWidgets() if is_plate(each))
        shown.resize(*SIZE)
        play = shown.findChild(QPushButton, "plate_play")
        assert play is not None
        play.click()
        wait_until(lambda: steps_of(program) >= STEPS)
        play.click()
        wait_until(lambda: program.idle)
        shown.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def gradient(name: str) -> None:
    """Write a picture of the gradient in parts, and of climbs by each of them."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(settings=settings)
        window.set_theme(Theme.LIGHT)
        program = window.findChild(Program)
        assert program is not None
        wait_until(lambda: program.idle)
        window.actions_by_name["open_gradient_parts"].trigger()
        wait_until(lambda: program.idle)
        shown = program.features["gradient_parts"].window
        shown.resize(SIZE[0], 720)
        wait_until(lambda: program.idle)
        shown.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def recording(name: str) -> None:
    """Record a descent, by the command line."""
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder) / "camera.png"
        write_image(reference, read_sample("camera").pixels, 255, depth="uint8")
        command = [sys.executable, "-m", "ssim_viewer", "descend", str(reference), "--force"]
        options = ["--noise-mse", "900", "--steps", "12"]
        path = str(FOLDER / f"{name}.webp")
        subprocess.run([*command, *options, "--record", path], check=True)


def compare(name: str) -> None:
    """Write a picture of the workspace Compare, with encodings of a sample."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        photograph = PillowImage.fromarray(read_sample("coffee").pixels)
        reference = Path(folder) / "coffee.png"
        photograph.save(reference)
        files = []
        for suffix in ("jpg", "webp", "avif"):
            for quality in (15, 30, 50, 70, 85):
                files.append(Path(folder) / f"q{quality}.{suffix}")
                photograph.save(files[-1], quality=quality)
        window = create_window(reference, files[0], settings=settings)
        program = shown(window)
        window.resize(SIZE[0] + 160, SIZE[1])
        window.intended.emit(OpenFiles((reference, *files)))
        wait_until(lambda: program.idle)
        for name_of_action in ("workspace_compare", "light_worst"):
            trigger(window, name_of_action)
            wait_until(lambda: program.idle)
        window.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def explain(name: str) -> None:
    """Write a picture of the workspace Explain, with a window that was clicked."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(settings=settings)
        program = shown(window)
        window.resize(*SIZE)
        trigger(window, "workspace_explain")
        wait_until(lambda: program.idle)
        window.intended.emit(HoldWindow((200, 260)))
        wait_until(lambda: program.idle)
        window.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def shown(window: MainWindow) -> Program:
    """Show a window in the light theme, and return its program once it is at rest."""
    window.set_theme(Theme.LIGHT)
    window.show()
    program = window.findChild(Program)
    assert program is not None
    wait_until(lambda: program.idle)
    return program


def trigger(window: MainWindow, name: str) -> None:
    """Choose a row of the menus."""
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def modes(name: str) -> None:
    """Write a picture of four panes, each of which compares in a way of its own."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        photograph = PillowImage.fromarray(read_sample("coffee").pixels)
        reference, distorted = Path(folder) / "coffee.png", Path(folder) / "coffee-q8.jpg"
        photograph.save(reference)
        photograph.save(distorted, quality=8)
        window = create_window(reference, distorted, settings=settings)
        window.resize(*SIZE)
        program = shown(window)
        for pane, content, mode in (
            (0, Quantity.DISTORTED, Mode.WIPE),
            (1, Quantity.DISTORTED, Mode.ALONE),
            (2, Quantity.DISTORTED, Mode.DIFFERENCE),
            (3, Quantity.SSIM, Mode.OVERLAY),
        ):
            window.intended.emit(ChooseQuantity(pane, content))
            window.intended.emit(CompareInPane(pane, mode))
        window.intended.emit(ChooseLayout(Layout.FOUR))
        window.intended.emit(ActivatePane(3))
        wait_until(lambda: program.idle)
        window.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def training(name: str) -> None:
    """Write a picture of the training lab after a whole run of four losses, some minutes."""
    _ = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(settings=settings)
        window.set_theme(Theme.LIGHT)
        program = window.findChild(Program)
        assert program is not None
        window.actions_by_name["open_training_lab"].trigger()
        shown = program.features["training_lab"].window
        shown.runs_folder = Path(folder)
        shown.resize(*SIZE)
        play = shown.findChild(QPushButton, "training_play")
        assert play is not None
        play.click()
        wait_until(lambda: (run := lab_of(program.store.session).run) is not None and run.done)
        wait_until(lambda: program.idle)
        shown.grab().save(str(FOLDER / f"{name}.png"))
        window.close()


def is_plate(widget: QWidget) -> bool:
    """Whether a widget is the window of the plate."""
    return widget.objectName() == "plate_window"


def steps_of(program: Program) -> int:
    """Return how far the slowest run of the plate is."""
    group = multi_run_of(program.store.session, PLAN).group
    return min((run.step for run in group.runs), default=0) if group is not None else 0


def wait_until(condition: Callable[[], bool]) -> None:
    """Work through events until a condition holds."""
    loop = QEventLoop()
    while not condition():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    loop.processEvents()


if __name__ == "__main__":
    main()
