"""Where all panes look: one centre and one zoom, shared exactly.

Positions on the image are in pixel edges: pixel 0 reaches from 0 to 1, x to the right and
y down. Zoom is in device pixels per image pixel, so 1 is 100 % on every screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

SMALLEST, LARGEST = 1 / 32, 64.0
"""Limits of the zoom; fitting may go below, so that any image fits."""

UNSEEN = 0.15
"""A step of the zoom, in half octaves, that would show nothing new: 5 %. It goes one further."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """How one pane maps the image to itself.

    Attributes
    ----------
    zoom
        Device pixels per image pixel.
    origin
        Where the image's top left corner stands, in whole device pixels of the pane.
    ratio
        Device pixels per unit of the widget.
    """

    zoom: float
    origin: Point
    ratio: float

    def to_image(self, point: QPointF) -> Point:
        """Return the position on the image under a point of the widget."""
        return (
            (point.x() * self.ratio - self.origin[0]) / self.zoom,
            (point.y() * self.ratio - self.origin[1]) / self.zoom,
        )

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return the point of the widget at a position on the image."""
        return QPointF(
            (self.origin[0] + x * self.zoom) / self.ratio,
            (self.origin[1] + y * self.zoom) / self.ratio,
        )

    def rect(self, left: float, top: float, right: float, bottom: float) -> QRectF:
        """Return the rectangle of the widget over a rectangle of the image."""
        return QRectF(self.to_widget(left, top), self.to_widget(right, bottom))

    def moved(self, dx: float, dy: float) -> View:
        """Return the mapping of an image that is shown moved by so many of its pixels."""
        left, top = (
            round(start + by * self.zoom) for start, by in zip(self.origin, (dx, dy), strict=True)
        )
        return View(self.zoom, (left, top), self.ratio)

    @property
    def cell(self) -> float:
        """Side of an image pixel, in units of the widget."""
        return self.zoom / self.ratio


class Navigation(QObject):
    """The centre and the zoom that every pane follows.

    Signals
    -------
    changed
        The centre, the zoom or the image's size changed.

    Attributes
    ----------
    centre
        The position on the image in the middle of every pane.
    zoom
        Device pixels per image pixel.
    fitted
        Whether the zoom follows the window, so that the whole image is seen.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.centre: Point = (0.0, 0.0)
        self.zoom = 1.0
        self.fitted = True
        self._size = (0, 0)
        self._viewports: tuple[tuple[float, float], ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the image; zeros without one."""
        return self._size

    def set_size(self, width: int, height: int) -> None:
        """Take over the size of the image; another size is fitted, the same keeps the view."""
        if (width, height) != self._size:
            self._size = (width, height)
            self.fit()

    def set_viewports(self, viewports: Iterable[tuple[float, float]]) -> None:
        """Take over the sizes of the visible panes, in device pixels."""
        viewports = tuple(viewports)
        if viewports != self._viewports:
            self._viewports = viewports
            self._move(self.centre, self._fitting() if self.fitted else self.zoom)

    def view(self, width: float, height: float, ratio: float) -> View:
        """Return the mapping of a pane of a size in widget units."""
        x = round(width * ratio / 2 - self.centre[0] * self.zoom)
        y = round(height * ratio / 2 - self.centre[1] * self.zoom)
        return View(self.zoom, (x, y), ratio)

    def fit(self) -> None:
        """Show the whole image in every pane, and follow the window from now on."""
        self.fitted = True
        self._move((self._size[0] / 2, self._size[1] / 2), self._fitting())

    def actual_pixels(self, anchor: Point | None = None) -> None:
        """Show one image pixel as one device pixel."""
        self.zoom_to(1.0, anchor)

    def zoom_in(self, anchor: Point | None = None) -> None:
        """Zoom to the next power of √2, about a position on the image or the centre."""
        self.zoom_to(2 ** ((math.floor(2 * math.log2(self.zoom) + UNSEEN) + 1) / 2), anchor)

    def zoom_out(self, anchor: Point | None = None) -> None:
        """Zoom to the power of √2 below, about a position on the image or the centre."""
        self.zoom_to(2 ** ((math.ceil(2 * math.log2(self.zoom) - UNSEEN) - 1) / 2), anchor)

    def zoom_to(self, zoom: float, anchor: Point | None = None) -> None:
        """Zoom about a position on the image, which stays where it is on screen."""
        zoom = min(max(zoom, min(SMALLEST, self._fitting())), LARGEST)
        x, y = anchor or self.centre
        part = self.zoom / zoom
        self.fitted = False
        self._move((x + (self.centre[0] - x) * part, y + (self.centre[1] - y) * part), zoom)

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Show a rectangle of the image as large as it fits into every pane."""
        width, height = max(right - left, 1e-6), max(bottom - top, 1e-6)
        zoom = min((min(w / width, h / height) for w, h in self._viewports), default=1.0)
        self.fitted = False
        self._move(
            ((left + right) / 2, (top + bottom) / 2),
            min(max(zoom, min(SMALLEST, self._fitting())), LARGEST),
        )

    def look_at(self, centre: Point, zoom: float) -> None:
        """Look at a position on the image, at a zoom within its limits."""
        self.fitted = False
        self._move(centre, min(max(zoom, min(SMALLEST, self._fitting())), LARGEST))

    def pan(self, dx: float, dy: float) -> None:
        """Move the centre by image pixels."""
        self.fitted = False
        self._move((self.centre[0] + dx, self.centre[1] + dy), self.zoom)

    def position_at(self, fraction: float, axis: int = 0) -> float:
        """Return x on the image at a fraction of the widest pane's width; y for axis 1."""
        return self.centre[axis] + (fraction - 0.5) * self._widest(axis) / self.zoom

    def fraction_at(self, position: float, axis: int = 0) -> float:
        """Return the fraction of the widest pane's width at x on the image, within [0, 1].

        With axis 1 it is that of the height at y.
        """
        fraction = (position - self.centre[axis]) * self.zoom / self._widest(axis) + 0.5
        return min(max(fraction, 0.0), 1.0)

    def _widest(self, axis: int) -> float:
        return max((size[axis] for size in self._viewports), default=1.0)

    def _fitting(self) -> float:
        """Return the largest zoom that shows the whole image in every pane."""
        width, height = self._size
        if not self._viewports or not width or not height:
            return 1.0
        zoom = min(min(w / width, h / height) for w, h in self._viewports)
        return min(max(zoom, 1e-4), LARGEST)

    def _move(self, centre: Point, zoom: float) -> None:
        """Look elsewhere; the centre stays on the image, so that it is never lost."""
        width, height = self._size
        centre = (min(max(centre[0], 0.0), width), min(max(centre[1], 0.0), height))
        self.centre, self.zoom = centre, zoom
        self.changed.emit()
