"""Running the right and the faulty descent in lockstep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.features.descent_faults.script import STEPS, Faults, run
from ssim_viewer.features.descent_faults.state import Runs, Subject, descent_of, runs_of, subject_of
from ssim_viewer.jobs.filming import FilmCamera
from ssim_viewer.metrics import MetricError, Ssim
from ssim_viewer.metrics.counting import require_numbers
from ssim_viewer.metrics.planes import as_image
from ssim_viewer.session.film_steps import is_filmed
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.session.film_steps import FilmStep
    from ssim_viewer.session.state import Session

LARGEST = 512
"""Pixels of a side of what is run on; of larger images the middle is taken."""

LUMA = (0.299, 0.587, 0.114)
SAME = tr(
    "Reference and distorted image are the same: there is no direction to go. Open or make a "
    "distorted image first."
)


@dataclass(frozen=True, slots=True, eq=False)
class RunJob:
    """Run both for `STEPS` steps."""

    subject: Subject
    faults: Faults

    def run(self, report: Report) -> Runs:
        """Return both runs; what has come of them so far is reported at each step."""
        subject = self.subject
        require_numbers(subject.reference, subject.distorted)
        x, y = (_middle(_grey(each)) for each in (subject.reference, subject.distorted))
        if np.array_equal(x, y):
            raise MetricError(SAME)
        white = subject.metric.data_range
        metric = replace(Ssim(), data_range=white)
        bound = metric.bind(x)
        camera = FilmCamera(metric, x, white)
        pairs = zip(
            run(bound, x, y, white, Faults()), run(bound, x, y, white, self.faults), strict=True
        )
        cropped = max(subject.reference.shape[:2]) > LARGEST
        latest: Runs | None = None
        filmed: tuple[list[FilmStep], list[FilmStep]] = ([], [])
        for number, both in enumerate(pairs):
            if is_filmed(number) or number == STEPS:
                for film, each in zip(filmed, both, strict=True):
                    film.append(camera.step(number, each.image))
            films = (*filmed[0],), (*filmed[1],)
            latest = Runs(subject, self.faults, *both, number == STEPS, cropped, films)
            report(number / (STEPS + 1), latest)
        assert latest is not None  # noqa: S101 - a run has a start
        return latest

    def is_same_job(self, other: object) -> bool:
        """Whether another job runs the same."""
        return (
            isinstance(other, RunJob)
            and other.faults == self.faults
            and other.subject.is_same(self.subject)
        )


def missing_runs(session: Session) -> RunJob | None:
    """Return the job for the runs of the present pair and faults."""
    state, subject, runs = descent_of(session), subject_of(session), runs_of(session)
    if not state.open or not state.running or subject is None:
        return None
    if subject.is_same(state.failed) or (runs is not None and runs.done):
        return None
    return RunJob(subject, state.faults)


def _grey(pixels: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the luma of BT.601, float64 and unrounded; grey as it is."""
    image = as_image(pixels)
    return np.asarray(image @ LUMA if image.ndim == 3 else image, np.float64)


def _middle(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    top, left = (max(0, (length - LARGEST) // 2) for length in plane.shape)
    return np.ascontiguousarray(plane[top : top + LARGEST, left : left + LARGEST])
