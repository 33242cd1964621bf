"""The generators of a plate and of a race: a row for every step, and what the screen wants."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

import numpy as np

from ssim_viewer.jobs.generators import GeneratorSet
from ssim_viewer.jobs.memory import CLIMB, require_memory
from ssim_viewer.metrics import Quantity, evaluate, find
from ssim_viewer.session.family import made
from ssim_viewer.session.lanes import RunUpdate
from ssim_viewer.session.plate import RUNS, PlateRun, PlateSettings, PlateStart, plate_metrics
from ssim_viewer.session.race import Finish, RaceSettings, RaceStart, threshold
from ssim_viewer.session.state import Measured
from ssim_viewer.synthesis import (
    Beginning,
    Optimizer,
    beginning,
    differentiate,
    reconstruct,
    wang_simoncelli_2008,
    white_noise,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.jobs.generators import TimedStep
    from ssim_viewer.metrics import BoundMetric, Metric
    from ssim_viewer.session.lanes import Course
    from ssim_viewer.session.state import Document
    from ssim_viewer.synthesis import HeldStep, Step

    Pixels = NDArray[np.float64]

SHOWN = (
    Quantity.REFERENCE,
    Quantity.DISTORTED,
    Quantity.SIGNED_DIFFERENCE,
    Quantity.ABSOLUTE_DIFFERENCE,
    Quantity.SSIM,
)
"""What is measured of each image, so that the window can turn from one to the other at once."""


class _Once:
    """A start that all generators share, made by the first one that needs it."""

    def __init__(self, make: Callable[[], Pixels]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Pixels | None = None

    def __call__(self) -> Pixels:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


@dataclass(eq=False)
class _DisplayMeasurer:
    """Measures images for the screen, on the runner's thread."""

    course: Course
    start: Callable[[], Pixels]
    _told_context: bool = False
    _bound: dict[str, BoundMetric] = field(default_factory=dict)

    def measured(self, image: NDArray[np.generic]) -> Measured:
        """Return an image with its maps."""
        if "" not in self._bound:
            self._bound[""] = self.course.ssim.bind(self.course.reference.pixels)
        evaluation = evaluate(self._bound[""], image, SHOWN)  # type: ignore[arg-type]  # it is SSIM's
        return Measured(self.course.reference.pixels, image, evaluation)

    def context(self) -> tuple[Measured, Measured] | None:
        """Return the reference and the start with their maps, the first time; then None."""
        if self._told_context:
            return None
        self._told_context = True
        return self.measured(self.course.reference.pixels), self.measured(self.start())


def plate_generators(course: Course, document: Document) -> GeneratorSet:
    """Return the four runs of a plate; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = cast("PlateSettings", course.settings)
    metrics = plate_metrics(settings, document)
    start = _Once(partial(_plate_start, course, document.shown))

    def make(run: PlateRun) -> Generator[HeldStep, None, None]:
        return differentiate(
            metrics[run.held],
            metrics[run.varied],
            course.reference.pixels,
            start(),
            run.direction,
            pixel_range=(0.0, course.ssim.data_range) if settings.in_range else None,
            iterations=settings.steps or None,
        )

    return GeneratorSet(
        {run.name: partial(make, run) for run in RUNS},
        partial(_plate_row, {run.name: run for run in RUNS}),
        partial(_summarized, _DisplayMeasurer(course, start), {}),
    )


def race_generators(course: Course, document: Document) -> GeneratorSet:
    """Return the racers; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = cast("RaceSettings", course.settings)
    metrics = {name: made(document, name) for name in settings.measured}
    start = _Once(partial(_race_start, course, document.shown))
    evaluator = _MetricEvaluator(metrics, course)
    return GeneratorSet(
        {name: partial(_racer, name, metrics[name], course, start) for name in settings.racers},
        evaluator.row,
        partial(_summarized, _DisplayMeasurer(course, start), evaluator.problems),
    )


