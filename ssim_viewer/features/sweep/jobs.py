"""Measuring one point of a sweep, and what climbs reach at one MSE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.distortions import apply
from ssim_viewer.features.sweep.quantities import COMPONENTS
from ssim_viewer.features.sweep.state import (
    REACH_STEPS,
    Key,
    ReachPoint,
    Subject,
    missing_key,
    missing_reach,
    subject_of,
)
from ssim_viewer.jobs.bindings import bound_metric, bound_ssim
from ssim_viewer.jobs.memory import measuring_by, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import evaluate, evaluate_masked
from ssim_viewer.synthesis import Direction, climb, white_noise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import Scores
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class PointJob:
    """Distort the reference at one strength and measure it."""

    subject: Subject
    key: Key

    def run(self, report: Report) -> dict[str, float]:
        """Return every quantity by name; a metric that fails is left out."""
        reference = self.subject.reference
        name, strength = self.key
        white = reference.data_range
        image = apply(name, reference.pixels, strength, self.subject.seed, data_range=white)
        report(0.2)
        scores = self._scores(image)
        found = {
            each: getattr(scores, each) for each in ("mse", "mae", "psnr", "ssim", *COMPONENTS)
        }
        for number, (each, metric) in enumerate(self.subject.metrics.items()):
            report(0.4 + 0.6 * number / len(self.subject.metrics))
            try:
                require_memory(measuring_by(metric), reference.pixels)
                found[each] = float(bound_metric(metric, reference.pixels).value(image))
            except Cancelled:
                raise
            except Exception:  # noqa: S112 - a metric of a plug-in may raise anything; it has no curve
                continue
        return found

    def _scores(self, image: NDArray[np.float64]) -> Scores:
        metric, pixels, mask = self.subject.metric, self.subject.reference.pixels, self.subject.mask
        if mask is not None:
            return evaluate_masked(metric, pixels, image, mask).scores
        return evaluate(bound_ssim(metric, pixels), image).scores

    def is_same_job(self, other: object) -> bool:
        """Whether another job measures the same point."""
        return (
            isinstance(other, PointJob)
            and other.key == self.key
            and other.subject.is_same(self.subject)
        )


@dataclass(frozen=True, slots=True, eq=False)
class ReachJob:
    """Climb from noise of one MSE to a better and to a worse MSSIM."""

    subject: Subject
    mse: float

    def run(self, report: Report) -> ReachPoint:
        """Return the lowest and the highest MSSIM that were reached."""
        reference = self.subject.reference
        limits = (0.0, reference.data_range)
        start = white_noise(
            reference.pixels,
            self.mse,
            seed=self.subject.seed,
            pixel_range=limits,
            counts=self.subject.mask,
        )
        ways = (Direction.DESCENT, Direction.ASCENT)
        ends = [self._end(start, way, report, 0.5 * place) for place, way in enumerate(ways)]
        return ReachPoint(self.mse, *ends)

    def _end(
        self, start: NDArray[np.generic], way: Direction, report: Report, done: float
    ) -> float:
        reference = self.subject.reference
        value = float("nan")
        for step in climb(
            self.subject.metric,
            reference.pixels,
            start,
            way,
            pixel_range=(0.0, reference.data_range),
            iterations=REACH_STEPS,
            counts=self.subject.mask,
        ):
            report(done + 0.5 * step.index / REACH_STEPS)
            value = step.value
        return value

    def is_same_job(self, other: object) -> bool:
        """Whether another job climbs the same."""
        return (
            isinstance(other, ReachJob)
            and other.mse == self.mse
            and other.subject.is_same(self.subject)
        )


def missing_point(session: Session) -> PointJob | None:
    """Return the job for the next missing point."""
    key, subject = missing_key(session), subject_of(session)
    return None if key is None or subject is None else PointJob(subject, key)


def missing_climb(session: Session) -> ReachJob | None:
    """Return the job for the next MSE at which climbs are tried."""
    found = missing_reach(session)
    return None if found is None else ReachJob(*found)
