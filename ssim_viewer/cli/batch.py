"""Thousands of pairs through workers: in order, a few runs in flight, whatever becomes of some."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.scorer import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from ssim_viewer.cli.executors import Workers
    from ssim_viewer.cli.scorer import Done, PairFiles, PairResult

_SECONDS = 0.5
"""What a run should take: long beside its way to a worker, short beside a person's patience."""

_LARGEST = 64
_LOOK = 1.0
"""Seconds between two looks at whether the workers are still there."""

_DEPTH = 2
"""Runs in flight for each worker: one that it works on, and one that waits for it."""

_DIED = "The process that scored it died; the file may be damaged, or too large for the memory."


def outcomes(
    workers: Workers, pairs: Sequence[PairFiles], stopped: Callable[[], bool]
) -> Iterator[PairResult]:
    """Yield the outcome of each pair in order.

    Parameters
    ----------
    workers
        Entered by the caller.
    pairs
        The pairs; neighbours that share a reference are quickest.
    stopped
        Asked between runs: once true, what is in flight is finished and nothing else begun.
    """
    runs = _Runs(pairs, workers.width)
    flying: deque[tuple[Sequence[PairFiles], Future[Done]]] = deque()
    while True:
        while not stopped() and len(flying) < _DEPTH * workers.width and (run := runs.following()):
            flying.append((run, workers.submit(run)))
        if not flying:
            return
        run, future = flying.popleft()
        if stopped() and future.cancel():
            continue
        try:
            done = _result(workers, future)
        except CommandError:
            raise
        except Exception:  # however a worker ends
            lost = [*run, *(pair for other, _ in flying for pair in other)]
            flying.clear()
            workers.renew()
            yield from _one_by_one(workers, lost, stopped)
        else:
            runs.learn(len(run), done.seconds)
            yield from done.outcomes


def _result(workers: Workers, future: Future[Done]) -> Done:
    """Return what a run has come to; workers that are gone leave futures that never end."""
    while True:
        try:
            return future.result(timeout=_LOOK)
        except TimeoutError:
            if future.done():  # the work itself ran out of time
                raise
            workers.require()


class _Runs:
    """Cuts pairs into runs of about half a second, smaller ones where the end is near."""

    def __init__(self, pairs: Sequence[PairFiles], width: int) -> None:
        self._pairs = pairs
        self._width = width
        self._begun = 0
        self._size = 1

    def following(self) -> Sequence[PairFiles]:
        """Return the next run; none when all have begun."""
        left = len(self._pairs) - self._begun
        size = min(self._size, -(-left // (_DEPTH * self._width)))
        run = self._pairs[self._begun : self._begun + size]
        self._begun += size
        return run

    def learn(self, pairs: int, seconds: float) -> None:
        """Let the next runs be as long as one of so many pairs suggests."""
        fitting = int(pairs * _SECONDS / max(seconds, 1e-9))
        self._size = max(1, min(fitting, 2 * self._size, _LARGEST))


def _one_by_one(
    workers: Workers, pairs: Sequence[PairFiles], stopped: Callable[[], bool]
) -> Iterator[PairResult]:
    """Find the pair that ends its worker: nothing else is in flight beside it."""
    for pair in pairs:
        if stopped():
            return
        try:
            done = _result(workers, workers.submit([pair]))
        except CommandError:
            raise
        except Exception:  # however a worker ends
            workers.renew()
            yield Failed(pair.names, _DIED)
        else:
            yield from done.outcomes
