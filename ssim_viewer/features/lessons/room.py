"""Room for a lesson on the screen: windows stand beside its panel; and pictures of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Collection

PANEL = "lesson_panel"
GAP = 8
TITLE_BAR = 32
"""About the height of what a desktop puts above a window."""


def open_windows(main: QWidget) -> list[QWidget]:
    """Return the windows that are open beside the main one."""
    return [
        each
        for each in QApplication.topLevelWidgets()
        if each.windowType() == Qt.WindowType.Window and each is not main and each.isVisible()
    ]


def stand_beside(main: QWidget, windows: Collection[QWidget]) -> None:
    """Move windows that would cover the panel of the lesson, where the screen has room for them."""
    panel = main.findChild(QWidget, PANEL)
    if panel is None or not panel.isVisible() or panel.window() is not main:
        return
    edge = panel.mapToGlobal(QPoint(panel.width() + GAP, 0)).x()
    room = main.screen().availableGeometry()
    width, height = room.right() - edge - GAP, room.height() - 2 * TITLE_BAR
    for each in windows:
        if each.frameGeometry().left() >= edge or each.minimumWidth() > width:
            continue
        each.resize(min(each.width(), width), min(each.height(), height))
        each.move(edge, room.top() + TITLE_BAR)


def picture_of(main: Any, windows: Collection[QWidget]) -> QImage:
    """Return what a page is about: its latest window, else scores, panes and plots."""
    shown = [each for each in windows if each.isVisible()]
    if shown:
        return shown[-1].grab().toImage()
    strip: QWidget = main.score_strip
    parts: list[QWidget] = [main.centralWidget(), main.plots]
    parts = [each for each in parts if each.isVisible()]
    images = [each.grab().toImage() for each in (strip, *parts)]
    ratio = images[0].devicePixelRatio()
    words = strip.findChild(QWidget, "score_convention")  # they stand behind the numbers
    width = max(each.width() for each in parts) if parts else strip.width()
    if words is not None:
        width = max(width, words.x())
    whole = QImage(
        round(width * ratio),
        sum(each.height() for each in images),
        QImage.Format.Format_RGB32,
    )
    whole.setDevicePixelRatio(ratio)
    whole.fill(main.palette().window().color())
    top = 0
    with QPainter(whole) as painter:
        for each in images:
            painter.drawImage(QPoint(0, round(top / ratio)), each)
            top += each.height()
    return whole
