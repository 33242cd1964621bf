"""Several runs from one start, side by side: the trace of each, and its image on screen.

Maximum differentiation and the race to the reference are made of them. Nothing is computed here:
rows and measurements come from a worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from ssim_viewer.session.film_steps import thinned
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.film_steps import FilmStep
    from ssim_viewer.session.measurement import SsimMeasurement

S = TypeVar("S")

STEP, SECONDS = "step", "seconds"
"""The columns that every trace begins with."""

FIRST_SCORE = 2
"""Place of the first score in a row of a trace."""


@dataclass(frozen=True, slots=True, eq=False)
class RunUpdate:
    """What a worker reports of a run since its last report.

    Attributes
    ----------
    rows
        Rows for its trace, in the columns of its group.
    measured
        Its latest image, measured for the screen.
    problems
        A sentence for each metric that failed, by name.
    context
        The reference and the start, measured; reported once for all runs.
    filmed
        Steps for a film.
    """

    rows: NDArray[np.float64]
    measured: SsimMeasurement
    problems: Mapping[str, str]
    context: tuple[SsimMeasurement, SsimMeasurement] | None = None
    filmed: tuple[FilmStep, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RunState:
    """One of the runs.

    Attributes
    ----------
    name
        Its name in the group, the same as that of its generator.
    title
        Its aim, in words.
    trace
        A row for each step that was kept, in the columns of the group.
    measured
        The image on screen with its maps, or None before the start was measured.
    ended
        Why it goes no further, as words after its name, or "" while it can go on.
    failed
        Whether it ended with a problem.
    filmed
        What is kept of its steps for a film.
    """

    name: str
    title: str
    trace: NDArray[np.float64]
    measured: SsimMeasurement | None = None
    ended: str = ""
    failed: bool = False
    filmed: tuple[FilmStep, ...] = ()

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
        """Time that its generator has worked."""
        return float(self.trace[-1, 1]) if len(self.trace) else 0.0

    def updated(self, update: RunUpdate, film_bytes: int) -> RunState:
        """Return the run with an update added, and its film thinned to a budget in bytes."""
        trace = np.concatenate([self.trace, update.rows])
        trace.flags.writeable = False
        filmed = self.filmed
        if update.filmed:
            filmed = thinned((*filmed, *update.filmed), film_bytes)
        return replace(self, trace=trace, measured=update.measured, filmed=filmed)


@dataclass(frozen=True, slots=True, eq=False)
class RunGroup(Generic[S]):
    """The runs of one experiment and what they share.

    Attributes
    ----------
    experiment
        What they are, in words, such as "race"; written into files.
    reference
        The reference of all of them, as it stood on screen when they began.
    ssim
        SSIM by the settings that the maps are made with.
    settings
        The settings of the experiment when they began.
    columns
        The names of the traces' columns: step, seconds, scores, and what else there is.
    scores
        How many columns are scores.
    context
        The reference and the start that all runs share, measured, once they are.
    generators
        Stands for the generators that make the steps; None once they were ended.
    """

    experiment: str
    reference: Image
    ssim: Ssim
    settings: S
    columns: tuple[str, ...]
    scores: int
    runs: tuple[RunState, ...]
    context: tuple[SsimMeasurement, SsimMeasurement] | None = None
    generators: object | None = field(default_factory=object)

    @property
    def over(self) -> bool:
        """Whether no run can go on."""
        return all(run.ended for run in self.runs)

    @property
    def begun(self) -> bool:
        """Whether there is anything to be seen."""
        return any(run.measured is not None for run in self.runs)

    @property
    def context_runs(self) -> tuple[RunState, RunState]:
        """The reference and the start as images beside the runs; they make no steps."""
        reference, start = self.context or (None, None)
        return (
            replace(new_run("reference", tr("Reference"), ()), measured=reference),
            replace(new_run("start", tr("Start"), ()), measured=start),
        )

    @property
    def score_places(self) -> slice:
        """The places of the scores in a row of a trace."""
        return slice(FIRST_SCORE, FIRST_SCORE + self.scores)

    def run(self, name: str) -> RunState:
        """Return a run by its name."""
        return next(run for run in self.runs if run.name == name)

    def with_run(self, changed: RunState) -> RunGroup[S]:
        """Return the group with one run changed."""
        runs = tuple(changed if run.name == changed.name else run for run in self.runs)
        return replace(self, runs=runs)

    def values(self, run: RunState, column: str) -> NDArray[np.float64]:
        """Return a column of a run's trace."""
        return run.trace[:, self.columns.index(column)]


def new_run(name: str, title: str, columns: tuple[str, ...]) -> RunState:
    """Return a run that has not begun."""
    return RunState(name, title, np.empty((0, len(columns))))


def steps_in_words(count: int) -> str:
    """Return a number of steps in words."""
    return tr("1 step") if count == 1 else tr("{count} steps", count=count)
