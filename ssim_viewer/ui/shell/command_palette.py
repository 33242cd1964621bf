"""The command palette: every action, found by a few letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ssim_viewer.ui.shell.action_texts import keys_of, path_of, rank_of, words_of
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import Colors, tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

WIDTH, TOP, ROW, ROWS = 520, 64, 28, 12
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QFrame):
    """A line to type in and the actions that match; Enter does the chosen one.

    Esc is the window's, which decides what it takes away, and calls `leave`.

    It lies over the window that it belongs to instead of being a window of its own, so
    that no platform has to place it or give it the keyboard.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("command_palette")
        self.setAccessibleName(tr("Command palette"))
        self.setAutoFillBackground(True)
        self._actions: list[QAction] = []
        self._listed: list[QAction] = []
        self._before: QWidget | None = None
        self._line = QLineEdit()
        self._line.setObjectName("command_line")
        self._line.setAccessibleName(tr("Find a command"))
        self._line.setPlaceholderText(tr("Type what you want to do"))
        self._line.setToolTip(
            tr("Words of a command's name, or their first letters. Enter does it, Esc closes.")
        )
        self._line.setMinimumHeight(32)
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._filter)
        self._list = _command_list()
        self._list.itemClicked.connect(self._trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list)
        self.hide()

    def open_with(self, actions: Sequence[QAction]) -> None:
        """Offer actions, at the top of the window that the palette belongs to."""
        first_of_each: dict[str, QAction] = {}
        for action in actions:
            first_of_each.setdefault(path_of(action), action)
        self._actions = [action for action in first_of_each.values() if words_of(action)]
        self._before = QApplication.focusWidget()
        self._line.clear()
        self._filter("")
        self._place()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close, and give the focus back to where it was."""
        before = self._before
        target = before if before is not None and isValid(before) else self.parentWidget()
        if target is not None:
            target.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self.setStyleSheet(
            f"#command_palette {{ background: {colors.window}; border: 1px solid {colors.line};"
            " border-radius: 6px; }"
            f"#command_list {{ background: {colors.window}; border: none; }}"
            f"#command_list::item {{ height: {ROW}px; padding: 0px 4px; }}"
            f"#command_list::item:disabled {{ color: {colors.muted}; }}"
            f"#command_list::item:selected {{ background: {colors.accent};"
            f" color: {colors.on_accent}; }}"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list and do its commands from the line; close when it is left."""
        if isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _LIST_KEYS:
            event.accept()  # else the window would take those that are keys of its entries, too
            if event.type() == QEvent.Type.ShortcutOverride:
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if isinstance(event, QFocusEvent) and event.lostFocus() and self._is_left(event):
            self.hide()
        return super().eventFilter(watched, event)

    def _is_left(self, event: QFocusEvent) -> bool:
        """Whether the focus goes to another part of the window, not to another window."""
        elsewhere = event.reason() is not Qt.FocusReason.ActiveWindowFocusReason
        return elsewhere and not self._list.underMouse()

    def _press(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _LIST_KEYS:
            self._list.keyPressEvent(event)  # sent, it would be looked for among shortcuts again
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._trigger(self._list.currentItem())
        else:
            return False
        return True

    def _trigger(self, item: QTreeWidgetItem | None, _column: int = 0) -> None:
        if item is None:
            return
        action = self._listed[self._list.indexOfTopLevelItem(item)]
        if isValid(action) and action.isEnabled():
            self.leave()
            action.trigger()

    def _filter(self, typed: str) -> None:
        # A list that was made anew meanwhile, such as that of recent files, has other actions.
        actions = [action for action in self._actions if isValid(action)]
        ranked = [(rank_of(typed, action), action) for action in actions]
        fitting = [entry for entry in ranked if entry[0] is not None]
        fitting.sort(key=lambda entry: (entry[0], not entry[1].isEnabled()))
        self._listed = [action for _, action in fitting]
        self._list.clear()
        self._list.addTopLevelItems([_item(action) for action in self._listed])
        self._choose_first()

    def _choose_first(self) -> None:
        for row in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(row)
            if item is not None and not item.isDisabled():
                self._list.setCurrentItem(item)
                return

    def _place(self) -> None:
        owner = self.parentWidget()
        width, height = WIDTH, ROWS * ROW + 64
        if owner is not None:
            width = min(width, owner.width() - 32)
            height = min(height, owner.height() - TOP - 16)
            self.move((owner.width() - width) // 2, TOP)
        self.resize(width, height)


def _item(action: QAction) -> QTreeWidgetItem:
    item = QTreeWidgetItem([path_of(action), keys_of(action)])
    item.setToolTip(0, action.toolTip())
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setDisabled(not action.isEnabled())
    return item


def _command_list() -> QTreeWidget:
    commands = QTreeWidget()
    commands.setObjectName("command_list")
    commands.setAccessibleName(tr("Commands"))
    commands.setColumnCount(2)
    commands.setHeaderHidden(True)
    commands.setRootIsDecorated(False)
    commands.setUniformRowHeights(True)
    commands.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    commands.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    commands.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    commands.setFont(tabular(commands.font()))
    commands.header().setStretchLastSection(False)
    commands.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    commands.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return commands
