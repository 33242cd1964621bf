"""The walks of a plate and of a race: their generators, and what the screen wants of each step."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

import numpy as np

from ssim_viewer.metrics import Quantity, evaluate, find
from ssim_viewer.session.family import made
from ssim_viewer.session.lanes import Sighting
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
from ssim_viewer.workers.memory import CLIMB, require_memory
from ssim_viewer.workers.walking import Walks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric, Metric
    from ssim_viewer.session.lanes import Course
    from ssim_viewer.session.state import Document
    from ssim_viewer.synthesis import HeldStep, Step
    from ssim_viewer.workers.walking import Stride

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
    """A start that all walks share, made by the first one that needs it."""

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
class _Eye:
    """Measures images for the screen, on the walker's thread."""

    course: Course
    _bound: dict[str, BoundMetric] = field(default_factory=dict)

    def measured(self, image: NDArray[np.generic]) -> Measured:
        """Return an image with its maps."""
        if "" not in self._bound:
            self._bound[""] = self.course.ssim.bind(self.course.reference.pixels)
        evaluation = evaluate(self._bound[""], image, SHOWN)  # type: ignore[arg-type]  # it is SSIM's
        return Measured(self.course.reference.pixels, image, evaluation)


def plate_walks(course: Course, document: Document) -> Walks:
    """Return the four runs of a plate; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = cast("PlateSettings", course.settings)
    metrics = plate_metrics(settings, document)
    start = _Once(partial(_plate_start, course, document.shown))

    def walk(run: PlateRun) -> Generator[HeldStep, None, None]:
        return differentiate(
            metrics[run.held],
            metrics[run.varied],
            course.reference.pixels,
            start(),
            run.direction,
            pixel_range=(0.0, course.ssim.data_range) if settings.in_range else None,
            iterations=settings.steps or None,
        )

    eye = _Eye(course)
    return Walks({run.name: partial(walk, run) for run in RUNS}, partial(_seen_plate, eye))


def race_walks(course: Course, document: Document) -> Walks:
    """Return the racers; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = cast("RaceSettings", course.settings)
    metrics = {name: made(document, name) for name in settings.measured}
    start = _Once(partial(_race_start, course, document.shown))
    makers = {name: partial(_racer, name, metrics[name], course, start) for name in settings.racers}
    return Walks(makers, partial(_seen_race, _Eye(course), _Judges(metrics, course)))


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


def _seen_plate(eye: _Eye, name: str, strides: tuple[Stride, ...]) -> Sighting:
    """Return a row for every step, and the latest image measured."""
    run = next(run for run in RUNS if run.name == name)
    rows = np.array([_plate_row(run, stride) for stride in strides])
    return Sighting(rows, eye.measured(strides[-1].step.image), {})


def _plate_row(run: PlateRun, stride: Stride) -> tuple[float, ...]:
    step = cast("HeldStep", stride.step)
    a, b = (step.held, step.value) if run.held == 0 else (step.value, step.held)
    return step.index, stride.seconds, a, b, step.deviation, step.step_size, step.gradient_norm


@dataclass(eq=False)
class _Judges:
    """All metrics of a race; one that fails is left out from then on."""

    metrics: Mapping[str, Metric]
    course: Course
    _bound: dict[str, BoundMetric | None] = field(default_factory=dict)

    def values(self, image: Pixels, own: str, value: float) -> tuple[list[float], dict[str, str]]:
        """Return what each metric says of an image, and a sentence for each that failed now.

        Its own value is known already.
        """
        values, problems = [], {}
        for name in self.metrics:
            if name == own:
                values.append(value)
                continue
            try:
                values.append(self._value(name, image))
            except Exception as error:  # a metric of a plug-in may raise anything
                values.append(math.nan)
                problems[name] = f"{find(name).symbol} is not measured any more: {error}"
                self._bound[name] = None
        return values, problems

    def _value(self, name: str, image: Pixels) -> float:
        if name not in self._bound:
            self._bound[name] = self.metrics[name].bind(self.course.reference.pixels)
        bound = self._bound[name]
        return math.nan if bound is None else float(bound.value(image))


def _seen_race(eye: _Eye, judges: _Judges, name: str, strides: tuple[Stride, ...]) -> Sighting:
    """Return a row for the start and the latest step, by all metrics, and its image measured."""
    rows: list[tuple[float, ...]] = []
    problems: dict[str, str] = {}
    for stride in dict.fromkeys((*strides[:1], strides[-1])):
        step = cast("Step", stride.step)
        if step.index > 0 and stride is not strides[-1]:
            continue
        values, failed = judges.values(step.image, name, step.value)
        rows.append((step.index, stride.seconds, *values, step.step_size, step.gradient_norm))
        problems |= failed
    return Sighting(np.array(rows), eye.measured(strides[-1].step.image), problems)
