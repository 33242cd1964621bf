"""The hand of a person: clicks, keys, drags and wheel turns that reach a window as Qt events.

Events go to the native window, not to a widget, so that Qt finds the receiver itself: a covered
or hidden control does not get them. A popup or a dialog on top gets them instead, as on a screen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
LONGEST_MOMENT = 1.0
"""Seconds that one look and the events after it may count as."""
_patience = [5.0]
"""Seconds until a popup, a window or a dialog counts as missing."""


def be_patient(seconds: float) -> None:
    """Wait so long at most for what does not come."""
    _patience[0] = seconds


def pump() -> None:
    """Let Qt work through what has happened."""
    QApplication.processEvents()


def wait(condition: Callable[[], bool], what: str, seconds: float | None = None) -> None:
    """Work through events until a condition holds; raise AssertionError if it never does.

    A moment in which the whole process stood still counts little: nothing could happen in it.
    """
    left, now = _patience[0] if seconds is None else seconds, time.monotonic()
    while not condition():
        if left < 0:
            raise AssertionError(f"waited in vain for {what}")
        QTest.qWait(1)
        before, now = now, time.monotonic()
        left -= min(now - before, LONGEST_MOMENT)


def native(widget: QWidget) -> QWindow:
    """Return the native window that a widget is in."""
    handle = widget.window().windowHandle()
    assert handle is not None, f"{widget.objectName()} is in no window"  # noqa: S101
    return handle


def on_window(widget: QWidget, point: QPoint | None = None) -> QPoint:
    """Return a point of a widget, by default its middle, in its window, where it can be seen."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center() if point is None else point)
    assert seen_area(window).contains(place), f"{widget.objectName()} is outside its window"  # noqa: S101
    return place


def seen_area(window: QWidget) -> QRect:
    """Return what a window shows of itself; at full screen it may be less than its contents."""
    return QRect(QPoint(0, 0), native(window).size())


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area and every list around a widget until the widget is seen."""
    inner, parent = widget, widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        around = parent.parentWidget()
        if isinstance(around, QAbstractItemView):  # `inner` lies in its viewport, which is `parent`
            around.scrollTo(around.indexAt(inner.geometry().center()))
        inner, parent = parent, around


def _come_to(widget: QWidget) -> None:
    if widget.window().windowType() is not Qt.WindowType.Popup:
        activate(widget.window())
    bring_into_view(widget)


def click(widget: QWidget, point: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
    """Click on a widget; a click brings its window to the front."""
    _come_to(widget)
    QTest.mouseClick(native(widget), button, PLAIN, on_window(widget, point))
    pump()


def double_click(widget: QWidget, point: QPoint | None = None) -> None:
    """Double click on a widget."""
    _come_to(widget)
    QTest.mouseDClick(native(widget), LEFT, PLAIN, on_window(widget, point))
    pump()


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press the left button at one point of a widget, move to another, and let go."""
    _come_to(widget)
    window, first, last = native(widget), on_window(widget, start), on_window(widget, end)
    QTest.mouseMove(window, first)
    QTest.mousePress(window, LEFT, PLAIN, first)
    for part in (0.34, 0.67, 1.0):
        QTest.mouseMove(window, first + (last - first) * part)
        pump()
    QTest.mouseRelease(window, LEFT, PLAIN, last)
    pump()


def hover(widget: QWidget, point: QPoint) -> None:
    """Move the mouse over a widget without pressing a button."""
    QTest.mouseMove(native(widget), on_window(widget, point))
    pump()


def turn_wheel(widget: QWidget, notches: int, point: QPoint | None = None) -> None:
    """Turn the wheel over a widget; positive notches turn it away from the person."""
    if isinstance(widget, QAbstractScrollArea):
        widget = widget.viewport()
    place = widget.rect().center() if point is None else point
    event = QWheelEvent(
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    pump()


def receiver() -> QWindow | None:
    """Return the native window that gets the keys: a popup's, a dialog's, else the active one's."""
    top = (
        QApplication.activePopupWidget()
        or QApplication.activeModalWidget()
        or QApplication.activeWindow()
    )
    return top.windowHandle() if top is not None else None


def press(keys: str) -> None:
    """Press keys such as "Ctrl+O", in the window that has the keyboard."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs leave it out
    _press(combination.key(), combination.keyboardModifiers())
    pump()


def write(text: str) -> None:
    """Type text, in the window that has the keyboard."""
    for letter in text:
        _press(Qt.Key(ord(letter.upper())), PLAIN)
    pump()


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    window = receiver()
    if window is None:
        return
    QTest.keyPress(window, key, modifiers)
    if isValid(window):  # a dialog may be gone already
        QTest.keyRelease(window, key, modifiers)


def activate(window: QWidget) -> None:
    """Bring a window to the front and give it the keyboard, as a click on its frame does."""
    if QApplication.activeWindow() is not window:
        window.activateWindow()
        pump()


def drop(widget: QWidget, paths: Sequence[Path]) -> None:
    """Drop files on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = widget.rect().center()
    how = (Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    entering = QDragEnterEvent(place, *how)
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), *how, QEvent.Type.Drop))
    pump()
