"""A very large pair in the real window, without a display: times, and the memory of the process.

    python -m benchmarks.large [--width 8192] [--height 6144] [--color] [--picture FILE.png]

Opens a pair with all six panes, moves σ ten times, and takes two steps of the adaptive rule. For
each it prints the seconds, and the highest that the memory of the process had come to by then. With
`--picture` it also writes what the window shows when the first maps have come.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from benchmarks.memory import peak
from ssim_viewer import metrics, synthesis
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.images import read_sample, write_image
from ssim_viewer.metrics import Quantity
from ssim_viewer.session import intents

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.main_window import MainWindow

CHANGES = 10
STEPS = 2


def main() -> None:
    """Measure and print."""
    options = _options()
    application = QApplication([])
    metrics.warm_up()
    synthesis.warm_up()
    kind = "RGB" if options.color else "grey"
    print(f"{options.width} × {options.height} pixels, {kind}, window 1440 × 900 offscreen")
    _tell("before opening", 0.0)
    with tempfile.TemporaryDirectory() as folder:
        # In another process, whose memory is not that of the program.
        write = multiprocessing.get_context("spawn").Process(
            target=_write, args=(Path(folder), options.width, options.height, options.color)
        )
        write.start()
        write.join()
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        _use(create_window(*_paths(Path(folder)), settings=settings), options.picture)
        application.processEvents()


def _use(window: MainWindow, picture: Path | None) -> None:
    begun = time.perf_counter()
    program = window.findChild(Program)
    assert program is not None
    window.resize(1440, 900)
    window.show()
    seen = _Seen(program, window, picture)
    _wait(program)
    for what, (moment, highest) in seen.moments.items():
        _tell(what, moment - begun, highest)
    if window.session.measured is not None:
        _tell("every map", time.perf_counter() - begun)
        _change(window, program)
    notice = window.session.notice
    print(notice.text if notice else "")
    window.close()


def _change(window: MainWindow, program: Program) -> None:
    """Move σ, and take steps."""
    for number in range(CHANGES):
        start = time.perf_counter()
        metric = replace(window.session.document.metric, sigma=1.6 + number / 10)
        window.intended.emit(intents.ChangeMetric(metric))
        _wait(program)
        _check(window, metric.sigma)
        _tell(f"σ {metric.sigma:.1f} to maps", time.perf_counter() - start)
    for number in range(STEPS):
        start = time.perf_counter()
        window.intended.emit(intents.StepOnce())
        _wait(program)
        _tell(f"step {number + 1} to maps", time.perf_counter() - start)


def _check(window: MainWindow, sigma: float) -> None:
    """Make sure that the maps are those of σ; in a function, since a name would hold them."""
    measured = window.session.measured
    assert measured is not None
    assert measured.metric.sigma == sigma


class _Seen:
    """The moments at which something was seen first."""

    def __init__(self, program: Program, window: MainWindow, picture: Path | None) -> None:
        self.moments: dict[str, tuple[float, float]] = {}
        self._window, self._picture = window, picture
        program.store.changed.connect(self._look)

    def _look(self, session: Session) -> None:
        if session.document.pair is not None:
            self._tell("pair read")
        if session.pictured is not None:
            self._tell("first picture")
        if _has_maps(session) and self._tell("first rows of maps") and self._picture:
            self._window.grab().save(str(self._picture))

    def _tell(self, what: str) -> bool:
        first = what not in self.moments
        self.moments.setdefault(what, (time.perf_counter(), peak()))
        return first


def _has_maps(session: Session) -> bool:
    pictured = session.pictured
    if pictured is None:
        return False
    return bool(pictured.computed) or pictured.maps[Quantity.SSIM].values.size > 0


def _wait(program: Program) -> None:
    loop = QEventLoop()
    while not program.idle:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _tell(what: str, seconds: float, highest: float | None = None) -> None:
    gigabytes = (peak() if highest is None else highest) / 1e9
    print(f"{what:<20}{seconds:7.2f} s   peak {gigabytes:5.2f} GB", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--width", type=int, default=8192)
    parser.add_argument("--height", type=int, default=6144)
    parser.add_argument("--color", action="store_true")
    parser.add_argument("--picture", type=Path)
    return parser.parse_args()


def _paths(folder: Path) -> tuple[Path, Path]:
    return folder / "reference.png", folder / "distorted.png"


def _write(folder: Path, width: int, height: int, color: bool) -> None:  # noqa: FBT001 - for spawn
    """Write a photograph of the wanted size, and noise on it."""
    camera = read_sample("camera").pixels
    reference = cv2.resize(camera, (width, height), interpolation=cv2.INTER_CUBIC)
    noise = np.random.default_rng(0).normal(0, 20, (512, width)).astype(np.float32)
    distorted = np.empty_like(reference)
    for top in range(0, height, len(noise)):
        rows = reference[top : top + len(noise)]
        distorted[top : top + len(noise)] = np.clip(rows + noise[: len(rows)], 0, 255)
    for path, pixels in zip(_paths(folder), (reference, distorted), strict=True):
        write_image(path, cv2.merge([pixels] * 3) if color else pixels, 255, depth="uint8")


if __name__ == "__main__":
    main()
