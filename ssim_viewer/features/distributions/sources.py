"""Where the values of a map come from: a measurement at hand, or a pass of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.jobs.bindings import bound_ssim
from ssim_viewer.metrics import MapGeometry, Quantity
from ssim_viewer.metrics.evaluation import evaluate
from ssim_viewer.metrics.maps.builtin_maps import DIFFERENCES, IMAGES, SIMILARITY_MAPS
from ssim_viewer.metrics.masked import evaluate_masked
from ssim_viewer.session.family import GRADIENT, MetricLayer, family_on_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ssim_viewer.metrics import Layer
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.state import Session

Content = Quantity | MetricLayer

CONTENTS = tuple(quantity for quantity in Quantity if quantity not in IMAGES)
"""The maps of SSIM's own measurement."""

_ERRORS = ("mse", "mae", "psnr")
"""Metrics whose maps are errors: 0 is best."""


@dataclass(frozen=True, slots=True, eq=False)
class MapSource:
    """A map of a measurement, whose values are there or can be computed.

    Attributes
    ----------
    layer
        The map of another metric; None for a quantity.
    """

    measured: SsimMeasurement
    content: Content
    layer: Layer | None = None

    @property
    def geometry(self) -> MapGeometry:
        """Where its samples stand on the image."""
        if self.layer is not None:
            return self.layer.geometry
        if self.content in SIMILARITY_MAPS:
            return self.measured.geometry
        return MapGeometry(0.0, 1)

    def values(self, report: Callable[[float], None] | None = None) -> NDArray[np.float32]:
        """Return the values, (H, W); `report` is called with the fraction done."""
        if self.layer is not None:
            return np.asarray(self.layer.values, np.float32)
        assert isinstance(self.content, Quantity)  # noqa: S101 - other contents are layers
        if self.content in DIFFERENCES:
            return np.asarray(self.measured.differences[self.content], np.float32)
        if self.content in self.measured.computed:
            return np.asarray(self.measured.computed[self.content], np.float32)
        found = self.measured.maps.get(self.content)
        values = found.values if found is not None else self._computed(self.content, report)
        return np.asarray(values, np.float32)

    def _computed(
        self, content: Quantity, report: Callable[[float], None] | None
    ) -> NDArray[np.float32]:
        of = self.measured
        metric = of.metric
        if of.mask is None:
            found = evaluate(bound_ssim(metric, of.reference), of.distorted, {content}, report)
        else:
            found = evaluate_masked(
                metric, of.reference, of.distorted, of.mask, quantities={content}, report=report
            )
        return found.maps[content]

    def is_same(self, other: MapSource | None) -> bool:
        """Whether another source has the same values."""
        return (
            other is not None
            and other.measured is self.measured
            and other.content == self.content
            and other.layer is self.layer
        )


def source_of(session: Session, content: Content) -> MapSource | None:
    """Return the source of a map, or None while there is nothing measured of it."""
    measured = session.measured
    if measured is None:
        return None
    if isinstance(content, Quantity):
        return MapSource(measured, content)
    family = family_on_screen(session)
    name = family.found(content) if family is not None else None
    if family is None or name is None:
        return None
    return MapSource(measured, name, family.layers[name])


def contents_of(session: Session) -> tuple[Content, ...]:
    """Return every map that there is of the pair on screen."""
    family = family_on_screen(session)
    layers = tuple(family.layers) if family is not None else ()
    return (*CONTENTS, *layers)


def is_error(content: Content) -> bool:
    """Whether a map holds errors, 0 where images are identical, and not similarities."""
    if isinstance(content, MetricLayer):
        return content.metric in _ERRORS or content.layer == GRADIENT
    return content not in SIMILARITY_MAPS


def badness(values: NDArray[np.float32], content: Content) -> NDArray[np.float32]:
    """Return values that are larger where the image is worse."""
    return np.abs(values) if is_error(content) else -values
