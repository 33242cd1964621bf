"""A thread that runs requests one after another; with one slot, the latest wins."""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from ssim_viewer.text import tr


class Report(Protocol):
    """Takes the fraction of the work that is done; raises `Cancelled` when it shall stop."""

    def __call__(self, fraction: float, part: object = None, /) -> None:
        """Tell the fraction, and perhaps what is worth showing already."""


@runtime_checkable
class LongRequest(Protocol):
    """A function that has captured all its inputs, and tells how far it is."""

    def run(self, report: Report) -> object:
        """Do the work, reporting every few milliseconds."""


Request = Callable[[], object] | LongRequest
"""A function that has captured all its inputs."""

REPORT_INTERVAL = 0.05
"""Seconds between two reports that reach the screen."""

NICENESS = 5
"""Of worker threads, on the scale of Unix: 0 is the window's, 19 the least pressing."""

PREEMPT_AFTER_S = 0.25
"""Seconds that work may have taken before a newer request puts an end to it."""

_log = logging.getLogger(__name__)

_running: set[Runner] = set()
"""Runners with a thread, kept alive until they are closed: Qt must not lose a running thread."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """Work that is not wanted any more."""


@dataclass(frozen=True, slots=True, eq=False)
class JobResult:
    """What became of a request: a result, the problem in one sentence, or nothing if cancelled."""

    request: Request
    result: object = None
    problem: str = ""
    error: Exception | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class JobProgress:
    """How far a request has come, from 0 to 1, and what is there of its result, if that is told."""

    request: Request
    fraction: float
    part: object = None


def problem_of(error: Exception) -> str:
    """Return one sentence for a person.

    The rooms below raise a ValueError with such a sentence; anything else is a defect
    of the program, which is logged with its traceback and named.
    """
    if isinstance(error, ValueError):
        return str(error)
    if isinstance(error, MemoryError):
        return tr("There is not enough memory for this; use smaller images.")
    _log.error(tr("Unexpected problem in a worker"), exc_info=error)
    return tr(
        "Unexpected problem ({name}: {error}); what was on screen stays.",
        name=type(error).__name__,
        error=error,
    )


def outcome_of(request: Request, report: Report) -> JobResult:
    """Run a request; an error becomes an outcome too."""
    try:
        result = request.run(report) if isinstance(request, LongRequest) else request()
        return JobResult(request, result)
    except Cancelled:
        return JobResult(request, cancelled=True)
    except Exception as error:
        return JobResult(request, None, problem_of(error), error)


class Runner(QObject):
    """Runs requests on one thread of its own, from the first request on.

    Signals
    -------
    finished
        Carries the `JobResult` of each request that ran, to the thread of the receiver.
    advanced
        Carries the `JobProgress` of a long request. A part that is worth showing waits until the
        event loop has been round since the one before: small images would flood the window.

    Parameters
    ----------
    latest_wins
        One pending slot: a new request takes the place of one that has not begun, and ends
        a long one that has been running for a while. Otherwise every request runs, in order.
    """

    finished = Signal(object)
    advanced = Signal(object)
    _answered = Signal()  # emitted last, so that a runner is busy until its outcome was taken

    def __init__(self, name: str, *, latest_wins: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._latest_wins = latest_wins
        self._pending: deque[Request] = deque(maxlen=1 if latest_wins else None)
        self._changed = threading.Condition()
        self._undelivered = 0
        self._part_on_its_way = False
        self._closing = False
        self._cancelled = False
        self._began = 0.0
        self._reported = 0.0
        self._answered.connect(self._deliver)
        self.advanced.connect(self._deliver_part)
        self._thread = _Thread(self._work, name)

    @property
    def busy(self) -> bool:
        """Whether a request runs or waits, or its outcome is still on its way."""
        with self._changed:
            return bool(self._undelivered or self._pending)

    def submit(self, request: Request) -> None:
        """Ask for a request to be run."""
        with self._changed:
            self._pending.append(request)
            self._changed.notify()
        if self not in _running and not self._closing:
            _running.add(self)
            self._thread.start()

    def cancel(self) -> None:
        """Drop what waits, and end a long request at its next report."""
        with self._changed:
            self._pending.clear()
            self._cancelled = True
            self._changed.notify()

    def close(self) -> None:
        """Drop what waits, end what runs as soon as it can, and join the thread."""
        with self._changed:
            self._closing = True
            self._cancelled = True
            self._pending.clear()
            self._changed.notify()
        self._thread.wait()
        _running.discard(self)

    @staticmethod
    def running() -> list[Runner]:
        """Return the runners whose thread was started and not joined."""
        return list(_running)

    @staticmethod
    def close_all() -> None:
        """Join every thread; the interpreter asks for it as it ends."""
        for runner in Runner.running():
            runner.close()

    def _work(self) -> None:
        while (request := self._next()) is not None:
            outcome = outcome_of(request, partial(self._report, request))
            if not self._closing:
                self.finished.emit(outcome)
                self._answered.emit()
            del outcome, request  # maps may be large: who waits holds none

    @Slot()
    def _deliver(self) -> None:
        with self._changed:
            self._undelivered -= 1

    @Slot(object)
    def _deliver_part(self, progress: JobProgress) -> None:
        """Let the next part come when the window has seen to everything else."""
        if progress.part is not None:
            QTimer.singleShot(0, self._let_go_on)

    @Slot()
    def _let_go_on(self) -> None:
        with self._changed:
            self._part_on_its_way = False
            self._changed.notify()

    def _next(self) -> Request | None:
        with self._changed:
            self._changed.wait_for(lambda: self._pending or self._closing)
            if self._closing:
                return None
            self._undelivered += 1
            self._cancelled = False
            self._began = self._reported = time.monotonic()
            return self._pending.popleft()

    def _report(self, request: Request, fraction: float, part: object = None, /) -> None:
        if part is not None:
            with self._changed:
                self._changed.wait_for(lambda: not self._part_on_its_way or self._unwanted)
        now = time.monotonic()
        if self._unwanted:
            raise Cancelled
        if part is not None or now - self._reported > REPORT_INTERVAL:
            self._reported = now
            if part is not None:
                self._part_on_its_way = True
            self.advanced.emit(JobProgress(request, fraction, part))

    @property
    def _unwanted(self) -> bool:
        """Whether what runs was cancelled, or has run for a while and a later request waits."""
        overtaken = self._latest_wins and bool(self._pending)
        return self._cancelled or (overtaken and time.monotonic() - self._began > PREEMPT_AFTER_S)


class _Thread(QThread):
    """A Qt thread that runs one function, so that Qt knows the sender of its signals."""

    def __init__(self, work: Callable[[], None], name: str) -> None:
        super().__init__()
        self._work = work
        self.setObjectName(name)

    def run(self) -> None:
        _give_way()
        self._work()


def _give_way() -> None:
    """Let the window have a processor first, where threads have priorities of their own.

    Threads that this one starts inherit it. Linux alone counts niceness by thread.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


atexit.register(Runner.close_all)
