"""What a scene is: a title, what to read from it, and pairs of images with what is predicted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

WHITE = 255.0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One pair of a scene.

    Attributes
    ----------
    label
        What was done to the distorted image.
    part
        The score that is predicted: "ssim", "luminance", "contrast", "structure", or a metric.
    predicted
        Its value by a formula or as it was published; None where there is none.
    """

    label: str
    reference: Image
    distorted: Image
    part: str = "ssim"
    predicted: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A case with what was measured, by column."""

    case: Case
    measured: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A scene of the menu.

    Attributes
    ----------
    reading
        What to see in it, as rich text.
    cases
        Makes the pairs.
    metrics
        Metrics beside SSIM, measured and shown in the strip.
    part
        What the predicted column is of, such as ``SSIM`` or ``s``; "" without one.
    luma
        Whether the PSNR of luma stands beside that of all channels.
    digits
        Decimals of what is predicted.
    """

    id: str
    label: str
    title: str
    tip: str
    reading: str
    cases: Callable[[], Sequence[Case]]
    metrics: tuple[str, ...] = ()
    part: str = ""
    luma: bool = False
    digits: int = 6


def grey(pixels: NDArray[np.float64], name: str) -> Image:
    """Return an image of levels from 0 to 255."""
    return Image(np.asarray(pixels, np.float64), WHITE, name)


def flat(level: float, side: int = 64) -> NDArray[np.float64]:
    """Return a constant image."""
    return np.full((side, side), float(level))


def checkerboard(mean: float, deviation: float, side: int = 64) -> NDArray[np.float64]:
    """Return mean ± deviation, alternating from pixel to pixel."""
    y, x = np.indices((side, side))
    return mean + deviation * np.where((x + y) % 2, 1.0, -1.0)


def ramp(width: int, height: int = 64) -> NDArray[np.float64]:
    """Return a horizontal ramp over 256 levels."""
    return np.tile(np.arange(width) * (256 / width), (height, 1))
