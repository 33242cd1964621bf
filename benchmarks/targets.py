"""Every target of speed and memory, met or not; where it is not, what stands in the way.

    python -m benchmarks.targets [--side 1024] [--whole-program]

``python -m benchmarks`` ends with it. Contestants take turns, and the least processor time of each
counts, of all threads together: other work on the machine hardly changes that. Only what is held
against six filters on one thread is by the clock on the wall, and wants a quiet machine. With
`--whole-program` the real window opens 50 megapixels too, for some minutes; how it feels is
`benchmarks.live_feel`'s.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer import synthesis
from ssim_viewer.compute.tiles import MOST_THREADS, THREADS
from ssim_viewer.metrics import MetricContext, Ssim, catalogue, warm_up
from ssim_viewer.metrics.kernels_on_use import warm_up_every
from ssim_viewer.synthesis import climb, reconstruct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    Image = NDArray[np.float64]

TURNS = 12
FAMILY: tuple[str, ...] = (
    "ms-ssim",
    "cw-ssim",
    "w-ssim",
    "gmsd",
    "ms-gmsd",
    "iw-ssim",
    "fsim",
    "vif",
    "haarpsi",
    "nlpd",
    "ssimulacra2",
)
STANDS: Mapping[str, str] = {
    "iw-ssim": "11 taps there and back, logarithms and boxes of 3 × 3, and the pyramid both ways",
    "fsim": "34 Fourier transforms; large images are shrunk to about 256 first",
    "ssimulacra2": "two passes over windows of 9 taps: what errors weigh depends on their sums",
    "step": "lengths tried in vain, and passes that wait for memory, see README.md",
    "single": "sums along the rows, whose loads cross lines of the cache, see README.md",
}


@dataclass(frozen=True)
class Target:
    """What is wanted, and what was found; less is better.

    Attributes
    ----------
    stands
        What stands in the way, said where it is not met.
    """

    what: str
    most: float
    found: float
    stands: str = ""

    def line(self) -> str:
        """Return it as a line of a Markdown table."""
        met = self.found <= self.most
        verdict = "met" if met else f"not met: {self.stands}"
        return f"| {self.what} | {self.most:g} | {self.found:.2f} | {verdict} |"


def main(side: int = 1024, *, whole_program: bool = False) -> None:
    """Print the table."""
    warm_up()
    synthesis.warm_up()
    print(f"\nTargets, by processor time at {side}².\n")
    print("| | at most | found | |\n| --- | ---: | ---: | --- |")
    for target in (*ratios(side), *_beside_filters(side), *_bounded(), *_memory(side), _threads()):
        print(target.line(), flush=True)
    if whole_program:
        for color in (False, True):
            print(_window(color=color).line(), flush=True)


def ratios(side: int) -> Iterator[Target]:
    """Yield what is held against SSIM's value and gradient."""
    x, y = pair(side)
    steps = climb(Ssim(), x, y, "descent")
    calls: dict[str, Callable[[], object]] = {"step": lambda: next(steps)}
    for name in ("ssim", *FAMILY):
        bound = catalogue()[name].make(MetricContext()).bind(x)
        calls[name] = partial(bound.value_and_gradient, y)
    warm_up_every()
    for _ in range(3):
        next(steps)
    found = least_times(calls, time.process_time)
    base = found["ssim"]
    yield Target("adaptive step / value and gradient", 1.5, found["step"] / base, STANDS["step"])
    for name in FAMILY:
        symbol = catalogue()[name].symbol
        ratio = found[name] / base
        yield Target(f"{symbol} gradient / SSIM gradient", 3, ratio, STANDS.get(name, ""))


def _beside_filters(side: int) -> Iterator[Target]:
    """Yield what is held against six filters, by the clock on the wall."""
    x, y = pair(side)
    calls: dict[str, Callable[[], object]] = {"floor": _floor(x)}
    for precision, dtype in (("single", np.float32), ("double", np.float64)):
        calls[precision] = _with_map(x, y.astype(dtype))
    found = least_times(calls, time.perf_counter)
    for precision, most in (("single", 0.35), ("double", 0.7)):
        what = f"value, map and gradient in {precision} / six filters, on the wall"
        yield Target(what, most, found[precision] / found["floor"], STANDS["single"])


