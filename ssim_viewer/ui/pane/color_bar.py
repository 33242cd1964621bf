"""The colour bar of a pane: it shows the scale of a map, and its ends can be dragged.

What is painted stands in `bar_drawing`, what the menu offers in `scale_menu`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.color_scale import range_text
from ssim_viewer.session.map_scale import Ends, MapScale, Reading
from ssim_viewer.ui.pane.bar_drawing import bar_area, bar_width, draw_bar
from ssim_viewer.ui.pane.scale_menu import fill_scale_menu
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.ui.theme.colors import Colors

GRIP = 16
"""How near to an end of the bar the mouse takes hold of it."""

NUDGE = 0.05
"""Part of the range that a key moves an end by."""

HOW_TO = QT_TR_NOOP(
    "Drag an end to change it, the middle to move both; turn the wheel to narrow or widen. "
    "Double click: 1 to 99 % of the values, and back. Right click: colours, decibels."
)

Levels = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Grip:
    """What the mouse holds: the ends as they were, those that move, and the value it took."""

    axis: Levels
    moves: tuple[bool, bool]
    value: float


class ColorBar(QWidget):
    """Shows a scale; its range stands in the accessible description too.

    It keeps its room where there is no scale, so that pictures and maps are of one size.

    Signals
    -------
    rescaled
        Carries the `MapScale` that is wanted.
    pressed
        A mouse button went down.
    """

    rescaled = Signal(object)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        policy.setRetainSizeWhenHidden(True)
        self.setFixedWidth(bar_width(self.font()))
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(tr("Colour bar"))
        self._scale: ColorScale | None = None
        self._chosen: MapScale | None = None
        self._grip: _Grip | None = None
        self._colors = LIGHT

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.update()

    def show_scale(self, scale: ColorScale | None, chosen: MapScale | None = None) -> None:
        """Show another scale, or nothing for None; without choices it cannot be changed."""
        self._chosen = chosen
        if scale is self._scale:
            return
        before, self._scale = self._scale, scale
        self.setVisible(scale is not None)
        self._take_part(taken=scale is not None and chosen is not None)
        if scale is not None and (before is None or before.levels != scale.levels):
            self.setAccessibleDescription(tr(range_text(scale)))
            tip = tr(
                "{range}. Values beyond take the colour of the end.",
                range=range_text(scale),
            )
            self.setToolTip(tip if chosen is None else f"{tip}\n{tr(HOW_TO)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed width."""
        return QSize(bar_width(self.font()), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Take the width that the numbers have in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.setFixedWidth(bar_width(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the bar."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._colors.surround))
            if self._scale is None:
                return
            held = self._grip is not None or self.underMouse()
            color = self._colors.accent if held else self._colors.muted
            draw_bar(
                painter,
                QRectF(self.rect()),
                self._scale,
                self._colors,
                self.font(),
                axis=self._grip.axis if self._grip is not None else None,
                handles=color if self._chosen is not None else "",
            )
            if self.hasFocus():
                painter.setPen(QPen(QColor(self._colors.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer ranges, readings and tables."""
        if self._scale is None or self._chosen is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_scale_menu(menu, self._scale, self._chosen, self.rescaled.emit)
        menu.popup(event.globalPos())

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end, or of both."""
        self.pressed.emit()
        scale = self._scale
        if event.button() is not Qt.MouseButton.LeftButton or scale is None or not self._chosen:
            return
        bar, y = bar_area(QRectF(self.rect()), self.font()), event.position().y()
        near = min(GRIP, bar.height() / 4)
        low, high = bar.bottom() - y < near, y - bar.top() < near
        both = not (low or high)
        self._grip = _Grip(scale.levels, (low or both, high or both), self._value_at(y))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        grip = self._grip
        if grip is None:
            return
        moved = self._value_at(event.position().y()) - grip.value
        low, high = (
            end + moved if moves else end for end, moves in zip(grip.axis, grip.moves, strict=True)
        )
        if self._scale is not None and self._scale.kind is MapKind.SIGNED and all(grip.moves):
            end = grip.axis[1] + (moved if grip.value >= 0 else -moved)
            low, high = -end, end
        self._choose(low, high, held=grip.moves)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let go: the bar shows the new range from end to end."""
        self._grip = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Turn to 1 to 99 % of the values, or back to the usual range."""
        self._grip = None
        self._turn()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Narrow or widen the range about the value under the cursor."""
        event.accept()
        if self._scale is None:
            return
        factor = 2 ** (-event.angleDelta().y() / 480)
        about = 0.0 if self._scale.kind is MapKind.SIGNED else self._value_at(event.position().y())
        low, high = (about + (end - about) * factor for end in self._scale.levels)
        self._choose(low, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the upper end, with Ctrl the lower one; Return is the double click."""
        turned = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn()
        elif turned is None or self._scale is None:
            super().keyPressEvent(event)
        else:
            low, high = self._scale.levels
            step = turned * NUDGE * (high - low)
            lower = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(low + step * lower, high + step * (not lower), held=(lower, not lower))

    def _take_part(self, *, taken: bool) -> None:
        focus = Qt.FocusPolicy.TabFocus if taken else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        self.setCursor(Qt.CursorShape.SizeVerCursor if taken else Qt.CursorShape.ArrowCursor)

    def _value_at(self, y: float) -> float:
        bar = bar_area(QRectF(self.rect()), self.font())
        levels = self._scale.levels if self._scale is not None else (0.0, 1.0)
        low, high = self._grip.axis if self._grip is not None else levels
        return low + (bar.bottom() - y) / bar.height() * (high - low)

    def _turn(self) -> None:
        if self._chosen is not None:
            other = Ends.USUAL if self._chosen.ends is Ends.AUTOMATIC else Ends.AUTOMATIC
            self.rescaled.emit(replace(self._chosen, ends=other))

    def _choose(self, low: float, high: float, held: tuple[bool, bool] = (True, True)) -> None:
        if self._scale is None or self._chosen is None:
            return
        low, high = _allowed(self._scale, low, high, held)
        if (low, high) != self._scale.levels:
            low, high = self._scale.chosen_ends(low, high)
            self.rescaled.emit(replace(self._chosen, ends=Ends.CHOSEN, low=low, high=high))


def _allowed(scale: ColorScale, low: float, high: float, held: tuple[bool, bool]) -> Levels:
    """Return two ends of which the lower one is lower, and neither is beyond all values."""
    least = 1e-3 * (scale.levels[1] - scale.levels[0])
    if scale.kind is MapKind.SIGNED:
        end = high if held[1] else -low
        return -max(end, least), max(end, least)
    first, last = _limits(scale)
    low, high = max(low, first), min(high, last)
    if high - low >= least:
        return low, high
    return (high - least, high) if held[0] else (low, low + least)


def _limits(scale: ColorScale) -> Levels:
    if scale.kind is MapKind.ERROR:
        return 0.0, float("inf")
    ends = {
        Reading.VALUE: (-1.0, 1.0),
        Reading.COMPLEMENT: (0.0, 2.0),
        Reading.DECIBELS: (-3.0, 70.0),
    }
    return ends[scale.reading]


__all__ = ["ColorBar", "bar_width", "draw_bar", "range_text"]
