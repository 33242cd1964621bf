"""The clipboard and dropped pictures: between Qt's images and arrays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from ssim_viewer.session.intents import OpenFile, PasteImage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData

    from ssim_viewer.session.state import Role


def pasted(mime: QMimeData | None, role: Role) -> OpenFile | PasteImage:
    """Return what pasting means: a file if one was copied, else the picture, else nothing."""
    if mime is not None:
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files:
            return OpenFile(role, Path(files[0]))
        if mime.hasImage():
            return PasteImage(role, array_of(QImage(mime.imageData())))
    return PasteImage(role, None)


def array_of(image: QImage) -> NDArray[np.uint8] | None:
    """Return (H, W, 4) uint8 RGBA, or None for a picture that holds nothing."""
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return rows.reshape(image.height(), image.width(), 4).copy()


def png_of(image: QImage) -> bytes:
    """Return a picture encoded as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
