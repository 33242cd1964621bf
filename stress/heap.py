"""What the process holds: given by the system, asked for, kept to be quick, and for whom."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Self

import psutil
from PySide6.QtWidgets import QApplication, QWidget

from ssim_viewer.compute.heap import heap_numbers
from ssim_viewer.compute.memory_budget import BUDGET


@dataclass(frozen=True, slots=True)
class Heap:
    """Memory of this process at one moment, in bytes, and what of it is counted.

    Attributes
    ----------
    resident
        Pages that the system has given.
    live, free
        What malloc has given out, and what it keeps for later; 0 where it does not tell.
    kept
        What the budget of memory keeps to be quick.
    blocks
        How many small blocks Python holds.
    windows, widgets
        How many windows there are, closed ones and menus too, and how many widgets in them.
    """

    resident: int
    live: int
    free: int
    kept: int
    blocks: int
    windows: int
    widgets: int

    @classmethod
    def now(cls) -> Self:
        """Look at this process."""
        numbers = heap_numbers()
        live, free = (numbers.live, numbers.free) if numbers is not None else (0, 0)
        resident = psutil.Process().memory_info().rss
        windows = QApplication.topLevelWidgets()
        widgets = sum(len(each.findChildren(QWidget)) for each in windows)
        blocks = sys.getallocatedblocks()
        return cls(resident, live, free, BUDGET.size, blocks, len(windows), widgets)

    @property
    def beside(self) -> int:
        """Bytes in use beside what is kept to be quick: they shall not grow."""
        return (self.live or self.resident) - self.kept

    def text(self) -> str:
        """Return it in one line."""
        return (
            f"{self.resident / 2**20:.0f} MiB resident, {self.live / 2**20:.0f} MiB live, "
            f"{self.kept / 2**20:.0f} MiB of it kept, {self.free / 2**20:.0f} MiB free in malloc, "
            f"{self.blocks} blocks of Python, {self.windows} windows, {self.widgets} widgets"
        )
