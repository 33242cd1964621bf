"""What a panel says of the settings that metrics akin to SSIM share with it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_K = {"follows": True, "low": 0.0001, "high": 10.0, "logarithmic": True}

COLOR: dict[str, Any] = {
    "follows": True,
    "title": "Colour",
    "meaning": "The score of a luma, or the mean of the scores of R, G and B.",
    "choices": (
        ("Luma", "luma"),
        ("Luma, 8 bits (MATLAB)", "luma-rounded"),
        ("Luma, studio range", "luma-studio"),
        ("Luma, BT.709", "luma-709"),
        ("Channel mean", "mean"),
    ),
}

SHARED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "k1": {"title": "K₁", "meaning": "Keeps luminance stable in the dark, C₁ = (K₁L)².", **_K},
        "k2": {"title": "K₂", "meaning": "Keeps flat regions stable, C₂ = (K₂L)².", **_K},
        "window": {
            "follows": True,
            "title": "Window",
            "meaning": "How the pixels around a place are weighted.",
            "choices": (("Gaussian", "gaussian"), ("Uniform", "uniform")),
        },
        "window_size": {
            "follows": True,
            "title": "Size",
            "meaning": "Side of the square window in pixels.",
            "low": 2,
            "high": 31,
            "step": 1,
        },
        "sigma": {
            "follows": True,
            "title": "σ",
            "meaning": "Standard deviation of the Gaussian window in pixels.",
            "low": 0.1,
            "high": 20.0,
            "logarithmic": True,
            "needs": (("window", "gaussian"),),
        },
        "border": {
            "follows": True,
            "title": "Border",
            "meaning": "Windows inside the image only, or one for each pixel.",
            "choices": (
                ("Valid", "valid"),
                ("Reflect", "reflect"),
                ("Reflect 101", "reflect-101"),
                ("Replicate", "replicate"),
                ("Zero", "zero"),
            ),
        },
        "covariance": {
            "follows": True,
            "title": "Covariance",
            "meaning": "Divisor of variances: n, or n − 1.",
            "choices": (("Population", "population"), ("Sample", "sample")),
        },
        "color": COLOR,
        "taps": {
            "follows": True,
            "title": "Own weights",
            "meaning": "Weights along each side in place of the window, the same from both ends.",
        },
    }
)
"""Metadata of fields, by their names."""
