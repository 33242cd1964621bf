"""The four generators of maximum differentiation, and the row of each step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np

from ssim_viewer.features.maximum_differentiation.state import MadStart, mad_metrics
from ssim_viewer.jobs.memory import climbing_by, require_memory
from ssim_viewer.jobs.run_group import SharedStart, run_generators
from ssim_viewer.synthesis import MAD_RUNS, MadRun, differentiate, wang_simoncelli_2008, white_noise

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.features.maximum_differentiation.state import MadSettings
    from ssim_viewer.jobs.generators import GeneratorSet, TimedStep
    from ssim_viewer.metrics import Metric
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.session.state import Document
    from ssim_viewer.synthesis import HeldStep

_RUNS: dict[str, MadRun] = {run.name: run for run in MAD_RUNS}


def mad_generators(group: RunGroup[MadSettings], document: Document) -> GeneratorSet:
    """Return the four runs; nothing is computed before the first step is asked for.

    Raises
    ------
    MetricError
        If a metric cannot be made for these images.
    """
    settings = group.settings
    metrics = mad_metrics(settings, document)
    counts = None if document.pair is None else document.pair.mask
    start = SharedStart(partial(_start, group, document.shown, counts, metrics))

    def make(run: MadRun) -> Generator[HeldStep, None, None]:
        return differentiate(
            metrics[run.held],
            metrics[run.varied],
            group.reference.pixels,
            start(),
            run.direction,
            pixel_range=(0.0, group.ssim.data_range) if settings.in_range else None,
            iterations=settings.steps or None,
            counts=counts,
        )

    makers = {name: partial(make, run) for name, run in _RUNS.items()}
    return run_generators(group, start, makers, _row, counts=counts)


def _start(
    group: RunGroup[MadSettings],
    shown: NDArray[np.generic] | None,
    counts: NDArray[np.bool_] | None,
    metrics: Sequence[Metric],
) -> NDArray[np.float64]:
    settings, reference, white = group.settings, group.reference.pixels, group.ssim.data_range
    require_memory(climbing_by(*metrics, times=len(MAD_RUNS)), reference)
    if settings.start is MadStart.SHOWN and shown is not None:
        return shown.astype(np.float64)
    if settings.start is MadStart.PAPER:
        scene = wang_simoncelli_2008(reference, data_range=white, seed=settings.seed)
        return scene.start
    limits = (0.0, white) if settings.in_range else None
    mse = settings.noise_mse * (white / 255) ** 2
    return white_noise(reference, mse, seed=settings.seed, pixel_range=limits, counts=counts)


def _row(name: str, timed: TimedStep) -> NDArray[np.float64]:
    step, run = cast("HeldStep", timed.step), _RUNS[name]
    a, b = (step.held, step.value) if run.held == 0 else (step.value, step.held)
    return np.array(
        [step.index, timed.seconds, a, b, step.deviation, step.step_size, step.gradient_norm]
    )
