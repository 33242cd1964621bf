"""One thread that climbs: a single generator, numbered as its run is, gone on with where it stood.

The generator of a climb stays alive while it is paused, so that going on from the latest step
keeps the memory of the adaptive rule. Only a step so long that a pause could not wait for it is
given up; going on then begins anew from the latest image.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from ssim_viewer.jobs.generator_runner import GeneratorRunner
from ssim_viewer.jobs.generators import GeneratorSet
from ssim_viewer.jobs.memory import SINGLE_CLIMB, climbing_by, require_memory
from ssim_viewer.jobs.runner import Cancelled
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.playback import StillnessWatch
from ssim_viewer.synthesis import climb

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.jobs.batches import Batch
    from ssim_viewer.jobs.generator_runner import StepProgress, Stopped
    from ssim_viewer.jobs.generators import TimedStep
    from ssim_viewer.jobs.requests import ClimbRequest
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.playback import Stillness
    from ssim_viewer.synthesis import Step

ONLY = "climb"

LONG_STEP = 4_000_000
"""Pixels from which a step may take so long that it tells how far it is."""

PART = 1024
"""Side of the part of an image on which a step is rehearsed: many tiles, and still quickly done."""


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Steps since the last progress, oldest first, and the latest of them measured.

    Nothing is measured of the last steps before a stop, which is answered at once, nor of a start
    that stands on screen as it is.
    """

    request: ClimbRequest
    steps: tuple[Step, ...]
    measured: SsimMeasurement | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """A climb came to its end: stopped, done, converged, still, or with a problem.

    Attributes
    ----------
    still
        That nothing visible changes any more, if that is the reason.
    """

    request: ClimbRequest
    converged: bool = False
    problem: str = ""
    still: Stillness | None = None


class Climber(QObject):
    """Runs climbs, one at a time; a new one ends the one before.

    Signals
    -------
    progressed
        Carries `Progress`. The next one comes only after `release`, so that a slow
        screen never makes a queue.
    working
        Carries how far a long step is, from 0 to 1, or None where that is not known.
    ended
        Carries `Ending`, after the last progress.
    """

    progressed = Signal(object)
    working = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = GeneratorRunner("climber", self)
        self._runner.advanced.connect(self._tell_steps)
        self._runner.working.connect(self._tell_work)
        self._runner.stopped.connect(self._tell_end)
        self._stop = threading.Event()
        self._requests: dict[GeneratorSet, ClimbRequest] = {}
        self._stillness: dict[ClimbRequest, Stillness] = {}
        self._problem = ""
        self._request: ClimbRequest | None = None
        self._steps: Iterator[Step] = iter(())
        self._latest: Step | None = None

    def start(self, request: ClimbRequest) -> None:
        """Begin a climb; one that runs is stopped first."""
        self._stop.set()
        stop = self._stop = threading.Event()
        generators = GeneratorSet(
            {ONLY: partial(self._resumed, request)},
            summarize=partial(_summarized, request, stop),
            preemptible=True,
            rehearsal=_rehearsal(request),
        )
        self._requests[generators] = request
        self._runner.go(generators, request.count)

    def set_pace(self, steps_per_second: float | None) -> None:
        """Make so many steps a second, or as many as possible with None; also while it runs."""
        self._runner.set_pace(steps_per_second)

    def stop(self) -> None:
        """Stop between two steps, or give up one that takes long; `ended` follows."""
        self._stop.set()
        self._runner.stop()

    def release(self) -> None:
        """Say that the last progress is on screen."""
        self._runner.release()

    def close(self) -> None:
        """Stop and join."""
        self._stop.set()
        self._runner.close()

    def _tell_steps(self, batch: Batch) -> None:
        self._problem = batch.ends[ONLY].problem if ONLY in batch.ends else ""
        if ONLY in batch.found:
            self.progressed.emit(cast("Progress", batch.found[ONLY]))

    def _tell_work(self, progress: StepProgress) -> None:
        if progress.generators in self._requests and not self._stop.is_set():
            self.working.emit(progress.fraction)

    def _tell_end(self, stopped: Stopped) -> None:
        request = self._requests.pop(stopped.generators)
        still = self._stillness.pop(request, None)
        problem, self._problem = self._problem, ""
        self._runner.drop(stopped.generators)
        converged = stopped.over and not problem and still is None and not self._stop.is_set()
        self.ended.emit(Ending(request, converged, problem, still))

    def _resumed(self, request: ClimbRequest) -> Generator[Step, None, None]:
        """Yield steps numbered from the request's first index, going on where possible."""
        if self._request is None or not request.continues(self._request, self._latest):
            self._steps = _numbered(request)
        self._request = None  # a step that is given up leaves nothing to go on with
        watch = StillnessWatch(request.white, request.values)
        for step in self._steps:
            self._request, self._latest = request, step
            yield step
            found = watch.look(step) if request.stops_when_still else None
            if found is not None:
                self._stillness[request] = found
                return
            self._request = None
        self._request = request


def _summarized(
    request: ClimbRequest,
    stop: threading.Event,
    _: str,
    records: tuple[TimedStep, ...],
    latest: TimedStep,
) -> Progress:
    steps = tuple(cast("Step", timed.step) for timed in records)
    return Progress(request, steps, _measured(request, cast("Step", latest.step), stop))


def _measured(request: ClimbRequest, step: Step, stop: threading.Event) -> SsimMeasurement | None:
    """Measure a step for the screen, unless a stop comes first or it is there already."""
    showing = request.showing
    if showing is None or stop.is_set() or step.image is request.start:
        return None

    def report(*_: object) -> None:
        if stop.is_set():
            raise Cancelled

    wanted = showing.request(request.reference, step.image, request.counts)
    with suppress(Cancelled):
        return cast("SsimMeasurement", wanted.run(report)[0])
    return None


def _numbered(request: ClimbRequest) -> Iterator[Step]:
    metric = request.metric
    single = isinstance(metric, Ssim) and metric.precision == "single"
    require_memory(SINGLE_CLIMB if single else climbing_by(metric), request.reference)
    steps = climb(
        metric,
        request.reference,
        request.start,
        request.direction,
        rule=request.rule,
        step_size=request.step_size,
        pixel_range=request.pixel_range,
        counts=request.moving,
    )
    for step in steps:
        if step.index > 0:
            yield replace(step, index=step.index + request.first_index)
        elif request.fresh:
            yield replace(step, index=request.first_index, image=_as_given(step.image, request))


def _rehearsal(request: ClimbRequest) -> Callable[[], Iterator[Step]] | None:
    """Return a climb on a small part of a large image, or None where steps take no time."""
    height, width = request.reference.shape[:2]
    if height * width < LONG_STEP:
        return None
    top, left = (height - PART) // 2, (width - PART) // 2
    part = slice(max(top, 0), max(top, 0) + PART), slice(max(left, 0), max(left, 0) + PART)
    return lambda: _numbered(
        replace(request, reference=request.reference[part], start=request.start[part], fresh=True)
    )


def _as_given(image: NDArray[Any], request: ClimbRequest) -> NDArray[Any]:
    """Return the start of a climb, as it was given if that is the same: it is there already."""
    floats = image.dtype.kind == request.start.dtype.kind == "f"
    same = np.array_equal(image, request.start, equal_nan=floats)
    return request.start if same else image
