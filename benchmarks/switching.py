"""How fast another candidate is on screen that was seen before, on the real window.

    python -m benchmarks.switching [--size 2048] [--switches 60]

Each switch is the intent of a row of the table of candidates. The time is from before it until the
new scores and all panes are painted; nothing is measured again, which is checked. Beside it stands
how long the thread of the window was at work, which other programs on the machine hardly change.
Without a display it runs offscreen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ssim_viewer import metrics
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.app.viewing import keep_for_good
from ssim_viewer.images import write_image
from ssim_viewer.session.intents import ChooseCandidate, OpenFiles

if TYPE_CHECKING:
    from ssim_viewer.ui.shell.main_window import MainWindow

WINDOW = 1440, 900
CANDIDATES = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=2048, help="side of the images in pixels")
    parser.add_argument("--switches", type=int, default=60)
    options = parser.parse_args()
    application = QApplication([])
    metrics.warm_up()
    print(f"window {WINDOW[0]} × {WINDOW[1]}, platform {QGuiApplication.platformName()}")
    for channels in (1, 3):
        with tempfile.TemporaryDirectory() as folder:
            paths = _files(Path(folder), options.size, channels)
            settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
            window = create_window(paths[0], paths[1], settings=settings)
            window.resize(*WINDOW)
            window.show()
            times = _times(application, window, paths, options.switches)
            window.close()
        (median, usual), (late, most) = np.percentile(times, [50, 95], axis=0)
        name = f"{options.size}² {'RGB' if channels == 3 else 'grey'}"
        print(
            f"{name:12} median {median:6.1f} ms   p95 {late:6.1f} ms   "
            f"work of the thread: median {usual:6.1f} ms   p95 {most:6.1f} ms"
        )


def _files(folder: Path, size: int, channels: int) -> list[Path]:
    random = np.random.default_rng(0)
    shape = (size, size, 3)[: 2 + (channels == 3)]
    reference = random.integers(0, 256, shape).astype(np.uint8)
    paths = [folder / f"{number}.png" for number in range(CANDIDATES + 1)]
    for number, path in enumerate(paths):
        noise = random.normal(0, 5 * number, shape) if number else 0
        write_image(path, np.clip(reference + noise, 0, 255), 255, depth="uint8")
    return paths


def _times(
    application: QApplication, window: MainWindow, paths: list[Path], switches: int
) -> list[tuple[float, float]]:
    program = window.findChild(Program)
    assert program is not None

    def settle() -> None:
        while not program.idle:
            application.processEvents()
        application.processEvents()

    settle()
    window.intended.emit(OpenFiles(tuple(paths)))
    settle()
    for number in range(CANDIDATES):
        window.intended.emit(ChooseCandidate(number))
        settle()
    keep_for_good()
    times = []
    for number in range(switches):
        begun, worked = time.perf_counter(), time.thread_time()
        window.intended.emit(ChooseCandidate(number % CANDIDATES))
        measured, document = window.session.measured, window.session.document
        assert measured is not None
        assert measured.distorted is document.shown, "it was measured again"
        application.processEvents()  # paints
        now, work = time.perf_counter(), time.thread_time()
        times.append((1000 * (now - begun), 1000 * (work - worked)))
        settle()
    return times


if __name__ == "__main__":
    main()
