"""Long use: random events first, then Play, whose first picture comes at once in bounded memory.

The time that the window worked before, and what it holds by then, must not slow a run down.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QTimer

from ssim_viewer.app.program import Program
from ssim_viewer.jobs.batches import BATCH_BYTES
from ssim_viewer.session import intents
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.run import MEMORY_BUDGET
from ssim_viewer.session.state import DEFAULT_METRIC
from stress import hand
from stress.events import worked_in

if TYPE_CHECKING:
    from ssim_viewer.ui.shell.main_window import MainWindow

SAMPLE = "camera-jpeg"
FIRST_PICTURE = 1.0
"""Seconds from Play to the first step on screen."""

MOST_GAINED = BATCH_BYTES + MEMORY_BUDGET
"""Bytes that a run may take: steps that wait for the screen, and those that are kept."""

STEPS = 300
PATIENCE = 120.0  # seconds for what the events left to do, and for the steps


def main(arguments: list[str]) -> int:
    """Use the window, then play; print what was measured, and return 1 if it was too much."""
    parser = argparse.ArgumentParser(prog="python -m stress long_use", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="events before Play")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices")
    parser.add_argument(
        "--no-stalls",
        dest="stalls",
        action="store_false",
        help="report a late picture without failing, on a machine that has other work",
    )
    options = parser.parse_args(arguments)
    with worked_in(options.count, options.seed) as (window, report):
        seconds, gained, steps = play(window)
    report.stalls = False  # those of the events; `stress events` judges them
    print(report.text(options.seed))
    print(
        f"then Play: first picture after {seconds:.2f} s, {steps} steps,"
        f" memory at most {gained / 2**20:+.0f} MiB of {MOST_GAINED / 2**20:.0f}"
    )
    late = options.stalls and seconds > FIRST_PICTURE
    return 1 if report.problems or gained > MOST_GAINED or late else 0


def play(window: MainWindow) -> tuple[float, int, int]:
    """Play on the sample; return seconds to the first picture, bytes gained, and steps made."""
    program = window.findChild(Program)
    assert program is not None  # noqa: S101 - every main window has one
    for intent in (
        intents.OpenSample(SAMPLE),
        intents.ChangeMetric(DEFAULT_METRIC),
        intents.ChangePlayback(Playback(step_limit=STEPS, stop_when_still=False)),
    ):
        window.intended.emit(intent)
        hand.wait(lambda: program.idle, "what was asked for", PATIENCE)
    process = psutil.Process()
    base = highest = process.memory_info().rss
    watch = QTimer(interval=10)

    def look() -> None:
        nonlocal highest
        highest = max(highest, process.memory_info().rss)

    watch.timeout.connect(look)
    watch.start()
    begun = time.monotonic()
    hand.activate(window)
    window.actions_by_name["play"].trigger()
    hand.wait(lambda: _last(window) >= 1, "the first step", PATIENCE)
    seconds = time.monotonic() - begun
    hand.wait(lambda: not window.session.playing, "the last step", PATIENCE)
    watch.stop()
    return seconds, highest - base, _last(window)


def _last(window: MainWindow) -> int:
    """Return the latest step on screen; 0 before there is one."""
    run = window.session.document.run
    return run.last if run is not None else 0
