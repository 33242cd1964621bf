"""The divider of the wipe: the reference lies left of it. It is dragged, or moved by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

GRIP = 16
"""Width that can be grabbed; the line itself is one unit wide."""

_KEY_STEP = 0.01


class WipeDivider(QWidget):
    """A vertical line with a knob, over a canvas.

    Signals
    -------
    dragged
        Carries x in the canvas, while the divider is dragged.
    nudged
        Carries the wanted fraction, from Left, Right, Home and End.
    """

    dragged = Signal(float)
    nudged = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            tr("Left of the divider is the reference. Drag it, or press Left and Right.")
        )
        self.setMouseTracking(True)
        self._fraction = 0.5
        self._accent = QColor(Qt.GlobalColor.blue)
        self.hide()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._accent = QColor(colors.accent)
        self.update()

    def place(self, x: float, height: int, fraction: float) -> None:
        """Stand at x of the canvas."""
        self._fraction = fraction
        self.setAccessibleDescription(tr("{fraction:.0%} of the width", fraction=fraction))
        self.setGeometry(round(x) - GRIP // 2, 0, GRIP, height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the line and the knob."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QPointF(GRIP / 2, self.height() / 2)
            draw_line(painter, middle.x(), self.height())
            painter.setPen(QPen(QColor("#000000"), 1))
            painter.setBrush(self._accent if self.hasFocus() else QColor("#ffffff"))
            painter.drawRoundedRect(QRectF(middle.x() - 3.5, middle.y() - 12, 7, 24), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider."""
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the divider."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position()).x())
        else:
            event.ignore()  # the canvas follows the cursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the divider."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by one part in a hundred, or to an end."""
        key = Qt.Key(event.key())
        wanted = {
            Qt.Key.Key_Left: self._fraction - _KEY_STEP,
            Qt.Key.Key_Right: self._fraction + _KEY_STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }.get(key)
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.nudged.emit(min(max(wanted, 0.0), 1.0))


def draw_line(painter: QPainter, x: float, height: float) -> None:
    """Draw the line of the divider: white between black, so that it is seen on any picture."""
    painter.fillRect(QRectF(x - 1.5, 0, 3, height), QColor(0, 0, 0, 150))
    painter.fillRect(QRectF(x - 0.5, 0, 1, height), QColor("#ffffff"))
