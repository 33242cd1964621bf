"""A ring around the pointer that a room can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SIDE, WIDTH = 72, 5
LOOKS = 16
"""Milliseconds between two looks at where the pointer is: no event tells a window of all moves."""

COLOR, PRESSED = QColor(255, 196, 0, 200), QColor(255, 196, 0, 90)


class PointerRing(QWidget):
    """Lies over a window, follows the pointer, and is filled while a button is down."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("pointer_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(SIDE, SIDE)
        self._pressed = False
        self._looks = QTimer(self, interval=LOOKS)
        self._looks.timeout.connect(self.follow)
        self.hide()

    def turn(self, on: bool) -> None:  # noqa: FBT001 - on or off
        """Show the ring, or take it away."""
        self.setVisible(on)
        if on:
            self._looks.start()
            self.follow()
        else:
            self._looks.stop()

    def follow(self) -> None:
        """Go to where the pointer is."""
        place = self._window.mapFromGlobal(QCursor.pos()) - QPoint(SIDE // 2, SIDE // 2)
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if place != self.pos():
            self.move(place)
            self.raise_()
        if pressed is not self._pressed:
            self._pressed = pressed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint the ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(COLOR, WIDTH))
            painter.setBrush(PRESSED if self._pressed else Qt.BrushStyle.NoBrush)
            room = WIDTH / 2 + 1
            painter.drawEllipse(QRectF(self.rect()).adjusted(room, room, -room, -room))
