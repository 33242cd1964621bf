"""How many bytes a session may hold on to: a share of the memory that is free, and never more.

The history of a run and undo together take at most a quarter of what is free, and 1 GB at the most.
"""

from __future__ import annotations

import psutil

MOST = 1 << 30
"""Bytes of history and undo together, however much memory there is."""

_SHARE = 4
"""Of what is free, they take one part in so many."""


def within_free_memory(most: int) -> int:
    """Return a budget of at most `most` bytes, the less the less memory is free.

    All budgets that add up to `MOST` together take no more than their share of what is free.
    """
    free = psutil.virtual_memory().available // _SHARE
    return most if free >= MOST else int(most * free / MOST)
