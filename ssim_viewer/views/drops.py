"""What a drop on a pane means: files to open, or a picture without a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ssim_viewer.session.intents import OpenFile, PasteImage
from ssim_viewer.session.state import Role
from ssim_viewer.views.clipboard import array_of

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def acceptable(mime: QMimeData) -> bool:
    """Whether a drag holds something that can be opened."""
    return bool(_files(mime)) or mime.hasImage()


def dropped(mime: QMimeData, role: Role) -> tuple[OpenFile | PasteImage, ...]:
    """Return what a drop wants: two files are the reference and the distorted image, in order."""
    files = _files(mime)
    if len(files) >= 2:
        return OpenFile(Role.REFERENCE, files[0]), OpenFile(Role.DISTORTED, files[1])
    if files:
        return (OpenFile(role, files[0]),)
    if mime.hasImage():
        return (PasteImage(role, array_of(QImage(mime.imageData()))),)
    return ()


def hint(mime: QMimeData, role: Role) -> str:
    """Return what will happen, for the pane under a drag."""
    if len(_files(mime)) >= 2:
        return "Open as reference and distorted image"
    return f"Open as {role} image"


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
