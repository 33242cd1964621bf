"""SSIM and its parts in closed form, for local means and deviations that are the same everywhere.

Source: Wang et al., IEEE TIP 13(4), 2004; Nilsson, Akenine-Möller, "Understanding SSIM", 2020.
L = 255, C1 = (0.01 L)², C2 = (0.03 L)², C3 = C2 / 2, population covariance.
"""

from __future__ import annotations

C1, C2 = 6.5025, 58.5225
C3 = C2 / 2

RAMP_VARIANCE = 2.2434897544
"""Variance of the column within the 11 × 11 Gaussian window of σ 1.5, in pixels²."""


def luminance(mu_x: float, mu_y: float) -> float:
    """Return l of two means; of constant images that is SSIM."""
    return (2 * mu_x * mu_y + C1) / (mu_x**2 + mu_y**2 + C1)


def contrast(sigma_x: float, sigma_y: float) -> float:
    """Return c of two deviations; with s = 1 and equal means that is SSIM."""
    return (2 * sigma_x * sigma_y + C2) / (sigma_x**2 + sigma_y**2 + C2)


def inverted(sigma: float) -> float:
    """Return c·s of a texture and its negative, σ_xy = -σ²; with equal means that is SSIM."""
    return (C2 - 2 * sigma**2) / (C2 + 2 * sigma**2)


def structure_inverted(variance: float) -> float:
    """Return s of a texture and its negative."""
    return (C3 - variance) / (C3 + variance)


def mirrored_ramp(width: int) -> float:
    """Return s of a ramp over 256 levels and so many pixels against its mirror image."""
    return structure_inverted((256 / width) ** 2 * RAMP_VARIANCE)


def noisy(sigma: float, noise: float) -> float:
    """Return SSIM from the expected local moments: a texture of σ with independent noise on it."""
    return (2 * sigma**2 + C2) / (2 * sigma**2 + noise**2 + C2)


LUMA = (0.299, 0.587, 0.114)
TINT = 0.6


def of_luma(luma: float, channel: int) -> tuple[float, float, float]:
    """Return a colour of a luma, whose other two channels have 0.6 of the luma and are alike."""
    color = [TINT * luma] * 3
    color[channel] += (1 - TINT) * luma / LUMA[channel]
    if max(color) > 255:  # the rest of the luma goes to all channels alike
        color[channel] = 255.0
        rest = (luma - LUMA[channel] * 255.0) / (1 - LUMA[channel])
        color = [255.0 if place == channel else rest for place in range(3)]
    return color[0], color[1], color[2]
