"""What the process holds: given by the system, asked for, and given back to no one."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Self

import psutil


class _Mallinfo(ctypes.Structure):
    """``struct mallinfo2`` of the GNU C library, malloc(3); all in bytes or counts."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    )  # fmt: skip


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
        info = _mallinfo()
        live, free = (info.uordblks + info.hblkhd, info.fordblks) if info is not None else (0, 0)
        resident = psutil.Process().memory_info().rss
        return cls(resident, live, free, sys.getallocatedblocks())

    def text(self) -> str:
        """Return it in one line."""
        return (
            f"{self.resident / 2**20:.0f} MiB resident, {self.live / 2**20:.0f} MiB live, "
            f"{self.free / 2**20:.0f} MiB free in malloc, {self.blocks} blocks of Python"
        )


def _mallinfo() -> _Mallinfo | None:
    """Return what the C library tells, or None where it is another one."""
    if not sys.platform.startswith("linux"):
        return None
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return None
    ask.restype = _Mallinfo
    found: _Mallinfo = ask()
    return found
