"""The pixels under a window, enlarged: reference, distorted image, and the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.window_inspection import InspectedWindow
    from ssim_viewer.ui.theme.colors import Colors

GAP, CAPTION = 8, 18
TITLES = (QT_TR_NOOP("Reference"), QT_TR_NOOP("Distorted"), QT_TR_NOOP("Weights"))


class PatchView(QWidget):
    """Shows the patches side by side; pixels fade into the surround as their weights do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window_patches")
        self.setAccessibleName(tr("Pixels under the window, and its weights"))
        self.setToolTip(
            tr(
                "The pixels under the window, enlarged and as opaque as they weigh, and the "
                "weights. White is the data range."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._colors = LIGHT
        self._window: InspectedWindow | None = None
        self._white = 255.0

    def show_window(self, window: InspectedWindow | None, white: float) -> None:
        """Show the patches of a window, or none."""
        self._window, self._white = window, white
        self.setAccessibleDescription(tr("" if window is None else _described(window)))
        self.update()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme."""
        self._colors = colors
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size with room for three tiles."""
        return QSize(320, 124)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint three tiles with captions."""
        with QPainter(self) as painter:
            side = min((self.width() - 4 * GAP) / 3, self.height() - CAPTION)
            for i, (title, image) in enumerate(zip(TITLES, self._tiles(), strict=True)):
                left = GAP + i * (side + GAP)
                tile = QRectF(left, CAPTION, side, side)
                painter.setPen(QColor(self._colors.muted))
                painter.drawText(
                    QRectF(left, 0, side, CAPTION), int(Qt.AlignmentFlag.AlignCenter), title
                )
                painter.fillRect(tile, QColor(self._colors.surround))
                if image is not None:
                    painter.drawImage(tile, image)
                painter.setPen(QPen(QColor(self._colors.line)))
                painter.drawRect(tile)

    def _tiles(self) -> tuple[QImage | None, QImage | None, QImage | None]:
        window = self._window
        if window is None:
            return None, None, None
        alpha = window.weights / window.weights.max()
        x, y = (_image(patch / self._white, alpha) for patch in (window.x, window.y))
        return x, y, _image(alpha, np.ones_like(alpha))


def _image(grey: NDArray[np.float64], alpha: NDArray[np.float64]) -> QImage:
    levels, opaque = (
        np.clip(np.rint(255 * each), 0, 255).astype(np.uint32) for each in (grey, alpha)
    )
    pixels = (opaque << 24) | (levels << 16) | (levels << 8) | levels
    height, width = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32)
    return image.copy()


def _described(window: InspectedWindow) -> str:
    (xl, xh), (yl, yh) = ((p.min(), p.max()) for p in (window.x, window.y))
    return tr(
        "reference from {xl:g} to {xh:g}, distorted image from {yl:g} to {yh:g}",
        xl=xl,
        xh=xh,
        yl=yl,
        yh=yh,
    )
