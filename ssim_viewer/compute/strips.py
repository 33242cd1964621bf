"""Strips of whole rows for compiled kernels that keep a few rows in the near caches.

Kernels of the family take planes of double, C-contiguous and read-only, a strip of rows, and memory
for some rows beside them; neighbouring strips compute the few rows again that both of them need.
Strips depend on the plane's size alone, so that numbers do not depend on threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.tiles import ALONE, in_threads, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

Result = TypeVar("Result")
_FLOAT = np.dtype(np.float64)

_SHARED = BufferPool(16)  # as many as NLPD and IW-SSIM have at once
LINE = 8  # doubles of a line of the processor's cache


def in_strips(
    work: Callable[[int, int], Result],
    shape: tuple[int, int],
    *,
    samples: int = 2 * ALONE,
    multiple: int = 1,
) -> list[Result]:
    """Return what `work` returns of each strip, in order, on several threads.

    Parameters
    ----------
    work
        Called with the first row of a strip and the row after its last one.
    shape
        (H, W) of the plane; a plane of at most `ALONE` samples is one strip.
    samples
        About how many a strip has.
    multiple
        What the first row of a strip is divisible by.
    """
    height, width = shape
    count = 1 if height * width <= ALONE else max(2, round(height * width / samples))
    rows = -(-height // (count * multiple)) * multiple
    parts = [(top, min(top + rows, height)) for top in range(0, height, rows)]

    def one(part: tuple[int, int]) -> Result:
        scratch.clear()
        return work(*part)

    return in_threads(one, parts)


def row_memory(rows: int, samples: int) -> Plane:
    """Return this thread's memory for rows of at least so many samples, of no particular content.

    They begin with a line of the cache and lie an odd number of lines apart, since rows 4096 bytes
    apart have one place in the nearest cache.
    """
    return scratch.array((rows, LINE * (-(-samples // LINE) | 1)))


def pooled(shape: tuple[int, ...]) -> Plane:
    """Return an array of no particular content that nobody else holds; see `buffer_pool`.

    All metrics share this pool: planes are measured one after the other, and what each bound metric
    kept for itself would add up.
    """
    return _SHARED.array(shape, _FLOAT)


def as_doubles(plane: NDArray[Any]) -> Plane:
    """Return a plane as kernels read it: double, contiguous, aligned and read-only.

    Kernels would be compiled anew for every other kind.
    """
    same: Plane = np.require(plane, np.float64, ("C", "A")).view()
    same.setflags(write=False)
    return same


def scaled_doubles(plane: NDArray[Any], factor: float) -> Plane:
    """Return a plane times a factor as kernels read it, see `as_doubles`; not copied for 1."""
    return as_doubles(plane if factor == 1 else np.multiply(plane, factor, dtype=np.float64))
