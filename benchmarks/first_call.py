"""The first SSIM of a fresh process, on a pair of 512 × 512: ``python -m benchmarks.first_call``.

Nothing is compiled yet and nothing waits for a compiler. The target is 30 ms for binding and value
together, imports not counted; the smallest of the processes is what the code costs, the median what
this machine makes of it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

TARGET = 30.0
"""Milliseconds."""

PROCESSES = 11

SCRIPT = """
import time
import numpy as np
from ssim_viewer.metrics import Ssim

rng = np.random.default_rng(0)
x = rng.integers(0, 256, (512, 512)).astype(np.uint8)
y = rng.integers(0, 256, (512, 512)).astype(np.uint8)
begun, worked = time.perf_counter(), time.process_time()
Ssim({settings}).bind(x).value(y)
print(1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked))
"""


def first_calls(settings: str = "", processes: int = PROCESSES) -> list[tuple[float, float]]:
    """Return the milliseconds of the first call in so many fresh processes: in all, of processor.

    Beside other work a call lasts longer than it works.
    """
    words = [sys.executable, "-c", SCRIPT.format(settings=settings)]
    found = []
    for _ in range(processes):
        done = subprocess.run(words, capture_output=True, check=True, text=True)
        lasted, worked = map(float, done.stdout.split())
        found.append((lasted, worked))
    return found


def main() -> None:
    """Print the smallest and the median of each kind of call beside the target."""
    for title, settings in (("8-bit pair", ""), ("the same in single", 'precision="single"')):
        lasted, worked = zip(*first_calls(settings), strict=True)
        least, middle = min(lasted), statistics.median(lasted)
        met = "met" if least <= TARGET else "missed"
        print(
            f"first SSIM of a fresh process, {title}: {least:.1f} ms at best, {middle:.1f} ms in "
            f"the median of {PROCESSES} ({min(worked):.1f} ms of processor time at best); the "
            f"target of {TARGET:g} ms is {met}"
        )


if __name__ == "__main__":
    main()
