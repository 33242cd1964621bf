"""The marker of the pixel under the cursor: a frame around a large one, a cross at a small one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_ARM, _GAP = 9, 3
_FRAMED = 6
"""Side of a pixel on screen from which it is framed."""


def draw_marker(painter: QPainter, square: QRectF) -> None:
    """Mark the square of a pixel, in white between black, so that it is seen on any picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 170), 3), (QColor(255, 255, 255, 230), 1)):
        painter.setPen(QPen(color, width, c=Qt.PenCapStyle.FlatCap))
        if square.width() >= _FRAMED:
            painter.drawRect(square)
        else:
            _draw_cross(painter, square.center())


def _draw_cross(painter: QPainter, centre: QPointF) -> None:
    for direction in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
        painter.drawLine(centre + direction * _GAP, centre + direction * _ARM)


def marker_area(square: QRectF) -> QRect:
    """Return the area that the marker of a pixel covers."""
    centre = square.center()
    reach = max(square.width() / 2, _ARM) + 3
    return QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach).toAlignedRect()
