"""What a drop on a pane means: files to open, or a picture without a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ssim_viewer.session.intents import OpenFile, OpenFiles, PasteImage
from ssim_viewer.session.state import Role
from ssim_viewer.ui.controls.clipboard import array_of
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def acceptable(mime: QMimeData) -> bool:
    """Whether a drag holds something that can be opened."""
    return bool(_files(mime)) or mime.hasImage()


def dropped(mime: QMimeData, role: Role) -> tuple[OpenFile | OpenFiles | PasteImage, ...]:
    """Return what a drop wants: of several files the first one is the reference."""
    files = _files(mime)
    if len(files) >= 2:
        return (OpenFiles(tuple(files)),)
    if files:
        return (OpenFile(role, files[0]),)
    if mime.hasImage():
        return (PasteImage(role, array_of(QImage(mime.imageData()))),)
    return ()


def hint(mime: QMimeData, role: Role) -> str:
    """Return what will happen, for the pane under a drag."""
    count = len(_files(mime))
    if count >= 2:
        if count == 2:
            return tr("Open as reference and distorted image")
        return tr("Open as reference and {count} images", count=count - 1)
    if role is Role.REFERENCE:
        return tr("Open as reference image")
    return tr("Open as distorted image")


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
