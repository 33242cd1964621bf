"""The images of several runs as one picture: in rows, with words below each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_INK, _PAPER = 20, 255
_GAP = 12
_LEAST_WIDTH = 240  # of a tile: smaller images are enlarged by a whole factor, so words fit


@dataclass(frozen=True, slots=True, eq=False)
class SheetTile:
    """One image of the sheet, (H, W) or (H, W, 3), and the lines below it."""

    image: NDArray[np.generic]
    lines: tuple[str, ...]


def run_sheet(tiles: Sequence[SheetTile], columns: int, data_range: float) -> Bytes:
    """Return the tiles in rows on white paper, shape (H, W, 3), RGB.

    All images have one shape and all tiles one number of lines. Pixels outside the data range are
    clipped.
    """
    drawn = [_tile(tile, data_range) for tile in tiles]
    drawn += [np.full_like(drawn[0], _PAPER)] * (-len(drawn) % columns)
    rows = [np.hstack(drawn[i : i + columns]) for i in range(0, len(drawn), columns)]
    picture: Bytes = np.vstack(rows)
    return np.pad(picture, ((_GAP, 0), (_GAP, 0), (0, 0)), constant_values=_PAPER)


def _tile(tile: SheetTile, data_range: float) -> Bytes:
    """Return a tile with its margin on the right and below."""
    share = np.clip(np.asarray(tile.image, dtype=np.float64) / data_range, 0, 1)
    pixels = np.rint(255 * share).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., np.newaxis], 3, axis=2)
    factor = -(-_LEAST_WIDTH // pixels.shape[1])
    pixels = pixels.repeat(factor, axis=0).repeat(factor, axis=1)
    words = _words(tile.lines, pixels.shape[1])
    return np.pad(
        np.vstack([pixels, words]), ((0, _GAP), (0, _GAP), (0, 0)), constant_values=_PAPER
    )


def _words(lines: Sequence[str], width: int) -> Bytes:
    scale = max(0.4, width / 640)
    height = round(32 * scale)
    paper = np.full((height * len(lines) + _GAP // 2, width, 3), _PAPER, dtype=np.uint8)
    for row, line in enumerate(lines):
        place = (0, height * (row + 1) - round(8 * scale))
        # OpenCV's letters are ASCII.
        plain = line.encode("ascii", "replace").decode()
        cv2.putText(paper, plain, place, _FONT, scale, (_INK,) * 3, 1, cv2.LINE_AA)
    return paper
