"""Everything hidden but the panes, and brought back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from ssim_viewer.ui.shell.docks import Docks


class PicturesOnly(QObject):
    """Hides what stands around the panes of a window. Keys work on, docks stay open."""

    def __init__(self, window: QMainWindow, docks: Docks) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._hidden: list[QWidget] = []
        self._lent: list[QAction] = []

    @property
    def on(self) -> bool:
        """Whether everything else is hidden."""
        return bool(self._hidden)

    def turn(self, on: bool) -> None:  # noqa: FBT001 - as an action says it
        """Hide everything else, or bring it back."""
        if on and not self._hidden:
            self._hide()
        elif not on and self._hidden:
            self._show()

    def _hide(self) -> None:
        """Hide; the window lends its own ear to the keys of the hidden menus."""
        window = self._window
        own = set(window.actions())
        lent = [each for each in window.findChildren(QAction) if not each.shortcut().isEmpty()]
        self._lent = [each for each in lent if each not in own]
        window.addActions(self._lent)
        parts: list[QWidget] = [window.menuBar(), *window.findChildren(QToolBar)]
        parts += [window.statusBar(), *self._docks.shown()]
        self._hidden = [part for part in parts if not part.isHidden()]
        for part in self._hidden:
            part.hide()

    def _show(self) -> None:
        for part in filter(isValid, self._hidden):  # others have gone with their windows
            part.show()
        self._hidden = []
        for action in filter(isValid, self._lent):
            self._window.removeAction(action)
        self._lent = []
