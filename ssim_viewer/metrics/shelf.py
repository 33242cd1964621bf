"""Memory for large results, used again once nobody holds the result any more.

The steps of a walk and the frames of a slider ask for arrays of the same shape again and again.
Fresh memory of this size comes from the operating system page by page, each of which it fills with
zeros first: that can take longer than the arithmetic.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM = 6  # arrays
LARGEST = 1 << 26  # bytes; larger arrays are not worth their memory while nobody needs them


class Shelf:
    """Gives arrays out, and gives those that came back, of which no reference is left, again.

    Parameters
    ----------
    room
        How many arrays it remembers at most.
    """

    __slots__ = ("_arrays", "_lock", "_room")

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._arrays: list[NDArray[Any]] = []
        self._lock = threading.Lock()

    def array(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Return an array of no particular content that nobody else holds."""
        with self._lock:
            for i in range(len(self._arrays)):
                # Two references: the list's, and that of the call itself. A view counts as one.
                if sys.getrefcount(self._arrays[i]) == 2:
                    free = self._arrays[i]
                    if free.shape == shape and free.dtype == dtype:
                        return free
                    del free
            fresh = np.empty(shape, dtype)
            if fresh.nbytes <= LARGEST:
                self._arrays = [fresh, *self._arrays[: self._room - 1]]
            return fresh
