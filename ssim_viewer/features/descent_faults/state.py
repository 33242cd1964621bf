"""What the window of the faults knows: which are on, and both runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.descent_faults.script import ALL, Faults, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.film_steps import FilmStep
    from ssim_viewer.session.state import Session

ID = "descent_faults"


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The pair that is run on: arrays as they are on screen, and what measures them.

    The runs are of all pixels, also of a pair that is `masked`.
    """

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    metric: Ssim
    masked: bool = False

    def is_same(self, other: Subject | None) -> bool:
        """Whether another subject has the same arrays and settings."""
        return (
            other is not None
            and other.reference is self.reference
            and other.distorted is self.distorted
            and (other.metric, other.masked) == (self.metric, self.masked)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Two runs of one subject, as far as they have come.

    Attributes
    ----------
    filmed
        What is kept for a film of the right run's steps, then of the faulty one's.
    """

    subject: Subject
    faults: Faults
    right: Run
    faulty: Run
    done: bool = False
    cropped: bool = False
    filmed: tuple[tuple[FilmStep, ...], tuple[FilmStep, ...]] = ((), ())


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """The state of the feature."""

    faults: Faults = field(default_factory=lambda: ALL)
    open: bool = False
    running: bool = True
    runs: Runs | None = None
    failed: Subject | None = None
    problem: str = ""


def descent_of(session: Session) -> Descent:
    """Return the state of the feature in a session."""
    return cast("Descent", session.features.get(ID, Descent()))


def subject_of(session: Session) -> Subject | None:
    """Return the pair that is run on: the one that was opened, not the steps of a climb."""
    pair = session.document.pair
    if pair is None:
        return None
    metric, masked = session.document.metric, pair.mask is not None
    return Subject(pair.reference.pixels, pair.distorted.pixels, metric, masked)


def runs_of(session: Session) -> Runs | None:
    """Return the runs of the present pair and faults, as far as they have come."""
    state, subject = descent_of(session), subject_of(session)
    runs = state.runs
    if runs is None or subject is None or not subject.is_same(runs.subject):
        return None
    return runs if runs.faults == state.faults else None