def least_times(
    calls: Mapping[str, Callable[[], object]], clock: Callable[[], float]
) -> dict[str, float]:
    """Return the least time of each by a clock, in seconds, all taking turns."""
    least = dict.fromkeys(calls, math.inf)
    for call in calls.values():
        call()
    for _ in range(TURNS):
        for name, call in calls.items():
            before = clock()
            call()
            least[name] = min(least[name], clock() - before)
    return least


def _with_map(x: Image, y: NDArray[np.floating]) -> Callable[[], object]:
    bound = Ssim(precision="single" if y.dtype == np.float32 else "double").bind(x)
    return lambda: bound.measure(y, maps=("ssim",), gradient=True, dtype=y.dtype)


def _bounded() -> Iterator[Target]:
    """Yield how much longer than the others the first step of L-BFGS-B is, at 512²."""
    x, y = pair(512)
    marks = [time.process_time()]
    for step in reconstruct(Ssim(), x, y, optimizer="l-bfgs-b", iterations=8):
        marks.append(time.process_time())
        del step
    spent = [later - earlier for earlier, later in pairwise(marks)]
    yield Target(
        "L-BFGS-B at 512²: first step / mean of the others",
        3,
        spent[1] / float(np.mean(spent[2:])),
        "SciPy of another version than those whose core is known",
    )


def _memory(side: int) -> Iterator[Target]:
    """Yield what the largest gradients hold, in bytes a pixel."""
    x, y = pair(side)
    for name in ("iw-ssim", "ssimulacra2"):
        bound = catalogue()[name].make(MetricContext()).bind(x)
        tracemalloc.start()
        bound.value_and_gradient(y)
        peak = tracemalloc.get_traced_memory()[1] / x.size
        tracemalloc.stop()
        yield Target(f"{catalogue()[name].symbol} gradient, bytes a pixel", 600, peak)


def _threads() -> Target:
    """Return how many processors this process may use and leaves idle."""
    most = min(os.cpu_count() or 1, MOST_THREADS)
    return Target(f"processors left idle, of the first {MOST_THREADS}", 0, most - THREADS)


def _window(*, color: bool) -> Target:
    """Return the peak of the whole program with 50 megapixels, steps among it, in GB."""
    words = [sys.executable, "-m", "benchmarks.large", *(["--color"] if color else [])]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    peak = max(map(float, re.findall(r"peak +([\d.]+) GB", printed)))
    kind = "colour" if color else "grey"
    stands = "maps on screen and those that are made, 32 bytes a pixel, see README.md"
    return Target(f"50 megapixels, {kind}, with steps, GB", 3, peak, stands)


def pair(side: int) -> tuple[Image, Image]:
    """Return a smooth image and the same with noise, (side, side) in 0 to 255."""
    random = np.random.default_rng(0)
    x = cv2.GaussianBlur(random.uniform(0, 255, (side, side)), (0, 0), 3)
    x = 255 * (x - x.min()) / np.ptp(x)
    return x, np.clip(x + 20 * random.normal(size=x.shape), 0, 255)


def _floor(x: Image) -> Callable[[], object]:
    plane, kernel = x.astype(np.float32), cv2.getGaussianKernel(11, 1.5)
    out = np.empty_like(plane)

    def six_filters() -> None:
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        for _ in range(6):
            cv2.sepFilter2D(plane, -1, kernel, kernel, dst=out)
        cv2.setNumThreads(threads)

    return six_filters


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.targets")
    parser.add_argument("--side", type=int, default=1024)
    parser.add_argument("--whole-program", action="store_true")
    given = parser.parse_args()
    main(given.side, whole_program=given.whole_program)
