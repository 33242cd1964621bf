"""Numbers on pixels, where pixels are large enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ssim_viewer.views.numbers import fixed
from ssim_viewer.views.theme import tabular

if TYPE_CHECKING:
    from ssim_viewer.views.navigation import View
    from ssim_viewer.views.picture import Picture, Tile

SMALLEST_CELL = 28
"""Side of a sample on screen, in units of the widget, from which numbers are drawn."""

_WHITE, _BLACK = QColor("#ffffff"), QColor("#000000")
_BGR_TO_LUMA = np.array([0.114, 0.587, 0.299])


def readable(view: View, picture: Picture) -> bool:
    """Whether the samples of a picture are large enough for numbers."""
    return view.cell * picture.side >= SMALLEST_CELL


def texts_of(sample: Any, decimals: int) -> list[str]:
    """Return the lines that are written on a sample: one, or one a channel."""
    lines = []
    for value in np.atleast_1d(sample):
        size = abs(float(value))
        scientific = decimals > 0 and 0 < size < 0.5 * 10**-decimals
        lines.append(f"{value:.0e}".replace("-", "−") if scientific else fixed(value, decimals))
    return lines


def draw_values(
    painter: QPainter,
    view: View,
    picture: Picture,
    tile: Tile,
    area: QRectF,
) -> None:
    """Draw the values of the samples that are seen in an area.

    Dark samples of the tile carry white figures, bright ones black.
    """
    slices = picture.seen(view, area)
    if slices is None:
        return
    top, bottom, left, right = slices
    side = view.cell * picture.side
    values = picture.values
    painter.setFont(_font(painter.font(), side, 1 if values.ndim == 2 else 3))
    bright = tile.colors[..., :3] @ _BGR_TO_LUMA > 128
    corner = view.to_widget(picture.offset, picture.offset)
    for row in range(top, bottom):
        for column in range(left, right):
            painter.setPen(_BLACK if bright[row - tile.top, column - tile.left] else _WHITE)
            cell = QRectF(corner.x() + column * side, corner.y() + row * side, side, side)
            text = "\n".join(texts_of(values[row, column], picture.decimals))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


def _font(font: QFont, side: float, lines: int) -> QFont:
    font = tabular(font)
    font.setPixelSize(round(min(max(side * (0.3 if lines == 1 else 0.26), 8), 14)))
    return font
