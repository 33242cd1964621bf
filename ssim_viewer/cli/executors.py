"""Who scores: this process, processes of its own on this machine, or a cluster (`cluster`).

Processes rather than threads: decoders write their complaints to the process's standard error, so
that a process decodes one image at a time, and one that dies on a damaged file takes nothing along.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, Self

import cv2

from ssim_viewer.cli.scorer import Done, Scorer, Settings, score_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from ssim_viewer.cli.scorer import PairFiles


class Workers(Protocol):
    """Whoever scores runs of pairs, several at a time; entered to begin, left to end."""

    @property
    def width(self) -> int:
        """How many runs are worked on at a time."""

    def submit(self, pairs: Sequence[PairFiles]) -> Future[Done]:
        """Take on a run of pairs; a worker that dies is an exception of the future."""

    def renew(self) -> None:
        """Make ready again after a worker died."""

    def require(self) -> None:
        """Raise a `CommandError` if nothing more can come of what was submitted."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...


class InProcess:
    """The process at hand: for a handful of pairs, quicker than to start others."""

    width = 1

    def __init__(self, settings: Settings) -> None:
        self._scorer = Scorer(settings)

    def submit(self, pairs: Sequence[PairFiles]) -> Future[Done]:
        """Score the pairs at once."""
        future: Future[Done] = Future()
        future.set_result(self._scorer.score(pairs))
        return future

    def renew(self) -> None:
        """There is nothing that could die."""

    def require(self) -> None:
        """Do nothing: it is always there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


class Processes:
    """Processes on this machine, one for each job, each with a reading thread."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self.width = jobs
        self._settings = settings

    def submit(self, pairs: Sequence[PairFiles]) -> Future[Done]:
        """Hand the pairs to the next process that is free."""
        try:
            with _interrupts_held_back():
                return self._pool.submit(score_on, self._settings, pairs)
        except BrokenExecutor as error:
            future: Future[Done] = Future()
            future.set_exception(error)
            return future

    def renew(self) -> None:
        """Start new processes instead of those that ended with the one that died."""
        self._pool.shutdown()
        self._open()

    def require(self) -> None:
        """Do nothing: a process that dies ends its futures itself."""

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _open(self) -> None:
        # Not forked: a forked child inherits locks that threads of this process may hold.
        self._pool = ProcessPoolExecutor(
            self.width, multiprocessing.get_context("spawn"), initializer=_begin
        )


def cores() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin() -> None:
    """Make a worker of this process: it leaves Ctrl+C to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)  # the other cores belong to the other processes
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let processes that are started here be born deaf to Ctrl+C; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
