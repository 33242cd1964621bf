"""What lasts as long as a window is left out of what Python's collector of cycles looks through.

Modules and compiled kernels are some hundred thousand objects. Looking through them would hold the
event loop for a quarter of a second, and finds nothing.
"""

from __future__ import annotations

import gc
import sys

WORTHWHILE = 100
"""Modules that have come since the last time, from which putting them aside is worth the time."""


class Lasting:
    """Puts aside what has come to stay, each time that many imports have come to rest."""

    def __init__(self) -> None:
        self._aside = 0
        self._before = -1

    def look(self) -> None:
        """Put aside what is there, if many modules have come, and none since the last look.

        What is in no use any more is collected first.
        """
        modules = len(sys.modules)
        if modules == self._before and modules >= self._aside + WORTHWHILE:
            self._aside = modules
            gc.collect()
            gc.freeze()
        self._before = modules

    def end(self) -> None:
        """Take everything back: a window that has gone shall be collected."""
        gc.unfreeze()
        self._aside = 0
