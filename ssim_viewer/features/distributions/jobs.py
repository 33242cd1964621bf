"""What is computed of a map, and which of it a session is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.features.distributions.minima import worst_places
from ssim_viewer.features.distributions.profile import layers_of, profile_of, same_layers
from ssim_viewer.features.distributions.shares import (
    Found,
    lit_mask,
    shares_of,
    worst_range,
)
from ssim_viewer.features.distributions.sources import MapSource, source_of
from ssim_viewer.features.distributions.state import (
    Lit,
    Poolings,
    RegionShares,
    WorstPlaces,
    distribution_of,
    found_on_screen,
    lit_on_screen,
)
from ssim_viewer.images import Mask
from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.pooling import poolings
from ssim_viewer.session.overlays import LitPixels
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.features.distributions.profile import Ends, Layers, Profile
    from ssim_viewer.features.distributions.shares import Brushed
    from ssim_viewer.features.feature import Job
    from ssim_viewer.images.shapes import Shape
    from ssim_viewer.metrics import MapGeometry
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class DistributeJob:
    """Find the distribution of a map."""

    source: MapSource

    def run(self, report: Callable[[float], None]) -> Found:
        """Return the map with its distribution."""
        values = self.source.values(report)
        shares = shares_of(values)
        if shares is None:
            raise ValueError(tr("The map holds no numbers."))
        return Found(self.source, values, shares)

    def is_same_job(self, other: object) -> bool:
        """Whether another job is of the same map."""
        return isinstance(other, DistributeJob) and other.source.is_same(self.source)


@dataclass(frozen=True, slots=True, eq=False)
class LightJob:
    """Find the pixels whose values lie in a range, or the worst ones."""

    found: Found
    brushed: Brushed | None
    percent: float

    def __call__(self) -> Lit:
        """Return the pixels."""
        brushed = self.brushed or worst_range(self.found, self.percent)
        mask = lit_mask(self.found, brushed)
        count = int(np.count_nonzero(mask))
        lit = LitPixels.of(mask, self.found.geometry)
        return Lit(self.found, self.brushed, self.percent, brushed, lit, count)

    def is_same_job(self, other: object) -> bool:
        """Whether another job lights the same pixels."""
        return (
            isinstance(other, LightJob)
            and other.found is self.found
            and other.brushed == self.brushed
            and other.percent == self.percent
        )


@dataclass(frozen=True, slots=True, eq=False)
class RegionJob:
    """Find the distribution of a map within a region."""

    found: Found
    shape: Shape

    def __call__(self) -> RegionShares:
        """Return it, over the samples whose middles lie in the region."""
        of = self.found
        size = of.source.measured.reference.shape
        kept = on_map(self.shape.mask(size), of.values.shape, of.geometry)
        whole = of.shares
        limits = float(whole.edges[0]), float(whole.edges[-1])
        return RegionShares(of, self.shape, shares_of(of.values[kept], limits))

    def is_same_job(self, other: object) -> bool:
        """Whether another job is of the same region and map."""
        return (
            isinstance(other, RegionJob) and other.found is self.found and other.shape == self.shape
        )


@dataclass(frozen=True, slots=True, eq=False)
class WorstJob:
    """Find the worst places of a map."""

    found: Found

    def __call__(self) -> WorstPlaces:
        """Return the places."""
        return WorstPlaces(self.found, worst_places(self.found))

    def is_same_job(self, other: object) -> bool:
        """Whether another job is of the same map."""
        return isinstance(other, WorstJob) and other.found is self.found


@dataclass(frozen=True, slots=True, eq=False)
class PoolJob:
    """Pool the map of SSIM."""

    measured: SsimMeasurement
    percent: float
    exponent: float

    def run(self, report: Callable[[float], None]) -> Poolings:
        """Return the poolings."""
        of = self.measured
        similarity = MapSource(of, Quantity.SSIM).values(lambda share: report(share / 2))
        pooled = poolings(
            of.metric,
            of.reference,
            of.distorted,
            similarity,
            percent=self.percent,
            exponent=self.exponent,
            report=lambda share: report(0.5 + share / 2),
        )
        return Poolings(of, self.percent, self.exponent, pooled)

    def is_same_job(self, other: object) -> bool:
        """Whether another job pools the same."""
        return (
            isinstance(other, PoolJob)
            and other.measured is self.measured
            and (other.percent, other.exponent) == (self.percent, self.exponent)
        )


@dataclass(frozen=True, slots=True, eq=False)
class ProfileJob:
    """Find the values of all maps along a line."""

    measured: SsimMeasurement
    ends: Ends
    layers: Layers

    def __call__(self) -> Profile:
        """Return the values."""
        return profile_of(self.measured, self.ends, self.layers)

    def is_same_job(self, other: object) -> bool:
        """Whether another job is of the same line."""
        return (
            isinstance(other, ProfileJob)
            and other.measured is self.measured
            and other.ends == self.ends
            and same_layers(other.layers, self.layers)
        )


@dataclass(frozen=True, slots=True, eq=False)
class MaskJob:
    """Make the mask of a region."""

    shape: Shape
    size: tuple[int, ...]

    def __call__(self) -> Mask:
        """Return the mask."""
        return Mask(self.shape.mask(self.size), self.shape.name.lower())

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same mask."""
        return isinstance(other, MaskJob) and (other.shape, other.size) == (self.shape, self.size)