def _racer(
    name: str, metric: Metric, course: Course, start: Callable[[], Pixels]
) -> Generator[Step, None, None]:
    settings = cast("RaceSettings", course.settings)
    reference, limits = course.reference.pixels, (0.0, course.ssim.data_range)
    if settings.optimizer is Optimizer.LBFGSB:
        import_module("scipy.optimize")  # now, so that no racer loses time by it
    until = None
    if settings.finish is Finish.VALUE:
        counted = find(name).best != 1.0  # else the start does not matter
        before = metric.bind(reference).value(start()) if counted else 0.0
        until = threshold(name, settings.value, before)
    return reconstruct(
        metric,
        reference,
        start(),
        optimizer=settings.optimizer,
        pixel_range=limits,
        until=until,
        iterations=settings.steps if settings.finish is Finish.STEPS else None,
        seconds=settings.seconds if settings.finish is Finish.SECONDS else None,
    )


def _plate_start(course: Course, shown: NDArray[np.generic] | None) -> Pixels:
    settings = cast("PlateSettings", course.settings)
    reference, white = course.reference.pixels, course.ssim.data_range
    require_memory(CLIMB, reference, times=len(RUNS))
    if settings.start is PlateStart.SHOWN and shown is not None:
        return shown.astype(np.float64)
    if settings.start is PlateStart.PAPER:
        scene = wang_simoncelli_2008(reference, data_range=white, seed=settings.seed)
        return scene.start
    limits = (0.0, white) if settings.in_range else None
    mse = settings.noise_mse * (white / 255) ** 2
    return white_noise(reference, mse, seed=settings.seed, pixel_range=limits)


def _race_start(course: Course, shown: NDArray[np.generic] | None) -> Pixels:
    settings = cast("RaceSettings", course.settings)
    reference, limits = course.reference.pixels, (0.0, course.ssim.data_range)
    require_memory(CLIMB, reference, times=len(settings.racers))
    match settings.start:
        case RaceStart.SHOWN if shown is not None:
            return shown.astype(np.float64)
        case RaceStart.NOISE_OF_MSE:
            mse = settings.noise_mse * (limits[1] / 255) ** 2
            return white_noise(reference, mse, seed=settings.seed, pixel_range=limits)
        case RaceStart.GREY:
            kind = Beginning.GREY
        case RaceStart.BLUR:
            kind = Beginning.BLUR
        case _:
            kind = Beginning.NOISE
    return beginning(kind, reference, pixel_range=limits, seed=settings.seed)


def _summarized(
    display: _DisplayMeasurer,
    problems: dict[str, str],
    _: str,
    rows: tuple[NDArray[np.float64], ...],
    latest: TimedStep,
) -> RunUpdate:
    """Return the rows of the latest steps, the latest image measured, and what failed by now."""
    found, told = dict(problems), display.measured(latest.step.image)
    problems.clear()
    return RunUpdate(np.array(rows), told, found, display.context())


def _plate_row(runs: Mapping[str, PlateRun], name: str, timed: TimedStep) -> NDArray[np.float64]:
    step, run = cast("HeldStep", timed.step), runs[name]
    a, b = (step.held, step.value) if run.held == 0 else (step.value, step.held)
    return np.array(
        [step.index, timed.seconds, a, b, step.deviation, step.step_size, step.gradient_norm]
    )


@dataclass(eq=False)
class _MetricEvaluator:
    """All metrics of a race; one that fails is left out from then on.

    Attributes
    ----------
    problems
        A sentence for each metric that has failed, until it was told.
    """

    metrics: Mapping[str, Metric]
    course: Course
    problems: dict[str, str] = field(default_factory=dict)
    _bound: dict[str, BoundMetric | None] = field(default_factory=dict)

    def row(self, name: str, timed: TimedStep) -> NDArray[np.float64]:
        """Return a row of the trace: what each metric says of a step's image.

        That of the racer's own metric is known already.
        """
        step = cast("Step", timed.step)
        values = [
            step.value if each == name else self._value(each, step.image) for each in self.metrics
        ]
        return np.array([step.index, timed.seconds, *values, step.step_size, step.gradient_norm])

    def _value(self, name: str, image: Pixels) -> float:
        try:
            if name not in self._bound:
                self._bound[name] = self.metrics[name].bind(self.course.reference.pixels)
            bound = self._bound[name]
            return math.nan if bound is None else float(bound.value(image))
        except Exception as error:  # a metric of a plug-in may raise anything
            self.problems[name] = f"{find(name).symbol} is not measured any more: {error}"
            self._bound[name] = None
            return math.nan
