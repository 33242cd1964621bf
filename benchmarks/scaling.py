"""How value, map and gradient of SSIM get faster with threads: measured, and in principle.

    python -m benchmarks.scaling [--sides 512 1024 2048 4096] [--plot FILE.svg]

As many threads as there are processors are measured, in turns, in double. With more of them time is
taken to be what Amdahl's law makes of the last two: a part that is not shared stays, the rest goes
tile by tile, each as long, to the thread that is free next; a machine of so many processors cuts
that many tiles. Memory that many threads wait for is not in it.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

from benchmarks.plot import speed_against_threads
from benchmarks.targets import pair
from ssim_viewer.compute import tiles
from ssim_viewer.metrics import Ssim, warm_up

IN_PRINCIPLE = (1, 2, 4, 8, 16)
TURNS, SECONDS = 5, 2.0


def main(sides: list[int], plot: Path | None = None) -> None:
    """Print a table, and draw it."""
    warm_up()
    measured, principle = {}, {}
    print("| size | " + " | ".join(f"{count} threads" for count in IN_PRINCIPLE) + " |")
    print("| ---: |" + " ---: |" * len(IN_PRINCIPLE))
    for side in sides:
        times = _times(side)
        name = f"{side}²"
        measured[name] = {count: times[1] / spent for count, spent in times.items()}
        shared = _shared(times)
        principle[name] = {count: 1 / _time(shared, side, count) for count in IN_PRINCIPLE}
        cells = (
            f"{measured[name][count]:.2f}" if count in times else f"({principle[name][count]:.1f})"
            for count in IN_PRINCIPLE
        )
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    if plot is not None:
        plot.write_text(speed_against_threads(measured, principle))


def _times(side: int) -> dict[int, float]:
    """Return the least seconds of a measurement with each number of threads."""
    x, y = pair(side)
    bound = Ssim().bind(x)
    counts = [count for count in IN_PRINCIPLE if count <= tiles.THREADS]
    least = dict.fromkeys(counts, math.inf)
    threads = tiles.THREADS
    begun = time.perf_counter()
    turns = 0
    while turns < TURNS or time.perf_counter() - begun < SECONDS:
        for count in counts:
            tiles.THREADS = count
            before = time.perf_counter()
            bound.measure(y, maps=("ssim",), gradient=True)
            least[count] = min(least[count], time.perf_counter() - before)
        turns += 1
    tiles.THREADS = threads
    return least


def _shared(times: dict[int, float]) -> float:
    """Return the part of the work that threads share, by Amdahl's law from 1 and the most."""
    most = max(times)
    if most == 1:
        return 1.0
    return min(1.0, (1 - times[most] / times[1]) / (1 - 1 / most))


def _time(shared: float, side: int, threads: int) -> float:
    """Return the time with so many threads on such a machine, that of one being 1."""
    large, tiles.LARGE = tiles.LARGE, (tiles.large_rows(threads), tiles.LARGE[1])
    count = len(tiles.large_tiles(side, side))
    tiles.LARGE = large
    return 1 - shared + shared * math.ceil(count / threads) / count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    parser.add_argument("--sides", type=int, nargs="+", default=[512, 1024, 2048, 4096])
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    main(given.sides, given.plot)
