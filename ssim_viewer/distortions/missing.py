"""Images of which some pixels are not a number (NaN): what a distortion sees of them, what stays.

A distortion sees the mean of the other pixels there, so that NaN does not spread over filters and
transforms; afterwards these pixels are not a number again, and nobody takes them for measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Pixels = NDArray[np.float64]


def around_missing(pixels: Pixels, distort: Callable[[Pixels], Pixels]) -> Pixels:
    """Return a distorted image, (H, W) or (H, W, C), NaN in every pixel with a sample that is NaN.

    Parameters
    ----------
    distort
        Is given the image with the mean of its other pixels, by channel, in their place.
    """
    samples = np.isnan(pixels)
    if not samples.any():
        return distort(pixels)
    missing = samples if samples.ndim == 2 else samples.any(axis=2)
    whole = pixels.copy()
    whole[missing] = pixels[~missing].mean(axis=0) if not missing.all() else 0.0
    found = np.array(distort(whole), np.float64)
    found[missing] = np.nan
    return found
