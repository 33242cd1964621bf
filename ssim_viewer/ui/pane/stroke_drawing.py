"""Painting what a brush has painted: its edge as a line of two tones, seen on any picture.

Strokes overlap and erase one another, so they are painted into a mask of the screen's own pixels,
and the edge is that of the mask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.images.shapes import Stroke, Strokes
    from ssim_viewer.ui.pane.navigation import View

DARK, BRIGHT = QColor(0, 0, 0, 170), QColor(255, 255, 255, 235)
"""Of every line over a picture: bright between dark."""

INSIDE = QColor(255, 255, 255, 40)
"""Faint, so that what is painted can be seen under it."""

_CLEAR = QPainter.CompositionMode.CompositionMode_Clear


def draw_strokes(painter: QPainter, strokes: Strokes, view: View, area: QRectF) -> None:
    """Draw the edge of what strokes have painted, as far as it lies in an area of the widget."""
    ratio = painter.device().devicePixelRatioF()
    place = area.toAlignedRect()
    if place.isEmpty():
        return
    mask = _mask(strokes, view, QRectF(place), ratio)
    width = round(ratio)
    edge = mask & ~_grown(mask, -width)
    rim = _grown(edge, width) & ~edge
    pixels = np.zeros_like(mask, np.uint32)
    for part, color in ((mask, INSIDE), (rim, DARK), (edge, BRIGHT)):
        pixels[part] = color.rgba()
    height, line = len(pixels), pixels.strides[0]
    image = QImage(pixels.data, line // 4, height, line, QImage.Format.Format_ARGB32)
    painter.drawImage(QRectF(place), image)


def _mask(strokes: Strokes, view: View, area: QRectF, ratio: float) -> NDArray[np.bool_]:
    """Return which of the screen's own pixels in an area of the widget are painted."""
    size = (area.size() * ratio).toSize()
    image = QImage(size, QImage.Format.Format_Alpha8)
    image.fill(0)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        for stroke in strokes.strokes:
            mode = QPainter.CompositionMode.CompositionMode_SourceOver
            painter.setCompositionMode(_CLEAR if stroke.erases else mode)
            _draw(painter, stroke, view)
    found = np.frombuffer(image.constBits(), np.uint8).reshape(size.height(), image.bytesPerLine())
    return np.asarray(found[:, : size.width()] >= 128)


def _draw(painter: QPainter, stroke: Stroke, view: View) -> None:
    pen = QPen(Qt.GlobalColor.black, max(2 * stroke.radius * view.cell, 1.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    points: list[QPointF] = [view.to_widget(*point) for point in stroke.points]
    if len(points) > 1:
        painter.drawPolyline(QPolygonF(points))
    else:
        painter.drawPoints(QPolygonF(points))


def _grown(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return a mask grown by so many pixels on each side, or shrunk where that is less than 0."""
    change = cv2.dilate if by > 0 else cv2.erode
    side = 2 * abs(by) + 1
    return np.asarray(change(mask.view(np.uint8), np.ones((side, side), np.uint8)) > 0)
