"""Pairs scored each second by ``ssim-viewer score``: one process, every core, a local Dask cluster.

    python -m benchmarks.batch [--pairs 400] [--side 512]

Images are made in a temporary folder, the references as PNG and the distorted ones as JPEG, so that
reading costs what it costs in life; four distorted images share each reference. All kinds of
workers score all of them twice, in turns, by the program itself with nothing taken off: start,
reading, scores
and the file of results. The better turn is printed.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.cli.executors import cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHARED = 4
"""Distorted images of each reference."""

TURNS = 2


def main() -> None:
    """Measure and print a table."""
    options = _options()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        table = make_pairs(folder, options.pairs, options.side)
        crews = {"1 job": ["--jobs", "1"], f"{cores()} jobs": ["--jobs", str(cores())]}
        if importlib.util.find_spec("distributed"):
            address = stack.enter_context(_local_cluster())
            crews[f"Dask, {cores()} workers"] = ["--dask", address]
        times: dict[str, list[float]] = {workers: [] for workers in crews}
        for _ in range(TURNS):
            for workers, words in crews.items():
                times[workers].append(seconds(table, words))
    print(f"{options.pairs} pairs of {options.side}², colour, {SHARED} for each reference\n")
    print(f"| {'workers':<18} | seconds | pairs/s |\n| {'---':<18} | ------: | ------: |")
    for workers, each in times.items():
        print(f"| {workers:<18} | {min(each):7.2f} | {options.pairs / min(each):7.1f} |")


def make_pairs(folder: Path, count: int, side: int) -> Path:
    """Write the images and the table of their pairs, and return the table."""
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 12, (side, side, 3)).astype(np.float32)
    rows = []
    for index in range(count):
        if index % SHARED == 0:
            reference = cv2.GaussianBlur(rng.uniform(0, 255, (side, side, 3)), (0, 0), 2)
            _write(folder / f"{index}.png", reference)
        _write(folder / f"{index}.jpg", reference + noise * (1 + index % SHARED))
        rows.append((f"{index - index % SHARED}.png", f"{index}.jpg"))
    table = folder / "pairs.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([("reference", "distorted"), *rows])
    return table


def seconds(table: Path, words: Sequence[str]) -> float:
    """Return how long the program takes with the pairs of a table."""
    output = table.with_name("scores.csv")
    command = [sys.executable, "-m", "ssim_viewer", "score", "--pairs", str(table)]
    command += ["--output", str(output), "--force", *words]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--side", type=int, default=512)
    return parser.parse_args()


def _write(path: Path, pixels: np.ndarray) -> None:
    cv2.imwrite(str(path), np.clip(pixels, 0, 255).astype(np.uint8))


@contextmanager
def _local_cluster() -> Iterator[str]:
    """Run a cluster with a process for each core, and give its address."""
    distributed = importlib.import_module("distributed")
    with distributed.LocalCluster(
        n_workers=cores(), threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


if __name__ == "__main__":
    main()
