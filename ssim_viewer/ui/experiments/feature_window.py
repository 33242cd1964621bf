"""The base of windows of features: title, icon, sizes, and the key that closes them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ssim_viewer.images import resources


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
    """

    intended = Signal(object)

    def __init__(self, name: str, title: str, *, least: QSize, usual: QSize) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._usual = usual
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.setMinimumSize(least)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return self._usual
