"""What windows know by themselves, and no session tells them: it is kept, and brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QDoubleSpinBox,
    QLabel,
    QMainWindow,
    QScrollBar,
    QSplitter,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ssim_viewer.ui.pane.navigation import Navigation
from stress import hand
from tests.hand.seen import windows

T = TypeVar("T", bound=QObject)


class Habits:
    """Places of docks and splitters, how far it is scrolled, ticks, choices, rows, the focus."""

    def __init__(self, main: QMainWindow) -> None:
        self._main = main
        self._docks = {dock: _place_of(dock) for dock in _all(QDockWidget)}
        self._state = main.saveState()
        looks = {each: None if each.fitted else each.zoom for each in _all(Navigation)}
        self._looks = {each: (each.centre, zoom) for each, zoom in looks.items()}
        self._splitters = {splitter: splitter.sizes() for splitter in _all(QSplitter)}
        self._bars = {bar: bar.value() for bar in _all(QScrollBar)}
        self._spins = {spin: spin.value() for spin in _all(QDoubleSpinBox)}
        self._rows = {view: _row_of(view) for view in _all(QAbstractItemView)}
        self._focus: dict[QWidget, QWidget | None] = {w: w.focusWidget() for w in windows()}
        self._active = QApplication.activeWindow()

    def restore(self, words: Mapping[str, str]) -> None:
        """Bring everything back, with the words that widgets had."""
        for navigation, (centre, zoom) in self._looks.items():
            if isValid(navigation) and zoom is None:
                navigation.fit()
            elif isValid(navigation) and zoom is not None:
                navigation.look_at(centre, zoom)
        self._restore_inputs(words)
        self._restore_places()
        _forget_selected_text()
        hand.pump()
        for bar, place in self._bars.items():
            if isValid(bar):
                bar.setValue(place)
        self._restore_focus()

    def _restore_inputs(self, words: Mapping[str, str]) -> None:
        for button in _all(QAbstractButton):
            said = words.get(button.objectName())
            tick = button.isCheckable() and button.isChecked()
            if said and button.isCheckable() and said.endswith("ticked") != tick:
                button.click()
        for box in _all(QComboBox):
            said = words.get(box.objectName())
            if said and said != box.currentText():
                box.setCurrentText(said)
                box.activated.emit(box.currentIndex())
        for spin, value in self._spins.items():
            if isValid(spin) and spin.value() != value:
                with QSignalBlocker(spin):
                    spin.setValue(value)
        for view, row in self._rows.items():
            if isValid(view) and _row_of(view) != row:
                view.setCurrentIndex(view.model().index(*row))
                if row[0] < 0:
                    view.clearSelection()

    def _restore_places(self) -> None:
        if any(isValid(dock) and _place_of(dock) != was for dock, was in self._docks.items()):
            self._main.restoreState(self._state)
        for splitter, sizes in self._splitters.items():
            if isValid(splitter):
                splitter.setSizes(sizes)

    def _restore_focus(self) -> None:
        for window, widget in self._focus.items():
            if not isValid(window):
                continue
            if widget is not None and isValid(widget):
                widget.setFocus()
            elif (other := window.focusWidget()) is not None:
                other.clearFocus()
        if self._active is not None and isValid(self._active):
            hand.activate(self._active)


def _row_of(view: QAbstractItemView) -> tuple[int, int]:
    index = view.currentIndex()
    return index.row(), index.column()


def _forget_selected_text() -> None:
    for label in _all(QLabel):
        if label.hasSelectedText():
            label.setSelection(0, 0)
    for text in _all(QTextEdit):
        cursor = text.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            text.setTextCursor(cursor)


def _all(kind: type[T]) -> Iterator[T]:
    for window in windows():
        yield from window.findChildren(kind)


def _place_of(dock: QDockWidget) -> tuple[object, ...]:
    return dock.isVisible(), dock.isFloating(), dock.isVisible() and dock.size()
