"""What the process holds: given by the system, asked for, and given back to no one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Self

import psutil

from ssim_viewer.compute.heap import heap_numbers


@dataclass(frozen=True, slots=True)
class Heap:
    """Memory of this process at one moment, in bytes.

    Attributes
    ----------
    resident
        Pages that the system has given.
    live, free
        What malloc has given out, and what it keeps for later; 0 where it does not tell.
    blocks
        How many small blocks Python holds.
    """

    resident: int
    live: int
    free: int
    blocks: int

    @classmethod
    def now(cls) -> Self:
        """Look at this process."""
        numbers = heap_numbers()
        live, free = (numbers.live, numbers.free) if numbers is not None else (0, 0)
        resident = psutil.Process().memory_info().rss
        return cls(resident, live, free, sys.getallocatedblocks())

    def text(self) -> str:
        """Return it in one line."""
        return (
            f"{self.resident / 2**20:.0f} MiB resident, {self.live / 2**20:.0f} MiB live, "
            f"{self.free / 2**20:.0f} MiB free in malloc, {self.blocks} blocks of Python"
        )
