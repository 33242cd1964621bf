"""Starts for a reconstruction that are not somebody's file: noise, grey, blur."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.metrics.counting import filled, not_numbers
from ssim_viewer.synthesis.checks import check_range, finite_pixels

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.synthesis.manifolds.protocol import PixelRange

    Pixels = NDArray[np.float64]


class Beginning(StrEnum):
    """What a reconstruction starts from."""

    NOISE = "noise"
    """Every sample anywhere in the range, which tells nothing of the reference."""
    GREY = "grey"
    """The middle of the range everywhere."""
    BLUR = "blur"
    """The reference through a Gaussian as wide as a sixteenth of its shorter side."""


def beginning(
    kind: Beginning,
    reference: ArrayLike,
    *,
    pixel_range: PixelRange = (0.0, 255.0),
    seed: int = 0,
) -> Pixels:
    """Return the start of a kind, shaped like the reference and in the range.

    The seed, of ``numpy.random.default_rng``, is the noise's. Samples of the reference that are not
    a number count as the mean of the others.
    """
    given = np.asarray(reference)
    x = finite_pixels(filled(given, not_numbers(given)), "reference")
    check_range(x, pixel_range)
    low, high = pixel_range
    if kind is Beginning.NOISE:
        return np.random.default_rng(seed).uniform(low, high, x.shape)
    if kind is Beginning.GREY:
        return np.full_like(x, 0.5 * (low + high))
    sigma = min(x.shape[:2]) / 16
    blurred = cv2.GaussianBlur(x, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101)
    return np.clip(blurred.astype(np.float64).reshape(x.shape), low, high)