def on_map(
    mask: NDArray[np.bool_], shape: tuple[int, ...], geometry: MapGeometry
) -> NDArray[np.bool_]:
    """Return which samples of a map have their middles on pixels that a mask names."""
    rows, columns = (
        np.floor(geometry.offset + (np.arange(count) + 0.5) * geometry.scale).astype(np.intp)
        for count in shape
    )
    return mask[np.ix_(np.clip(rows, 0, len(mask) - 1), np.clip(columns, 0, mask.shape[1] - 1))]


def missing_jobs(session: Session) -> Mapping[Hashable, Job]:
    """Return the jobs whose results the session is missing."""
    state, measured = distribution_of(session), session.measured
    jobs: dict[Hashable, Job] = {}
    if measured is None:
        return jobs
    if state.restricting and state.shape is not None:
        jobs["mask"] = MaskJob(state.shape, measured.reference.shape[:2])
    source, found = source_of(session, state.content), found_on_screen(session)
    if not (state.open or state.rank is not None) or source is None:
        return jobs
    if found is None:
        jobs["distribution"] = DistributeJob(source)
        return jobs
    if state.places is None or state.places.of is not found:
        jobs["worst"] = WorstJob(found)
    if state.open:
        jobs |= _shown_jobs(session, found, measured)
    return jobs


def _shown_jobs(session: Session, found: Found, measured: SsimMeasurement) -> dict[Hashable, Job]:
    """Return the jobs for what only an open dock shows."""
    state = distribution_of(session)
    jobs: dict[Hashable, Job] = {}
    if (state.worst or state.brushed is not None) and lit_on_screen(session) is None:
        jobs["lit"] = LightJob(found, None if state.worst else state.brushed, state.percent)
    region = state.region
    if state.shape is not None and (
        region is None or region.of is not found or region.shape != state.shape
    ):
        jobs["region"] = RegionJob(found, state.shape)
    pooled = state.poolings
    if pooled is None or (pooled.measured, pooled.percent, pooled.exponent) != (
        measured,
        state.percent,
        state.exponent,
    ):
        jobs["poolings"] = PoolJob(measured, state.percent, state.exponent)
    profile = state.profile
    if state.line is not None and (
        profile is None
        or profile.ends != state.line
        or profile.measured is not measured
        or not same_layers(profile.layers, layers_of(session))
    ):
        jobs["profile"] = ProfileJob(measured, state.line, layers_of(session))
    return jobs
