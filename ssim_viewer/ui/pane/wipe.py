"""The divider of the wipe: the reference lies left of it, or above it. Mouse and keys move it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

GRIP = 16
"""Width that can be grabbed; the line itself is one unit wide."""

_KEY_STEP = 0.01
_UPRIGHT_KEYS = Qt.Key.Key_Left, Qt.Key.Key_Right
_ACROSS_KEYS = Qt.Key.Key_Up, Qt.Key.Key_Down


class WipeDivider(QWidget):
    """A line with a knob, over a canvas: upright, or across it.

    Signals
    -------
    dragged
        Carries x in the canvas, or y of one that lies across, while the divider is dragged.
    nudged
        Carries the wanted fraction, from arrow keys, Home and End.
    """

    dragged = Signal(float)
    nudged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._fraction = 0.5
        self._across = False
        self._turn(across=False)
        self._accent = QColor(Qt.GlobalColor.blue)
        self.hide()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._accent = QColor(colors.accent)
        self.update()

    def place(self, at: float, length: int, fraction: float, *, across: bool) -> None:
        """Stand at x of the canvas, or lie across it at y."""
        if across != self._across:
            self._turn(across=across)
        self._fraction = fraction
        shares = {"fraction": fraction}
        self.setAccessibleDescription(
            tr("{fraction:.0%} of the height", **shares)
            if across
            else tr("{fraction:.0%} of the width", **shares)
        )
        start = round(at) - GRIP // 2
        self.setGeometry(*((0, start, length, GRIP) if across else (start, 0, GRIP, length)))

    def _turn(self, *, across: bool) -> None:
        self._across = across
        shapes = Qt.CursorShape.SplitHCursor, Qt.CursorShape.SplitVCursor
        self.setCursor(shapes[across])
        self.setToolTip(
            tr("Above the divider is the reference. Drag it, or press Up and Down.")
            if across
            else tr("Left of the divider is the reference. Drag it, or press Left and Right.")
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the line and the knob."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QRectF(self.rect()).center()
            draw_line(painter, QRectF(self.rect()), GRIP / 2, across=self._across)
            painter.setPen(QPen(QColor("#000000"), 1))
            painter.setBrush(self._accent if self.hasFocus() else QColor("#ffffff"))
            width, height = (24, 7) if self._across else (7, 24)
            knob = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
            painter.drawRoundedRect(knob, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider."""
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the divider."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            place = self.mapToParent(event.position())
            self.dragged.emit(place.y() if self._across else place.x())
        else:
            event.ignore()  # the canvas follows the cursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the divider."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by one part in a hundred, or to an end."""
        key = Qt.Key(event.key())
        back, on = _ACROSS_KEYS if self._across else _UPRIGHT_KEYS
        wanted = {
            back: self._fraction - _KEY_STEP,
            on: self._fraction + _KEY_STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }.get(key)
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.nudged.emit(min(max(wanted, 0.0), 1.0))


def draw_line(painter: QPainter, area: QRectF, at: float, *, across: bool) -> None:
    """Draw the line of the divider: white between black, so that it is seen on any picture."""
    for width, color in ((3, QColor(0, 0, 0, 150)), (1, QColor("#ffffff"))):
        start = at - width / 2
        line = (0, start, area.width(), width) if across else (start, 0, width, area.height())
        painter.fillRect(QRectF(*line), color)
