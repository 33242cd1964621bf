"""Climbing up and down from one start, a step of each in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.features.two_runs.sheet import FOLLOWED, HELD, METRICS, Sheet, SheetJob
from ssim_viewer.features.two_runs.state import (
    STEPS,
    KeptStep,
    Subject,
    Two,
    Way,
    state_of,
    subject_of,
    two_of,
)
from ssim_viewer.images import Image
from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.distorting import replacement
from ssim_viewer.metrics import MetricError, restricted_metric
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.family import SSIM, made
from ssim_viewer.synthesis import Direction, climb, white_noise
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.metrics import BoundMetric, Metric
    from ssim_viewer.session.intents import ReplaceDistorted
    from ssim_viewer.session.state import Session
    from ssim_viewer.synthesis import Step

SIDE = 360
"""Pixels of the larger side of what is shown."""

SHOWN_EVERY = 4
"""Steps between two pictures."""


@dataclass(frozen=True, slots=True, eq=False)
class TwoJob:
    """Climb both ways for `STEPS` steps."""

    subject: Subject

    def run(self, report: Report) -> Two:
        """Return both runs; every few steps what has come of them is reported."""
        subject = self.subject
        reference = subject.pair.reference
        white = reference.data_range
        limits, counts = (0.0, white), subject.counts
        start: NDArray[Any] = subject.pair.distorted.pixels
        if subject.settings.noise:
            mse, seed = subject.settings.mse_for(white), subject.settings.seed
            start = white_noise(reference.pixels, mse, seed=seed, pixel_range=limits, counts=counts)
        metric = replace(subject.metric, data_range=white)
        bound = bound_metric(restricted_metric(metric, subject.pair.mask), reference.pixels)
        ways = [
            climb(
                metric,
                reference.pixels,
                start,
                way,
                pixel_range=limits,
                iterations=STEPS,
                counts=counts,
            )
            for way in (Direction.ASCENT, Direction.DESCENT)
        ]
        traces: list[list[Step]] = [[], []]
        latest: Two | None = None
        kept: tuple[KeptStep, ...] = ()
        for number in range(STEPS + 1):
            moved = [self._step(steps, trace) for steps, trace in zip(ways, traces, strict=True)]
            if number % SHOWN_EVERY == 0 or number == STEPS or not any(moved):
                done = number == STEPS or not any(moved)
                best, worst = (_way(bound, trace, white) for trace in traces)
                pair = (best.picture, worst.picture), (best.similarity, worst.similarity)
                kept = (*kept, KeptStep(number, *pair))
                latest = Two(subject, best, worst, done, kept)
            report(number / (STEPS + 1), latest)
            if not any(moved):
                break
        assert latest is not None  # noqa: S101 - a climb has a start
        return latest

    @staticmethod
    def _step(steps: Any, trace: list[Step]) -> bool:
        """Make one step; return whether there was one. Only the latest image is kept."""
        step = next(steps, None)
        if step is None:
            return False
        if trace:
            trace[-1] = replace(trace[-1], image=np.empty(0))
        trace.append(step)
        return True

    def is_same_job(self, other: object) -> bool:
        """Whether another job runs the same."""
        return isinstance(other, TwoJob) and other.subject.is_same(self.subject)


@dataclass(frozen=True, slots=True, eq=False)
class ShowJob:
    """Make the latest image of a run ready for the main window."""

    two: Two
    way: str

    def __call__(self) -> ReplaceDistorted:
        """Return the intent that puts it on screen."""
        run: Way = getattr(self.two, self.way)
        reference = self.two.subject.pair.reference
        name = tr(
            "{name}, {way} at MSE {errors:.6g}",
            name=reference.name,
            way=self.way,
            errors=run.errors[-1],
        )
        return replacement(Image(run.image, reference.data_range, name), reference)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same image."""
        return isinstance(other, ShowJob) and other.two is self.two and other.way == self.way


def _way(bound: BoundMetric, trace: list[Step], white: float) -> Way:
    image = np.asarray(trace[-1].image, np.float64)
    image.flags.writeable = False
    similarity = np.asarray(bound.map(image), np.float32)
    return Way(
        tuple(step.value for step in trace),
        tuple(step.mse for step in trace),
        image,
        _small(displayed(image, white)),
        _small(similarity),
    )


def _small(array: NDArray[Any]) -> NDArray[Any]:
    height, width = array.shape[:2]
    scale = SIDE / max(height, width)
    if scale >= 1:
        return array
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(array, size, interpolation=cv2.INTER_AREA)


def missing_two(session: Session) -> TwoJob | None:
    """Return the job for the runs of the present pair and settings."""
    state, subject, two = state_of(session), subject_of(session), two_of(session)
    idle = not state.open or not state.running or bool(state.kind)
    if idle or subject is None or subject.is_same(state.failed):
        return None
    return None if two is not None and two.done else TwoJob(subject)


def wanted_sheet(session: Session) -> SheetJob | None:
    """Return the job for the sheet of the present pair that is to be shown."""
    state, subject, document = state_of(session), subject_of(session), session.document
    if subject is None or not state.kind:
        return None
    names = [SSIM]
    if state.kind == METRICS:
        names = [*dict.fromkeys((*FOLLOWED, *session.look.metrics))]
    found: dict[str, Metric] = {}
    for name in names:
        if name in HELD:
            continue
        try:
            found[name] = made(document, name)
        except (MetricError, TypeError):
            continue  # the strip tells of it
    return SheetJob(subject.pair, state.kind, found, document.metric.crop)


def sheet_of(session: Session) -> Sheet | None:
    """Return the sheet of the present pair."""
    sheet, job = state_of(session).sheet, wanted_sheet(session)
    return sheet if sheet is not None and job is not None and job.is_same_job(sheet.job) else None


def missing_sheet(session: Session) -> SheetJob | None:
    """Return the job for the sheet, unless it is there."""
    state, sheet = state_of(session), sheet_of(session)
    if not state.open or not state.running or (sheet is not None and sheet.done):
        return None
    return wanted_sheet(session)
