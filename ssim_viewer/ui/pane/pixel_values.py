"""Numbers on pixels, where pixels are large enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ssim_viewer.ui.controls.numbers import fixed
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.ui.pane.navigation import View
    from ssim_viewer.ui.pane.picture import Picture
    from ssim_viewer.ui.pane.visible_region import Tile

SMALLEST_CELL = 32
"""Side of a sample on screen, in units of the widget, from which numbers are drawn."""

ROOMY_CELL = 44
"""Side of a sample on screen from which the zero before the decimals has room."""

_WHITE, _BLACK = QColor("#ffffff"), QColor("#000000")
_BGR_TO_LUMA = np.array([0.114, 0.587, 0.299])


def readable(view: View, picture: Picture) -> bool:
    """Whether the samples of a picture are large enough for numbers."""
    return view.cell * picture.side >= SMALLEST_CELL


def text_of(picture: Picture, row: int, column: int) -> str:
    """Return what is written on a sample: a line, or one a channel; in powers as its colour bar.

    Nothing is written on a sample that has not been computed.
    """
    sample = np.atleast_1d(np.asarray(picture.values[row, column]))
    if np.isnan(sample).any():
        return ""
    if picture.scale is not None:
        sample = picture.scale.shown(sample)
    unit = 10.0**picture.scale.exponent if picture.scale is not None else 1.0
    rounded = (round(float(value) / unit, picture.decimals) + 0.0 for value in sample)  # no −0
    return "\n".join(fixed(value, picture.decimals) for value in rounded)


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
    slices = picture.grid().seen(view, area)
    if slices is None:
        return
    top, bottom, left, right = slices
    places = [(row, column) for row in range(top, bottom) for column in range(left, right)]
    texts = [text_of(picture, *place) for place in places]
    if not any(texts):
        return  # no sample of them has been computed
    side = view.cell * picture.side
    if side < ROOMY_CELL and picture.scale is not None:  # .9904: a larger figure says more than 0
        texts = [_without_zero(text) for text in texts]
    painter.setFont(_font(painter.font(), side, texts))
    bright = tile.colors[..., :3] @ _BGR_TO_LUMA > 128
    corner = view.to_widget(picture.offset, picture.offset)
    for (row, column), text in zip(places, texts, strict=True):
        painter.setPen(_BLACK if bright[row - tile.top, column - tile.left] else _WHITE)
        cell = QRectF(corner.x() + column * side, corner.y() + row * side, side, side)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


def _without_zero(text: str) -> str:
    sign = text[:1] if text.startswith("−") else ""
    return sign + text[len(sign) + 1 :] if text[len(sign) :].startswith("0.") else text


def _font(font: QFont, side: float, texts: list[str]) -> QFont:
    """Return a font in which the longest line and all lines of one fit into a cell."""
    lines = [line for text in texts for line in text.split("\n")]
    height = side * 0.26 if len(lines) > len(texts) else side * 0.4
    width = side / (0.68 * max(len(line) for line in lines))
    font = tabular(font)
    font.setPixelSize(int(min(max(min(width, height), 7), 14)))
    return font
