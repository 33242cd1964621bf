"""The images of several runs as one picture: in rows, with words below each, drawn by Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from ssim_viewer.reports.fonts import font, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

_INK, _PAPER = 20, 255
_GAP = 12
_POINTS, _LEAST_POINTS = 12, 8
_LEAST_WIDTH = 240  # of a tile: smaller images are enlarged by a whole factor, so words fit


@dataclass(frozen=True, slots=True, eq=False)
class SheetTile:
    """One image of the sheet, (H, W) or (H, W, 3), and the lines below it."""

    image: NDArray[np.generic]
    lines: tuple[str, ...]


def run_sheet(tiles: Sequence[SheetTile], columns: int, data_range: float) -> Bytes:
    """Return the tiles in rows on white paper, shape (H, W, 3), RGB.

    All images have one shape and all tiles one number of lines. Pixels outside the data range are
    clipped, and black where they are not a number.
    """
    pictures = [_picture(tile.image, data_range) for tile in tiles]
    points = _fitting(tiles, pictures[0].shape[1])
    drawn = [
        _framed(picture, _words(tile.lines, picture.shape[1], points))
        for tile, picture in zip(tiles, pictures, strict=True)
    ]
    drawn += [np.full_like(drawn[0], _PAPER)] * (-len(drawn) % columns)
    rows = [np.hstack(drawn[i : i + columns]) for i in range(0, len(drawn), columns)]
    picture: Bytes = np.vstack(rows)
    return np.pad(picture, ((_GAP, 0), (_GAP, 0), (0, 0)), constant_values=_PAPER)


def _picture(image: NDArray[np.generic], data_range: float) -> Bytes:
    """Return an image in RGB, a small one enlarged."""
    share = np.clip(np.nan_to_num(np.asarray(image, dtype=np.float64)) / data_range, 0, 1)
    pixels = np.rint(255 * share).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., np.newaxis], 3, axis=2)
    factor = -(-_LEAST_WIDTH // pixels.shape[1])
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)


def _framed(picture: Bytes, words: Bytes) -> Bytes:
    """Return a tile with its margin on the right and below."""
    tile = np.vstack([picture, words])
    return np.pad(tile, ((0, _GAP), (0, _GAP), (0, 0)), constant_values=_PAPER)


def _fitting(tiles: Sequence[SheetTile], width: int) -> int:
    """Return the size of letters in which the longest line fits below its image."""
    lines = [readable(line) for tile in tiles for line in tile.lines]
    points = max(_POINTS, width // 21)
    while points > _LEAST_POINTS and max(map(font(points).getlength, lines), default=0) > width:
        points -= 1
    return points


def _words(lines: Sequence[str], width: int, points: int) -> Bytes:
    height = round(1.4 * points)
    paper = Image.new("RGB", (width, height * len(lines) + _GAP // 2), (_PAPER,) * 3)
    pen = ImageDraw.Draw(paper)
    for row, line in enumerate(lines):
        place = (0, height * row + 2)
        pen.text(place, readable(line), fill=(_INK,) * 3, font=font(points))
    return np.asarray(paper)
