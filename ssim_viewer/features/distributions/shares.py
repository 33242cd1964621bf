"""The distribution of a map: histogram, mean, percentiles; and where its worst values are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.features.distributions.sources import is_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.features.distributions.sources import MapSource
    from ssim_viewer.metrics import MapGeometry

    Values = NDArray[np.float32]

BINS = 256
PERCENTILES = (1, 5, 25, 50, 75, 95, 99)


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """How the values of a map, or of a part of it, are distributed.

    Attributes
    ----------
    edges, counts
        The histogram: ``BINS + 1`` edges and ``BINS`` counts.
    percentiles
        At `PERCENTILES`.
    count
        How many samples are numbers.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    mean: float
    deviation: float
    least: float
    greatest: float
    percentiles: tuple[float, ...]
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A map with its distribution."""

    source: MapSource
    values: Values
    shares: Shares

    @property
    def geometry(self) -> MapGeometry:
        """Where the samples of the map stand on the image."""
        return self.source.geometry


def shares_of(values: Values, limits: tuple[float, float] | None = None) -> Shares | None:
    """Return the distribution of values that are numbers, or None without any.

    Parameters
    ----------
    limits
        The ends of the histogram; by default the least and the greatest value.
    """
    found = values[np.isfinite(values)]
    if not found.size:
        return None
    least, greatest = float(found.min()), float(found.max())
    low, high = limits or (least, greatest)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    edges = np.linspace(low, high, BINS + 1)
    top = np.nextafter(np.float32(high), np.float32(np.inf))  # the last bin holds its end
    counts = cv2.calcHist([found.reshape(-1, 1)], [0], None, [BINS], [low, float(top)])
    return Shares(
        edges,
        counts.ravel().astype(np.int64),
        float(found.mean(dtype=np.float64)),
        float(found.std(dtype=np.float64)),
        least,
        greatest,
        tuple(float(each) for each in np.percentile(found, PERCENTILES)),
        int(found.size),
    )


@dataclass(frozen=True, slots=True)
class Brushed:
    """A range of values whose pixels are lit.

    Attributes
    ----------
    absolute
        Whether the range is of the sizes of values, on both sides of 0.
    """

    low: float
    high: float
    absolute: bool = False


def worst_range(found: Found, percent: float) -> Brushed:
    """Return the range of values that holds the worst `percent` per cent of a map."""
    shares, values = found.shares, found.values[np.isfinite(found.values)]
    if not is_error(found.source.content):
        return Brushed(shares.least, float(np.percentile(values, percent)))
    sizes = np.abs(values)
    threshold = float(np.percentile(sizes, 100 - percent))
    return Brushed(threshold, float(sizes.max()), absolute=shares.least < 0)


def lit_mask(found: Found, brushed: Brushed) -> NDArray[np.bool_]:
    """Return which samples have a value within a range."""
    values = np.abs(found.values) if brushed.absolute else found.values
    # Values are in single precision: the ends of the range are brought there outwards.
    low = np.nextafter(np.float32(brushed.low), np.float32(-np.inf))
    high = np.nextafter(np.float32(brushed.high), np.float32(np.inf))
    with np.errstate(invalid="ignore"):
        return np.asarray((values >= low) & (values <= high))
