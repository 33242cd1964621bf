"""How fast candidates are ranked in the window, beside the command `score` on the same files.

    python -m benchmarks.candidates [--count 200] [--megapixels 2]

The same photograph in JPEG of many qualities is judged by the dock of candidates, with its table
and plot on screen, and by `ssim-viewer score`. Beside the rate stands the time of processors for
each candidate, which other programs hardly change; that of `score` has its start in it.
Without a display it runs offscreen.
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

from PIL import Image as PillowImage
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ssim_viewer import metrics
from ssim_viewer.app import create_window
from ssim_viewer.app.program import Program
from ssim_viewer.features.candidates.actions import AddCandidates
from ssim_viewer.features.feature import OpenView
from ssim_viewer.images import read_sample

WINDOW = 1440, 900


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--megapixels", type=float, default=2.0)
    options = parser.parse_args()
    application = QApplication([])
    metrics.warm_up()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{options.count} candidates of {options.megapixels:g} megapixels; load {load}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reference, files = _files(folder, options.count, options.megapixels)
        _in_window(application, folder, reference, files)
        _by_score(reference, files)


def _files(folder: Path, count: int, megapixels: float) -> tuple[Path, list[Path]]:
    """Write the reference, and as many JPEG files of it."""
    sample = read_sample("coffee").pixels
    height = round((megapixels * 1e6 * 3 / 4) ** 0.5)
    size = round(height * 4 / 3), height
    photograph = PillowImage.fromarray(np.asarray(sample)).resize(size)
    noise = np.random.default_rng(0).normal(0, 4, (height, size[0], 3))
    pixels = np.clip(np.asarray(photograph) + noise, 0, 255).astype(np.uint8)
    picture = PillowImage.fromarray(pixels)
    reference = folder / "reference.png"
    picture.save(reference, compress_level=1)
    files = [folder / f"{number:03}.jpg" for number in range(count)]
    for number, path in enumerate(files):
        picture.save(path, quality=10 + 85 * number // count)
    return reference, files


def _in_window(application: QApplication, folder: Path, reference: Path, files: list[Path]) -> None:
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = create_window(reference, files[0], settings=settings)
    window.resize(*WINDOW)
    window.show()
    program = window.findChild(Program)
    assert program is not None

    def settle() -> None:
        while not program.idle:
            application.processEvents()
            time.sleep(0.001)  # a loop that asks again and again would count as work

    settle()
    window.intended.emit(OpenView("candidates"))
    settle()
    begun = time.perf_counter(), time.process_time(), time.thread_time()
    window.intended.emit(AddCandidates(tuple(files)))
    application.processEvents()
    settle()
    ended = time.perf_counter(), time.process_time(), time.thread_time()
    wall, work, gui = (last - first for first, last in zip(begun, ended, strict=True))
    _print("window", len(files), wall, work)
    print(f"        of which the thread of the window {1000 * gui / len(files):.1f} ms")
    window.close()


def _by_score(reference: Path, files: list[Path]) -> None:
    command = [sys.executable, "-m", "ssim_viewer", "score", str(reference), *map(str, files)]
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, os.times()
    work = after.children_user - before.children_user
    _print("score", len(files), wall, work + after.children_system - before.children_system)


def _print(name: str, count: int, wall: float, work: float) -> None:
    print(
        f"{name:7} {count / wall:6.1f} a second, {1000 * work / count:6.1f} ms of processors each"
    )


if __name__ == "__main__":
    main()
