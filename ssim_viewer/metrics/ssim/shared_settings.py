"""What a panel says of the settings that metrics akin to SSIM share with it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_K = {"follows": True, "low": 0.0001, "high": 10.0, "logarithmic": True}

COLOR: dict[str, Any] = {
    "follows": True,
    "title": tr("Colour"),
    "meaning": tr("The score of a luma, or the mean of the scores of R, G and B."),
    "choices": (
        (tr("Luma"), "luma"),
        (tr("Luma, 8 bits (MATLAB)"), "luma-rounded"),
        (tr("Luma, studio range"), "luma-studio"),
        (tr("Luma, BT.709"), "luma-709"),
        (tr("Channel mean"), "mean"),
    ),
}

SHARED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "k1": {
            "title": "K₁",
            "meaning": tr("Keeps luminance stable in the dark, C₁ = (K₁L)²."),
            **_K,
        },
        "k2": {"title": "K₂", "meaning": tr("Keeps flat regions stable, C₂ = (K₂L)²."), **_K},
        "window": {
            "follows": True,
            "title": tr("Window"),
            "meaning": tr("How the pixels around a place are weighted."),
            "choices": ((tr("Gaussian"), "gaussian"), (tr("Uniform"), "uniform")),
        },
        "window_size": {
            "follows": True,
            "title": tr("Size"),
            "meaning": tr("Side of the square window in pixels."),
            "low": 2,
            "high": 31,
            "step": 1,
        },
        "sigma": {
            "follows": True,
            "title": "σ",
            "meaning": tr("Standard deviation of the Gaussian window in pixels."),
            "low": 0.1,
            "high": 20.0,
            "logarithmic": True,
            "needs": (("window", "gaussian"),),
        },
        "border": {
            "follows": True,
            "title": tr("Border"),
            "meaning": tr("Windows inside the image only, or one for each pixel."),
            "choices": (
                (tr("Valid"), "valid"),
                (tr("Reflect"), "reflect"),
                (tr("Reflect 101"), "reflect-101"),
                (tr("Replicate"), "replicate"),
                (tr("Zero"), "zero"),
            ),
        },
        "covariance": {
            "follows": True,
            "title": tr("Covariance"),
            "meaning": tr("Divisor of variances: n, or n − 1."),
            "choices": ((tr("Population"), "population"), (tr("Sample"), "sample")),
        },
        "color": COLOR,
        "taps": {
            "follows": True,
            "title": tr("Own weights"),
            "meaning": tr(
                "Weights along each side in place of the window, the same from both ends."
            ),
        },
    }
)
"""Metadata of fields, by their names."""
