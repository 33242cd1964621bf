"""Colour. Most of these change colour images only; luma alone, and so SSIM of luma, sees little."""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.distortions.types.color_space import from_ycbcr, to_ycbcr
from ssim_viewer.distortions.types.geometry import moved
from ssim_viewer.text import tr

FAMILY = tr("Colour")
LEVEL = 1 / 255


@described(
    title=tr("HSV value"),
    meaning=tr(
        "Add to the value of HSV, the largest of the three channels; in grey, a mean shift."
    ),
    family=FAMILY,
    measure=tr("value added"),
    unit=tr("levels"),
    largest=255.0,
    typical=30.0,
    parameters=(Parameter("direction", tr("Direction"), 1.0, -1.0, 1.0),),
    known_as=(tr("KADID-10k: brighten and darken"),),
)
def hsv_value(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, direction: float = 1.0
) -> Pixels:
    """Add to the value of HSV, the largest of the three channels; in grey, a mean shift."""
    shift = np.copysign(strength * LEVEL, direction)
    if pixels.ndim == 2:
        return np.asarray(pixels + shift, dtype=np.float64)
    value = pixels.max(axis=2, keepdims=True)
    wanted = np.clip(value + shift, 0, 1)
    factor = np.divide(wanted, value, out=np.zeros_like(value), where=value > 0)
    return np.asarray(np.where(value > 0, pixels * factor, wanted), dtype=np.float64)


@described(
    title=tr("Saturation decrease"),
    meaning=tr("Bring the chroma nearer to grey; the luma stays."),
    family=FAMILY,
    measure=tr("saturation taken away"),
    unit="%",
    largest=100.0,
    typical=60.0,
    needs_color=True,
    known_as=(tr("TID2013: change of colour saturation"), tr("KADID-10k: colour saturation")),
)
def saturation_decrease(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Bring the chroma nearer to grey; the luma stays."""
    ycbcr = to_ycbcr(pixels)
    ycbcr[..., 1:] *= 1 - strength / 100
    return from_ycbcr(ycbcr)


@described(
    title=tr("Saturation increase"),
    meaning=tr(
        "Bring the chroma farther from grey; the luma stays until a colour leaves its range."
    ),
    family=FAMILY,
    measure=tr("saturation added"),
    unit="%",
    largest=900.0,
    typical=100.0,
    needs_color=True,
    known_as=(tr("TID2013: change of colour saturation"), tr("KADID-10k: colour saturation")),
)
def saturation_increase(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Bring the chroma farther from grey; the luma stays until a colour leaves its range."""
    ycbcr = to_ycbcr(pixels)
    ycbcr[..., 1:] *= 1 + strength / 100
    return from_ycbcr(ycbcr)


@described(
    title=tr("Colour cast"),
    meaning=tr(
        "Add the same chroma everywhere, at an angle of the Cb, Cr plane: a wrong white balance."
    ),
    family=FAMILY,
    measure=tr("chroma added"),
    unit=tr("levels"),
    largest=255.0,
    typical=20.0,
    needs_color=True,
    parameters=(Parameter("hue", tr("Hue"), 30.0, -180.0, 180.0, "°"),),
)
def color_cast(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, hue: float = 30.0
) -> Pixels:
    """Add the same chroma everywhere, at an angle of the Cb, Cr plane: a wrong white balance."""
    ycbcr = to_ycbcr(pixels)
    turn = math.radians(hue)
    ycbcr[..., 1] += strength * LEVEL * math.cos(turn)
    ycbcr[..., 2] += strength * LEVEL * math.sin(turn)
    return from_ycbcr(ycbcr)


@described(
    title=tr("Channel swap"),
    meaning=tr("Mix with the image whose red and blue are swapped, the classic BGR mistake."),
    family=FAMILY,
    measure=tr("share of the swapped image"),
    unit="%",
    largest=100.0,
    typical=100.0,
    needs_color=True,
)
def channel_swap(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Mix with the image whose red and blue are swapped, the classic BGR mistake."""
    return pixels + strength / 100 * (pixels[..., ::-1] - pixels)


@described(
    title=tr("Chroma blur"),
    meaning=tr("Blur the chroma; the luma stays."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("pixels"),
    largest=64.0,
    typical=6.0,
    needs_color=True,
    known_as=(tr("KADID-10k: colour diffusion"),),
)
def chroma_blur(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Blur the chroma; the luma stays."""
    ycbcr = to_ycbcr(pixels)
    ycbcr[..., 1:] = ndimage.gaussian_filter(
        ycbcr[..., 1:], (strength, strength, 0.0), mode="mirror"
    )
    return from_ycbcr(ycbcr)


@described(
    title=tr("Chroma subsampling"),
    meaning=tr("Keep one chroma for each block of pixels, its mean; 4:2:0 is a strength of 1."),
    family=FAMILY,
    measure=tr("side of the blocks, in octaves"),
    unit="",
    largest=6.0,
    typical=1.0,
    continuous=False,
    whole=True,
    needs_color=True,
)
def chroma_subsampling(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Keep one chroma for each block of pixels, its mean; 4:2:0 is a strength of 1."""
    ycbcr = to_ycbcr(pixels)
    side = 2 ** round(strength)
    height, width = pixels.shape[:2]
    rows, columns = np.arange(0, height, side), np.arange(0, width, side)
    chroma = np.add.reduceat(np.add.reduceat(ycbcr[..., 1:], rows, axis=0), columns, axis=1)
    tall = np.diff([*rows, height])[:, None, None]
    wide = np.diff([*columns, width])[None, :, None]
    blocks = np.repeat(np.repeat(chroma / (tall * wide), side, axis=0), side, axis=1)
    ycbcr[..., 1:] = blocks[:height, :width]
    return from_ycbcr(ycbcr)


@described(
    title=tr("Chromatic aberration"),
    meaning=tr("Move red to the right and blue to the left, each by half of the strength."),
    family=FAMILY,
    measure=tr("shift of red against blue"),
    unit=tr("pixels"),
    largest=16.0,
    typical=4.0,
    needs_color=True,
    known_as=(tr("TID2013: chromatic aberrations"), tr("KADID-10k: colour shift")),
)
def chromatic_aberration(
    pixels: Pixels, strength: float, _random: np.random.Generator, /
) -> Pixels:
    """Move red to the right and blue to the left, each by half of the strength."""
    result = pixels.copy()
    result[..., 0] = moved(pixels[..., 0], strength / 2, 0.0)
    result[..., 2] = moved(pixels[..., 2], -strength / 2, 0.0)
    return result


TYPES = (
    hsv_value,
    saturation_decrease,
    saturation_increase,
    color_cast,
    channel_swap,
    chroma_blur,
    chroma_subsampling,
    chromatic_aberration,
)
