"""The generators of a race: one racer each, every step measured by all metrics."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

import numpy as np

from ssim_viewer.features.reconstruction_race.state import Finish, RaceStart, threshold
from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.jobs.memory import climbing_by, require_memory
from ssim_viewer.jobs.run_group import SharedStart, run_generators
from ssim_viewer.metrics import find, masked_metric
from ssim_viewer.session.family import made
from ssim_viewer.synthesis import Beginning, Optimizer, beginning, reconstruct, white_noise
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.features.reconstruction_race.state import RaceSettings
    from ssim_viewer.jobs.generators import GeneratorSet, TimedStep
    from ssim_viewer.metrics import BoundMetric, Metric
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.session.state import Document
    from ssim_viewer.synthesis import Step

    Pixels = NDArray[np.float64]
    Race = RunGroup[RaceSettings]


def race_generators(group: Race, document: Document) -> GeneratorSet:
    """Return the racers; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = group.settings
    counts = None if document.pair is None else document.pair.mask
    metrics = {name: made(document, name) for name in settings.measured}
    start = SharedStart(partial(_start, group, document.shown, metrics))
    counted = {
        name: each if counts is None else masked_metric(each, counts)
        for name, each in metrics.items()
    }
    evaluator = _MetricEvaluator(counted, group)
    makers = {
        name: partial(_racer, name, metrics[name], group, start, counts) for name in settings.racers
    }
    return run_generators(group, start, makers, evaluator.row, evaluator.problems, counts=counts)


def _racer(
    name: str,
    metric: Metric,
    group: Race,
    start: Callable[[], Pixels],
    counts: NDArray[np.bool_] | None,
) -> Generator[Step, None, None]:
    settings = group.settings
    reference, limits = group.reference.pixels, (0.0, group.ssim.data_range)
    if settings.optimizer is Optimizer.LBFGSB:
        import_module("scipy.optimize")  # now, so that no racer loses time by it
    until = None
    if settings.finish is Finish.VALUE:
        counted = find(name).best != 1.0  # else the start does not matter
        of = metric if counts is None else masked_metric(metric, counts)
        before = of.bind(reference).value(start()) if counted else 0.0
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
        counts=counts,
    )


def _start(group: Race, shown: NDArray[np.generic] | None, metrics: Mapping[str, Metric]) -> Pixels:
    settings = group.settings
    reference, limits = group.reference.pixels, (0.0, group.ssim.data_range)
    racers = [metrics[name] for name in settings.racers]
    require_memory(climbing_by(*racers, times=len(racers)), reference)
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


@dataclass(eq=False)
class _MetricEvaluator:
    """All metrics of a race; one that fails is left out from then on.

    Attributes
    ----------
    problems
        A sentence for each metric that has failed, until it was reported.
    """

    metrics: Mapping[str, Metric]
    group: Race
    problems: dict[str, str] = field(default_factory=dict)
    _bound: dict[str, BoundMetric | None] = field(default_factory=dict)

    def row(self, name: str, timed: TimedStep) -> NDArray[np.float64]:
        """Return a row of the trace: the value of each metric for a step's image.

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
                reference = self.group.reference.pixels
                self._bound[name] = bound_metric(self.metrics[name], reference)
            bound = self._bound[name]
            return math.nan if bound is None else float(bound.value(image))
        except Exception as error:  # a metric of a plug-in may raise anything
            self.problems[name] = tr(
                "{symbol} is not measured any more: {error}", symbol=find(name).symbol, error=error
            )
            self._bound[name] = None
            return math.nan
