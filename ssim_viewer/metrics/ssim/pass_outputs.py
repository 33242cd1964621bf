"""What a pass over a plane of a distorted image is asked for and adds up, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from ssim_viewer.metrics.reduced_map import ReducedMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile

    Whole = NDArray[Any] | ReducedMap

PARTS = ("luminance", "contrast", "structure")


class Filling:
    """Whole maps of one shape, and which tiles of them are done, in any order, by any thread."""

    __slots__ = ("_maps", "_seen", "_tiles")

    def __init__(self, maps: Mapping[str, Whole]) -> None:
        self._maps = maps
        self._tiles: list[Tile] = []  # appending is atomic
        self._seen = 0

    def add(self, tile: Tile) -> None:
        """Count a tile that is done in every map."""
        self._tiles.append(tile)

    def first_rows(self) -> dict[str, NDArray[Any]]:
        """Return read-only views of the rows that are done, from the first one on without a gap.

        Of reduced maps they are rows of means. Nothing where there are no more than before.
        """
        rows = self._rows()
        if rows == self._seen:
            return {}
        self._seen = rows
        return {name: _first_rows(whole, rows) for name, whole in self._maps.items()}

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


def _first_rows(whole: Whole, rows: int) -> NDArray[Any]:
    if isinstance(whole, ReducedMap):
        return whole.first_rows(rows)
    view = whole[:rows]
    view.setflags(write=False)
    return view


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What a pass over a plane is to give besides the sum of S.

    Attributes
    ----------
    maps
        Arrays of the map's shape, by name "ssim" or one of `PARTS`, that receive those maps, or
        what reduces them as they come.
    add
        Whether maps are added to what the arrays hold.
    parts
        Whether to sum up luminance, contrast and structure.
    gradient
        An array shaped like the padded plane that receives `weight` times the derivative of the
        sum of S, or None.
    filling
        Told of every tile whose maps are in their places.
    """

    maps: Mapping[str, Whole]
    add: bool
    parts: bool
    gradient: NDArray[Any] | None
    weight: float
    filling: Filling

    def takes(self, dtype: np.dtype[Any]) -> bool:
        """Return whether results of this type can be put in their places as they come."""
        return not self.add and all(
            not isinstance(whole, ReducedMap) and whole.dtype == dtype
            for whole in self.all().values()
        )

    def all(self) -> dict[str, Whole]:
        """Return the maps, and "gradient" if it is wanted."""
        found = dict(self.maps)
        if self.gradient is not None:
            found["gradient"] = self.gradient
        return found

    def keep(self, found: Mapping[str, NDArray[Any]], tile: Tile) -> None:
        """Put what was found in a tile in its place, unless it is there already."""
        for name, own in found.items():
            if name == "gradient" and self.gradient is not None:
                rows, columns = (part.start for part in tile)
                self.gradient[rows : rows + own.shape[0], columns : columns + own.shape[1]] = own
            elif (whole := self.maps.get(name)) is not None:
                if self.add and not isinstance(whole, ReducedMap):
                    whole[tile] += own
                else:
                    whole[tile] = own
        self.filling.add(tile)

    def add_edges(self, edges: Edges, tile: Tile) -> None:
        """Add what a tile has found of other tiles' gradient, once these have been kept."""
        if self.gradient is None:
            return
        rows, columns = tile
        for edge, top, left in (
            (edges.below, rows.stop, columns.start),
            (edges.beside, rows.start, columns.stop),
        ):
            if edge.size:
                self.gradient[top : top + edge.shape[0], left : left + edge.shape[1]] += edge


class Sums(NamedTuple):
    """What a pass over a plane or a tile adds up: maps by name, and the windows clamped."""

    maps: dict[str, float]
    clamped: int


class Edges(NamedTuple):
    """What a tile adds to the gradient of others: all of its rows below, and the columns beside."""

    below: NDArray[Any]
    beside: NDArray[Any]


def own_part(tile: Tile, plane: tuple[int, ...], more: int) -> tuple[int, int]:
    """Return how much of its gradient is a tile's own, which reaches `more` rows and columns on.

    What reaches into other tiles of the plane is theirs; past the plane's end all is its own.
    """
    height, width = (
        part.stop - part.start + (more if part.stop == length else 0)
        for part, length in zip(tile, plane, strict=True)
    )
    return height, width
