"""Luma and chroma of ITU-R BT.601, full range, for pixels of (H, W, 3) in [0, 1]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ssim_viewer.distortions.spec import Pixels

_TO_YCBCR = np.array(
    [
        [0.299, 0.587, 0.114],
        [-0.299 / 1.772, -0.587 / 1.772, 0.886 / 1.772],
        [0.701 / 1.402, -0.587 / 1.402, -0.114 / 1.402],
    ]
)
_FROM_YCBCR = np.linalg.inv(_TO_YCBCR)


def to_ycbcr(pixels: Pixels) -> Pixels:
    """Return Y in [0, 1] and Cb, Cr in [-0.5, 0.5]."""
    return np.asarray(pixels @ _TO_YCBCR.T, dtype=np.float64)


def from_ycbcr(ycbcr: Pixels) -> Pixels:
    """Return RGB."""
    return np.asarray(ycbcr @ _FROM_YCBCR.T, dtype=np.float64)


def luma(pixels: Pixels) -> Pixels:
    """Return the luma of colour pixels, and grey ones as they are."""
    return pixels if pixels.ndim == 2 else np.asarray(pixels @ _TO_YCBCR[0], dtype=np.float64)
