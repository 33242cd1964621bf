"""A thousand displayed frames leave reference counts and memory as they were.

A release of the Qt bindings that loses references to None, True or False with each
signal aborts after a few hundred frames; so this test falls before a person's program does.
"""

from __future__ import annotations

import gc
import resource
import sys
import tracemalloc
from typing import TYPE_CHECKING

from ssim_viewer import metrics, synthesis
from ssim_viewer.session import intents

if TYPE_CHECKING:
    from tests.app.conftest import Driver

FRAMES = 1_000
IMMORTAL = 1 << 29
"""Above this, reference counts of constants stand still (Python 3.12 and later)."""


CONSTANTS = (None, True, False)


def counts() -> list[int]:
    """Reference counts of the constants; 0 where the interpreter keeps none."""
    counted = [sys.getrefcount(constant) for constant in CONSTANTS]
    return [0 if count > IMMORTAL else count for count in counted]


def display(driver: Driver, frames: int) -> None:
    """Show frames of the history, back and forth, each measured and painted."""
    last = 10
    for frame in range(frames):
        driver.window.intended.emit(intents.ScrubTo(frame % last))
        driver.until(lambda: driver.program.idle)
        driver.window.repaint()


def test_a_thousand_frames_keep_reference_counts_and_memory_flat(driver: Driver) -> None:
    assert metrics.warm_up()  # here, so that what compiling keeps is not counted
    assert synthesis.warm_up()
    for _ in range(10):
        driver.want(intents.StepOnce())
    display(driver, 50)
    gc.collect()
    tracemalloc.start()
    before, peak, held = counts(), peak_memory(), tracemalloc.get_traced_memory()[0]
    display(driver, FRAMES)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - held
    tracemalloc.stop()
    gained = [after - then for after, then in zip(counts(), before, strict=True)]
    assert min(gained) > -50, f"references lost: {gained}"
    # The bindings forget to give back a few references to None where they paint on a QPicture,
    # as axes do. That is harmless: more than this would not be theirs.
    assert max(gained) < 10 * FRAMES, f"references kept: {gained}"
    assert held < 1_000_000, f"Python holds {held} more bytes"
    assert peak_memory() - peak < 64 * 2**20


def peak_memory() -> int:
    """The most memory that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
