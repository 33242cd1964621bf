"""Noise. The same seed gives the same pattern at every strength, only stronger."""

from __future__ import annotations

import numpy as np
from scipy import ndimage, special

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.distortions.types.color_space import from_ycbcr, to_ycbcr
from ssim_viewer.text import tr

FAMILY = tr("Noise")
LEVEL = 1 / 255
FEW = 16.0


def _normalized(pattern: Pixels) -> Pixels:
    """Return a pattern of mean 0 and standard deviation 1."""
    pattern = pattern - pattern.mean()
    deviation = float(pattern.std())
    return pattern / deviation if deviation > 0 else pattern


def poisson_quantile(chance: Pixels, mean: Pixels) -> Pixels:
    """Return the counts that Poisson variables of these means do not exceed with these chances.

    Exact for means below 16, by summing up the probabilities. Above, the expansion of Cornish and
    Fisher to the second order, which is off by at most one count. SciPy's is exact everywhere, and
    20 times slower.
    """
    normal = special.ndtri(chance)
    counts = np.ceil(mean + np.sqrt(mean) * normal + (normal**2 - 1) / 6 - 0.5)
    few = mean < FEW
    rate, below = mean[few], chance[few]
    probability = np.exp(-rate)
    reached, count = probability.copy(), np.zeros_like(rate)
    for number in range(1, 80):
        left = reached < below
        if not left.any():
            break
        count += left
        probability *= rate / number
        reached += probability
    counts[few] = count
    return np.asarray(np.maximum(counts, 0.0), dtype=np.float64)


@described(
    title=tr("White Gaussian noise"),
    meaning=tr("Add independent Gaussian noise to every sample."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("levels"),
    largest=128.0,
    typical=20.0,
    random=True,
    known_as=(tr("TID2013: additive Gaussian noise"), tr("KADID-10k: white noise")),
)
def gaussian_noise(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Add independent Gaussian noise to every sample."""
    return pixels + strength * LEVEL * random.standard_normal(pixels.shape)


@described(
    title=tr("Uniform noise"),
    meaning=tr(
        "Add independent noise that is equally likely anywhere within ±√3 standard deviations."
    ),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("levels"),
    largest=128.0,
    typical=20.0,
    random=True,
)
def uniform_noise(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Add independent noise that is equally likely anywhere within ±√3 standard deviations."""
    reach = np.sqrt(3.0)
    return pixels + strength * LEVEL * random.uniform(-reach, reach, pixels.shape)


@described(
    title=tr("Salt and pepper"),
    meaning=tr("Turn a share of the pixels black or white, the last one in part."),
    family=FAMILY,
    measure=tr("share of pixels"),
    unit="%",
    largest=60.0,
    typical=3.0,
    random=True,
    known_as=(tr("TID2013: impulse noise"), tr("KADID-10k: impulse noise")),
)
def salt_and_pepper(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Turn a share of the pixels black or white, the last one in part."""
    shape = pixels.shape[:2]
    order = random.permutation(shape[0] * shape[1]).reshape(shape)
    value = random.integers(0, 2, shape).astype(np.float64)
    hit = np.clip(strength / 100 * order.size - order, 0.0, 1.0)
    if pixels.ndim == 3:
        hit, value = hit[..., None], value[..., None]
    return pixels + hit * (value - pixels)


@described(
    title=tr("Speckle"),
    meaning=tr(
        "Multiply every sample by a random factor around 1, as coherent light and radar do."
    ),
    family=FAMILY,
    measure=tr("standard deviation of the factor"),
    unit="%",
    largest=100.0,
    typical=20.0,
    random=True,
    known_as=(tr("TID2013: multiplicative Gaussian noise"), tr("KADID-10k: multiplicative noise")),
)
def speckle(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Multiply every sample by a random factor around 1, as coherent light and radar do."""
    return pixels * (1 + strength / 100 * random.standard_normal(pixels.shape))


@described(
    title=tr("Poisson noise"),
    meaning=tr("Count photons: the brighter, the noisier. The strength is what one photon adds."),
    family=FAMILY,
    measure=tr("levels a photon"),
    unit=tr("levels"),
    largest=128.0,
    typical=4.0,
    random=True,
)
def poisson_noise(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Count photons: the brighter, the noisier. The strength is what one photon adds."""
    photon = strength * LEVEL
    chance = random.uniform(1e-12, 1 - 1e-12, pixels.size)
    counts = poisson_quantile(chance, np.maximum(pixels.ravel(), 0.0) / photon)
    return (counts * photon).reshape(pixels.shape)


@described(
    title=tr("Spatially correlated noise"),
    meaning=tr("Add noise that was blurred, so that it comes in grains."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("levels"),
    largest=128.0,
    typical=20.0,
    random=True,
    parameters=(Parameter("size", tr("Grain"), 2.0, 0.5, 16.0, tr("pixels")),),
    known_as=(tr("TID2013: spatially correlated noise"),),
)
def correlated_noise(
    pixels: Pixels, strength: float, random: np.random.Generator, /, *, size: float = 2.0
) -> Pixels:
    """Add noise that was blurred, so that it comes in grains."""
    sigma = (size, size, 0.0)[: pixels.ndim]
    pattern = ndimage.gaussian_filter(random.standard_normal(pixels.shape), sigma, mode="wrap")
    return pixels + strength * LEVEL * _normalized(pattern)


@described(
    title=tr("Band-pass noise"),
    meaning=tr("Add noise of about one period: the eye sees some periods far better than others."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("levels"),
    largest=128.0,
    typical=20.0,
    random=True,
    parameters=(Parameter("period", tr("Period"), 8.0, 2.0, 64.0, tr("pixels")),),
    known_as=(tr("TID2013: high frequency noise (with a period of 2 pixels)"),),
)
def band_pass_noise(
    pixels: Pixels, strength: float, random: np.random.Generator, /, *, period: float = 8.0
) -> Pixels:
    """Add noise of about one period: the eye sees some periods far better than others."""
    height, width = pixels.shape[:2]
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :])
    with np.errstate(divide="ignore"):
        octaves = np.log2(frequency * period)
    gain = np.exp(-0.5 * (octaves / 0.35) ** 2)
    noise = random.standard_normal(pixels.shape)
    gain = gain[..., None] if pixels.ndim == 3 else gain
    spectrum = np.fft.rfft2(noise, axes=(0, 1)) * gain
    pattern = np.fft.irfft2(spectrum, s=(height, width), axes=(0, 1))
    return pixels + strength * LEVEL * _normalized(pattern)


@described(
    title=tr("Chroma noise"),
    meaning=tr("Add noise to the colour and none to the luma, until a colour leaves its range."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("levels"),
    largest=128.0,
    typical=20.0,
    random=True,
    needs_color=True,
    known_as=(
        tr("TID2013: additive noise in colour components"),
        tr("KADID-10k: white noise in colour component"),
    ),
)
def chroma_noise(pixels: Pixels, strength: float, random: np.random.Generator, /) -> Pixels:
    """Add noise to the colour and none to the luma, until a colour leaves its range."""
    ycbcr = to_ycbcr(pixels)
    ycbcr[..., 1:] += strength * LEVEL * random.standard_normal((*pixels.shape[:2], 2))
    return from_ycbcr(ycbcr)


TYPES = (
    gaussian_noise,
    uniform_noise,
    salt_and_pepper,
    speckle,
    poisson_noise,
    correlated_noise,
    band_pass_noise,
    chroma_noise,
)
