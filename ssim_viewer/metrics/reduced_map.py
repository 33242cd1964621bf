"""A map that is reduced while its tiles come, so that all of it never stands in memory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.halving import halved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile

HALVINGS = 2
SIDE = 1 << HALVINGS
"""Samples along the side of a square over which a mean is taken."""

SPACED = 16384
"""About so many samples of a map tell where its values lie."""


def spacing(size: int) -> int:
    """Return every how manieth row and column of a map of so many samples tells of its values."""
    return max(1, math.isqrt(size // SPACED))


class ReducedMap:
    """The means of a map over squares of `SIDE` samples, and some of its samples as they are.

    Tiles are put into it in any order, by any thread, each once. A square that several of them
    share is gathered in a strip of `SIDE` rows or columns until all have come.

    Parameters
    ----------
    shape
        The height and width of the map.

    Attributes
    ----------
    means
        (height // SIDE, width // SIDE) float32; what is left over at the end is dropped.
    spaced
        Every `spacing`-th row and column of the map.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        height, width = shape
        self.means: NDArray[np.float32] = np.empty((height // SIDE, width // SIDE), np.float32)
        self._step = step = spacing(height * width)
        self.spaced = np.empty((-(-height // step), -(-width // step)), np.float32)
        self._rows: dict[int, NDArray[Any]] = {}
        self._columns: dict[int, NDArray[Any]] = {}

    @classmethod
    def of(cls, array: NDArray[Any]) -> ReducedMap:
        """Return that of a map, (H, W), which is there as a whole."""
        height, width = array.shape
        reduced = cls((height, width))
        reduced[slice(0, height), slice(0, width)] = array
        return reduced.settled()

    def __setitem__(self, tile: Tile, values: NDArray[Any]) -> None:
        """Take the values of a tile."""
        (top, bottom), (left, right) = ((part.start, part.stop) for part in tile)
        down, across = (
            slice(-(-first // SIDE), min(last // SIDE, count))
            for (first, last), count in zip(
                ((top, bottom), (left, right)), self.means.shape, strict=True
            )
        )
        if down.start < down.stop and across.start < across.stop:
            inner = values[
                SIDE * down.start - top : SIDE * down.stop - top,
                SIDE * across.start - left : SIDE * across.stop - left,
            ]
            self.means[down, across] = halved(inner, HALVINGS)
        for block in _shared(top, bottom, len(self.means)):
            strip = self._rows.setdefault(block, np.empty((SIDE, self.shape[1]), np.float32))
            first, last = max(top, SIDE * block), min(bottom, SIDE * (block + 1))
            to = strip[first - SIDE * block : last - SIDE * block, left:right]
            to[...] = values[first - top : last - top]
        for block in _shared(left, right, self.means.shape[1]):
            strip = self._columns.setdefault(block, np.empty((self.shape[0], SIDE), np.float32))
            first, last = max(left, SIDE * block), min(right, SIDE * (block + 1))
            to = strip[top:bottom, first - SIDE * block : last - SIDE * block]
            to[...] = values[:, first - left : last - left]
        self._take_spaced(tile, values)

    def first_rows(self, rows: int) -> NDArray[np.float32]:
        """Return a read-only view of the means over the first rows of the map, which are done."""
        whole = rows // SIDE
        for block, strip in tuple(self._columns.items()):
            self.means[:whole, block] = halved(strip[: SIDE * whole], HALVINGS)[:, 0]
        for block, strip in tuple(self._rows.items()):
            if block < whole:
                self.means[block] = halved(strip, HALVINGS)[0]
        view = self.means[:whole]
        view.setflags(write=False)
        return view

    def settled(self) -> ReducedMap:
        """Return it, once all tiles have come, read-only."""
        self.first_rows(self.shape[0])
        self._rows.clear()
        self._columns.clear()
        self.means.setflags(write=False)
        return self

    def _take_spaced(self, tile: Tile, values: NDArray[Any]) -> None:
        step = self._step
        rows, columns = (slice(-(-part.start // step), -(-part.stop // step)) for part in tile)
        first, left = rows.start * step - tile[0].start, columns.start * step - tile[1].start
        if rows.start < rows.stop and columns.start < columns.stop:
            self.spaced[rows, columns] = values[first::step, left::step]


def _shared(first: int, last: int, count: int) -> set[int]:
    """Return which of so many blocks a tile shares with others, which ends before `last`."""
    ends = {end // SIDE for end in (first, last) if end % SIDE}
    return {block for block in ends if block < count}
