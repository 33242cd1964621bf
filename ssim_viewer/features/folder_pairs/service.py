"""Asks for the two folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.folder_pairs import actions
from ssim_viewer.ui.shell.file_dialogs import ask_folder
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.feature import Port


class FolderPairsService:
    """Asks for one folder after the other."""

    def __init__(self, port: Port) -> None:
        self._port = port

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return True

    def acted(self, action: object) -> None:
        """Ask when that is wanted."""
        if isinstance(action, actions.AskFolders):
            window = self._port.window
            start = window.preferences.open_folder
            ask_folder(window, tr("Folder of the references"), start, self._ask_distorted)

    def close(self) -> None:
        """Do nothing: the dialogs belong to the window."""

    def _ask_distorted(self, reference: Path) -> None:
        window = self._port.window
        window.preferences.open_folder = reference
        ask_folder(
            window,
            tr("Folder of the distorted images"),
            reference.parent,
            lambda folder: self._port.want(actions.PairFolders(reference, folder)),
        )
