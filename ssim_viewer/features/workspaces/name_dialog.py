"""Asking for the name of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from ssim_viewer.features.workspaces.state import BUILT_IN
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

LONGEST = 40
"""Letters of a name: more have no room in the tool bar."""


def ask_name(window: QWidget, taken: Sequence[str], named: Callable[[str], object]) -> None:
    """Ask for a name, and hand it on; one of a workspace of one's own replaces that."""
    dialog = QInputDialog(window)
    dialog.setObjectName("workspace_name")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Save workspace"))
    dialog.setLabelText(tr("Name of the workspace"))
    dialog.setComboBoxEditable(True)
    dialog.setComboBoxItems([*taken] or [tr("My workspace")])

    def accept(text: str) -> None:
        name = " ".join(text.split())[:LONGEST]
        if name and name.lower() not in BUILT_IN:
            named(name)

    dialog.textValueSelected.connect(accept)
    dialog.open()
