"""Brightness and contrast: every pixel changes by its value, wherever it stands."""

from __future__ import annotations

import numpy as np

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.text import tr

FAMILY = tr("Brightness and contrast")
LEVEL = 1 / 255


@described(
    title=tr("Mean shift"),
    meaning=tr("Add a constant: lighter for a direction of 1, darker for −1."),
    family=FAMILY,
    measure=tr("shift"),
    unit=tr("levels"),
    largest=255.0,
    typical=20.0,
    parameters=(Parameter("direction", tr("Direction"), 1.0, -1.0, 1.0),),
    known_as=(tr("TID2013: mean shift"), tr("KADID-10k: mean shift")),
)
def mean_shift(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, direction: float = 1.0
) -> Pixels:
    """Add a constant: lighter for a direction of 1, darker for −1."""
    return np.asarray(pixels + np.copysign(strength * LEVEL, direction), dtype=np.float64)


@described(
    title=tr("Contrast decrease"),
    meaning=tr("Bring every pixel nearer to the mean of the image."),
    family=FAMILY,
    measure=tr("contrast taken away"),
    unit="%",
    largest=100.0,
    typical=40.0,
    known_as=(tr("TID2013: contrast change"), tr("KADID-10k: contrast change")),
)
def contrast_decrease(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Bring every pixel nearer to the mean of the image."""
    mean = pixels.mean(axis=(0, 1), keepdims=True)
    return np.asarray(mean + (1 - strength / 100) * (pixels - mean), dtype=np.float64)


@described(
    title=tr("Contrast increase"),
    meaning=tr("Bring every pixel farther from the mean of the image, until black and white."),
    family=FAMILY,
    measure=tr("contrast added"),
    unit="%",
    largest=900.0,
    typical=40.0,
    known_as=(tr("TID2013: contrast change"), tr("KADID-10k: contrast change")),
)
def contrast_increase(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Bring every pixel farther from the mean of the image, until black and white."""
    mean = pixels.mean(axis=(0, 1), keepdims=True)
    return np.asarray(mean + (1 + strength / 100) * (pixels - mean), dtype=np.float64)


@described(
    title=tr("Gamma"),
    meaning=tr("Raise values in [0, 1] to a power: darker for a direction of 1, lighter for −1."),
    family=FAMILY,
    measure=tr("exponent, in octaves"),
    unit="",
    largest=6.0,
    typical=0.5,
    parameters=(Parameter("direction", tr("Direction"), 1.0, -1.0, 1.0),),
    known_as=(tr("KADID-10k: brighten and darken"),),
)
def gamma(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, direction: float = 1.0
) -> Pixels:
    """Raise values in [0, 1] to a power: darker for a direction of 1, lighter for −1."""
    return np.asarray(
        np.clip(pixels, 0, 1) ** (2.0 ** np.copysign(strength, direction)), dtype=np.float64
    )


@described(
    title=tr("Histogram equalisation"),
    meaning=tr("Mix with the image whose 256 levels are equally frequent, channel by channel."),
    family=FAMILY,
    measure=tr("share of the equalised image"),
    unit="%",
    largest=100.0,
    typical=100.0,
)
def histogram_equalization(
    pixels: Pixels, strength: float, _random: np.random.Generator, /
) -> Pixels:
    """Mix with the image whose 256 levels are equally frequent, channel by channel."""
    planes = pixels[..., None] if pixels.ndim == 2 else pixels
    equal = np.stack([_equalized(planes[..., c]) for c in range(planes.shape[2])], axis=-1)
    return pixels + strength / 100 * (equal.reshape(pixels.shape) - pixels)


def _equalized(plane: Pixels) -> Pixels:
    bins = np.rint(np.clip(plane, 0, 1) * 255).astype(np.intp)
    below = np.cumsum(np.bincount(bins.ravel(), minlength=256)).astype(np.float64)
    first = below[bins.min()]
    spread = below[-1] - first
    return (below[bins] - first) / spread if spread > 0 else plane


TYPES = (mean_shift, contrast_decrease, contrast_increase, gamma, histogram_equalization)
