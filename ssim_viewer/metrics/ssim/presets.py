"""Conventions that people compare with, by name; the data range is the image's own."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.ssim.settings import Ssim

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESETS: Mapping[str, Ssim] = MappingProxyType(
    {
        # `ssim_index.m`: grey images (so luma of colour ones), windows inside the image.
        "Wang 2004": Ssim(color="luma"),
        # `structural_similarity(x, y)`: its score is the mean over windows inside the image.
        "scikit-image default": Ssim(window="uniform", window_size=7, covariance="sample"),
        # `ssim(y, x)` of the Image Processing Toolbox, after `rgb2gray`: a map for every pixel.
        "MATLAB ssim": Ssim(border="replicate", color="luma-rounded"),
    }
)
