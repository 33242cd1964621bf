"""A picture: a map with its colours and its place on the image, painted where it is seen.

Only the samples that are seen are coloured, of the level of the picture's pyramid that is as fine
as the screen: a large map seen small or in part costs no more than a small one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtGui import QBrush, QImage, QPainter

from ssim_viewer.session.pyramid import halved

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF

    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.views.colormaps import ColorScale
    from ssim_viewer.views.navigation import View

Slices = tuple[int, int, int, int]
"""First and last row, first and last column; the last ones excluded."""

BLOCK = 64
"""Reduced pictures are coloured in squares of so many samples, so that a short pan needs none."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Samples and their place: (0, 0) covers the square of the image from (offset, offset)."""

    array: NDArray[Any]
    offset: float
    side: int

    @property
    def whole(self) -> Slices:
        """All samples."""
        return 0, self.array.shape[0], 0, self.array.shape[1]

    def extent(self, slices: Slices) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of samples on the image."""
        top, bottom, left, right = (self.offset + place * self.side for place in slices)
        return left, top, right, bottom

    def seen(self, view: View, area: QRectF, block: int = 1) -> Slices | None:
        """Return the samples that are seen in an area, in whole blocks; None without any."""
        left, top = view.to_image(area.topLeft())
        right, bottom = view.to_image(area.bottomRight())
        height, width = self.array.shape[:2]
        rows = self._range(top, bottom, height, block)
        columns = self._range(left, right, width, block)
        return None if rows is None or columns is None else (*rows, *columns)

    def _range(self, low: float, high: float, count: int, block: int) -> tuple[int, int] | None:
        first = max(0, math.floor((low - self.offset) / self.side / block) * block)
        last = min(count, math.ceil((high - self.offset) / self.side / block) * block)
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a pane shows.

    Attributes
    ----------
    pyramid
        (H, W) or (H, W, 3) uint8 of a photograph; (H, W) float32 of a map, in which a sample
        that is not a number has not been computed.
    scale
        How a map becomes colours; None for a photograph.
    offset, side
        The sample (0, 0) covers the square of the image that begins at (offset, offset).
    values
        What is written on pixels: the array, or a photograph's pixels in their own unit.
    decimals
        How many decimals the values are written with.
    """

    pyramid: Pyramid
    scale: ColorScale | None
    offset: float
    side: int
    values: NDArray[Any]
    decimals: int

    def grid(self, level: int = 0) -> Grid:
        """Return the samples of a level of the pyramid."""
        return Grid(self.pyramid.levels[level], self.offset, self.side * 2**level)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the image."""
        return self.grid().extent(self.grid().whole)


@dataclass(frozen=True, slots=True)
class Part:
    """Which samples of a picture to colour: of a level of its pyramid, halved further."""

    level: int
    halvings: int
    slices: Slices


class Tile:
    """The coloured samples of one part of a picture, kept while nothing changes.

    Attributes
    ----------
    colors
        (h, w, 4) uint8 of BGRA, 0 where nothing has been computed.
    top, left
        The first row and column of the level that it holds.
    """

    def __init__(self, picture: Picture, part: Part) -> None:
        self.picture, self.part = picture, part
        top, bottom, left, right = part.slices
        self.top, self.left = top, left
        grid = picture.grid(part.level)
        samples = halved(grid.array[top:bottom, left:right], part.halvings)
        self.colors = _bgra(samples, picture.scale)
        self._incomplete = samples.dtype.kind == "f" and bool(np.isnan(samples).any())
        height, width = samples.shape[:2]
        step = 2**part.halvings
        self._extent = grid.extent((top, top + height * step, left, left + width * step))
        premultiplied, opaque = (
            QImage.Format.Format_ARGB32_Premultiplied,
            QImage.Format.Format_RGB32,
        )
        kind = premultiplied if self._incomplete else opaque
        self._image = QImage(self.colors.data, width, height, 4 * width, kind)

    def draw(self, painter: QPainter, view: View, missing: QBrush) -> None:
        """Draw pixels as squares where they are magnified, smoothly where they are reduced.

        What has not been computed is filled with a brush.
        """
        left, top, right, bottom = self._extent
        place = view.rect(left, top, right, bottom)
        if self._incomplete:
            painter.setBrushOrigin(view.to_widget(0, 0))
            painter.fillRect(place, missing)
        magnification = (right - left) * view.zoom / self._image.width()
        smooth = magnification < 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, self._image)


class Painting:
    """Paints a picture, and keeps its last tile."""

    def __init__(self) -> None:
        self._tile: Tile | None = None

    def draw(
        self, painter: QPainter, view: View, picture: Picture, area: QRectF, missing: QBrush
    ) -> Tile | None:
        """Draw what is seen of a picture in an area of the widget; return its tile."""
        part = _part(picture, view, area)
        if part is None:
            return None
        if self._tile is None or self._tile.picture is not picture or self._tile.part != part:
            self._tile = Tile(picture, part)
        self._tile.draw(painter, view, missing)
        return self._tile


def _part(picture: Picture, view: View, area: QRectF) -> Part | None:
    """Return what to colour, or None where nothing is seen."""
    wanted = _halvings(picture, view)
    level = min(wanted, len(picture.pyramid.levels) - 1)
    grid = picture.grid(level)
    seen = grid.seen(view, area, BLOCK if view.zoom * grid.side < 1 else 1)
    if seen is None:
        return None
    halvings = wanted - level
    # All of the smallest level, so that the blocks are the same wherever the area ends.
    return Part(level, halvings, grid.whole if halvings else seen)


def _halvings(picture: Picture, view: View) -> int:
    """Return how often a picture is halved so that a sample is half a device pixel or more."""
    wanted = math.floor(-math.log2(view.zoom * picture.side))
    possible = math.floor(math.log2(min(picture.grid().array.shape[:2])))
    return max(0, min(wanted, possible))


def _bgra(part: NDArray[Any], scale: ColorScale | None) -> NDArray[np.uint8]:
    if scale is not None:
        return scale.colored(part).view(np.uint8).reshape(*part.shape, 4)
    conversion = cv2.COLOR_GRAY2BGRA if part.ndim == 2 else cv2.COLOR_RGB2BGRA
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), conversion), np.uint8)
