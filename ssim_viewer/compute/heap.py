"""The heap of the C library, told how programs with threads and large arrays want it.

The GNU library gives each thread a heap of its own, up to eight for each processor, and a heap
keeps what was freed in it. Every worker that once held a few hundred megabytes thus keeps them:
after some thousand actions half of the resident memory belonged to nobody. With two heaps what is
freed is used again, or goes back to the system. Arrays are few and large, and Python has its own
allocator for small things, so that nobody waits for a heap.
"""

from __future__ import annotations

import ctypes
import os
import sys

HEAPS = 2

_M_ARENA_MAX = -8  # mallopt(3)


def use_few_heaps() -> None:
    """Let all threads share few heaps; what a person has set in the environment holds."""
    if sys.platform.startswith("linux") and "MALLOC_ARENA_MAX" not in os.environ:
        choose = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
        if choose is not None:
            choose(_M_ARENA_MAX, HEAPS)
