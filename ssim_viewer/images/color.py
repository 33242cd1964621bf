"""Colour to grey. Conversions between file orders and RGB stay with the readers and writers.

BT.601 luma, on gamma-coded values, with the weights 0.299, 0.587, 0.114 (ITU-R BT.601-7, 2.5.1).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images.errors import ImageError
from ssim_viewer.text import tr

LUMA_WEIGHTS = (0.299, 0.587, 0.114)


def to_luma(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """Return BT.601 luma, unrounded.

    Parameters
    ----------
    pixels
        (H, W) grey, which passes through, or (H, W, 3) RGB, of any number type.

    Returns
    -------
    ndarray of float64, (H, W)
        In the unit of the input.

    Raises
    ------
    ImageError
        If the array is neither grey nor RGB.
    """
    pixels = np.asarray(pixels)
    if pixels.ndim == 2:
        return pixels.astype(np.float64)
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ImageError(
            tr("Luma needs a grey or RGB array, not one of shape {shape}.", shape=pixels.shape)
        )
    red, green, blue = (pixels[:, :, channel].astype(np.float64) for channel in range(3))
    # Grey stays exactly grey: the weights' sum, 1.0, is not left to rounding.
    return green + LUMA_WEIGHTS[0] * (red - green) + LUMA_WEIGHTS[2] * (blue - green)
