"""What SSIM, its map, its gradient and one adaptive step cost, beside peers and the floor.

    python -m benchmarks [--large] [--sides 256 512 ...] [--plot FILE.svg]

The floor is six calls of `cv2.sepFilter2D` (11 taps, float32, one thread): what array code for SSIM
with its gradient can hardly avoid. All contestants take turns within one run, so that what else the
machine does falls on all of them; the best round of each is printed. The reference is bound
beforehand, as it is for the steps of a walk. `README.md` here has the method and a table.
"""

from __future__ import annotations

import argparse
import gc
import math
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np

from benchmarks import frames
from benchmarks.memory import planes_beside_the_pair
from benchmarks.peers import blazediff, missing, ours, pytorch_msssim, scikit_image
from benchmarks.plot import cost_against_size
from ssim_viewer.metrics import warm_up

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from benchmarks.peers import Contestants, Image

Key = TypeVar("Key", bound="Hashable")

SIDES = (256, 512, 1024, 2048)
LARGE = (4096, 8192)  # peers take too long, or too much memory
ROUNDS = range(3, 41)  # at least and at most
SECONDS = 10.0  # for each size
TURN = 0.05  # seconds
PAUSE = 0.3  # seconds before each round: threads of some peers spin on after their turn
FLOOR = "six filters"
COLUMNS = ("value", "value + map", "value + gradient", "value + map + gradient", "adaptive step")


def pair(side: int) -> tuple[Image, Image]:
    """Return a smooth random image and a noisy version of it."""
    rng = np.random.default_rng(0)
    x = cv2.GaussianBlur(rng.uniform(0, 255, (side, side)), (0, 0), 3)
    x = 255 * (x - x.min()) / np.ptp(x)
    return x, np.clip(x + 20 * rng.normal(size=x.shape), 0, 255)


def floor(x: Image) -> Callable[[], object]:
    """Return six separable filters on one thread."""
    plane = x.astype(np.float32)
    kernel, out = cv2.getGaussianKernel(11, 1.5), np.empty_like(plane)

    def six_filters() -> None:
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)
        for _ in range(6):
            cv2.sepFilter2D(plane, -1, kernel, kernel, dst=out)
        cv2.setNumThreads(threads)

    return six_filters


def contestants(side: int) -> dict[str, Contestants]:
    """Return what each project can do at one size."""
    x, y = pair(side)
    found: dict[str, Contestants] = {
        FLOOR: {"value": floor(x)},
        "single": ours(x, y, "single"),
        "double": ours(x, y, "double"),
    }
    if side not in LARGE:
        found |= {
            "blazediff-ssim": blazediff(x, y),
            "scikit-image": scikit_image(x, y),
            "pytorch-msssim": pytorch_msssim(x, y),
        }
    return {name: each for name, each in found.items() if each}


def milliseconds(calls: Mapping[Key, Callable[[], object]]) -> dict[Key, float]:
    """Return the best time of each contestant, all taking turns.

    Each is called at least twice in its turn, and for `TURN` seconds: as in a walk, all calls but
    the first find their own data in the cache.
    """
    times = dict.fromkeys(calls, math.inf)
    gc.collect()
    started = time.perf_counter()
    for done in range(ROUNDS.stop):
        if done >= ROUNDS.start and time.perf_counter() - started > SECONDS:
            break
        time.sleep(PAUSE)
        for name, call in calls.items():
            end = time.perf_counter() + TURN
            for calls_made in count():
                before = time.perf_counter()
                if calls_made >= 2 and before > end:
                    break
                call()
                times[name] = min(times[name], 1e3 * (time.perf_counter() - before))
    return times


def measure(side: int) -> dict[tuple[str, str], float]:
    """Return the milliseconds of all contestants at one size, by project and column."""
    found = milliseconds(
        {(who, what): c for who, each in contestants(side).items() for what, c in each.items()}
    )
    return found if side in LARGE else found | frames.milliseconds_a_frame(*pair(side))


def lines(side: int, times: dict[tuple[str, str], float]) -> list[str]:
    """Return the lines of the table for one size, as times and ratios to the floor."""
    base = times[FLOOR, "value"]
    found = [line(f"{side}²", FLOOR, [f"{base:.2f} (1×)"])]
    for who in dict.fromkeys(who for who, _ in times if who != FLOOR):
        each = [times.get((who, what)) for what in COLUMNS]
        found.append(
            line(f"{side}²", who, [f"{t:.2f} ({t / base:.2f}×)" if t else "" for t in each])
        )
    return found


def line(size: str, who: str, cells: Sequence[str]) -> str:
    """Return one line of a Markdown table."""
    padded = [*cells, *[""] * (len(COLUMNS) - len(cells))]
    return f"| {size:>5} | {who:<26} | " + " | ".join(f"{cell:>22}" for cell in padded) + " |"


def main() -> None:
    """Print the memory of a large evaluation and the table, and draw the plot."""
    options = _options()
    side = 4096  # first, since a child process counts what its parent holds when it starts it
    for precision in ("single", "double"):
        planes = planes_beside_the_pair(side, precision)
        print(f"Memory of value + map + gradient at {side}², {precision}: {planes:.1f} planes.")
    print(f"Compiled kernels: {'ready' if warm_up() else 'none'}.\n")
    print("Milliseconds (times the floor), best of calls that take turns.\n", flush=True)
    print(line("size", "", COLUMNS))
    print(line("----:", "---", ["---:"] * len(COLUMNS)))
    found = {}
    for side in options.sides or (*SIDES, *(LARGE if options.large else ())):
        found[side] = measure(side)
        print("\n".join(lines(side, found[side])), flush=True)
    print("\n" + "\n".join((*missing(), *frames.missing())))
    if options.plot:
        options.plot.write_text(cost_against_size(_curves(found)), encoding="utf-8")


def _curves(found: dict[int, dict[tuple[str, str], float]]) -> dict[str, dict[int, float]]:
    """Return nanoseconds a pixel of value, map and gradient, by project and size."""
    curves: dict[str, dict[int, float]] = {}
    for side, times in found.items():
        for (who, what), time_ in times.items():
            if who == FLOOR or what == "value + map + gradient":
                curves.setdefault(who, {})[side] = time_ * 1e6 / side**2
    return curves


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--large", action="store_true", help="also 4096² and 8192²")
    parser.add_argument("--sides", type=int, nargs="+", help="these sizes only")
    parser.add_argument("--plot", type=Path, help="an SVG of the cost per pixel against size")
    return parser.parse_args()


if __name__ == "__main__":
    main()
