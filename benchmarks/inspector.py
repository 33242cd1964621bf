"""How fast the window inspector follows the mouse, on the real window.

    python -m benchmarks.inspector [--size 2048] [--moves 400]

Each move is a mouse event over a pane. The time is from before the event until the dock, the marker
and the outline of the window are painted; beside it stands how long the thread of the window was at
work,
which other programs on the machine hardly change. Without a display it runs offscreen.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from ssim_viewer import metrics
from ssim_viewer.app import create_window
from ssim_viewer.app.cursor_follower import FRAME
from ssim_viewer.app.program import Program
from ssim_viewer.app.viewing import keep_for_good

WINDOW = 1440, 900


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=2048, help="side of the images in pixels")
    parser.add_argument("--moves", type=int, default=400)
    options = parser.parse_args()
    application = QApplication([])
    metrics.warm_up()
    print(f"window {WINDOW[0]} × {WINDOW[1]}, platform {QGuiApplication.platformName()}")
    for channels in (1, 3):
        for docked in (False, True):
            _measure(application, options, channels, docked=docked)


def _measure(
    application: QApplication, options: argparse.Namespace, channels: int, *, docked: bool
) -> None:
    random = np.random.default_rng(0)
    shape = (options.size, options.size, 3)[: 2 + (channels == 3)]
    reference = random.integers(0, 256, shape).astype(np.uint8)
    distorted = np.clip(reference + random.normal(0, 20, shape), 0, 255).astype(np.uint8)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(reference, distorted, settings=settings)
        window.resize(*WINDOW)
        window.show()
        program = window.findChild(Program)
        assert program is not None
        keep_for_good()
        if docked:
            window.actions_by_name["open_window_inspector"].setEnabled(True)
            window.actions_by_name["open_window_inspector"].trigger()
        while not program.idle:
            application.processEvents()
        application.processEvents()
        canvas = window.panes.panes[1].canvas
        times, work = [], []
        for _ in range(options.moves):
            x, y = random.uniform(0.2, 0.8, 2)
            place = QPointF(x * canvas.width(), y * canvas.height())
            event = QMouseEvent(
                QEvent.Type.MouseMove,
                place,
                canvas.mapToGlobal(place),
                Qt.MouseButton.NoButton,
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
            )
            begun, worked = time.perf_counter(), time.thread_time()
            application.sendEvent(canvas, event)
            while program.store.session.cursor != canvas.pixel_under_cursor:
                application.processEvents()
            application.processEvents()
            times.append(1000 * (time.perf_counter() - begun))
            work.append(1000 * (time.thread_time() - worked))
            while time.perf_counter() - begun < 2 * FRAME / 1000:
                application.processEvents()
        window.close()
    median, late = np.percentile(times, [50, 95])
    name = f"{options.size}² {'RGB' if channels == 3 else 'grey'}"
    what = "with the inspector" if docked else "hover alone"
    usual, most = np.percentile(work, [50, 95])
    print(
        f"{name:12} {what:20} median {median:6.2f} ms   p95 {late:6.2f} ms   "
        f"work of the thread: median {usual:6.2f} ms   p95 {most:6.2f} ms"
    )


if __name__ == "__main__":
    main()
