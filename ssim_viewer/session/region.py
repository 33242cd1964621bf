"""A region of interest: a rectangle of pixels, and what SSIM, its parts and MSE are within it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics import mse
from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.metrics import Layer, MapGeometry
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.session.measurement import MapKey, SsimMeasurement


@dataclass(frozen=True, slots=True)
class Region:
    """Pixels from (left, top) to before (right, bottom)."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def between(cls, first: tuple[int, int], last: tuple[int, int]) -> Region:
        """Return the smallest region that holds two pixels (x, y)."""
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, last, strict=True))
        return cls(left, top, right + 1, bottom + 1)

    def within(self, width: int, height: int) -> Region | None:
        """Return the part that lies on an image, or None without one."""
        left, top = max(self.left, 0), max(self.top, 0)
        right, bottom = min(self.right, width), min(self.bottom, height)
        return Region(left, top, right, bottom) if left < right and top < bottom else None

    @property
    def words(self) -> str:
        """Size and place, such as ``120×80 at (33, 40)``."""
        size = f"{self.right - self.left}×{self.bottom - self.top}"
        return tr("{size} at ({left}, {top})", size=size, left=self.left, top=self.top)

    def __str__(self) -> str:
        """Return size and place in English."""
        size = f"{self.right - self.left}×{self.bottom - self.top}"
        return tr("{size} at ({left}, {top})", size=size, left=self.left, top=self.top)


@dataclass(frozen=True, slots=True, eq=False)
class RegionScores:
    """The numbers of a region.

    Attributes
    ----------
    region
        The part of the region that lies on the image.
    whole
        The scores of the whole pair, by which the measurement is known again.
    means
        Means over the samples of each map whose windows are centred in the region, by the names
        of the scores; None where there is no such window, or not all of them have been computed.
    mse
        Over all samples of all channels in the region, in squared units of the images.
    layers
        Likewise the means of the other maps that panes show.
    """

    region: Region
    whole: Mapping[str, float]
    means: Mapping[str, float | None]
    mse: float
    layers: Mapping[MetricLayer, float | None] = field(default_factory=dict)

    @property
    def ssim(self) -> float | None:
        """The mean of the SSIM map."""
        return self.means["ssim"]


def region_scores(
    measured: SsimMeasurement,
    region: Region,
    layers: Mapping[MetricLayer, Layer] = MappingProxyType({}),
) -> RegionScores:
    """Return the numbers of a region that lies on the image; its cost grows with the region."""
    pixels = np.s_[region.top : region.bottom, region.left : region.right]

    def mean(key: MapKey) -> float | None:
        layer, computed = measured.maps.get(key), measured.computed.get(key)
        if computed is not None:
            return _mean_of(computed[_centred_in(region, computed.geometry)])
        return None if layer is None else _mean_over(region, layer)

    return RegionScores(
        region,
        measured.values,
        {BUILT_IN_MAPS[quantity].score: mean(quantity) for quantity in SIMILARITY_MAPS},
        mse(measured.reference[pixels], measured.distorted[pixels]),
        {key: _mean_over(region, layer) for key, layer in layers.items()},
    )


def _centred_in(region: Region, geometry: MapGeometry) -> tuple[slice, slice]:
    def samples(low: int, high: int) -> slice:
        first, last = (
            math.ceil((edge - geometry.offset) / geometry.scale - 0.5) for edge in (low, high)
        )
        return slice(max(first, 0), max(last, 0))

    return samples(region.top, region.bottom), samples(region.left, region.right)


def _mean_over(region: Region, layer: Layer) -> float | None:
    return _mean_of(layer.values[_centred_in(region, layer.geometry)])


def _mean_of(values: NDArray[Any]) -> float | None:
    mean = float(np.mean(values, dtype=np.float64)) if values.size else math.nan
    return None if math.isnan(mean) else mean
