"""Resampling, ringing and sharpening."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from scipy import ndimage

from ssim_viewer.distortions.spec import DistortionType, Pixels, described
from ssim_viewer.text import tr

FAMILY = tr("Resampling and sharpening")


def _resampling(name: str, title: str, how: str, down: int, up: int, *known: str) -> DistortionType:
    def distort(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
        height, width = pixels.shape[:2]
        factor = 1 + strength
        small = (max(1, round(width / factor)), max(1, round(height / factor)))
        reduced = cv2.resize(pixels, small, interpolation=down)
        restored: Any = cv2.resize(reduced, (width, height), interpolation=up)
        return np.asarray(restored, dtype=np.float64)

    return DistortionType(
        name=name,
        title=title,
        family=FAMILY,
        measure=tr("reduction, less one"),
        unit="",
        largest=31.0,
        typical=3.0,
        meaning=tr(
            "Reduce the image by a factor of 1 and the strength, and enlarge it again: {how}.",
            how=how,
        ),
        distort=distort,
        continuous=False,
        known_as=known,
    )


TYPES_OF_KERNELS = (
    _resampling(
        "resample_nearest",
        tr("Resampling, nearest"),
        tr("pixels become squares"),
        cv2.INTER_AREA,
        cv2.INTER_NEAREST_EXACT,
        tr("KADID-10k: pixelate"),
    ),
    _resampling(
        "resample_bilinear",
        tr("Resampling, bilinear"),
        tr("area means, then bilinear"),
        cv2.INTER_AREA,
        cv2.INTER_LINEAR,
    ),
    _resampling(
        "resample_bicubic",
        tr("Resampling, bicubic"),
        tr("area means, then bicubic"),
        cv2.INTER_AREA,
        cv2.INTER_CUBIC,
    ),
    _resampling(
        "resample_lanczos",
        tr("Resampling, Lanczos"),
        tr("area means, then Lanczos of eight pixels"),
        cv2.INTER_AREA,
        cv2.INTER_LANCZOS4,
    ),
)


@described(
    title=tr("Ringing"),
    meaning=tr("Cut off high frequencies sharply, which leaves echoes beside every edge (Gibbs)."),
    family=FAMILY,
    measure=tr("frequencies taken away"),
    unit="%",
    largest=99.5,
    typical=70.0,
)
def ringing(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Cut off high frequencies sharply, which leaves echoes beside every edge (Gibbs)."""
    height, width = pixels.shape[:2]
    padded = np.pad(pixels, [(0, height), (0, width), (0, 0)][: pixels.ndim], mode="symmetric")
    vertical = np.abs(np.fft.fftfreq(2 * height))[:, None] * 2
    horizontal = np.fft.rfftfreq(2 * width)[None, :] * 2
    radius = np.hypot(vertical, horizontal) / np.sqrt(2)
    edge = 1 / min(height, width)  # the cut is one frequency wide, so that the MSE is continuous
    gain = np.clip((1 - strength / 100 - radius) / edge + 1, 0, 1)
    gain = gain[..., None] if pixels.ndim == 3 else gain
    spectrum = np.fft.rfft2(padded, axes=(0, 1)) * gain
    result = np.fft.irfft2(spectrum, s=padded.shape[:2], axes=(0, 1))
    return result[:height, :width]


@described(
    title=tr("Unsharp mask"),
    meaning=tr(
        "Add the difference from a blurred copy (σ = 1.5 pixels), as too much sharpening does."
    ),
    family=FAMILY,
    measure=tr("amount"),
    unit="%",
    largest=4000.0,
    typical=200.0,
    known_as=(tr("KADID-10k: high sharpen"),),
)
def unsharp_mask(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Add the difference from a blurred copy (σ = 1.5 pixels), as too much sharpening does."""
    smooth = ndimage.gaussian_filter(pixels, (1.5, 1.5, 0.0)[: pixels.ndim], mode="mirror")
    return pixels + strength / 100 * (pixels - smooth)


TYPES = (*TYPES_OF_KERNELS, ringing, unsharp_mask)
