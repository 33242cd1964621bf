"""The peak memory of one large evaluation, measured in a process of its own.

``python -m benchmarks.memory SIDE`` prints the peak in megabytes: of the interpreter, its
libraries, the pair in 8 bits and everything that `evaluate` holds while it computes every map.
"""

from __future__ import annotations

import resource
import subprocess
import sys

import numpy as np

from ssim_viewer.metrics import Quantity, Ssim, evaluate


def evaluate_large(side: int) -> float:
    """Evaluate a pair of side × side, and return this process's peak memory in megabytes."""
    rng = np.random.default_rng(0)
    x, y = (rng.integers(0, 256, (side, side), np.uint8) for _ in range(2))
    evaluate(Ssim().bind(x), y, list(Quantity))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)  # bytes there, kilobytes elsewhere


def peak_megabytes(side: int) -> float:
    """Return the peak memory of a fresh process that evaluates a pair of side × side."""
    command = [sys.executable, "-m", "benchmarks.memory", str(side)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603  our own module


if __name__ == "__main__":
    print(evaluate_large(int(sys.argv[1])))
