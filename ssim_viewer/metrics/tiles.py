"""Work on a plane in tiles that stay in the processor's cache, on two threads.

OpenCV and NumPy let go of the interpreter's lock inside their loops, so two threads share a plane
well. Tiles depend on the plane's size alone and results come back in order: the numbers are the
same however many threads there are.
"""

from __future__ import annotations

import math
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Part = TypeVar("Part")
    Result = TypeVar("Result")
    Tile = tuple[slice, slice]

THREADS = 2
TILE_ROWS, TILE_COLUMNS = 128, 512  # neighbours compute a window's width of samples twice
ALONE = 1 << 16  # a plane of so many samples is one tile: handing it over costs more than it saves


def tiles(height: int, width: int) -> list[Tile]:
    """Return the rows and columns of each tile of a plane."""
    if height * width <= ALONE:
        return [(slice(0, height), slice(0, width))]
    return [
        (rows, columns) for rows in _cut(height, TILE_ROWS) for columns in _cut(width, TILE_COLUMNS)
    ]


def row_blocks(shape: tuple[int, ...]) -> list[slice]:
    """Return the rows of each block of an image, (H, W) or (H, W, C), for work without windows."""
    return _cut(shape[0], max(1, ALONE // math.prod(shape[1:])))


def in_threads(task: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """Return the task's result for each part, in order; a single part stays on this thread."""
    return [task(parts[0])] if len(parts) == 1 else list(_pool().map(task, parts))


class Scratch(threading.local):
    """Each thread's memory for the arrays of one tile, used again for the next tile.

    Fresh arrays of this size come from the operating system and go back to it every time, which
    costs more than the arithmetic done in them.
    """

    def __init__(self) -> None:
        self._arrays: list[NDArray[np.float64]] = []
        self._used = 0

    def clear(self) -> None:
        """Let go of all arrays handed out to this thread: a new tile begins."""
        self._used = 0

    def array(self, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """Return an array of no particular content, this thread's until it clears its scratch."""
        size = math.prod(shape)
        if self._used == len(self._arrays):
            self._arrays.append(np.empty(size))
        elif self._arrays[self._used].size < size:
            self._arrays[self._used] = np.empty(size)
        self._used += 1
        return self._arrays[self._used - 1][:size].reshape(shape)


scratch = Scratch()


def _cut(length: int, step: int) -> list[slice]:
    """Cut a length into nearly equal pieces of about `step`."""
    count = max(1, round(length / step))
    edges = [length * i // count for i in range(count + 1)]
    return [slice(*pair) for pair in pairwise(edges)]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="ssim-tile")


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
