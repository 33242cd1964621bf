"""The colour bar beside a false-colour map: its colours, its levels and their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssim_viewer.views.theme import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.views.colormaps import ColorScale
    from ssim_viewer.views.theme import Colors

WIDTH = 60
_MARGIN, _BAR, _LABEL, _UNIT = 4, 10, 30, 12
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class ColorBar(QWidget):
    """Shows a scale; its range stands in the accessible description too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setAccessibleName("Colour bar")
        self._scale: ColorScale | None = None
        self._colors = LIGHT

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.update()

    def show_scale(self, scale: ColorScale | None) -> None:
        """Show another scale, or nothing for None."""
        if scale is self._scale:
            return
        before, self._scale = self._scale, scale
        self.setVisible(scale is not None)
        if scale is not None and (before is None or before.levels != scale.levels):
            self.setAccessibleDescription(range_text(scale))
            self.setToolTip(f"{range_text(scale)}. Values beyond take the colour of the end.")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed width."""
        return QSize(WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the bar."""
        if self._scale is not None:
            painter = QPainter(self)
            draw_bar(painter, QRectF(self.rect()), self._scale, self._colors, self.font())


def range_text(scale: ColorScale) -> str:
    """Return the range of a scale in words, such as ``from −1 to 1``."""
    low, high = (_number(value, scale.exponent) for value in scale.shown)
    unit = " ".join(part for part in (_power(scale.exponent), scale.unit) if part)
    return f"from {low} to {high}{' ' + unit if unit else ''}"


def draw_bar(
    painter: QPainter, area: QRectF, scale: ColorScale, colors: Colors, font: QFont
) -> None:
    """Draw a colour bar of the fixed width into an area."""
    font = tabular(font)
    font.setPixelSize(10)
    painter.setFont(font)
    bar = QRectF(area.left() + _MARGIN, area.top() + 8, _BAR, max(area.height() - 16, 1))
    _draw_colors(painter, bar, scale)
    painter.setPen(QColor(colors.line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
    _draw_ticks(painter, bar, scale, colors)
    _draw_unit(painter, bar, scale, colors)


def _draw_colors(painter: QPainter, bar: QRectF, scale: ColorScale) -> None:
    low, high = scale.levels
    size = len(scale.packed)
    first, last = (round((value - low) / (high - low) * size) for value in scale.shown)
    column = scale.packed[first:last][::-1].copy()
    image = QImage(column.data, 1, len(column), 4, QImage.Format.Format_RGB32)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(bar, image)


def _draw_ticks(painter: QPainter, bar: QRectF, scale: ColorScale, colors: Colors) -> None:
    painter.setPen(QColor(colors.text))
    texts = _tick_texts(scale, 5)
    if bar.height() < 110 or max(len(text) for text in texts) > 5:
        texts = _tick_texts(scale, 3)
    for number, text in enumerate(texts):
        y = bar.bottom() - number / (len(texts) - 1) * bar.height()
        place = QRectF(bar.right() + 4, y - 7, _LABEL, 14)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _tick_texts(scale: ColorScale, count: int) -> list[str]:
    low, high = scale.shown
    values = (low + number / (count - 1) * (high - low) for number in range(count))
    return [_number(value, scale.exponent) for value in values]


def _draw_unit(painter: QPainter, bar: QRectF, scale: ColorScale, colors: Colors) -> None:
    text = " ".join(part for part in (_power(scale.exponent), scale.unit) if part)
    if not text:
        return
    painter.save()
    painter.setPen(QColor(colors.muted))
    painter.translate(bar.left() - _MARGIN + WIDTH - _UNIT / 2 - 3, bar.center().y())
    painter.rotate(-90)
    length = bar.height() + 16
    painter.drawText(QRectF(-length / 2, -7, length, 14), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _power(exponent: int) -> str:
    return f"×10{str(exponent).translate(_SUPERSCRIPTS)}" if exponent else ""


def _number(value: float, exponent: int) -> str:
    return f"{value / 10.0**exponent:.4g}".replace("-", "−")
