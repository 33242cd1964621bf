"""Selecting a region with the mouse: one selection that every pane takes part in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from ssim_viewer.session.region import Region

if TYPE_CHECKING:
    from ssim_viewer.ui.pane.navigation import Navigation, Point


class Selection(QObject):
    """Becomes ready, and then takes the next drag of the mouse for the region.

    Signals
    -------
    armed
        Carries whether the next drag selects, when that has changed.
    selected
        Carries the `Region` while it is drawn.
    """

    armed = Signal(bool)
    selected = Signal(object)

    def __init__(self, navigation: Navigation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._ready = False
        self._first: tuple[int, int] | None = None
        self._latest: Region | None = None

    @property
    def ready(self) -> bool:
        """Whether the next drag selects."""
        return self._ready

    def get_ready(self, *, ready: bool = True) -> None:
        """Take the next drag for a region, or no more."""
        self._first = self._latest = None
        if ready != self._ready:
            self._ready = ready
            self.armed.emit(ready)

    def press(self, place: Point) -> bool:
        """Begin a region at a place of the image; return whether that was wanted."""
        if self._ready:
            self._first = self._pixel(place)
        return self._ready

    def move(self, place: Point) -> bool:
        """Draw the region to a place of the image; return whether one is being drawn."""
        if self._first is None:
            return False
        last = self._pixel(place)
        region = Region.between(self._first, last)
        if region != self._latest and (last != self._first or self._latest is not None):
            self._latest = region
            self.selected.emit(region)
        return True

    def release(self) -> None:
        """End the region; a press without a move selects nothing."""
        if self._first is not None:
            self.get_ready(ready=False)

    def _pixel(self, place: Point) -> tuple[int, int]:
        width, height = self._navigation.size
        x, y = (math.floor(value) for value in place)
        return min(max(x, 0), max(width - 1, 0)), min(max(y, 0), max(height - 1, 0))


def draw_region(painter: QPainter, area: QRectF) -> None:
    """Outline a region, in white between black, so that it is seen on any picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 170), 3), (QColor(255, 255, 255, 230), 1)):
        painter.setPen(QPen(color, width, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(area)
