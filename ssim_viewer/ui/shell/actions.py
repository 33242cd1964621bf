"""The actions of the main window, one for each row of its menus and of its features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ssim_viewer.ui.shell.rows.row import Toggle
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssim_viewer.session.command import Command
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors


class Actions(QObject):
    """The actions by the ids of their commands."""

    def __init__(self, commands: Iterable[Command], parent: QObject) -> None:
        super().__init__(parent)
        self._parent = parent
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        for command in commands:
            self.add(command)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def add(self, command: Command) -> QAction:
        """Return a new action for a command."""
        self._commands[command.id] = command
        self._actions[command.id] = action = _action(command, self._parent)
        return action

    def all(self) -> list[QAction]:
        """Return every action, in the order of the rows."""
        return list(self._actions.values())

    def show_session(self, session: Session) -> None:
        """Enable, tick and name the actions as a session has it."""
        for name, command in self._commands.items():
            show_command(self._actions[name], command, session)

    def restyle(self, colors: Colors) -> None:
        """Draw the icons in the colours of a theme."""
        for name, command in self._commands.items():
            if command.icon:
                self._actions[name].setIcon(themed_icon(command.icon, colors))


def show_command(action: QAction, command: Command, session: Session) -> None:
    """Enable, tick and name an action as a session has it."""
    action.setEnabled(command.enabled(session))
    if command.checked is not None:
        action.setChecked(command.checked(session))
    if command.text is not None:
        action.setText(tr(command.text(session)))


def _action(command: Command, parent: QObject) -> QAction:
    action = QAction(tr(command.label), parent)
    action.setObjectName(command.id)
    action.setCheckable(command.checked is not None or isinstance(command, Toggle))
    action.setShortcuts(list(dict.fromkeys(_keys(key) for key in command.keys)))
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{tr(command.tip)} ({keys})" if keys else tr(command.tip))
    return action


def _keys(text: str) -> QKeySequence:
    if text.startswith("<"):
        return QKeySequence(QKeySequence.StandardKey[text.strip("<>")])
    return QKeySequence(text)
