"""Lines between pixels, where pixels are large enough to be told apart by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from ssim_viewer.ui.pane.navigation import View
    from ssim_viewer.ui.pane.picture import Picture

SMALLEST_CELL = 16
"""Side of a sample on screen, in units of the widget, from which lines are drawn."""

_INK = QColor(128, 128, 128, 150)
"""A grey that is seen on black and on white, and covers little of either."""


def draw_grid(painter: QPainter, view: View, picture: Picture, area: QRectF) -> None:
    """Draw the edges of the samples that are seen in an area, if they are large enough."""
    if view.cell * picture.side < SMALLEST_CELL:
        return
    grid = picture.grid()
    slices = grid.seen(view, area)
    if slices is None:
        return
    top, bottom, left, right = slices
    place = view.rect(*grid.extent(slices))
    side = view.cell * picture.side
    columns = (place.left() + (column - left) * side for column in range(left, right + 1))
    rows = (place.top() + (row - top) * side for row in range(top, bottom + 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(_INK, 0))
    painter.drawLines([QLineF(x, place.top(), x, place.bottom()) for x in columns])
    painter.drawLines([QLineF(place.left(), y, place.right(), y) for y in rows])
