"""Painting overlays over a pane, in white between black, so that they are seen on any picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from ssim_viewer.images.shapes import Ellipse, Polygon, Rectangle, Strokes
from ssim_viewer.session.overlays import HALVINGS, Line, LitPixels, Marker, Outline
from ssim_viewer.ui.pane.stroke_drawing import BRIGHT, DARK, draw_strokes
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssim_viewer.images.shapes import Point, Shape
    from ssim_viewer.session.overlays import Overlay
    from ssim_viewer.ui.pane.navigation import View
    from ssim_viewer.ui.theme.colors import Colors

LIT = QColor(255, 0, 200, 190)
"""Magenta: no sequential or diverging map of the program has it, and few photographs."""

_LIT_RGB = np.uint32(LIT.rgb() & 0xFFFFFF)
_OPACITIES = np.maximum(LIT.alpha() * np.sqrt(np.arange(256) / 255), 40).astype(np.uint32)
"""By the share that is lit: from afar, few are fainter than many, and one is still seen."""

RADIUS = 4.0
"""Of the disc of a marker, in units of the widget; its number stands at its lower right."""

_ROOM = 4
_LABEL = QRectF(0, 0, 160, 20)


def draw_overlays(
    painter: QPainter, overlays: Iterable[Overlay], view: View, area: QRectF, colors: Colors
) -> None:
    """Draw overlays, as far as they lie in an area of the widget."""
    for overlay in overlays:
        if not QRectF(overlay_area(overlay, view)).intersects(area):
            continue
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match overlay:
            case LitPixels():
                _draw_lit(painter, overlay, view, area)
            case Outline():
                _draw_outline(painter, overlay, view, area)
            case Line(points):
                _stroke(painter, _path(points, view, closed=False))
            case Marker():
                _draw_marker(painter, overlay, view, colors)
        painter.restore()


def overlay_area(overlay: Overlay, view: View) -> QRect:
    """Return the area of the widget that an overlay covers, cut to what a widget can have."""
    left, top, right, bottom = overlay.bounds()
    covered = view.rect(left, top, right, bottom).adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
    if isinstance(overlay, Marker):
        covered = covered.united(_LABEL.translated(view.to_widget(left, top))).adjusted(
            -RADIUS, -RADIUS, RADIUS, RADIUS
        )
    elif isinstance(overlay, Outline) and overlay.label:
        covered = covered.united(_LABEL.translated(covered.topLeft() - QPointF(0, 20)))
    widest = QRectF(-4096, -4096, 1 << 15, 1 << 15)
    return (covered & widest).toAlignedRect()


def _draw_outline(painter: QPainter, outline: Outline, view: View, area: QRectF) -> None:
    if isinstance(outline.shape, Strokes):
        seen = QRectF(overlay_area(outline, view)) & area
        draw_strokes(painter, outline.shape, view, seen)
        return
    path = _shape_path(outline.shape, view)
    _stroke(painter, path, dashed=outline.quiet)
    if outline.label:
        corner = path.boundingRect().topLeft() - QPointF(0, 4)
        _text(painter, corner, outline.label)


def _shape_path(shape: Shape, view: View) -> QPainterPath:
    if isinstance(shape, Polygon):
        return _path(shape.points, view, closed=True)
    path = QPainterPath()
    area = view.rect(*shape.bounds())
    if isinstance(shape, Ellipse):
        path.addEllipse(area)
    elif isinstance(shape, Rectangle):
        path.addRect(area)
    return path


def _path(points: tuple[Point, ...], view: View, *, closed: bool) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([view.to_widget(*point) for point in points]))
    if closed:
        path.closeSubpath()
    return path


def _stroke(painter: QPainter, path: QPainterPath, *, dashed: bool = False) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((DARK, 3), (BRIGHT, 1)):
        style = Qt.PenStyle.DashLine if dashed and color is BRIGHT else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color, width, style))
        painter.drawPath(path)


def _draw_marker(painter: QPainter, marker: Marker, view: View, colors: Colors) -> None:
    centre = view.to_widget(marker.x, marker.y)
    painter.setPen(QPen(BRIGHT, 1.5))
    painter.setBrush(QColor(colors.accent) if marker.current else DARK)
    painter.drawEllipse(centre, RADIUS, RADIUS)
    _text(painter, centre + QPointF(RADIUS + 2, RADIUS + 11), marker.label)


def _text(painter: QPainter, place: QPointF, text: str) -> None:
    """Write in white with a dark rim."""
    font = tabular(painter.font())
    font.setBold(True)
    path = QPainterPath()
    path.addText(place, font, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(DARK, 3, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.fillPath(path, BRIGHT)


def _draw_lit(painter: QPainter, lit: LitPixels, view: View, area: QRectF) -> None:
    """Paint the lit samples of the level that is just finer than the screen."""
    offset, scale = lit.geometry.offset, lit.geometry.scale
    sample = scale * view.zoom  # device pixels
    level = 0
    if sample < 1:
        level = min(int(math.log2(1 / sample) / HALVINGS), len(lit.levels) - 1)
    mask, size = lit.levels[level], scale * 2 ** (HALVINGS * level)
    (left, top), (right, bottom) = (
        view.to_image(corner) for corner in (area.topLeft(), area.bottomRight())
    )
    rows = _seen(top, bottom, offset, size, mask.shape[0])
    columns = _seen(left, right, offset, size, mask.shape[1])
    part = mask[rows, columns]
    if not part.size or not part.any():
        return
    pixels = (_OPACITIES[part.astype(np.uint8) * (1 if level else 255)] << 24) | _LIT_RGB
    pixels[part == 0] = 0
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
    target = view.rect(
        offset + columns.start * size,
        offset + rows.start * size,
        offset + columns.stop * size,
        offset + rows.stop * size,
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawImage(target, image)


def _seen(low: float, high: float, offset: float, size: float, count: int) -> slice:
    """Return the samples of an axis between two positions on the image."""
    first = math.floor((low - offset) / size)
    last = math.ceil((high - offset) / size)
    return slice(min(max(first, 0), count), min(max(last, 0), count))
