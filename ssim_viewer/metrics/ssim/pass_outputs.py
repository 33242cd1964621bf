"""What a pass over a plane of a distorted image is asked for, and what it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile
    from ssim_viewer.metrics.ssim.partial_maps import Filling

PARTS = ("luminance", "contrast", "structure")


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What a pass over a plane is to give besides the sum of S.

    Attributes
    ----------
    maps
        Arrays of the map's shape, by name "ssim" or one of `PARTS`, that receive those maps.
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

    maps: Mapping[str, NDArray[Any]]
    add: bool
    parts: bool
    gradient: NDArray[Any] | None
    weight: float
    filling: Filling

    def takes(self, dtype: np.dtype[Any]) -> bool:
        """Return whether results of this type can be put in their places as they come."""
        return not self.add and all(whole.dtype == dtype for whole in self.all().values())

    def all(self) -> dict[str, NDArray[Any]]:
        """Return the maps, and "gradient" if it is wanted."""
        slope = {} if self.gradient is None else {"gradient": self.gradient}
        return {**self.maps, **slope}

    def keep(self, found: Mapping[str, NDArray[Any]], tile: Tile) -> None:
        """Put what was found in a tile in its place, unless it is there already."""
        for name, own in found.items():
            if name == "gradient" and self.gradient is not None:
                rows, columns = (part.start for part in tile)
                self.gradient[rows : rows + own.shape[0], columns : columns + own.shape[1]] = own
            elif name in self.maps and self.add:
                self.maps[name][tile] += own
            elif name in self.maps:
                self.maps[name][tile] = own
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
