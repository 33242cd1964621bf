"""A picture as large as its place allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from ssim_viewer.ui.controls.thumbnails import image_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class FittedPicture(QLabel):
    """Shows an array in the middle of its place, its sides in proportion.

    Parameters
    ----------
    name
        The object name.
    least
        Pixels of each side at the least.
    """

    def __init__(self, name: str, least: int = 140) -> None:
        super().__init__()
        self._image: QPixmap | None = None
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(least, least)

    def show_array(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show (H, W) or (H, W, 3) uint8, or nothing."""
        self._image = None if pixels is None else QPixmap.fromImage(image_of(pixels))
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        """Fit the picture into its place."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image is None:
            self.clear()
            return
        ratio = self.devicePixelRatioF()
        fitted = self._image.scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)
