"""Distorting an image at one strength, and measuring it by every metric that is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics import MetricError
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.robustness import (
    Point,
    Preview,
    RobustnessSettings,
    Subject,
    lacking,
    subject_of,
)
from ssim_viewer.workers.bindings import bound_metric
from ssim_viewer.workers.memory import OTHER_METRIC, require_memory
from ssim_viewer.workers.runner import Cancelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.state import Session
    from ssim_viewer.workers.runner import Report


@dataclass(frozen=True, slots=True, eq=False)
class PointRequest:
    """Measure one point of the curves."""

    subject: Subject
    strength: float
    left_out: frozenset[str]

    def run(self, report: Report) -> Point:
        """Return the scores; a metric that fails becomes a sentence and disturbs no other."""
        subject = self.subject
        image = subject.settings.distortion(self.strength, subject.data_range).apply(
            subject.base, subject.data_range
        )
        values: dict[str, float] = {}
        problems: dict[str, str] = {}
        metrics = {name: m for name, m in subject.metrics.items() if name not in self.left_out}
        for number, (name, metric) in enumerate(metrics.items()):
            report(number / len(metrics))
            try:
                require_memory(OTHER_METRIC, subject.reference)
                value = bound_metric(metric, subject.reference).value(image)
                if math.isnan(value):
                    raise MetricError("it returned no number (NaN).")  # noqa: TRY301
                values[name] = float(value)
            except Cancelled:
                raise
            except Exception as error:  # a metric of a plug-in may raise anything
                problems[name] = f"{symbol_of(name)} has no curve: {error}"
        return Point(subject, self.strength, values, problems)

    def same_as(self, other: PointRequest | None) -> bool:
        """Whether another request asks for the same."""
        return (
            other is not None
            and other.strength == self.strength
            and other.subject.same_as(self.subject)
        )


@dataclass(frozen=True, slots=True, eq=False)
class PreviewRequest:
    """Distort the image at the strength in hand, to be seen."""

    base: NDArray[np.generic]
    data_range: float
    settings: RobustnessSettings

    def __call__(self) -> Preview:
        """Return the image, read-only."""
        distortion = self.settings.distortion(self.settings.strength, self.data_range)
        pixels = distortion.apply(self.base, self.data_range)
        shown = np.rint(pixels * (255 / self.data_range)).astype(np.uint8)
        for array in (pixels, shown):
            array.setflags(write=False)
        return Preview(self.base, self.settings, pixels, shown)

    def same_as(self, other: PreviewRequest | Preview | None) -> bool:
        """Whether another request asks for the same, or a preview is the one asked for."""
        return other is not None and other.base is self.base and other.settings == self.settings


def wanted_point(session: Session) -> PointRequest | None:
    """Return the measurement that the curves lack next."""
    found = lacking(session)
    return PointRequest(*found) if found is not None else None


def wanted_preview(session: Session) -> PreviewRequest | None:
    """Return the image that the window lacks."""
    subject, robustness = subject_of(session), session.robustness
    if subject is None or robustness is None:
        return None
    request = PreviewRequest(subject.base, subject.data_range, robustness.settings)
    return None if request.same_as(robustness.preview) else request
