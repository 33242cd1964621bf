"""How the window feels, measured on the real one without a display.

    python -m benchmarks.live_feel [--size 512] [--changes 60] [--seconds 5]

Prints two things at one image size: the time from a change of σ to the maps of that
very change on screen, and how long the event loop was held while a run played, taken
from a timer that wants to fire every 5 ms.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ssim_viewer import metrics, synthesis
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.images import read_sample, write_image
from ssim_viewer.session import intents
from ssim_viewer.synthesis import Rule

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.views.main_window import MainWindow

TICK = 5
"""Milliseconds between two wanted firings of the timer."""


def main() -> None:
    """Measure and print."""
    options = _options()
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        paths = _pair(Path(folder), options.size)
        window = create_window(*paths, settings=settings)
        window.resize(1440, 900)
        window.show()
        program = window.findChild(Program)
        assert program is not None
        _wait(program)
        metrics.warm_up()
        synthesis.warm_up()
        latencies = [
            _change_to_screen(window, program, number) for number in range(options.changes)
        ]
        held, steps, frames = _play(window, program, options.seconds)
        window.close()
        application.processEvents()
    print(f"{options.size} × {options.size} pixels, grey, window 1440 × 900 offscreen")
    print(_row("parameter change to maps on screen, ms", latencies))
    print(_row(f"event loop held beyond {TICK} ms while a run plays, ms", held))
    print(
        f"run at full speed: {steps / options.seconds:.0f} steps/s, "
        f"{frames / options.seconds:.0f} displayed/s"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=5.0)
    return parser.parse_args()


def _pair(folder: Path, size: int) -> tuple[Path, Path]:
    """Write a photograph of the wanted size, and noise on it."""
    camera = read_sample("camera").pixels.astype(np.float64)
    times = -(-size // camera.shape[0])
    reference = np.tile(camera, (times, times))[:size, :size]
    distorted = reference + np.random.default_rng(0).normal(0, 20, reference.shape)
    paths = folder / "reference.png", folder / "distorted.png"
    for path, pixels in zip(paths, (reference, distorted), strict=True):
        write_image(path, pixels, 255, depth="uint8")
    return paths


def _wait(program: Program) -> None:
    loop = QEventLoop()
    while not program.idle:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _change_to_screen(window: MainWindow, program: Program, number: int) -> float:
    """Return the milliseconds from an intent to the painted answer to it."""
    sigma = 1.0 + (number % 20) / 20
    start = time.perf_counter()
    metric = replace(window.session.document.metric, sigma=sigma)
    window.intended.emit(intents.ChangeMetric(metric))
    _wait(program)
    assert window.session.measured is not None
    assert window.session.measured.evaluation.metric == metric
    window.panes.repaint()
    return (time.perf_counter() - start) * 1000


def _play(window: MainWindow, program: Program, seconds: float) -> tuple[list[float], int, int]:
    """Return how long the loop was held at each tick, the steps made and the frames shown."""
    experiment = replace(window.session.document.experiment, rule=Rule.FIXED)
    window.intended.emit(intents.ChangeExperiment(experiment))
    held: list[float] = []
    clock = QElapsedTimer()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: held.append(max(0.0, clock.nsecsElapsed() / 1e6 - TICK)))
    timer.timeout.connect(clock.start)
    shown: list[object] = [window.session.measured]

    def count(session: Session) -> None:
        if session.measured is not shown[-1]:
            shown.append(session.measured)

    program.store.changed.connect(count)
    clock.start()
    timer.start(TICK)
    window.intended.emit(intents.Play())
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    timer.stop()
    window.intended.emit(intents.Pause())
    _wait(program)
    run = window.session.document.run
    assert run is not None
    return held, run.last, len(shown) - 1


def _row(name: str, values: list[float]) -> str:
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return f"{name}: median {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f}, worst {max(values):.1f}"


if __name__ == "__main__":
    main()
