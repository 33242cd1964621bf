"""The commands of the main window at work: actions carry out their rows and follow the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssim_viewer.session import intents
from ssim_viewer.session.command import Command
from ssim_viewer.ui.shell.command_palette import CommandPalette
from ssim_viewer.ui.shell.help_window import HelpWindow
from ssim_viewer.ui.shell.rows import ROWS
from ssim_viewer.ui.shell.rows.row import Toggle, WindowAction
from ssim_viewer.ui.shell.shortcuts_window import ShortcutsWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.actions import Actions
    from ssim_viewer.ui.shell.listings import Listings
    from ssim_viewer.ui.shell.shell_window import ShellWindow
    from ssim_viewer.ui.theme.colors import Colors

COMMANDS = tuple(row for row in ROWS if isinstance(row, Command))
"""The rows that can be chosen."""


class Commands(QObject):
    """Connects the actions of a window with their rows, and keeps them true to the session."""

    def __init__(self, window: ShellWindow, actions: Actions, listings: Listings) -> None:
        super().__init__(window)
        self._window = window
        self._actions, self._listings = actions, listings
        self.help: HelpWindow = HelpWindow(window)
        self._keys = ShortcutsWindow(window)
        self._palette = CommandPalette(window)
        for command in COMMANDS:
            self._connect(command)
        window.panes.selection.armed.connect(actions["select_region"].setChecked)
        listings.connect_to(window)

    def show_session(self, session: Session) -> None:
        """Enable, tick and name the actions as a session has it."""
        self._actions.show_session(session)
        self._listings.show_session(session)

    def restyle(self, colors: Colors) -> None:
        """Paint the windows of help in the colours of a theme."""
        self.help.restyle(colors)
        self._keys.restyle(colors)
        self._palette.restyle(colors)
        self._listings.themes.tick(self._window.theme)

    def run(self, command: Command) -> None:
        """Carry out a command of the window."""
        action = command.action(self._window.session)
        if isinstance(action, WindowAction):
            action.run(self._window)
        elif action is not None:
            self._window.intended.emit(action)

    def show_keys(self) -> None:
        """List the keys of every command."""
        self._keys.show_for(self._all_actions())

    def show_palette(self) -> None:
        """Offer every command by a few letters of its name."""
        self._palette.open_with(self._all_actions())

    def escape(self) -> None:
        """Take away what Esc takes away: palette; bare panes; tool; presenting; region and notice.

        The one place that decides it: on some platforms a shortcut goes before the widget that
        has the focus, so that no part of the window sees the key by itself.
        """
        session, want = self._window.session, self._window.intended.emit
        if self._palette.isVisible():
            self._palette.leave()
            return
        if self._window.pictures_only.on:
            self._window.actions_by_name["pictures_only"].setChecked(False)
            return
        if session.tool is not None:
            want(intents.TakeTool(None))
            return
        if self._window.presentation.on:
            self._actions["present"].setChecked(False)
            return
        self._window.panes.selection.get_ready(ready=False)
        if session.look.region is not None:
            want(intents.SelectRegion(None))
        if session.notice is not None:
            want(intents.DismissNotice())

    def _connect(self, command: Command) -> None:
        action = self._actions[command.id]
        if isinstance(command, Toggle):
            action.setChecked(command.on)
            action.toggled.connect(lambda on: command.turn(self._window, on))
        else:
            action.triggered.connect(lambda _=False: self.run(command))

    def _all_actions(self) -> list[QAction]:
        return [*self._actions.all(), *self._listings.all_actions()]
