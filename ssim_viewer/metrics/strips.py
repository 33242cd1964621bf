"""Work on a plane in strips of rows, so that it stays in the processor's cache, on two threads.

OpenCV and NumPy let go of the interpreter's lock inside their loops, so two threads share a plane
well. Strips depend on the plane's size alone and results come back in order: the numbers are the
same however many threads there are.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Result = TypeVar("Result")

THREADS = 2
STRIP_SAMPLES = 1 << 16  # of float64: half a megabyte, about what a core's own cache holds of each
STRIP_ROWS = 64  # at least: neighbouring strips compute one window's height of rows twice


def strips(height: int, width: int) -> list[slice]:
    """Return the rows of each strip of a plane."""
    rows = max(STRIP_ROWS, STRIP_SAMPLES // width)
    return [slice(first, min(first + rows, height)) for first in range(0, height, rows)]


def in_threads(task: Callable[[slice], Result], parts: Iterable[slice]) -> list[Result]:
    """Return the task's result for each strip, in order; a single strip stays on this thread."""
    parts = list(parts)
    return [task(parts[0])] if len(parts) == 1 else list(_pool().map(task, parts))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="ssim-strip")


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
