"""What every window of an experiment has in common: a place of its own, its size kept, and F1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from ssim_viewer.ui.shell.window_geometry import keep_on_screen, room

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from ssim_viewer.ui.shell.main_window import MainWindow

WANTED = QSize(1440, 900)
"""The size of an experiment's window, where the screen has room for it."""

ASIDE = QPoint(32, 32)
"""How far its corner lies from that of the main window, on the same screen."""


class ExperimentWindow(QObject):
    """Gives a window the main one's help, a first place and size, and keeps what it was left with.

    On another screen than the main window's, if there is one; else over it, a little aside.
    """

    def __init__(self, window: QWidget, main: MainWindow) -> None:
        super().__init__(window)
        self._window, self._main = window, main
        self._key = f"{window.objectName()}_geometry"
        window.installEventFilter(self)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), window)
        shortcut.activated.connect(main.actions_by_name["help"].trigger)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place and size that a window is closed with."""
        if watched is self._window and event.type() == QEvent.Type.Close:
            self._main.preferences.set_blob(self._key, self._window.saveGeometry())
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._window
        if not window.restoreGeometry(self._main.preferences.blob(self._key)):
            screen = _other_screen(self._main.screen())
            window.setScreen(screen)
            window.resize(WANTED.boundedTo(room(window)))
            aside = screen is self._main.screen()
            corner = self._main.pos() + ASIDE if aside else screen.availableGeometry().topLeft()
            window.move(corner)
        keep_on_screen(window)


def _other_screen(screen: QScreen) -> QScreen:
    """Return a screen beside the given one, or that one if it is the only one."""
    others = [each for each in QGuiApplication.screens() if each is not screen]
    return others[0] if others else screen
