"""The heap of the C library, told how programs with threads and large arrays want it.

The GNU library gives each thread a heap of its own, up to eight for each processor, and a heap
keeps what was freed in it: every worker that once held a few hundred megabytes kept them, and after
some thousand actions half of the resident memory belonged to nobody. Two heaps are shared by all
threads. Arrays are few and large, and Python has its own allocator for small things, so that nobody
waits for a heap. What lies free between things that stay is given back from time to time.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from typing import Any

HEAPS = 2

WORTHWHILE = 64 << 20
"""Free bytes from which giving them back is worth the time."""

_M_ARENA_MAX = -8  # mallopt(3)


class HeapNumbers(ctypes.Structure):
    """``struct mallinfo2`` of the GNU C library, mallinfo2(3); counts, and sizes in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    )  # fmt: skip

    @property
    def live(self) -> int:
        """Bytes that are in use."""
        return int(self.uordblks + self.hblkhd)

    @property
    def free(self) -> int:
        """Bytes that the heaps keep."""
        return int(self.fordblks)


def use_few_heaps() -> None:
    """Let all threads share few heaps; what a person has set in the environment holds."""
    choose = _function("mallopt")
    if choose is not None and "MALLOC_ARENA_MAX" not in os.environ:
        choose(_M_ARENA_MAX, HEAPS)


def heap_numbers() -> HeapNumbers | None:
    """Return what the heaps hold, or None where the C library does not tell."""
    ask = _function("mallinfo2")
    if ask is None:
        return None
    ask.restype = HeapNumbers
    found: HeapNumbers = ask()
    return found


def give_back() -> None:
    """Give the system back what lies free, if it is much. It takes some milliseconds."""
    numbers, trim = heap_numbers(), _function("malloc_trim")
    if numbers is not None and numbers.free > WORTHWHILE and trim is not None:
        trim(0)


@cache
def _function(name: str) -> Any:
    """Return a function of the GNU C library, or None where there is another one."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
