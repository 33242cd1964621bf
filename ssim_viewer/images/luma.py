"""Which grey image stands for a colour one: conventions of luma, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ssim_viewer.images.color import LUMA_WEIGHTS
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


Channel = Literal["all", "red", "green", "blue", "luma", "luma-rounded", "luma-studio", "luma-709"]
"""What is measured of colour images: all channels, one of them, or a luma."""


@dataclass(frozen=True, slots=True)
class Luma:
    """A weighted sum of red, green and blue.

    Attributes
    ----------
    weights
        Of the channels.
    words
        As it stands beside a score.
    offset
        What is added, as a share of the data range.
    steps
        To how many steps of the data range the sum is rounded, halves up; 0 for none. Gradients
        are those of the sum before it is rounded.
    """

    weights: tuple[float, float, float]
    words: str
    offset: float = 0.0
    steps: int = 0

    def finish(self, plane: NDArray[Any], data_range: float) -> None:
        """Add the offset to a weighted sum and round it, in place."""
        if self.offset:
            plane += self.offset * data_range
        if self.steps:
            plane *= self.steps / data_range
            plane += 0.5
            np.floor(plane, out=plane)
            plane *= data_range / self.steps


LUMAS: Mapping[str, Luma] = {
    # ITU-R BT.601, full range, as in JPEG files.
    "luma": Luma(LUMA_WEIGHTS, tr("luma")),
    # MATLAB's `rgb2gray` of 8-bit images: its own weights, rounded to whole grey values.
    "luma-rounded": Luma(
        (0.298936021293775, 0.587043074451121, 0.114020904255103),
        tr("luma rounded to 8 bits"),
        steps=255,
    ),
    # ITU-R BT.601, studio range 16 to 235, as MATLAB's `rgb2ycbcr` and papers on super-resolution.
    "luma-studio": Luma(
        (65.481 / 255, 128.553 / 255, 24.966 / 255), tr("BT.601 studio-range luma"), offset=16 / 255
    ),
    # ITU-R BT.709, full range.
    "luma-709": Luma((0.2126, 0.7152, 0.0722), tr("BT.709 luma")),
}
