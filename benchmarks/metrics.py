"""What SSIM, its map, its gradient and one adaptive step cost, beside peers and the floor.

Run it with ``python -m benchmarks``. The floor is six calls of `cv2.sepFilter2D` (11 taps, float32,
one thread): what array code for SSIM with its gradient can hardly avoid. All contestants take turns
within one run, so that what else the machine does falls on all of them; the median of the rounds is
printed. Images are float64, the reference is bound beforehand, as it is for the steps of a walk.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import statistics
import time
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from skimage.metrics import structural_similarity

from benchmarks.memory import peak_megabytes
from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import descend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Image = NDArray[np.float64]
    Contestants = dict[str, Callable[[], object]]

SIDES = (256, 512, 1024, 2048)
ROUNDS = range(3, 21)  # at least and at most
SECONDS = 6.0  # for each size
FLOOR = "floor"
COLUMNS = ("value", "value + map", "value + gradient", "adaptive step")


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


def ours(x: Image, y: Image) -> Contestants:
    """Return this project's contestants."""
    bound = Ssim().bind(x)
    walk = descend(Ssim(), x, y, rule="adaptive", pixel_range=(0, 255))
    for _ in range(3):  # the start, and two steps to find its stride
        next(walk)
    return {
        "value": lambda: bound.value(y),
        "value + map": lambda: bound.map(y),
        "value + gradient": lambda: bound.value_and_gradient(y),
        "adaptive step": lambda: next(walk),
    }


def scikit_image(x: Image, y: Image) -> Contestants:
    """Return scikit-image's contestants, with the same window and covariance."""
    settings: dict[str, Any] = {
        "data_range": 255,
        "gaussian_weights": True,
        "use_sample_covariance": False,
    }
    return {
        "value": lambda: structural_similarity(x, y, **settings),
        "value + map": lambda: structural_similarity(x, y, full=True, **settings),
        "value + gradient": lambda: structural_similarity(x, y, gradient=True, **settings),
    }


def pytorch_msssim(x: Image, y: Image) -> Contestants:
    """Return pytorch-msssim's contestants in float32, none where it is not installed."""
    if not importlib.util.find_spec("pytorch_msssim"):
        return {}
    peer, torch = (importlib.import_module(name) for name in ("pytorch_msssim", "torch"))

    x_t, y_t = (torch.tensor(image, dtype=torch.float32)[None, None] for image in (x, y))
    leaf = y_t.clone().requires_grad_()

    def gradient() -> object:
        leaf.grad = None
        peer.ssim(leaf, x_t, data_range=255).backward()
        return leaf.grad

    return {
        "value": lambda: peer.ssim(y_t, x_t, data_range=255),
        "value + gradient": gradient,
    }


def milliseconds(contestants: Contestants) -> dict[str, float]:
    """Return the median time of each contestant, all taking turns."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for call in contestants.values():
        call()
    gc.collect()
    started = time.perf_counter()
    for done in range(ROUNDS.stop):
        if done >= ROUNDS.start and time.perf_counter() - started > SECONDS:
            break
        for name, call in contestants.items():
            before = time.perf_counter()
            call()
            times[name].append(1e3 * (time.perf_counter() - before))
    return {name: statistics.median(each) for name, each in times.items()}


def measure(side: int) -> list[str]:
    """Return the lines of the table for one size, as times and ratios to the floor."""
    x, y = pair(side)
    peers = {
        "ssim_viewer": ours(x, y),
        "scikit-image": scikit_image(x, y),
        "pytorch-msssim": pytorch_msssim(x, y),
    }
    calls: Contestants = {FLOOR: floor(x)}
    calls |= {f"{p}, {name}": call for p, each in peers.items() for name, call in each.items()}
    found = milliseconds(calls)
    lines = [line(f"{side}²", "six filters", [f"{found[FLOOR]:.2f} (1×)"])]
    for peer in (peer for peer, each in peers.items() if each):
        times = [found.get(f"{peer}, {name}") for name in COLUMNS]
        cells = [f"{t:.2f} ({t / found[FLOOR]:.1f}×)" if t else "" for t in times]
        lines.append(line(f"{side}²", peer, cells))
    return lines


def line(size: str, who: str, cells: Sequence[str]) -> str:
    """Return one line of a Markdown table."""
    padded = [*cells, *[""] * (len(COLUMNS) - len(cells))]
    return f"| {size:>5} | {who:<14} | " + " | ".join(f"{cell:>18}" for cell in padded) + " |"


def main() -> None:
    """Print the table and the memory of one large evaluation."""
    side = 4096  # first, since a child process counts what its parent holds when it starts it
    print(f"Peak memory of a process that evaluates {side}² with every map: ", end="", flush=True)
    print(f"{peak_megabytes(side):.0f} MB.\n")
    print("Milliseconds (times the floor), medians of calls that take turns.\n", flush=True)
    print(line("size", "", COLUMNS))
    print(line("----:", "---", ["---:"] * len(COLUMNS)))
    for side in SIDES:
        print("\n".join(measure(side)), flush=True)


if __name__ == "__main__":
    main()
