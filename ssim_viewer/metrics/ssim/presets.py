"""Conventions that people compare with, by name; the data range is the image's own.

`conventions` names every program that has one of them, and says what differs.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

PRESETS: Mapping[str, Ssim] = MappingProxyType(
    {
        # `ssim_index.m`: grey images (so luma of colour ones), windows inside the image.
        "Wang 2004": Ssim(color="luma"),
        # `structural_similarity(x, y)`: its score is the mean over windows inside the image.
        tr("scikit-image default"): Ssim(window="uniform", window_size=7, covariance="sample"),
        # `ssim(y, x)` of the Image Processing Toolbox, after `rgb2gray`: a map for every pixel.
        "MATLAB ssim": Ssim(border="replicate", color="luma-rounded"),
        # The same of RGB, which it takes for a volume of three slices.
        tr("MATLAB ssim of RGB"): Ssim(border="replicate", across_channels=True),
        # `ssim.m`, which shrinks large images first.
        tr("Wang downsampled"): Ssim(color="luma", downsample="auto"),
        # `structural_similarity(x, y, gaussian_weights=True)`, which leaves the sample covariance.
        tr("scikit-image gaussian"): Ssim(covariance="sample"),
        # `piq.ssim`: average pooling instead of a filter with a border.
        "piq": Ssim(downsample="auto-pool"),
        # torchmetrics, kornia's padding "same" and OpenCV's quality module.
        tr("Same, reflect-101"): Ssim(border="reflect-101"),
        # The filter `ssim`: sums over 8 × 8 samples with integer constants, 416 and 235963.
        "ffmpeg": Ssim(
            window="uniform",
            window_size=8,
            stride=4,
            k1=math.sqrt(416) / (64 * 255),
            k2=math.sqrt(235963) / (64 * 255),
        ),
        # `img_qi.m`, the index from which SSIM came.
        tr("Universal quality index"): Ssim(
            window="uniform", window_size=8, k1=0.0, k2=0.0, color="luma"
        ),
    }
)
