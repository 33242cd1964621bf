"""How bright the two images are shown: the range of the display, apart from that of the metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images.tone import Operator

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from ssim_viewer.session.pyramid import Pyramid

EXPOSURE_STEP = 0.5
LARGEST_EXPOSURE = 20.0

PERCENTILES = (0.5, 99.5)
"""The parts of the reference's values that the automatic range makes black and white."""

SAMPLED = 1 << 20
"""Samples from which percentiles are taken of every n-th row and column."""


@dataclass(frozen=True, slots=True)
class Display:
    """What a person chose for showing the images.

    Attributes
    ----------
    levels
        The values shown as black and white; None shows 0 to the data range of the metric.
    automatic
        Take the levels from the percentiles of the reference instead.
    exposure
        In stops.
    """

    levels: tuple[float, float] | None = None
    automatic: bool = False
    exposure: float = 0.0
    operator: Operator = Operator.LINEAR

    @property
    def is_plain(self) -> bool:
        """Whether images are shown from 0 to the metric's data range, as they are."""
        return self == PLAIN


PLAIN = Display()
"""From 0 to the data range of the metric."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The values of both images, ready to be shown at any exposure.

    Attributes
    ----------
    reference, distorted
        The arrays that they are of.
    pyramids
        Of both arrays, in their own unit.
    ends
        The percentiles of the reference.
    """

    reference: NDArray[Any]
    distorted: NDArray[Any]
    pyramids: tuple[Pyramid, Pyramid]
    ends: tuple[float, float]


def percentiles(image: NDArray[Any]) -> tuple[float, float]:
    """Return the values between which nearly all samples of an image lie, which are finite."""
    step = max(1, int(np.sqrt(image.size / SAMPLED)))
    samples = image[::step, ::step].astype(np.float64)
    samples = samples[np.isfinite(samples)]
    if not samples.size:
        return 0.0, 1.0
    low, high = (float(end) for end in np.percentile(samples, PERCENTILES))
    return (low, high) if high > low else (low, low + 1.0)
