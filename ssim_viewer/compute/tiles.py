"""Work on a plane in tiles that stay in the processor's cache, on several threads.

OpenCV, NumPy and compiled kernels release the interpreter's lock inside their loops. Tiles depend
on the plane's size and on how many processors the machine has, and results come back in order: the
numbers are the same however many threads work.
"""

from __future__ import annotations

import math
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import DTypeLike, NDArray

    Tile = tuple[slice, slice]

Part = TypeVar("Part")
Result = TypeVar("Result")

MOST_THREADS = 16  # more would only wait for memory


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def large_rows(processors: int) -> int:
    """Return how many times as high the tiles of compiled kernels are, which look at rows in turn.

    Two processors share 1024 rows in two tiles. More of them want more tiles, each of which begins
    with a few rows that its neighbour has too: on two processors that would cost 6 %.
    """
    return 4 if processors <= 2 else 1


THREADS = min(_processors(), MOST_THREADS)
TILE_ROWS, TILE_COLUMNS = 128, 512  # neighbours compute a window's width of samples twice
LARGE = large_rows(os.cpu_count() or 1), 2
ALONE = 1 << 16  # a plane of so many samples is one tile: handing it over costs more than it saves


class Interrupted(BaseException):
    """Work that was given up between two parts of a pass.

    No `Exception`, so that nothing on its way takes it for a metric that failed.
    """


class _Interruption(threading.local):
    """Each thread's own look at whether its work is still wanted."""

    check: Callable[[], None] | None = None
    held: float = 0.0
    """Seconds that looking has taken: some hold the work while it is paused."""

    passes: int = 0
    share: float = 0.0
    """How many passes it has begun, and how much of the latest one is done."""


_interruption = _Interruption()


@contextmanager
def interruptible(check: Callable[[], None] | None) -> Iterator[None]:
    """Call `check` on this thread after every part of a pass that it works on; None calls nothing.

    What it raises, such as `Interrupted`, ends the work: parts that have begun are finished.
    """
    before, _interruption.check = _interruption.check, check
    try:
        yield
    finally:
        _interruption.check = before


def working_clock() -> float:
    """Return seconds that pass for this thread while its work is not held by its check."""
    return time.perf_counter() - _interruption.held


def pass_under_way() -> tuple[int, float]:
    """Return how many passes this thread has begun, and how much of the latest one is done."""
    return _interruption.passes, _interruption.share


def tiles(height: int, width: int) -> list[Tile]:
    """Return the rows and columns of each tile of a plane."""
    if height * width <= ALONE:
        return [(slice(0, height), slice(0, width))]
    return _grid(_cut(height, TILE_ROWS), _cut(width, TILE_COLUMNS))


def large_tiles(height: int, width: int) -> list[Tile]:
    """Return tiles for work that minds its own cache: few, and as many for each thread."""
    if height * width <= ALONE:
        return [(slice(0, height), slice(0, width))]
    rows = _cut(height, min(LARGE[0] * TILE_ROWS, -(-height // 2)), even=True)
    return _grid(rows, _cut(width, LARGE[1] * TILE_COLUMNS))


def unequal_tiles(height: int, width: int) -> list[Tile]:
    """Return large tiles for a plane beside which there is other work of a third of its size.

    Where there are two, the second one is for the thread that did the other work first.
    """
    tiles = large_tiles(height, width)
    if len(tiles) != 2:
        return tiles
    rows = 3 * height // 4
    return [(slice(0, rows), slice(0, width)), (slice(rows, height), slice(0, width))]


def row_blocks(shape: tuple[int, ...], samples: int = ALONE) -> list[slice]:
    """Return the rows of each block of an image, (H, W) or (H, W, C), for work without windows."""
    return _cut(shape[0], max(1, samples // math.prod(shape[1:])))


def in_threads(
    task: Callable[[Part], Result],
    parts: Sequence[Part],
    report: Callable[[float], None] | None = None,
) -> list[Result]:
    """Return the task's result for each part, in order; the calling thread takes its share.

    After each of its own parts it calls `report` with the fraction that is done. What `report`
    raises ends the work: parts that have begun are finished, no other begins.
    """
    queue = _WorkQueue(task, parts)
    _interruption.passes += 1
    others = [_pool().submit(queue.work) for _ in range(min(THREADS, len(parts)) - 1)]
    try:
        queue.work(report)
    finally:
        queue.leave()
        for other in others:
            if not other.cancel():
                other.result()
    if report is not None:
        report(1.0)
    return [queue.results[i] for i in range(len(parts))]


class _WorkQueue(Generic[Part, Result]):
    """Threads that take the next part whenever they have finished one."""

    def __init__(self, task: Callable[[Part], Result], parts: Sequence[Part]) -> None:
        self.results: dict[int, Result] = {}
        self._task = task
        self._count = len(parts)
        self._parts = iter(enumerate(parts))  # several threads take from it: `next` is atomic
        self._over = False

    def work(self, report: Callable[[float], None] | None = None) -> None:
        """Take parts until none is left; what a task or `report` raises leaves none to others."""
        check = _interruption.check
        try:
            while not self._over and (taken := next(self._parts, None)):
                self.results[taken[0]] = self._task(taken[1])
                if check is not None:
                    _interruption.share = len(self.results) / self._count
                    _look(check)
                if report is not None and len(self.results) < self._count:
                    report(len(self.results) / self._count)
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Let no thread take another part."""
        self._over = True


def _look(check: Callable[[], None]) -> None:
    begun = time.perf_counter()
    try:
        check()
    finally:
        _interruption.held += time.perf_counter() - begun


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

    def array(self, shape: tuple[int, ...], dtype: DTypeLike = np.float64) -> NDArray[Any]:
        """Return an array of no particular content, this thread's until it clears its scratch."""
        kind = np.dtype(dtype)
        size = math.prod(shape)
        room = -(-size * kind.itemsize // 8)
        if self._used == len(self._arrays):
            self._arrays.append(_aligned(room))
        elif self._arrays[self._used].size < room:
            self._arrays[self._used] = _aligned(room)
        self._used += 1
        return self._arrays[self._used - 1][:room].view(kind)[:size].reshape(shape)


scratch = Scratch()


def _aligned(size: int) -> NDArray[np.float64]:
    """Return an array that begins with a line of the processor's cache, of 64 bytes."""
    whole = np.empty(size + 7)
    first = -(whole.ctypes.data // 8) % 8
    return whole[first : first + size]


def _cut(length: int, step: int, *, even: bool = False) -> list[slice]:
    """Cut a length into nearly equal pieces of about `step`, an even number if wanted."""
    count = max(1, round(length / step))
    if even and length > 1:
        count = 2 * max(1, round(length / (2 * step)))
    edges = [length * i // count for i in range(count + 1)]
    return [slice(*pair) for pair in pairwise(edges) if pair[0] < pair[1]]


def _grid(rows: Sequence[slice], columns: Sequence[slice]) -> list[Tile]:
    return [(down, across) for down in rows for across in columns]


@cache
def _pool() -> ThreadPoolExecutor:
    # Threads begin when there is work for them.
    return ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="ssim-tile")


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
