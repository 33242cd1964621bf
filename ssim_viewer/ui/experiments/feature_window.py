"""The base of windows of features: title, icon, sizes, and the key that closes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ssim_viewer.images import resources
from ssim_viewer.ui.shell.file_dialogs import ask_save

if TYPE_CHECKING:
    from collections.abc import Callable


class FeatureWindow(QWidget):
    """A window that does not stand in the way of the main one.

    Signals
    -------
    intended
        Carries an action of the feature, or an intent for the main window.

    Parameters
    ----------
    name
        Its object name; its place and size are kept under it.
    least, usual
        The smallest size, and one that shows all of it on a small screen.

    Attributes
    ----------
    folder
        Where its file dialogs begin.
    """

    intended = Signal(object)

    def __init__(self, name: str, title: str, *, least: QSize, usual: QSize) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.folder: Path | None = None
        self._usual = usual
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.setMinimumSize(least)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    def ask_file(
        self, title: str, name: str, kinds: tuple[str, ...], action: Callable[[Path], object]
    ) -> None:
        """Ask for a file to write, `name` by default, and intend an action with it."""

        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.intended.emit(action(path))

        ask_save(self, title, (self.folder or Path.home()) / name, kinds, chosen)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return self._usual
