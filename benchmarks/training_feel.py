"""How the window feels while four networks learn, measured on the real one.

    python -m benchmarks.training_feel [--seconds 30] [--network sr]

The training lab is opened and plays with four losses. How late a timer of 5 ms fires is told, and
what the window's thread worked from one firing to the next: the first is what a hand feels on this
machine with all that runs on it, the second what the program itself is to blame for. 16 ms is a
frame.
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

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.feeling import TICK
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.feature import OpenView
from ssim_viewer.features.training_lab.actions import ChooseTraining, PlayTraining, StopTraining
from ssim_viewer.features.training_lab.state import lab_of
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from collections.abc import Callable

FRAME = 16
"""Milliseconds between two pictures of a screen of 60 Hz."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--network", choices=("autoencoder", "sr"), default="autoencoder")
    options = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        file = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(settings=file)
        window.resize(1440, 900)
        window.show()
        program = window.findChild(Program)
        assert program is not None
        want = program.features.answer
        want(OpenView("training_lab"))
        want(ChooseTraining(TrainingSettings(network=options.network, steps=1_000_000)))
        _turn_until(lambda: program.idle)
        want(PlayTraining(Path(folder) / "feel.run"))
        _turn_until(lambda: lab_of(window.session).step >= 1)
        late, worked = _gaps(options.seconds)
        print(f"{lab_of(window.session).step} steps of {options.network} by four losses")
        want(StopTraining())
        _turn_until(lambda: program.idle)
        window.close()
    print(_row("a timer of 5 ms comes late by", late))
    print(_row("the window's thread works between two", worked))
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    application.processEvents()


def _gaps(seconds: float) -> tuple[list[float], list[float]]:
    """Return how late each tick came, and the work of this thread since the last, in ms."""
    late: list[float] = []
    worked: list[float] = []
    last = [time.perf_counter(), time.thread_time()]

    def tick() -> None:
        now = time.perf_counter(), time.thread_time()
        late.append(max(0.0, 1000 * (now[0] - last[0]) - TICK))
        worked.append(1000 * (now[1] - last[1]))
        last[:] = now

    timer = QTimer(interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    timer.stop()
    return late, worked


def _turn_until(holds: Callable[[], bool]) -> None:
    loop, timer = QEventLoop(), QTimer(interval=50)
    timer.timeout.connect(lambda: loop.quit() if holds() else None)
    timer.start()
    loop.exec()


def _row(name: str, values: list[float]) -> str:
    middle, most, nearly_all = np.percentile(values, (50, 95, 99))
    beyond = np.mean(np.array(values) > FRAME)
    return (
        f"{name}: median {middle:.1f} ms, p95 {most:.1f}, p99 {nearly_all:.1f}, longest "
        f"{max(values):.1f}; above {FRAME} ms {beyond:.2%} of {len(values)}"
    )


if __name__ == "__main__":
    main()
