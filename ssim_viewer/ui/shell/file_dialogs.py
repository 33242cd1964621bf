"""File dialogs: they ask for a path, ask before overwriting, and never block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ssim_viewer.images import READABLE_SUFFIXES
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable


def ask_open(
    parent: QWidget, title: str, folder: Path | None, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for an image to open; call `chosen` with it unless the person cancels."""
    patterns = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
    kinds = tr("Images ({patterns});;All files (*)", patterns=patterns)
    dialog = _dialog(parent, title, folder, kinds, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_open_several(
    parent: QWidget, title: str, folder: Path | None, chosen: Callable[[tuple[Path, ...]], None]
) -> QFileDialog:
    """Ask for images; call `chosen` with one or more of them unless the person cancels."""
    patterns = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
    kinds = tr("Images ({patterns});;All files (*)", patterns=patterns)
    dialog = _dialog(parent, title, folder, kinds, lambda _path: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: chosen(tuple(Path(path) for path in paths)))
    dialog.open()
    return dialog


def ask_file(
    parent: QWidget, title: str, folder: Path | None, kind: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a file of one kind, such as ``"Sessions (*.ssimv)"``; call `chosen` with it."""
    kinds = ";;".join((tr(kind), tr("All files (*)")))
    dialog = _dialog(parent, title, folder, kinds, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_folder(
    parent: QWidget, title: str, folder: Path | None, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a folder; call `chosen` with it unless the person cancels."""
    dialog = _dialog(parent, title, folder, "", chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def ask_save(
    parent: QWidget,
    title: str,
    proposal: Path,
    kinds: tuple[str, ...],
    chosen: Callable[[Path], None],
) -> QFileDialog:
    """Ask for a file to write; call `chosen` with it unless the person cancels.

    Parameters
    ----------
    proposal
        Folder and name that stand there at first.
    kinds
        File filters such as ``"PNG, 8 bits (*.png)"``; the first suffix of the chosen
        one is added to a name that has none.
    """
    dialog = _dialog(parent, title, proposal.parent, ";;".join(tr(kind) for kind in kinds), chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(_suffix(kinds[0]))
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_suffix(kind)))
    dialog.selectFile(proposal.name)
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget,
    title: str,
    folder: Path | None,
    filters: str,
    chosen: Callable[[Path], None],
) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder or Path.home()), filters)
    dialog.setObjectName("file_dialog")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _suffix(kind: str) -> str:
    return kind.partition("(*.")[2].partition(")")[0].partition(" ")[0]
