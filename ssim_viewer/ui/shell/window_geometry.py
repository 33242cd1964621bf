"""The size of a window: what it wants, and what the screen has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WANTED = QSize(1440, 900)
"""The size of the first start, where the screen has room for it."""

LEAST = QSize(784, 552)
"""What fits a screen of 800 by 600 pixels."""

FRAME = QSize(8, 40)
"""Room for the frame and the title that a window manager draws around a window."""


def room(window: QWidget) -> QSize:
    """Return the largest size at which a window and its frame fit its screen."""
    return window.screen().availableGeometry().size() - FRAME


def first_size(window: QWidget, wanted: QSize = WANTED) -> QSize:
    """Return the size that a window opens with."""
    return wanted.boundedTo(room(window))


def keep_on_screen(window: QWidget) -> None:
    """Make a window that was larger than this screen as large as the screen, and move it there."""
    if window.isMaximized() or window.isFullScreen():
        return
    window.resize(window.size().boundedTo(room(window)))
    screen = window.screen().availableGeometry()
    place = QRect(window.pos(), window.size() + FRAME)
    if not screen.contains(place):
        window.move(
            max(screen.left(), min(place.x(), screen.right() + 1 - place.width())),
            max(screen.top(), min(place.y(), screen.bottom() + 1 - place.height())),
        )
