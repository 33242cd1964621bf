"""Painting a colour bar: its colours, its ends, its levels and their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter, QPolygonF

from ssim_viewer.session.color_scale import number_text, power_text
from ssim_viewer.session.map_scale import Ends, Reading
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.ui.theme.colors import Colors

_LEFT, _BAR, _GAP, _RIGHT = 8, 9, 4, 2
_LABEL, _UNIT = 2.9, 1.2
"""Room of a number and of the unit, in sizes of the figures."""

_HANDLE = 5
_LONGEST = 5
_LEAST, _SMALLER = 10, 0.77


def figure_size(font: QFont) -> int:
    """Return the pixels of the figures beside a bar: somewhat smaller than other text."""
    return max(_LEAST, round(_SMALLER * QFontInfo(font).pixelSize()))


def bar_width(font: QFont) -> int:
    """Return the pixels across of the whole bar with its numbers."""
    return _LEFT + _BAR + _GAP + _RIGHT + round((_LABEL + _UNIT) * figure_size(font))


def bar_area(area: QRectF, font: QFont) -> QRectF:
    """Return where the colours stand within the whole bar.

    There is room above and below, so that the labels of its ends stay off the edge.
    """
    margin = figure_size(font)
    height = max(area.height() - 2 * margin, 1)
    return QRectF(area.left() + _LEFT, area.top() + margin, _BAR, height)


def draw_bar(
    painter: QPainter,
    area: QRectF,
    scale: ColorScale,
    colors: Colors,
    font: QFont,
    *,
    axis: tuple[float, float] | None = None,
    handles: str = "",
) -> None:
    """Draw a colour bar of the fixed width into an area.

    Parameters
    ----------
    axis
        The values at the lower and upper end of the bar, where they are not those of the scale:
        while an end is dragged.
    handles
        The colour of the handles at the ends, or "" without any.
    """
    bar, size, axis = bar_area(area, font), figure_size(font), axis or scale.levels
    font = tabular(font)
    font.setPixelSize(size)
    painter.setFont(font)
    _draw_colors(painter, bar, scale, axis)
    _draw_beyond(painter, bar, scale, size - 4)
    painter.setPen(QColor(colors.frame))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
    if handles:
        for value in scale.levels:
            _draw_handle(painter, bar, _height_of(bar, axis, value), handles)
    painter.setPen(QColor(colors.text))
    _draw_ticks(painter, bar, scale, axis, size)
    _draw_unit(painter, bar, scale, colors, size)


def _height_of(bar: QRectF, axis: tuple[float, float], value: float) -> float:
    low, high = axis
    y = bar.bottom() - (value - low) / (high - low) * bar.height()
    return min(max(y, bar.top()), bar.bottom())


def _draw_colors(
    painter: QPainter, bar: QRectF, scale: ColorScale, axis: tuple[float, float]
) -> None:
    size = len(scale.packed)
    places = (np.arange(size)[::-1] + 0.5) / size
    values = (axis[0] + places * (axis[1] - axis[0])).astype(np.float32)[:, np.newaxis]
    column = scale.packed.take(scale.indices(values), mode="clip")
    scale.mark(values, column)
    column = np.ascontiguousarray(column)
    image = QImage(column.data, 1, size, 4, QImage.Format.Format_RGB32)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(bar, image)


def _draw_beyond(painter: QPainter, bar: QRectF, scale: ColorScale, size: int) -> None:
    """Draw the colours of clipped values beyond both ends of the bar, where those are marked."""
    if scale.beyond is None:
        return
    below, above = scale.beyond
    painter.fillRect(QRectF(bar.left(), bar.bottom() + 2, bar.width(), size), QColor(below))
    painter.fillRect(QRectF(bar.left(), bar.top() - 2 - size, bar.width(), size), QColor(above))


def _draw_handle(painter: QPainter, bar: QRectF, y: float, color: str) -> None:
    tip = QPointF(bar.left() - 1, y)
    back = bar.left() - 1 - _HANDLE
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawPolygon(
        QPolygonF([tip, QPointF(back, y - _HANDLE + 1), QPointF(back, y + _HANDLE - 1)])
    )
    painter.restore()


def _draw_ticks(
    painter: QPainter, bar: QRectF, scale: ColorScale, axis: tuple[float, float], size: int
) -> None:
    ticks = _ticks(scale, 5)
    if bar.height() < 11 * size or max(len(text) for _, text in ticks) > _LONGEST:
        ticks = _ticks(scale, 3)
    for value, text in ticks:
        y = _height_of(bar, axis, value)
        place = QRectF(bar.right() + _GAP, y - 0.7 * size, _LABEL * size, 1.4 * size)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _ticks(scale: ColorScale, count: int) -> list[tuple[float, str]]:
    low, high = scale.levels
    values = [low + number / (count - 1) * (high - low) for number in range(count)]
    texts = [number_text(value, scale.exponent, high - low) for value in values]
    if max(len(text) for text in texts) > _LONGEST:  # .9975: the zero takes the room of a figure
        texts = [
            text.replace("0.", ".", 1) if text.lstrip("−")[:2] == "0." else text for text in texts
        ]
    return list(zip(values, texts, strict=True))


def _draw_unit(
    painter: QPainter, bar: QRectF, scale: ColorScale, colors: Colors, size: int
) -> None:
    automatic = tr("auto") if scale.ends is Ends.AUTOMATIC else ""
    parts = (power_text(scale.exponent), _symbol(scale), automatic)
    text = "  ".join(part for part in parts if part)
    if not text:
        return
    painter.save()
    painter.setPen(QColor(colors.muted))
    across = bar.right() + _GAP + (_LABEL + _UNIT / 2) * size
    painter.translate(across, bar.center().y())
    painter.rotate(-90)
    place = QRectF(-bar.height() / 2 - 8, -0.7 * size, bar.height() + 16, 1.4 * size)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _symbol(scale: ColorScale) -> str:
    if scale.reading is Reading.DECIBELS:
        return tr("−10 log₁₀(1 − value) dB")
    return tr(scale.unit)
