"""A picture: an array with its colours and its place on the image, painted where it is seen.

Only the samples that are seen are coloured, and only as finely as the screen shows them: a
large map seen small is averaged first, so that it costs no more than a small one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF

    from ssim_viewer.views.colormaps import ColorScale
    from ssim_viewer.views.navigation import View

Slices = tuple[int, int, int, int]
"""First and last row, first and last column; the last ones excluded."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What a pane shows.

    Attributes
    ----------
    array
        (H, W) or (H, W, 3) uint8 of a photograph; (H, W) float32 of a map.
    scale
        How a map becomes colours; None for a photograph.
    offset, side
        The sample (0, 0) covers the square of the image that begins at (offset, offset).
    values
        What is written on pixels: the array, or a photograph's pixels in their own unit.
    decimals
        How many decimals the values are written with.
    """

    array: NDArray[Any]
    scale: ColorScale | None
    offset: float
    side: int
    values: NDArray[Any]
    decimals: int

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the image."""
        height, width = self.array.shape[:2]
        end = self.offset + width * self.side, self.offset + height * self.side
        return self.offset, self.offset, *end

    def seen(self, view: View, area: QRectF) -> Slices | None:
        """Return the samples that are seen in an area of the widget, or None."""
        left, top = view.to_image(area.topLeft())
        right, bottom = view.to_image(area.bottomRight())
        height, width = self.array.shape[:2]
        rows = self._range(top, bottom, height)
        columns = self._range(left, right, width)
        return None if rows is None or columns is None else (*rows, *columns)

    def _range(self, low: float, high: float, count: int) -> tuple[int, int] | None:
        first = max(0, math.floor((low - self.offset) / self.side))
        last = min(count, math.ceil((high - self.offset) / self.side))
        return (first, last) if first < last else None


class Tile:
    """The coloured samples of one part of a picture, kept while nothing changes.

    Attributes
    ----------
    colors
        (h, w, 4) uint8 of BGRA; a sample stands for `step` by `step` samples of the picture.
    top, left
        The first row and column of the picture that it holds.
    """

    def __init__(self, picture: Picture, slices: Slices, halvings: int) -> None:
        top, bottom, left, right = slices
        self.top, self.left = top, left
        part = _halved(picture.array[top:bottom, left:right], halvings)
        self.colors = _bgra(part, picture.scale)
        self.key = (picture, slices, halvings)
        height, width = part.shape[:2]
        side, offset, step = picture.side, picture.offset, 2**halvings
        self._extent = (
            offset + left * side,
            offset + top * side,
            offset + (left + width * step) * side,
            offset + (top + height * step) * side,
        )
        self._image = QImage(self.colors.data, width, height, 4 * width, QImage.Format.Format_RGB32)

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw pixels as squares where they are magnified, smoothly where they are reduced."""
        left, top, right, bottom = self._extent
        magnification = (right - left) * view.zoom / self._image.width()
        smooth = magnification < 1
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(view.rect(left, top, right, bottom), self._image)


class Painting:
    """Paints a picture, and keeps its last tile."""

    def __init__(self) -> None:
        self._tile: Tile | None = None

    def draw(self, painter: QPainter, view: View, picture: Picture, area: QRectF) -> Tile | None:
        """Draw what is seen of a picture in an area of the widget; return its tile."""
        slices = picture.seen(view, area)
        if slices is None:
            return None
        halvings = _halvings(picture, view)
        if halvings:  # the same blocks wherever the area ends
            slices = (0, picture.array.shape[0], 0, picture.array.shape[1])
        key = (picture, slices, halvings)
        if self._tile is None or self._tile.key != key:
            self._tile = Tile(*key)
        self._tile.draw(painter, view)
        return self._tile


def _halvings(picture: Picture, view: View) -> int:
    """Return how often a picture is halved so that a sample is half a device pixel or more."""
    wanted = math.floor(-math.log2(view.zoom * picture.side))
    possible = math.floor(math.log2(min(picture.array.shape[:2])))
    return max(0, min(wanted, possible))


def _halved(part: NDArray[Any], times: int) -> NDArray[Any]:
    """Return means over blocks; what is left at the end is less than a device pixel."""
    for _ in range(times):  # twofold reduction is what OpenCV does fastest
        height, width = part.shape[0] // 2, part.shape[1] // 2
        whole = part[: 2 * height, : 2 * width]
        part = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return part


def _bgra(part: NDArray[Any], scale: ColorScale | None) -> NDArray[np.uint8]:
    if scale is not None:
        return scale.colored(part).view(np.uint8).reshape(*part.shape, 4)
    conversion = cv2.COLOR_GRAY2BGRA if part.ndim == 2 else cv2.COLOR_RGB2BGRA
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), conversion), np.uint8)
