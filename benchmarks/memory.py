"""The peak memory of large evaluations, each measured in a process of its own.

    python -m benchmarks.memory SIDE [single|double|everything]

With a precision it prints how many float32 planes value + map + gradient of an 8-bit pair hold at
their peak beside the pair, the statistics of the reference among them. With "everything" it prints
the peak in megabytes of a process that evaluates the pair with every map that the window can show.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import Any

import numpy as np

from ssim_viewer.metrics import Quantity, Ssim, evaluate, warm_up


def planes(side: int, precision: Any) -> float:
    """Return the peak of this process in float32 planes beside the pair it evaluates."""
    warm_up()
    x, y = _pair(side)
    Ssim(precision=precision).bind(x[:600, :600]).value_and_gradient(y[:600, :600])
    before = peak()
    bound = Ssim(precision=precision).bind(x)
    bound.measure(y, maps=("ssim",), gradient=True, dtype=np.float32)
    return (peak() - before) / (4 * side**2)


def evaluate_large(side: int) -> float:
    """Evaluate a pair of side × side, and return this process's peak memory in megabytes."""
    warm_up()
    x, y = _pair(side)
    evaluate(Ssim().bind(x), y, list(Quantity))
    return peak() / 1e6


def peak_megabytes(side: int) -> float:
    """Return the peak memory of a fresh process that evaluates a pair of side × side."""
    return _in_a_process(side, "everything")


def planes_beside_the_pair(side: int, precision: str) -> float:
    """Return how many float32 planes an evaluation holds, from a fresh process."""
    return _in_a_process(side, precision)


def _pair(side: int) -> tuple[Any, Any]:
    rng = np.random.default_rng(0)
    x, y = (rng.integers(0, 256, (side, side), np.uint8) for _ in range(2))
    x.setflags(write=False)  # what may change is copied when it is bound
    return x, y


def peak() -> float:
    """Return the highest that the memory of this process has come to, in bytes."""
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(highest) * (1 if sys.platform == "darwin" else 1024)


def _in_a_process(side: int, what: str) -> float:
    command = [sys.executable, "-m", "benchmarks.memory", str(side), what]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    wanted = sys.argv[2] if len(sys.argv) > 2 else "everything"
    size = int(sys.argv[1])
    print(evaluate_large(size) if wanted == "everything" else planes(size, wanted))
