"""What generators of a group of runs share: the start, the measuring for the screen, updates."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.filming import FilmCamera
from ssim_viewer.jobs.generators import GeneratorSet
from ssim_viewer.metrics import Quantity, evaluate, evaluate_masked, restricted_metric
from ssim_viewer.session.film_steps import is_filmed
from ssim_viewer.session.measurement import SsimMeasurement, ssim_measurement
from ssim_viewer.session.run_group import RunUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.jobs.generators import StepGenerator, TimedStep
    from ssim_viewer.metrics import BoundSsim
    from ssim_viewer.session.film_steps import FilmStep
    from ssim_viewer.session.run_group import RunGroup

    Pixels = NDArray[np.float64]

SHOWN = (
    Quantity.REFERENCE,
    Quantity.DISTORTED,
    Quantity.SIGNED_DIFFERENCE,
    Quantity.ABSOLUTE_DIFFERENCE,
    Quantity.SSIM,
)
"""What is measured of each image, so that the window can turn from one to the other at once."""


class SharedStart:
    """A start that all generators share, made by the first one that needs it."""

    def __init__(self, make: Callable[[], Pixels]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Pixels | None = None

    def __call__(self) -> Pixels:
        """Return the start."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


def run_generators(
    group: RunGroup[Any],
    start: SharedStart,
    makers: Mapping[str, Callable[[], StepGenerator]],
    row: Callable[[str, TimedStep], NDArray[np.float64]],
    problems: dict[str, str] | None = None,
    *,
    counts: NDArray[np.bool_] | None = None,
) -> GeneratorSet:
    """Return the generators of a group, which keep a row of every step and post `RunUpdate`.

    Parameters
    ----------
    makers
        Make the generator of each run, by its name.
    row
        Returns the row of a step in the columns of the group, at once after it was made.
    problems
        Where `row` puts a sentence for each metric that failed, by name.
    counts
        (H, W): the pixels that count and change, or None for all.
    """
    display = _DisplayMeasurer(group, start, counts)
    summarize = partial(_update, display, {} if problems is None else problems)
    ssim = restricted_metric(group.ssim, counts)
    camera = FilmCamera(ssim, group.reference.pixels, group.reference.data_range)

    def record(name: str, timed: TimedStep) -> _StepRecord:
        step = timed.step
        filmed = camera.step(step.index, step.image) if is_filmed(step.index) else None
        return _StepRecord(row(name, timed), filmed)

    return GeneratorSet(makers, record, summarize)


@dataclass(frozen=True, slots=True, eq=False)
class _StepRecord:
    """The row of a step, and its picture for a film where it is one of those that are kept."""

    row: NDArray[np.float64]
    filmed: FilmStep | None

    @property
    def nbytes(self) -> int:
        """Bytes of both."""
        return int(self.row.nbytes) + (0 if self.filmed is None else self.filmed.nbytes)


@dataclass(eq=False)
class _DisplayMeasurer:
    """Measures images for the screen, on the runner's thread."""

    group: RunGroup[Any]
    start: Callable[[], Pixels]
    counts: NDArray[np.bool_] | None = None
    _told_context: bool = False
    _bound: list[BoundSsim] = field(default_factory=list)

    def measured(self, image: NDArray[np.generic]) -> SsimMeasurement:
        """Return an image with its maps."""
        reference = self.group.reference.pixels
        if self.counts is not None:
            ssim = self.group.ssim
            found = evaluate_masked(ssim, reference, image, self.counts, quantities=SHOWN)
            return ssim_measurement(reference, image, found, mask=self.counts)
        if not self._bound:
            self._bound.append(cast("BoundSsim", bound_metric(self.group.ssim, reference)))
        return ssim_measurement(reference, image, evaluate(self._bound[0], image, SHOWN))

    def context(self) -> tuple[SsimMeasurement, SsimMeasurement] | None:
        """Return the reference and the start with their maps, the first time; then None."""
        if self._told_context:
            return None
        self._told_context = True
        return self.measured(self.group.reference.pixels), self.measured(self.start())


def _update(
    display: _DisplayMeasurer,
    problems: dict[str, str],
    _: str,
    records: tuple[_StepRecord, ...],
    latest: TimedStep,
) -> RunUpdate:
    """Return the rows of the latest steps, the latest image measured, and what failed by now."""
    failed, measured = dict(problems), display.measured(latest.step.image)
    problems.clear()
    rows = np.array([each.row for each in records])
    filmed = tuple(each.filmed for each in records if each.filmed is not None)
    return RunUpdate(rows, measured, failed, display.context(), filmed)
