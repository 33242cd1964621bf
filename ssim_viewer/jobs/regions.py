"""The numbers of the selected region, as a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.session.region import Region, RegionScores, region_scores
from ssim_viewer.session.region_readout import shown_layers, shown_region

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.metrics import Layer
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class RegionRequest:
    """Take the means over a region of what was measured."""

    measured: SsimMeasurement
    region: Region
    layers: Mapping[MetricLayer, Layer]

    def __call__(self) -> RegionScores:
        """Return the numbers of the region."""
        return region_scores(self.measured, self.region, self.layers)

    def answered_by(self, scores: RegionScores | None) -> bool:
        """Whether a result is the one that this request would bring."""
        return (
            scores is not None
            and scores.region == self.region
            and scores.whole is self.measured.values
            and scores.layers.keys() == self.layers.keys()
        )

    def is_same_job(self, other: object) -> bool:
        """Whether another request asks for the same."""
        return (
            isinstance(other, RegionRequest)
            and other.measured is self.measured
            and other.region == self.region
            and other.layers == self.layers  # layers compare by identity
        )


def missing_region(session: Session) -> RegionRequest | None:
    """Return the numbers of the selected region, if the session is missing them."""
    region = shown_region(session)
    if region is None or session.measured is None:
        return None
    request = RegionRequest(session.measured, region, shown_layers(session))
    return None if request.answered_by(session.region_scores) else request
