"""Painting a picture: only the samples that are seen are coloured, and only once.

They are reduced to be as fine as the screen, from the nearest level of the picture's pyramid: a
large map seen small or in part costs no more than a small one. What a pan keeps in sight keeps its
colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtGui import QImage, QPainter

from ssim_viewer.ui.pane.coloring import reduced_and_colored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QBrush

    from ssim_viewer.session.pyramid import Slices
    from ssim_viewer.ui.pane.navigation import View
    from ssim_viewer.ui.pane.picture import Grid, Picture

BLOCK = 64
"""Reduced pictures are coloured in squares of so many samples, so that a short pan needs none."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which samples of a picture to colour, halved so often.

    Attributes
    ----------
    size
        The device pixels across and down that all samples are reduced to before they are coloured,
        since colouring costs most; None where they are not seen as a whole, or are magnified.
    """

    halvings: int
    slices: Slices
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Coloring:
    """(h, w, 4) uint8 of BGRA, 0 where nothing has been computed; complete without such places."""

    colors: NDArray[np.uint8]
    complete: bool


class Tile:
    """The coloured samples of one part of a picture, kept while nothing changes.

    Attributes
    ----------
    top, left
        The first row and column that it holds.
    """

    def __init__(self, picture: Picture, part: Part, before: Tile | None = None) -> None:
        self.picture, self.part = picture, part
        self.top, _, self.left, _ = part.slices
        shared = before.shared(picture, part) if before is not None else None
        if before is None or shared is None:
            self._coloring = _colored(picture, part)
        else:
            self._coloring = _extended(before, part, shared)
        height, width = self.colors.shape[:2]
        self._extent = picture.grid(part.halvings).extent(part.slices)
        kinds = QImage.Format.Format_ARGB32_Premultiplied, QImage.Format.Format_RGB32
        kind = kinds[self._coloring.complete]
        self._image = QImage(self.colors.data, width, height, 4 * width, kind)

    @property
    def colors(self) -> NDArray[np.uint8]:
        """(h, w, 4) uint8 of BGRA."""
        return self._coloring.colors

    @property
    def complete(self) -> bool:
        """Whether there surely is no place where nothing has been computed."""
        return self._coloring.complete

    def shared(self, picture: Picture, part: Part) -> Slices | None:
        """Return the samples of a part that have their colours here, or None."""
        mine = self.part
        if (
            picture is not self.picture
            or part.halvings != mine.halvings
            or part.size is not None
            or mine.size is not None
        ):
            return None
        pairs = tuple(zip(mine.slices, part.slices, strict=True))
        top, bottom, left, right = (
            min(pair) if last else max(pair) for pair, last in zip(pairs, (0, 1, 0, 1), strict=True)
        )
        return (top, bottom, left, right) if top < bottom and left < right else None

    def draw(self, painter: QPainter, view: View, missing: QBrush) -> None:
        """Draw pixels as squares where they are magnified, smoothly where they are reduced.

        What has not been computed is filled with a brush.
        """
        left, top, right, bottom = self._extent
        place = view.rect(left, top, right, bottom)
        if not self.complete:
            painter.setBrushOrigin(view.to_widget(0, 0))
            painter.fillRect(place, missing)
        magnification = (right - left) * view.zoom / self._image.width()
        smooth = magnification < 1 and self.part.size is None
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
            self._tile = Tile(picture, part, self._tile)
        self._tile.draw(painter, view, missing)
        return self._tile


def _part(picture: Picture, view: View, area: QRectF) -> Part | None:
    """Return what to colour, or None where nothing is seen."""
    halvings = _halvings(picture, view)
    grid = picture.grid(halvings)
    seen = grid.seen(view, area, BLOCK if view.zoom * grid.side < 1 else 1)
    if seen is None:
        return None
    return Part(halvings, seen, _reduced_size(grid, view) if seen == grid.whole else None)


def _reduced_size(grid: Grid, view: View) -> tuple[int, int] | None:
    """Return the device pixels that all of a grid covers, or None where it is magnified."""
    rows, columns = (max(1, round(count * grid.side * view.zoom)) for count in grid.shape)
    return (columns, rows) if view.zoom * grid.side < 1 else None


def _halvings(picture: Picture, view: View) -> int:
    """Return how often a picture is halved so that a sample is half a device pixel or more."""
    wanted = math.floor(-math.log2(view.zoom * picture.side))
    possible = math.floor(math.log2(max(1, min(picture.grid().shape))))
    return max(0, min(wanted, possible))


def _colored(picture: Picture, part: Part) -> Coloring:
    samples = picture.pyramid.samples(part.halvings, part.slices)
    if part.size is not None and picture.scale is not None:
        packed, complete = reduced_and_colored(samples, part.size, picture.scale)
        return Coloring(packed.view(np.uint8).reshape(*packed.shape, 4), complete)
    if part.size is not None:
        samples = cv2.resize(samples, part.size, interpolation=cv2.INTER_LINEAR)
    if picture.scale is not None:
        colors = picture.scale.colored(samples).view(np.uint8).reshape(*samples.shape, 4)
        return Coloring(colors, complete=not np.isnan(samples).any())
    holes = None
    if picture.tone is not None:
        holes = _holes(samples)
        samples = picture.tone.applied(samples)
    conversion = cv2.COLOR_GRAY2BGRA if samples.ndim == 2 else cv2.COLOR_RGB2BGRA
    colors = np.asarray(cv2.cvtColor(np.ascontiguousarray(samples), conversion), np.uint8)
    if holes is not None:
        colors[holes] = 0
    return Coloring(colors, complete=holes is None)


def _holes(samples: NDArray[Any]) -> NDArray[np.bool_] | None:
    """Return where a photograph has no number, or None where it has one everywhere."""
    if samples.dtype.kind != "f":
        return None
    bad = np.isnan(samples)
    found = np.asarray(bad if bad.ndim == 2 else bad.any(axis=2))
    return found if found.any() else None


def _extended(before: Tile, part: Part, shared: Slices) -> Coloring:
    """Return the colours of a part, of which some are in a tile already."""
    top, bottom, left, right = part.slices
    colors = np.empty((bottom - top, right - left, 4), np.uint8)
    complete = before.complete
    kept = _cut(before.colors, _from(before.top, before.left, shared))
    _cut(colors, _from(top, left, shared))[:] = kept
    for strip in _around(shared, part.slices):
        new = _colored(before.picture, replace(part, slices=strip))
        _cut(colors, _from(top, left, strip))[:] = new.colors
        complete = complete and new.complete
    return Coloring(colors, complete)


def _around(inner: Slices, outer: Slices) -> Iterator[Slices]:
    """Return what lies above, below, left and right of samples within others."""
    strips = (
        (outer[0], inner[0], outer[2], outer[3]),
        (inner[1], outer[1], outer[2], outer[3]),
        (inner[0], inner[1], outer[2], inner[2]),
        (inner[0], inner[1], inner[3], outer[3]),
    )
    return (strip for strip in strips if strip[0] < strip[1] and strip[2] < strip[3])


def _from(top: int, left: int, slices: Slices) -> Slices:
    return slices[0] - top, slices[1] - top, slices[2] - left, slices[3] - left


def _cut(array: NDArray[Any], slices: Slices) -> NDArray[Any]:
    top, bottom, left, right = slices
    return array[top:bottom, left:right]
