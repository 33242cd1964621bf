"""A pool of buffers for large results, reused when nobody holds the result any more.

The steps of a climb and the frames of a slider ask for arrays of the same shape again and again.
Fresh memory of this size comes from the operating system page by page, each of which it fills with
zeros first: that can take longer than the arithmetic.

Each array that is given out is a view of a flat array over a buffer that the pool owns. NumPy makes
every further view refer to that flat array, since its own base is no array, so a weak reference to
it dies exactly when all of its views are gone; its callback returns the buffer to the pool.
"""

from __future__ import annotations

import math
import weakref
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM = 6  # arrays
LARGEST = 1 << 26  # bytes; larger arrays are not worth their memory while nobody needs them


class BufferPool:
    """Gives arrays out, and gives the memory of those that are gone out again.

    Parameters
    ----------
    room
        How many free buffers it keeps at most.
    """

    __slots__ = ("__weakref__", "_free", "_lent")

    def __init__(self, room: int = ROOM) -> None:
        # Adding and taking are atomic; a lock could be asked for again by a callback inside it.
        self._free: deque[memoryview] = deque(maxlen=room)
        self._lent: dict[object, weakref.ref[NDArray[Any]]] = {}

    def array(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Return an array of no particular content that nobody else holds."""
        size = math.prod(shape) * dtype.itemsize
        if not VIEWS_HOLD or size > LARGEST or size == 0:
            return np.empty(shape, dtype)
        buffer = self._taken(size) or np.empty(size, np.uint8).data
        flat = np.frombuffer(buffer, dtype)
        loan = object()
        back = partial(_give_back, weakref.ref(self), loan, buffer)
        self._lent[loan] = weakref.ref(flat, back)
        return flat.reshape(shape)

    def _taken(self, size: int) -> memoryview | None:
        """Return a free buffer of this size, or None."""
        for _ in range(len(self._free)):
            try:
                buffer = self._free.pop()
            except IndexError:  # another thread was faster
                return None
            if buffer.nbytes == size:
                return buffer
            self._free.appendleft(buffer)
        return None

    def returned(self, loan: object, buffer: memoryview) -> None:
        """Take the buffer of a loan back."""
        self._lent.pop(loan, None)
        self._free.append(buffer)


def _give_back(
    pool: weakref.ref[BufferPool], loan: object, buffer: memoryview, _: weakref.ref[NDArray[Any]]
) -> None:
    """Return a buffer to its pool if that is still there."""
    kept = pool()
    if kept is not None:
        kept.returned(loan, buffer)


def _views_hold() -> bool:
    """Return whether a view of a view keeps the flat array alive, and nothing else does."""
    flat = np.frombuffer(np.empty(16, np.uint8).data, np.float32)
    held, view = weakref.ref(flat), flat.reshape(2, 2)[1:, ::2].T
    del flat
    kept = held() is not None
    del view
    return kept and held() is None


VIEWS_HOLD = _views_hold()
"""Whether this NumPy keeps arrays alive as described above; without it nothing is reused."""
