"""How the window feels, measured on the real one.

    python -m benchmarks.live_feel [--size 512x512 --size 1920x1080 …] [--rule fixed]

Without a display it runs offscreen; on a screen, or on a virtual one, by

    QT_QPA_PLATFORM=xcb xvfb-run -a python -m benchmarks.live_feel

First the time from the start of a fresh process to the first maps on screen. Then at each size:
from a change of σ to the maps of that very change on screen; how late a timer of 5 ms fires while
a climb plays; how many frames are painted, and the steps that are made beside them and without a
display, in turns; and what passes after Cancel and Pause.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.feeling import TICK, Feeling, Playing
from ssim_viewer import metrics, synthesis
from ssim_viewer.app import create_window
from ssim_viewer.app.viewing import keep_for_good
from ssim_viewer.images import read_sample, write_image
from ssim_viewer.jobs import batches
from ssim_viewer.synthesis import Rule
from ssim_viewer.ui.pane import coloring

SIZES = ("512x512", "1920x1080", "3840x2160")
WINDOW = 1440, 900


def main() -> None:
    """Measure and print."""
    options = _options()
    batches.SHARE = options.share
    application = QApplication([])
    width, height = WINDOW
    print(
        f"window {width} × {height}, platform {QGuiApplication.platformName()}, {options.rule} rule"
    )
    starts = [_start() for _ in range(options.starts)]
    if starts:
        pictures, holds = (list(each) for each in zip(*starts, strict=True))
        print(_row("start to first computed picture, ms", pictures))
        print(_row("longest hold of the event loop while kernels are loaded after it, ms", holds))
    metrics.warm_up()
    synthesis.warm_up()
    coloring.warm_up()
    for size in options.size or SIZES:
        _measure(size, options)
    application.processEvents()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", action="append", help="WIDTHxHEIGHT; may be repeated")
    parser.add_argument("--rule", type=Rule, choices=list(Rule), default=Rule.FIXED)
    parser.add_argument(
        "--share",
        type=float,
        default=batches.SHARE,
        help="of its time that a climb gives to frames",
    )
    parser.add_argument("--starts", type=int, default=3, help="starts of a fresh process")
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--turns", type=int, default=6)
    # A climb of 512 × 512 pixels ends by itself after some 240 steps, in little more than a second.
    parser.add_argument("--seconds", type=float, default=1.0, help="of each turn")
    return parser.parse_args()


def _start() -> tuple[float, float]:
    """Return the ms of a fresh process to its first picture, and of the longest hold after it."""
    begun = time.time()
    command = [sys.executable, "-m", "benchmarks.first_picture"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    painted, hold = (float(word) for word in done.stdout.split())
    return 1000 * (painted - begun), hold


def _measure(size: str, options: argparse.Namespace) -> None:
    width, height = (int(side) for side in size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = create_window(*_pair(Path(folder), width, height), settings=settings)
        window.resize(*WINDOW)
        window.show()
        keep_for_good()
        feeling = Feeling(window)
        print(f"\n{width} × {height} pixels, grey")
        changes = [feeling.change(number) for number in range(options.changes)]
        print(_row("parameter change to maps on screen, ms", changes))
        _measure_climb(feeling, options)
        cancels = [feeling.cancelled_change(number) for number in range(8)]
        pauses = [feeling.paused_climb(options.rule) for _ in range(4)]
        for name, both in (("Cancel of a measurement", cancels), ("Pause of a climb", pauses)):
            answers, ends = (list(each) for each in zip(*both, strict=True))
            print(_row(f"{name} to its answer, ms", answers))
            print(_row(f"{name} to its end, ms", ends))
        window.close()


def _measure_climb(feeling: Feeling, options: argparse.Namespace) -> None:
    rule, seconds, turns = options.rule, options.seconds, range(options.turns)
    shown, alone = [], []
    for _ in turns:
        shown.append(feeling.play(rule, seconds))
        alone.append(feeling.steps_alone(rule, seconds))
    held = [late for playing in shown for late in playing.held]
    print(_row(f"a timer of {TICK} ms late while a climb plays, ms", held))
    print(_rates(shown, alone, seconds))


def _rates(shown: list[Playing], alone: list[int], seconds: float) -> str:
    steps, frames = (
        np.mean([getattr(each, name) for each in shown]) / seconds for name in ("steps", "frames")
    )
    bare = float(np.mean(alone)) / seconds
    return (
        f"displayed {frames:.1f}/s; steps {steps:.1f}/s, without a display {bare:.1f}/s "
        f"(lost to the display: {1 - steps / bare:.0%})"
    )


def _pair(folder: Path, width: int, height: int) -> tuple[Path, Path]:
    """Write a photograph of the wanted size, and noise on it."""
    camera = read_sample("camera").pixels.astype(np.float64)
    times = (-(-height // camera.shape[0]), -(-width // camera.shape[1]))
    reference = np.tile(camera, times)[:height, :width]
    distorted = reference + np.random.default_rng(0).normal(0, 20, reference.shape)
    paths = folder / "reference.png", folder / "distorted.png"
    for path, pixels in zip(paths, (reference, distorted), strict=True):
        write_image(path, pixels, 255, depth="uint8")
    return paths


def _row(name: str, values: list[float]) -> str:
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    return f"{name}: median {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f}, worst {max(values):.1f}"


if __name__ == "__main__":
    main()
