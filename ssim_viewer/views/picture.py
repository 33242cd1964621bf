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

    def __init__(self, picture: Picture, slices: Slices, step: int) -> None:
        top, bottom, left, right = slices
        self.top, self.left = top, left
        part = _averaged(picture.array[top:bottom, left:right], step)
        self.colors = _bgra(part, picture.scale)
        self.key = (picture, slices, step)
        height, width = part.shape[:2]
        side, offset = picture.side, picture.offset
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
        step = max(1, math.floor(1 / (view.zoom * picture.side)))
        top, bottom, left, right = slices
        step = min(step, bottom - top, right - left)
        if step > 1:  # the same blocks wherever the area ends
            slices = (0, picture.array.shape[0], 0, picture.array.shape[1])
        key = (picture, slices, step)
        if self._tile is None or self._tile.key != key:
            self._tile = Tile(*key)
        self._tile.draw(painter, view)
        return self._tile


def _averaged(part: NDArray[Any], step: int) -> NDArray[Any]:
    """Return the means of blocks; what is left at the end is less than a device pixel."""
    if step == 1:
        return part
    height, width = part.shape[0] // step, part.shape[1] // step
    whole = np.ascontiguousarray(part[: height * step, : width * step])
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA))


def _bgra(part: NDArray[Any], scale: ColorScale | None) -> NDArray[np.uint8]:
    if scale is not None:
        return scale.colored(part).view(np.uint8).reshape(*part.shape, 4)
    conversion = cv2.COLOR_GRAY2BGRA if part.ndim == 2 else cv2.COLOR_RGB2BGRA
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(part), conversion), np.uint8)
