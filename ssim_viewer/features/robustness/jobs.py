"""Distorting an image at one strength, and measuring it by every metric that is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.distortions import around_missing
from ssim_viewer.features.robustness.state import (
    Export,
    Point,
    Preview,
    RobustnessSettings,
    Subject,
    missing_points,
    robustness_of,
    subject_of,
)
from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.exports import ExportPictureRequest, ExportTableRequest
from ssim_viewer.jobs.memory import measuring_by, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import MetricError
from ssim_viewer.session.family import symbol_of
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class PointJob:
    """Measure one point of the curves."""

    subject: Subject
    strength: float
    left_out: frozenset[str]

    def run(self, report: Report) -> Point:
        """Return the scores; a metric that fails becomes a sentence and disturbs no other."""
        subject = self.subject
        image = _distorted(subject.base, subject.settings, self.strength, subject.data_range)
        values: dict[str, float] = {}
        problems: dict[str, str] = {}
        metrics = {name: m for name, m in subject.metrics.items() if name not in self.left_out}
        for number, (name, metric) in enumerate(metrics.items()):
            report(number / len(metrics))
            try:
                require_memory(measuring_by(metric), subject.reference)
                value = bound_metric(metric, subject.reference).value(image)
                if math.isnan(value):
                    raise MetricError(tr("it returned no number (NaN)."))  # noqa: TRY301
                values[name] = float(value)
            except Cancelled:
                raise
            except Exception as error:  # a metric of a plug-in may raise anything
                problems[name] = tr(
                    "{symbol_of} has no curve: {error}", symbol_of=symbol_of(name), error=error
                )
        return Point(subject, self.strength, values, problems)

    def is_same_job(self, other: object) -> bool:
        """Whether another job measures the same point."""
        return (
            isinstance(other, PointJob)
            and other.strength == self.strength
            and other.subject.is_same(self.subject)
        )


@dataclass(frozen=True, slots=True, eq=False)
class PreviewJob:
    """Distort the image at the strength in hand, to be seen."""

    base: NDArray[np.generic]
    data_range: float
    settings: RobustnessSettings

    def __call__(self) -> Preview:
        """Return the image, read-only."""
        settings = self.settings
        pixels = _distorted(self.base, settings, settings.strength, self.data_range)
        shown = np.rint(np.nan_to_num(pixels) * (255 / self.data_range)).astype(np.uint8)
        for array in (pixels, shown):
            array.setflags(write=False)
        return Preview(self.base, self.settings, pixels, shown)

    def is_same_job(self, other: object) -> bool:
        """Whether another job, or a preview that is there, is of the same image and settings."""
        return (
            isinstance(other, PreviewJob | Preview)
            and other.base is self.base
            and other.settings == self.settings
        )


def _distorted(
    base: NDArray[np.generic], settings: RobustnessSettings, strength: float, data_range: float
) -> NDArray[np.float64]:
    distortion = settings.distortion(strength, data_range)
    pixels = np.asarray(base, np.float64)
    return around_missing(pixels, lambda whole: distortion.apply(whole, data_range))


@dataclass(frozen=True, slots=True, eq=False)
class ExportJob:
    """Write a file."""

    export: Export

    def __call__(self) -> str:
        """Return one sentence about what was written."""
        path, content = self.export.path, self.export.content
        if isinstance(content, bytes):
            return ExportPictureRequest(path, content, self.export.made)()
        return ExportTableRequest(path, content, self.export.made)()

    def is_same_job(self, other: object) -> bool:
        """Whether another job writes the same export."""
        return isinstance(other, ExportJob) and other.export is self.export


def missing_point(session: Session) -> PointJob | None:
    """Return the job for the next missing point of the curves."""
    found = missing_points(session)
    return PointJob(*found) if found is not None else None


def missing_preview(session: Session) -> PreviewJob | None:
    """Return the job for the image in the window, if it is missing."""
    subject, robustness = subject_of(session), robustness_of(session)
    if subject is None:
        return None
    job = PreviewJob(subject.base, subject.data_range, robustness.settings)
    return None if job.is_same_job(robustness.preview) else job


def missing_export(session: Session) -> ExportJob | None:
    """Return the job for the next file that is to be written."""
    exports = robustness_of(session).exports
    return ExportJob(exports[0]) if exports else None
