"""Several runs from one start, side by side: what each has come to, and what is on screen of it.

Plates of maximum differentiation and races are made of them. Nothing is computed here: rows and
measurements come from a worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.plate import PlateSettings
    from ssim_viewer.session.race import RaceSettings
    from ssim_viewer.session.state import Measured, Notice

STEP, SECONDS = "step", "seconds"
"""The columns that every trace begins with."""


@dataclass(frozen=True, slots=True, eq=False)
class RunUpdate:
    """What a worker tells of a run since it was told of last.

    Attributes
    ----------
    rows
        Rows for its trace, in the columns of its course.
    measured
        Its latest image, measured for the screen.
    problems
        A sentence for each metric that failed, by name.
    context
        The reference and the start, measured; told once for all runs.
    """

    rows: NDArray[np.float64]
    measured: Measured
    problems: Mapping[str, str]
    context: tuple[Measured, Measured] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One of the runs.

    Attributes
    ----------
    name
        What the worker calls it.
    title
        What it is after, in words.
    trace
        A row for each step that was kept, in the columns of the course.
    measured
        The image on screen with its maps, or None before the start was seen.
    ended
        Why it goes no further, as words after its name, or "" while it can go on.
    failed
        Whether it ended with a problem.
    """

    name: str
    title: str
    trace: NDArray[np.float64]
    measured: Measured | None = None
    ended: str = ""
    failed: bool = False

    @property
    def makes_steps(self) -> bool:
        """Whether it is a run, and not an image that stands beside the runs."""
        return bool(self.trace.shape[1])

    @property
    def image(self) -> NDArray[np.generic] | None:
        """The latest image, in its own units."""
        return self.measured.distorted if self.measured is not None else None

    @property
    def step(self) -> int:
        """Number of the latest step."""
        return int(self.trace[-1, 0]) if len(self.trace) else 0

    @property
    def seconds(self) -> float:
        """Time that it has worked."""
        return float(self.trace[-1, 1]) if len(self.trace) else 0.0

    def seen(self, update: RunUpdate) -> Lane:
        """Return the run with what was seen of it added."""
        trace = np.concatenate([self.trace, update.rows])
        trace.flags.writeable = False
        return replace(self, trace=trace, measured=update.measured)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The runs of one experiment and what they share.

    Attributes
    ----------
    reference
        The reference of all of them, as it stood on screen when they began.
    ssim
        SSIM by the settings that the maps are made with.
    settings
        What they were begun under.
    columns
        The names of the traces' columns.
    context
        The reference and the start that all runs share, measured, once they are.
    """

    reference: Image
    ssim: Ssim
    settings: PlateSettings | RaceSettings
    columns: tuple[str, ...]
    lanes: tuple[Lane, ...]
    context: tuple[Measured, Measured] | None = None

    @property
    def over(self) -> bool:
        """Whether no run can go on."""
        return all(lane.ended for lane in self.lanes)

    @property
    def begun(self) -> bool:
        """Whether there is anything to be seen."""
        return any(lane.measured is not None for lane in self.lanes)

    @property
    def context_lanes(self) -> tuple[Lane, Lane]:
        """The reference and the start as images beside the runs; they make no steps."""
        reference, start = self.context or (None, None)
        return (
            replace(new_lane("reference", "Reference", ()), measured=reference),
            replace(new_lane("start", "Start", ()), measured=start),
        )

    def lane(self, name: str) -> Lane:
        """Return a run by its name."""
        return next(lane for lane in self.lanes if lane.name == name)

    def with_lane(self, changed: Lane) -> Course:
        """Return the course with one run changed."""
        lanes = tuple(changed if lane.name == changed.name else lane for lane in self.lanes)
        return replace(self, lanes=lanes)

    def values(self, lane: Lane, column: str) -> NDArray[np.float64]:
        """Return a column of a run's trace."""
        return lane.trace[:, self.columns.index(column)]


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """An experiment with several runs, in a window of its own.

    Attributes
    ----------
    course
        The runs, or None before they begin.
    playing
        Whether they are under way.
    notice
        One sentence for its window.
    """

    course: Course | None = None
    playing: bool = False
    notice: Notice | None = None


def new_lane(name: str, title: str, columns: tuple[str, ...]) -> Lane:
    """Return a run that has not begun."""
    return Lane(name, title, np.empty((0, len(columns))))


def steps_in_words(count: int) -> str:
    """Return a number of steps in words."""
    return f"{count} step" if count == 1 else f"{count} steps"
