"""Scores of held-out images: PSNR, SSIM, MS-SSIM, MSE and MAE as `ssim_viewer.metrics` has them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import MsSsim, Ssim, mae, mse, psnr
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssim_viewer.training.settings import TrainingSettings

SCORES = ("psnr", "ssim", "ms_ssim", "mse", "mae")
SYMBOLS = {
    "psnr": "PSNR",
    "ssim": "MSSIM",
    "ms_ssim": "MS-SSIM",
    "mse": "MSE",
    "mae": "MAE",
}
WHITE = 255.0


def convention(settings: TrainingSettings) -> str:
    """Return what is measured, in words, as it stands under a table."""
    if settings.network == "sr":
        return tr(
            "On Y of BT.601 (16 to 235; grey images as they are), a border of {factor} "
            "pixels left out, L = 255; means over the images.",
            factor=settings.factor,
        )
    return tr("On luma, L = 255, whole patches; means over the images.")


def score(target: NDArray[np.float32], output: NDArray[np.float32], border: int = 0) -> list[float]:
    """Return the scores of one image in [0, 1] in the order of `SCORES`, in 8-bit units.

    Pixels outside [0, 1] are clipped, as in a file; a border of so many pixels is left out.
    """
    inside = np.s_[border : len(target) - border, border : target.shape[1] - border]
    x = WHITE * target[inside].astype(np.float64)
    y = WHITE * np.clip(output[inside], 0.0, 1.0).astype(np.float64)
    return [
        psnr(x, y),
        Ssim().bind(x).value(y),
        MsSsim().bind(x).value(y),
        mse(x, y),
        mae(x, y),
    ]


def mean_scores(
    targets: Sequence[NDArray[np.float32]],
    outputs: Sequence[NDArray[np.float32]],
    border: int = 0,
) -> list[float]:
    """Return the means over images, in the order of `SCORES`."""
    each = [score(x, y, border) for x, y in zip(targets, outputs, strict=True)]
    return [math.fsum(column) / len(each) for column in zip(*each, strict=True)]


def border_of(settings: TrainingSettings) -> int:
    """Return how many pixels at each side are left out: the factor of super-resolution."""
    return settings.factor if settings.network == "sr" else 0
