"""Asking for a pattern of file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_pattern(parent: QWidget, start: str, chosen: Callable[[str], object]) -> None:
    """Ask for a pattern; call `chosen` with it unless the person cancels."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("candidates_pattern_dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Add by a pattern"))
    dialog.setLabelText(tr("* stands for any letters, ** for any folders"))
    dialog.setTextValue(start)

    def accept(text: str) -> None:
        if text.strip():
            chosen(text.strip())

    dialog.textValueSelected.connect(accept)
    dialog.open()
