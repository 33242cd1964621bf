"""Measuring a pair under every convention; the scores come one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.features.conventions.state import Conventions, Found, on_screen
from ssim_viewer.metrics import CONVENTIONS, convention_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics.conventions import ConventionScore
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True, eq=False)
class ConventionsJob:
    """Measure a pair under every convention."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    data_range: float
    mask: NDArray[np.bool_] | None = None

    def run(self, report: Callable[..., None]) -> Found:
        """Return all scores; those that are there already are reported."""
        scores: list[ConventionScore] = []
        for each in convention_scores(self.reference, self.distorted, self.data_range, self.mask):
            scores.append(each)
            report(len(scores) / len(CONVENTIONS), self._found(scores))
        return self._found(scores)

    def is_same_job(self, other: object) -> bool:
        """Whether another job would bring the same result."""
        return (
            isinstance(other, ConventionsJob)
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.data_range == self.data_range
            and other.mask is self.mask
        )

    def _found(self, scores: list[ConventionScore]) -> Found:
        return Found(self.reference, self.distorted, self.data_range, self.mask, tuple(scores))


def missing_scores(state: Conventions, session: Session) -> ConventionsJob | None:
    """Return the job for the images on screen, while the dock is open and their scores.

    While a climb plays its steps change faster than all conventions are measured: they wait.
    """
    document = session.document
    if not state.open or document.pair is None or document.shown is None or session.playing:
        return None
    if state.problem or (state.whole and on_screen(state, session) is not None):
        return None
    pair = document.pair
    white = float(document.metric.data_range)
    return ConventionsJob(pair.reference.pixels, document.shown, white, pair.mask)
