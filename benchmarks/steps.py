"""What a step of a climb costs, and what it buys: best and worst images of equal MSE by the second.

Run it with ``python -m benchmarks.steps``. The first table holds an adaptive step and a projection
onto sphere and box against one value and gradient; all take turns within one run, and means over
many steps are compared, since now and then a step needs a second trial. The second table is about
equal-MSE quality: MSSIM reached after some seconds from one start, beside plenoptic's MAD
competition where that is installed (with Adam, float32, its own penalty on leaving the range).
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import time
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from benchmarks.metrics import pair
from ssim_viewer import metrics, synthesis
from ssim_viewer.images import read_sample
from ssim_viewer.metrics import Ssim, mse
from ssim_viewer.synthesis import Direction, EqualMseSphere, climb, white_noise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Image = NDArray[np.float64]

SIDES = (256, 512, 1024, 2048)
PRECISIONS: tuple[Literal["double", "single"], ...] = ("double", "single")
PIXELS = 5e7  # of all calls of one kind
MSE = 400.0
SECONDS = (1.0, 5.0, 15.0)


def costs(side: int, precision: Literal["double", "single"]) -> tuple[float, float, float]:
    """Return the mean seconds of a value and gradient, an adaptive step and a projection."""
    x, y = pair(side)
    metric = Ssim(precision=precision)
    bound, dtype = metric.bind(x), np.float32 if precision == "single" else np.float64
    elsewhere = (y + np.random.default_rng(1).normal(0, 5, y.shape)).astype(dtype)
    sphere = EqualMseSphere(x, MSE, work=dtype)
    steps = chain.from_iterable(
        climb(metric, x, y, way, iterations=40) for way in chain.from_iterable(repeat(Direction))
    )
    calls: tuple[Callable[[], object], ...] = (
        lambda: bound.measure(y, gradient=True, dtype=dtype),
        lambda: next(steps),
        lambda: sphere.project(elsewhere),
    )
    times = np.array([[_seconds(call) for call in calls] for _ in range(3 + _rounds(side))])
    gradient, step, projection = times[3:].mean(axis=0)
    return float(gradient), float(step), float(projection)


def ours(
    x: Image, start: Image, way: Direction, precision: Literal["double", "single"]
) -> Iterator[Image]:
    """Yield the images of a climb."""
    for step in climb(Ssim(precision=precision), x, start, way):
        yield step.image


def plenoptic(x: Image, start: Image, way: Direction) -> Iterator[Image]:
    """Yield the images of plenoptic's MAD competition from the same start, in its range 0 to 1."""
    os.environ["TQDM_DISABLE"] = "1"
    peer, torch = importlib.import_module("plenoptic"), importlib.import_module("torch")

    def dissimilarity(a: Any, b: Any) -> Any:
        return 1 - peer.metric.ssim(a, b)

    image = torch.tensor(x / 255, dtype=torch.float32)[None, None]
    goal = "min" if way is Direction.ASCENT else "max"
    mad = peer.MADCompetition(image, dissimilarity, peer.metric.mse, goal)
    mad.setup(initial_noise=float(np.sqrt(mse(x, start))) / 255)
    with torch.no_grad():
        mad.mad_image.copy_(torch.tensor(start / 255, dtype=torch.float32))
    yield start
    while True:
        mad.synthesize(1, stop_criterion=0.0)
        yield 255 * mad.mad_image.detach().numpy()[0, 0].astype(np.float64)


def reached(images: Iterator[Image]) -> list[Image]:
    """Return the last image that was there after each of `SECONDS`, counted from the start."""
    found: list[Image] = []
    latest = next(images)
    begun = time.perf_counter()
    for image in images:
        while len(found) < len(SECONDS) and time.perf_counter() - begun > SECONDS[len(found)]:
            found.append(latest)
        if len(found) == len(SECONDS):
            return found
        latest = image
    return [*found, *[latest] * (len(SECONDS) - len(found))]  # it converged


def quality(way: Direction) -> None:
    """Print the lines of the second table for one direction."""
    x = read_sample("camera").pixels.astype(np.float64)
    start = white_noise(x, MSE)
    walks = {f"this project, {which}": ours(x, start, way, which) for which in PRECISIONS}
    if importlib.util.find_spec("plenoptic"):
        walks["plenoptic"] = plenoptic(x, start, way)
    judge = Ssim().bind(x)
    for who, images in walks.items():
        cells = [
            f"{judge.value(y):.4f} ({mse(x, y) / MSE - 1:+.0e}; {y.min():.0f} to {y.max():.0f})"
            for y in reached(images)
        ]
        print(f"| {way:<7} | {who:<20} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.steps", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--sides", type=int, nargs="*", default=SIDES, help="of the first table")
    parser.add_argument("--quality", action="store_true", help="the second table, two minutes")
    options = parser.parse_args()
    ready = metrics.warm_up() and synthesis.warm_up()
    print(f"Compiled kernels: {'ready' if ready else 'none'}.\n")
    print("| size | precision | value + gradient, ms | step | projection |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for side in options.sides:
        for precision in PRECISIONS:
            base, step, projection = costs(side, precision)
            cells = f"{1e3 * base:.2f} | {step / base:.2f}× | {projection / base:.2f}×"
            print(f"| {side}² | {precision} | {cells} |", flush=True)
    if not options.quality:
        return
    if not importlib.util.find_spec("plenoptic"):
        print("\nplenoptic is not installed.")
    print(
        f"\nMSSIM (relative deviation from MSE {MSE:g}; range of pixels) after so many seconds.\n"
    )
    print("| | | " + " | ".join(f"{seconds:g} s" for seconds in SECONDS) + " |")
    print("| --- | --- |" + " ---: |" * len(SECONDS))
    for way in Direction:
        quality(way)


def _seconds(call: Callable[[], object]) -> float:
    before = time.perf_counter()
    call()
    return time.perf_counter() - before


def _rounds(side: int) -> int:
    return int(np.clip(PIXELS / side**2, 20, 120))


if __name__ == "__main__":
    main()
