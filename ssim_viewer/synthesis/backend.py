"""Who makes the passes over all samples: compiled kernels once they are ready, arrays until then.

As in the metrics' own engine, nobody waits for a compiler but who calls `warm_up`.
"""

from __future__ import annotations

import importlib
import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.compute.read_only import read_only
from ssim_viewer.compute.tiles import ALONE, in_threads
from ssim_viewer.metrics.ssim.compiled import kernels as metric_kernels
from ssim_viewer.synthesis import passes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_LARGE = 4 * ALONE  # samples
_TAIL = 8  # of this many parts of the rows, the last one is the tail
_TYPES = (
    (np.float64, np.float64, np.float64),
    (np.float64, np.float32, np.float64),
    (np.float32, np.float32, np.float64),
    (np.float32, np.float32, np.float32),
    (np.float32, np.float32, np.uint8),
)
"""Of a climb's images, of its tangents and directions, and of the references that it may have."""


def active_backend() -> Any:
    """Return the module whose passes are used now; never waits.

    They are compiled in the background once the metrics' kernels are: then it is worth it.
    """
    ready = made.ready("steps")
    if ready is None and metric_kernels() is not None:
        warm_up_in_background()
    return ready or passes


def warm_up_in_background() -> None:
    """Make the compiled passes ready on a thread of their own, once; returns at once."""
    made.warm_up_in_background()


def warm_up() -> bool:
    """Make the compiled passes ready, and return whether they are.

    Blocks until they are compiled or read from disk; climbs on other threads go on with array code.
    """
    return made.warm_up()


def total(
    function: Callable[..., Sequence[float]], arrays: Sequence[NDArray[Any]], *numbers: float
) -> list[float]:
    """Return the sums of a pass over whole arrays of one shape, in blocks on two threads."""
    parts = each(function, arrays, blocks(arrays[0].shape), *numbers)
    return [math.fsum(column) for column in zip(*parts, strict=True)]


def each(
    function: Callable[..., Sequence[float]],
    arrays: Sequence[NDArray[Any]],
    rows: Sequence[slice],
    *numbers: float,
) -> list[Sequence[float]]:
    """Return the sums of a pass over each of some blocks of rows, on two threads."""

    def part(rows: slice) -> Sequence[float]:
        return function(*(array[rows].reshape(-1) for array in arrays), *numbers)

    return in_threads(part, rows)


def blocks(shape: tuple[int, ...]) -> list[slice]:
    """Return the rows of each block: as many for each thread, large since a call has its price."""
    size, rows = math.prod(shape), shape[0]
    count = 1 if size <= ALONE else min(rows, 2 * -(-size // (2 * _LARGE)))
    edges = [rows * i // count for i in range(count + 1)]
    return [slice(*pair) for pair in pairwise(edges)]


def with_tail(rows: Sequence[slice]) -> list[slice]:
    """Return blocks of rows of which the last one, an eighth of all or less, can be done alone.

    One block stays one: it is so small that handing over parts of it costs more.
    """
    *others, last = rows
    edge = last.stop - max(1, last.stop // _TAIL)
    if not others or edge <= last.start:
        return list(rows)
    return [*others, slice(last.start, edge), slice(edge, last.stop)]


def _compile() -> Any:
    """Import the kernels and call each once for each floating type, which compiles it."""
    module = importlib.import_module("ssim_viewer.synthesis.kernels")
    for work, kept, reference in _TYPES:
        image, v = np.zeros(2, work), np.zeros(2, work)
        p, w = np.zeros(2, kept), np.zeros(2, kept)
        y, x = read_only(np.zeros(2, work)), read_only(np.zeros(2, reference))
        for along in (p, y) if kept == work else (p,):
            module.ray_sums(y, along, x, 1.0, 1.0, True, 0.0, 1.0)
            module.ray_image(y, along, x, image, 1.0, 1.0, True, 0.0, 1.0)
        for normal in (x, v) if work == np.float64 else (x,):
            module.cone_sums(y, normal, v, p, w, True, 1.0, 1.0, 0.0, 1.0)
            module.turn(y, normal, v, p, w, True, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0)
    return module


made = Kernels("step-kernels", "Steps are made", {"steps": _compile})
