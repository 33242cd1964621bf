"""What generators have come to since the screen was last told, in bounded memory.

A batch is posted as often as showing it costs a tenth of the time, oftener where that would not
look fluent, at least twice a second, and never before the last one was shown. Records that wait and
records that were posted and not yet shown never hold more than `BATCH_BYTES` together, half of it
each; only a single record that is larger waits all the same.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from ssim_viewer.compute.tiles import THREADS
from ssim_viewer.jobs.generators import End
from ssim_viewer.jobs.runner import problem_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from ssim_viewer.jobs.generators import GeneratorSet, TimedStep

    Clock = Callable[[], float]

INTERVAL = 1 / 60
"""Seconds between two batches of steps, at the least."""

SLOWEST = 1 / 32
"""Seconds between two batches that are wanted at the most; each waits for the end of
a step, so that somewhat fewer come of it, which still looks fluent."""

LONGEST = 0.5
"""Seconds that a batch is held back at the most, whatever showing one costs."""

SHARE, LARGEST_SHARE = 0.1, 1 / 3
"""What showing batches may cost of the time, and what it may to show so many."""

WINDOW_COSTS = 0.5 if (os.cpu_count() or 1) <= THREADS else 0.0
"""Seconds that a run loses by a second's work of the window: none where that has a processor."""

BATCH_BYTES = 256 * 2**20
"""Bytes of records that may wait for the screen or lie there; beyond it the generators wait."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What the generators have come to since the last batch.

    Attributes
    ----------
    found
        The summary of each generator that has made a step.
    ends
        The generators that have ended, after what was found of them.
    """

    generators: GeneratorSet
    found: Mapping[str, object]
    ends: Mapping[str, End]


class PendingBatch:
    """Records and ends that wait to be shown."""

    def __init__(
        self,
        generators: GeneratorSet,
        post: Callable[[Batch], object],
        window: WindowCost,
        clock: Clock = time.monotonic,
    ) -> None:
        self._generators = generators
        self._post = post
        self._window = window
        self._clock = clock
        self._records: dict[str, list[Any]] = {}
        self._latest: dict[str, TimedStep] = {}
        self._ends: dict[str, End] = {}
        self._waiting = self._largest = 0
        self._posted = -LONGEST
        self._pause = 0.0

    @property
    def full(self) -> bool:
        """Whether one more record like the largest would take more than this batch's half."""
        return self._waiting + self._largest > BATCH_BYTES // 2

    def add(self, name: str, found: TimedStep | End) -> None:
        """Keep what is wanted of a step, or the end of a generator."""
        if isinstance(found, End):
            self._ends[name] = found
            return
        try:
            record = self._generators.record(name, found)
        except Exception as error:
            self._fail(name, error)
            return
        self._records.setdefault(name, []).append(record)
        self._latest[name] = found
        self._waiting += record.nbytes
        self._largest = max(self._largest, record.nbytes)

    def post_when_ready(self, ready: threading.Event, *, at_once: bool = False) -> None:
        """Post what waits where the screen is ready and the pause is over, or memory ends.

        What shall be shown at once waits for the screen: at a chosen speed no step is left out.
        """
        full = self.full
        if full or at_once:
            ready.wait()
        if not ready.is_set():
            return
        if full or at_once or self._clock() - self._posted >= self._pause:
            ready.clear()
            self.post()

    def post(self) -> None:
        """Post what waits, if anything does."""
        if not self._records and not self._ends:
            return
        begun = self._clock()
        found: dict[str, object] = {}
        for name, records in self._records.items():
            try:
                found[name] = self._generators.summarize(name, tuple(records), self._latest[name])
            except Exception as error:
                self._fail(name, error)
        self._post(Batch(self._generators, MappingProxyType(found), MappingProxyType(self._ends)))
        self._records, self._latest, self._ends, self._waiting = {}, {}, {}, 0
        self._posted = begun
        self._pause = pause_after(self._clock() - begun + WINDOW_COSTS * self._window.seconds)

    def _fail(self, name: str, error: Exception) -> None:
        self._generators.end(name)
        self._ends[name] = End(problem_of(error))


def pause_after(cost: float) -> float:
    """Return the seconds from one batch to the next, when a batch costs so many."""
    pause = max(INTERVAL, min(cost / SHARE, max(SLOWEST, cost / LARGEST_SHARE)))
    return min(pause, LONGEST)


class WindowCost(QObject):
    """How long the window's thread works from one batch to the next, as it takes them.

    Parameters
    ----------
    clock
        Returns the seconds that this thread has worked.
    """

    def __init__(self, parent: QObject | None = None, clock: Clock = time.thread_time) -> None:
        super().__init__(parent)
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Begin to count: what the window did before a run is no cost of it."""
        self.seconds = 0.0
        self._before = self._clock()

    @Slot()
    def take(self) -> None:
        """Note what was worked since the last batch came."""
        now = self._clock()
        self.seconds, self._before = now - self._before, now
