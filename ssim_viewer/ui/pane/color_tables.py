"""The colour tables of maps: perceptually uniform, (512, 3) uint8 RGB."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.color_scale import TABLE_SIZE
from ssim_viewer.session.map_scale import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BUNDLED = {
    Table.GREY: "CET-L2",
    Table.VIRIDIS: "viridis",
    Table.CIVIDIS: "cividis",
    Table.INFERNO: "inferno",
    Table.BLUE_WHITE_RED: "CET-D1A",
    Table.BLUE_BLACK_RED: "CET-D4",
    Table.GREEN_WHITE_VIOLET: "CET-D2",
}
_USUAL = {
    MapKind.SIMILARITY: Table.GREY,
    MapKind.ERROR: Table.INFERNO,
    MapKind.SIGNED: Table.BLUE_WHITE_RED,
}
_MAGENTAS = ((104, 0, 96), (178, 22, 152), (238, 84, 206), (255, 172, 236))
"""From just below 0 to -1: saturated at once, so that the sign is seen before the size."""

NEGATIVE = _MAGENTAS[1]
"""What is below 0 where the range begins at 0 or above."""

BELOW, ABOVE = (0, 224, 255), (64, 255, 0)
"""What is below and above the ends of a range, where that is marked: no table has these."""


def table_of(kind: MapKind, table: Table, levels: tuple[float, float]) -> NDArray[np.uint8]:
    """Return the colours from one level to the other; a similarity's are magenta below 0."""
    name = _BUNDLED[_USUAL[kind] if table is Table.USUAL else table]
    low, high = levels
    if kind is not MapKind.SIMILARITY or low >= 0:
        return _plain(name)
    return _with_negatives(name, min(max(round(-low / (high - low) * TABLE_SIZE), 1), TABLE_SIZE))


@cache
def _plain(name: str) -> NDArray[np.uint8]:
    return _frozen(_bundled(name, TABLE_SIZE))


@cache
def _with_negatives(name: str, below: int) -> NDArray[np.uint8]:
    """Return a table of which so many first colours stand for negative values."""
    stops = np.array(_MAGENTAS, float)
    places = np.linspace(0, 1, below)
    knots = np.linspace(0, 1, len(stops))
    negative = np.stack([np.interp(places, knots, stops[:, c]) for c in range(3)], axis=1)
    parts = [np.rint(negative[::-1])]
    if below < TABLE_SIZE:
        parts.append(_bundled(name, TABLE_SIZE - below))
    return _frozen(np.concatenate(parts))


def _bundled(name: str, size: int) -> NDArray[Any]:
    import pyqtgraph  # noqa: PLC0415 - a large import, wanted with the first map

    table: NDArray[Any] = pyqtgraph.colormap.get(name).getLookupTable(nPts=size, alpha=False)
    return table[:, :3]


def _frozen(table: NDArray[Any]) -> NDArray[np.uint8]:
    frozen = np.ascontiguousarray(table, np.uint8)
    frozen.flags.writeable = False
    return frozen
