"""Pictures of a pair that no window is needed for: both images in 8 bits, and their difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks, scratch
from ssim_viewer.metrics.planes import split

if TYPE_CHECKING:
    from numpy.typing import NDArray


def displayed(image: NDArray[Any], data_range: float) -> NDArray[np.uint8]:
    """Return the image in 8 bits, its data range stretched over them, beyond it clipped."""
    if image.dtype == np.uint8 and data_range == 255:
        return image.copy() if image.flags.writeable else image
    picture = np.empty(image.shape, np.uint8)
    kind = image.dtype if image.dtype in (np.float32, np.float64) else np.dtype(np.float64)

    def fill(rows: slice) -> None:
        block = image[rows].astype(kind, copy=False)
        # The one call of OpenCV that scales, rounds and saturates whatever the sign.
        cv2.addWeighted(block, 255 / data_range, block, 0, 0, dst=picture[rows], dtype=cv2.CV_8U)

    in_threads(fill, row_blocks(image.shape))
    return picture


def difference(
    reference: NDArray[Any], distorted: NDArray[Any], weights: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return distorted minus reference in float32, the mean over planes: (H, W)."""
    picture = np.empty(reference.shape[:2], np.float32)

    def fill(rows: slice) -> None:
        scratch.clear()
        pairs = zip(
            *(split(image[rows], weights, 1) for image in (reference, distorted)), strict=True
        )
        total, each = (scratch.array(picture[rows].shape) for _ in range(2))
        total[:] = 0
        for x, y in pairs:
            total += np.subtract(y, x, out=each, dtype=np.float64)
        total /= len(weights)
        picture[rows] = total

    in_threads(fill, row_blocks(reference.shape))
    return picture
