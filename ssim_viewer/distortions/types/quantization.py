"""Fewer values: quantisation, posterising, dithering, banding."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from ssim_viewer.distortions.spec import Pixels, described
from ssim_viewer.text import tr

FAMILY = tr("Quantisation")
LEVEL = 1 / 255

_BAYER = np.array([[0, 32, 8, 40, 2, 34, 10, 42], [48, 16, 56, 24, 50, 18, 58, 26],
                   [12, 44, 4, 36, 14, 46, 6, 38], [60, 28, 52, 20, 62, 30, 54, 22],
                   [3, 35, 11, 43, 1, 33, 9, 41], [51, 19, 59, 27, 49, 17, 57, 25],
                   [15, 47, 7, 39, 13, 45, 5, 37], [63, 31, 55, 23, 61, 29, 53, 21]])  # fmt: skip
"""Thresholds of the ordered 8×8 dither (Bayer 1973)."""


@described(
    title=tr("Quantisation"),
    meaning=tr("Round to multiples of a step, around mid-grey."),
    family=FAMILY,
    measure=tr("step"),
    unit=tr("levels"),
    largest=64.0,
    typical=32.0,
    continuous=False,
    known_as=(tr("TID2013: quantization noise"), tr("KADID-10k: quantization")),
)
def quantization(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Round to multiples of a step, around mid-grey."""
    step = strength * LEVEL
    return 0.5 + step * np.rint((pixels - 0.5) / step)


@described(
    title=tr("Posterising"),
    meaning=tr("Keep 2 to the remaining bits levels, evenly spread from black to white."),
    family=FAMILY,
    measure=tr("bits taken away"),
    unit=tr("bits"),
    largest=7.0,
    typical=5.0,
    continuous=False,
    whole=True,
)
def posterize(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Keep 2 to the remaining bits levels, evenly spread from black to white."""
    top = float(2 ** (8 - round(strength)) - 1)
    return np.rint(pixels * top) / top


@described(
    title=tr("Dithering"),
    meaning=tr("Round to multiples of a step with an ordered 8×8 threshold: the local mean stays."),
    family=FAMILY,
    measure=tr("step"),
    unit=tr("levels"),
    largest=96.0,
    typical=64.0,
    continuous=False,
    known_as=(tr("TID2013: image colour quantization with dither"), tr("KADID-10k: quantization")),
)
def dither(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Round to multiples of a step with an ordered 8×8 threshold: the local mean stays."""
    step = strength * LEVEL
    height, width = pixels.shape[:2]
    threshold = (np.tile(_BAYER, (height // 8 + 1, width // 8 + 1))[:height, :width] + 0.5) / 64
    if pixels.ndim == 3:
        threshold = threshold[..., None]
    return step * np.floor(pixels / step + threshold)


@described(
    title=tr("Banding"),
    meaning=tr(
        "Quantise the smooth part alone, so that slow gradients turn into bands and detail stays."
    ),
    family=FAMILY,
    measure=tr("step"),
    unit=tr("levels"),
    largest=64.0,
    typical=32.0,
    continuous=False,
)
def banding(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Quantise the smooth part alone, so that slow gradients turn into bands and detail stays."""
    step = strength * LEVEL
    smooth = ndimage.gaussian_filter(pixels, (4.0, 4.0, 0.0)[: pixels.ndim], mode="mirror")
    return pixels - smooth + 0.5 + step * np.rint((smooth - 0.5) / step)


TYPES = (quantization, posterize, dither, banding)
