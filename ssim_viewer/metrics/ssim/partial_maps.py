"""Maps that are being filled: how far they have come, while their tiles arrive in any order."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile


class Filling:
    """Whole maps of one shape, and the tiles of them that are done; threads may add at once."""

    __slots__ = ("_maps", "_seen", "_tiles")

    def __init__(self, maps: Mapping[str, NDArray[Any]]) -> None:
        self._maps = maps
        self._tiles: list[Tile] = []  # appending is atomic
        self._seen = 0

    def add(self, tile: Tile) -> None:
        """Count a tile that is done in every map."""
        self._tiles.append(tile)

    def first_rows(self) -> dict[str, NDArray[Any]]:
        """Return read-only views of the rows that are done, from the first one on without a gap.

        Nothing where there are no more of them than before.
        """
        rows = self._rows()
        if rows == self._seen:
            return {}
        self._seen = rows
        views = {name: whole[:rows] for name, whole in self._maps.items()}
        for view in views.values():
            view.setflags(write=False)
        return views

    def _rows(self) -> int:
        width = max((whole.shape[1] for whole in self._maps.values()), default=0)
        tiles = sorted(
            (down.start, down.stop, side.stop - side.start) for down, side in self._tiles
        )
        rows = 0
        for (start, stop), band in groupby(tiles, lambda tile: tile[:2]):
            if start != rows or sum(columns for *_, columns in band) < width:
                break
            rows = stop
        return rows
