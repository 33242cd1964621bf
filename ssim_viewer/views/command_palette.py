"""The command palette: every action, found by a few letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.views.action_texts import keys_of, words_of
from ssim_viewer.views.theme import Colors, tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

WIDTH, ROWS = 520, 12
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QFrame):
    """A line to type in and the actions that match; Enter does the chosen one, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("command_palette")
        self.setAccessibleName("Command palette")
        self._actions: list[QAction] = []
        self._line = QLineEdit()
        self._line.setObjectName("command_line")
        self._line.setAccessibleName("Find a command")
        self._line.setPlaceholderText("Type what you want to do")
        self._line.setToolTip("Letters of a command's name, in order. Enter does it, Esc closes.")
        self._line.setClearButtonEnabled(True)
        self._line.setMinimumHeight(32)
        self._line.installEventFilter(self)
        self._line.textChanged.connect(self._filter)
        self._list = _command_list()
        self._list.itemActivated.connect(self._trigger)
        self._list.itemClicked.connect(self._trigger)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list)

    def open_with(self, actions: Sequence[QAction]) -> None:
        """Offer actions, at the top of the window that the palette belongs to."""
        self._actions = list({words_of(a): a for a in reversed(actions) if words_of(a)}.values())
        self._actions.reverse()
        self._line.clear()
        self._filter("")
        self._place()
        self.show()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self.setStyleSheet(
            f"#command_palette {{ background: {colors.window}; border: 1px solid {colors.line};"
            " border-radius: 6px; }"
            f"#command_list {{ background: {colors.window}; border: none; }}"
            "#command_list::item { height: 28px; padding: 0px 4px; }"
            f"#command_list::item:disabled {{ color: {colors.muted}; }}"
            f"#command_list::item:selected {{ background: {colors.accent};"
            f" color: {colors.on_accent}; }}"
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list and do its commands from the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _LIST_KEYS:
                self._list.event(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._trigger(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, typed: str) -> None:
        ranked = [
            (rank, action) for action in self._actions if (rank := rank_of(typed, action)) >= 0
        ]
        ranked.sort(key=lambda entry: (entry[0], not entry[1].isEnabled()))
        self._list.clear()
        for _, action in ranked:
            item = QTreeWidgetItem([words_of(action), keys_of(action)])
            item.setData(0, Qt.ItemDataRole.UserRole, action)
            item.setToolTip(0, action.toolTip())
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setDisabled(not action.isEnabled())
            self._list.addTopLevelItem(item)
        self._choose_first()

    def _choose_first(self) -> None:
        for row in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(row)
            if item is not None and not item.isDisabled():
                self._list.setCurrentItem(item)
                return

    def _trigger(self, item: QTreeWidgetItem | None, _column: int = 0) -> None:
        action: QAction | None = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        if action is not None and action.isEnabled():
            self.close()
            action.trigger()

    def _place(self) -> None:
        self.setFixedWidth(WIDTH)
        self._list.setFixedHeight(ROWS * 28 + 4)
        self.adjustSize()
        owner = self.parentWidget()
        if owner is not None:
            window = owner.window()
            self.move(window.mapToGlobal(QPoint((window.width() - WIDTH) // 2, 64)))


def rank_of(typed: str, action: QAction) -> int:
    """Return how well an action's name fits what was typed: 0 best, -1 not at all.

    The start of the name, the start of a word, anywhere, then the letters in order.
    """
    name, wanted = words_of(action).casefold(), typed.casefold().strip()
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    if wanted in name:
        return 2
    letters = iter(name)
    return 3 if all(letter in letters for letter in wanted.replace(" ", "")) else -1


def _command_list() -> QTreeWidget:
    commands = QTreeWidget()
    commands.setObjectName("command_list")
    commands.setAccessibleName("Commands")
    commands.setColumnCount(2)
    commands.setHeaderHidden(True)
    commands.setRootIsDecorated(False)
    commands.setUniformRowHeights(True)
    commands.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    commands.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    commands.setFont(tabular(commands.font()))
    commands.header().setStretchLastSection(False)
    commands.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    commands.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return commands
