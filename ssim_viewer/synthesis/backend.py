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
_TYPES = (
    (np.float64, np.float64),
    (np.float32, np.float64),
    (np.float32, np.float32),
    (np.float32, np.uint8),
)
"""Of a climb's images and directions, and of the references that it may have beside them."""


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

    def part(rows: slice) -> Sequence[float]:
        return function(*(array[rows].reshape(-1) for array in arrays), *numbers)

    parts = in_threads(part, blocks(arrays[0].shape))
    return [math.fsum(column) for column in zip(*parts, strict=True)]


def blocks(shape: tuple[int, ...]) -> list[slice]:
    """Return the rows of each block: as many for each thread, large since a call has its price."""
    size, rows = math.prod(shape), shape[0]
    count = 1 if size <= ALONE else min(rows, 2 * -(-size // (2 * _LARGE)))
    edges = [rows * i // count for i in range(count + 1)]
    return [slice(*pair) for pair in pairwise(edges)]


def _compile() -> Any:
    """Import the kernels and call each once for each floating type, which compiles it."""
    module = importlib.import_module("ssim_viewer.synthesis.kernels")
    for work, reference in _TYPES:
        image, n, v, p, w = (np.zeros(2, work) for _ in range(5))
        y, x = read_only(np.zeros(2, work)), read_only(np.zeros(2, reference))
        for along in (p, y):
            module.ray_sums(y, along, x, 1.0, 1.0, True, 0.0, 1.0)
            module.ray_image(y, along, x, image, 1.0, 1.0, True, 0.0, 1.0)
        for normal in (x, n) if work == np.float64 else (x,):
            module.bound_sums(y, normal, v, p, w, True, 1.0, 0.0, 1.0)
            module.project_to_tangent_cone(y, normal, v, p, w, True, 1.0, 1.0, 0.0, 1.0)
            module.transport_direction(y, normal, w, p, True, 1.0, 1.0)
        module.held_sums(n, v, 1.0)
    return module


made = Kernels("step-kernels", "Steps are made", {"steps": _compile})
