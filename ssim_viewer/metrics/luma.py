"""Which grey image stands for a colour one, as a setting of metrics; see `images.luma`."""

from __future__ import annotations

from typing import Literal

from ssim_viewer.images.luma import LUMAS
from ssim_viewer.text import tr

Color = Literal["mean", "luma", "luma-rounded", "luma-studio", "luma-709"]


def color_in_words(color: str) -> str:
    """Return what is made of colour, as it stands beside a score."""
    return LUMAS[color].words if color in LUMAS else tr("channel mean")
