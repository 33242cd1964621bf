"""One thread that climbs: it takes steps at full speed and shows what the screen can take.

The generator of a climb stays alive while it is paused, so that going on from the
latest step keeps the memory of the adaptive rule.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssim_viewer.synthesis import climb
from ssim_viewer.workers.runner import Runner, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssim_viewer.synthesis import Step
    from ssim_viewer.workers.requests import ClimbRequest

INTERVAL = 1 / 60
"""Seconds between two batches of steps, at the least."""

BATCH_BYTES = 256 * 2**20
"""Images that may wait for the screen before the climb waits too."""


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Steps since the last progress, oldest first."""

    request: ClimbRequest
    steps: tuple[Step, ...]


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
        self._runner = Runner("climber", latest_wins=True)
        self._stop = threading.Event()
        self._screen_ready = threading.Event()
        self._request: ClimbRequest | None = None
        self._steps: Iterator[Step] = iter(())
        self._latest: Step | None = None

    def start(self, request: ClimbRequest) -> None:
        """Begin a climb; one that runs is stopped first."""
        self.stop()
        stop = self._stop = threading.Event()
        self._screen_ready.set()
        self._runner.submit(lambda: self._climb(request, stop))

    def stop(self) -> None:
        """Stop between two steps; `ended` follows."""
        self._stop.set()
        self._screen_ready.set()

    def release(self) -> None:
        """Say that the last progress is on screen."""
        self._screen_ready.set()

    def close(self) -> None:
        """Stop and join."""
        self.stop()
        self._runner.close()

    def _climb(self, request: ClimbRequest, stop: threading.Event) -> None:
        batch = _Batch(request, self)
        taken = 0
        converged, problem = False, ""
        try:
            for step in self._resumed(request):
                batch.add(step)
                taken += step.index > request.first_index
                if stop.is_set() or taken == request.count:
                    break
                batch.post_when_ready(self._screen_ready, stop)
            else:
                converged = True
        except Exception as error:
            problem = problem_of(error)
        batch.post()
        self.ended.emit(Ending(request, converged, problem))

    def _resumed(self, request: ClimbRequest) -> Iterator[Step]:
        """Yield steps numbered from the request's first index, going on where possible."""
        if self._request is None or not request.continues(self._request, self._latest):
            self._steps = _numbered(request)
        self._request = request
        for step in self._steps:
            self._latest = step
            yield step


def _numbered(request: ClimbRequest) -> Iterator[Step]:
    steps = climb(
        request.metric,
        request.reference,
        request.start,
        request.direction,
        rule=request.rule,
        step_size=request.step_size,
        pixel_range=request.pixel_range,
    )
    for step in steps:
        if step.index > 0 or request.fresh:
            yield replace(step, index=step.index + request.first_index)


class _Batch:
    """Steps that wait to be shown."""

    def __init__(self, request: ClimbRequest, climber: Climber) -> None:
        self._request = request
        self._climber = climber
        self._steps: list[Step] = []
        self._posted = 0.0

    def add(self, step: Step) -> None:
        self._steps.append(step)

    def post_when_ready(self, ready: threading.Event, stop: threading.Event) -> None:
        if len(self._steps) * self._steps[0].image.nbytes > BATCH_BYTES and not stop.is_set():
            ready.wait()
        if ready.is_set() and time.monotonic() - self._posted >= INTERVAL:
            ready.clear()
            self.post()

    def post(self) -> None:
        if self._steps:
            self._climber.progressed.emit(Progress(self._request, tuple(self._steps)))
            self._steps = []
            self._posted = time.monotonic()
