"""A page of a film as preview, and the whole film into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.reports.animation import RATE, record
from ssim_viewer.reports.film import SIDE, page

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.jobs.runner import Report
    from ssim_viewer.reports.film import Film


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """Pages a second, and pixels of a picture's larger side."""

    rate: float = RATE
    side: int = SIDE


@dataclass(frozen=True, slots=True, eq=False)
class PreviewJob:
    """Draw the page in the middle of a film."""

    film: Film
    side: int

    def __call__(self) -> NDArray[np.uint8]:
        """Return the page, (H, W, 3)."""
        shots = self.film.shots
        return np.asarray(page(self.film, shots[len(shots) // 2](), self.side), np.uint8)

    def is_same_job(self, other: object) -> bool:
        """Whether another job draws the same."""
        return isinstance(other, PreviewJob) and other.film is self.film and other.side == self.side


@dataclass(frozen=True, slots=True, eq=False)
class RecordJob:
    """Write a film."""

    path: Path
    film: Film
    settings: RecordSettings

    def run(self, report: Report) -> str:
        """Return one sentence about the file."""
        settings = self.settings
        return record(self.path, self.film, rate=settings.rate, side=settings.side, report=report)

    def is_same_job(self, other: object) -> bool:
        """Whether another job is this very one: the same film may be written twice."""
        return other is self
