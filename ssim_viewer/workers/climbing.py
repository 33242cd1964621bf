"""One thread that climbs: a single walk, numbered as its run is, gone on with where it stood.

The generator of a climb stays alive while it is paused, so that going on from the
latest step keeps the memory of the adaptive rule.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QObject, Signal

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import climb
from ssim_viewer.workers.memory import CLIMB, SINGLE_CLIMB, require_memory
from ssim_viewer.workers.requests import MeasureRequest
from ssim_viewer.workers.runner import Cancelled
from ssim_viewer.workers.walking import Walker, Walks

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from numpy.typing import NDArray

    from ssim_viewer.session.state import Measured
    from ssim_viewer.synthesis import Step
    from ssim_viewer.workers.requests import ClimbRequest
    from ssim_viewer.workers.walking import Halt, Moved, Stride

ONLY = "climb"


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Steps since the last progress, oldest first, and the latest of them measured.

    Nothing is measured of the last steps before a stop: that is answered at once.
    """

    request: ClimbRequest
    steps: tuple[Step, ...]
    measured: Measured | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """A climb came to its end: stopped, done, converged, or with a problem."""

    request: ClimbRequest
    converged: bool = False
    problem: str = ""


class Climber(QObject):
    """Runs climbs, one at a time; a new one ends the one before.

    Signals
    -------
    progressed
        Carries `Progress`. The next one comes only after `release`, so that a slow
        screen never makes a queue.
    ended
        Carries `Ending`, after the last progress.
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._walker = Walker("climber", self)
        self._walker.moved.connect(self._tell_steps)
        self._walker.halted.connect(self._tell_end)
        self._stop = threading.Event()
        self._requests: dict[Walks, ClimbRequest] = {}
        self._problem = ""
        self._request: ClimbRequest | None = None
        self._steps: Iterator[Step] = iter(())
        self._latest: Step | None = None

    def start(self, request: ClimbRequest) -> None:
        """Begin a climb; one that runs is stopped first."""
        self._stop.set()
        stop = self._stop = threading.Event()
        survey = partial(_surveyed, request, stop)
        walks = Walks({ONLY: partial(self._resumed, request)}, survey)
        self._requests[walks] = request
        self._walker.go(walks, request.count)

    def stop(self) -> None:
        """Stop between two steps; `ended` follows."""
        self._stop.set()
        self._walker.stop()

    def release(self) -> None:
        """Say that the last progress is on screen."""
        self._walker.release()

    def close(self) -> None:
        """Stop and join."""
        self._stop.set()
        self._walker.close()

    def _tell_steps(self, moved: Moved) -> None:
        self._problem = moved.ends[ONLY].problem if ONLY in moved.ends else ""
        if ONLY in moved.found:
            self.progressed.emit(cast("Progress", moved.found[ONLY]))

    def _tell_end(self, halt: Halt) -> None:
        request = self._requests.pop(halt.walks)
        problem, self._problem = self._problem, ""
        self._walker.drop(halt.walks)
        self.ended.emit(Ending(request, halt.over and not problem, problem))

    def _resumed(self, request: ClimbRequest) -> Generator[Step, None, None]:
        """Yield steps numbered from the request's first index, going on where possible."""
        if self._request is None or not request.continues(self._request, self._latest):
            self._steps = _numbered(request)
        self._request = request
        for step in self._steps:
            self._latest = step
            yield step


def _surveyed(
    request: ClimbRequest, stop: threading.Event, _: str, strides: tuple[Stride, ...]
) -> Progress:
    steps = tuple(cast("Step", stride.step) for stride in strides)
    return Progress(request, steps, _measured(request, steps[-1], stop))


def _measured(request: ClimbRequest, step: Step, stop: threading.Event) -> Measured | None:
    """Measure a step for the screen, unless a stop comes first."""
    showing = request.showing
    if showing is None or stop.is_set():
        return None

    def report(*_: object) -> None:
        if stop.is_set():
            raise Cancelled

    wanted = MeasureRequest(request.reference, step.image, showing.metric, showing.quantities)
    with suppress(Cancelled):
        return wanted.run(report)
    return None


def _numbered(request: ClimbRequest) -> Iterator[Step]:
    metric = request.metric
    single = isinstance(metric, Ssim) and metric.precision == "single"
    require_memory(SINGLE_CLIMB if single else CLIMB, request.reference)
    steps = climb(
        metric,
        request.reference,
        request.start,
        request.direction,
        rule=request.rule,
        step_size=request.step_size,
        pixel_range=request.pixel_range,
    )
    for step in steps:
        if step.index > 0:
            yield replace(step, index=step.index + request.first_index)
        elif request.fresh:
            yield replace(step, index=request.first_index, image=_as_given(step.image, request))


def _as_given(image: NDArray[Any], request: ClimbRequest) -> NDArray[Any]:
    """Return the start of a climb, as it was given if that is the same: it is there already."""
    return request.start if np.array_equal(image, request.start) else image
