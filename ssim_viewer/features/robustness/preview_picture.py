"""A small picture of an image, as large as its place allows, on neutral grey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.ui.theme.colors import Colors


LARGEST = 304
"""The height at most, which is the width of the column that it stands in."""


class PreviewPicture(QWidget):
    """Paints (H, W) or (H, W, 3) uint8."""

    def __init__(self) -> None:
        super().__init__()
        self._pixels: NDArray[np.uint8] | None = None
        self._colors = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setMaximumHeight(LARGEST)

    def show_pixels(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show an image, or none."""
        if pixels is not self._pixels:
            self._pixels = pixels
            self.update()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the column that it stands in."""
        return QSize(LARGEST, LARGEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image in the middle."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._colors.surround))
            if self._pixels is None:
                return
            height, width = self._pixels.shape[:2]
            grey = self._pixels.ndim == 2
            kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
            image = QImage(self._pixels.data, width, height, self._pixels.strides[0], kind)
            size = QSizeF(width, height).scaled(
                QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio
            )
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(self.rect()).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
