"""The button of a window whose menu writes what the window shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ssim_viewer.ui.theme.colors import Colors

    Entry = tuple[str, str, Callable[[], object]]


class ExportButton(QToolButton):
    """A button called ``NAME_export``.

    Parameters
    ----------
    entries
        What its menu offers: the last part of an object name, a text, and what is done.
    """

    def __init__(self, name: str, tip: str, entries: Iterable[Entry]) -> None:
        super().__init__()
        self.setText(tr("Export"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        name_control(self, f"{name}_export", tr("Export"), tip)
        menu = QMenu(self)
        for part, text, write in entries:
            action = menu.addAction(tr(text))
            action.setObjectName(f"{name}_export_{part}")
            action.triggered.connect(lambda _=False, write=write: write())
        self.setMenu(menu)

    def restyle(self, colors: Colors) -> None:
        """Draw its icon in the colours of a theme."""
        self.setIcon(themed_icon("export-variant", colors))
