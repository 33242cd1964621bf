"""One thread that walks: named generators in turns, at full speed, shown as the screen can take.

The generators stay alive while the thread pauses, so that going on keeps what they remember. What
a step means, and what is made of it for the screen, is left to whoever names them.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ssim_viewer.metrics.tiles import THREADS
from ssim_viewer.workers.runner import Runner, problem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Walk = Generator["AnyStep", None, None]
    Survey = Callable[[str, tuple["Stride", ...]], object]

INTERVAL = 1 / 60
"""Seconds between two batches of steps, at the least."""

SLOWEST = 1 / 32
"""Seconds between two batches that are wanted at the most; each waits for the end of
a step, so that somewhat fewer come of it, which still looks fluent."""

SHARE, LARGEST_SHARE = 0.1, 1 / 3
"""What showing batches may cost of the time, and what it may to show so many."""

WINDOW_COSTS = 0.5 if (os.cpu_count() or 1) <= THREADS else 0.0
"""Seconds that a walk loses by a second's work of the window: none where that has a processor."""

BATCH_BYTES = 256 * 2**20
"""Images that may wait for the screen before the walk waits too."""


class AnyStep(Protocol):
    """What a generator yields; index 0 is its start."""

    @property
    def index(self) -> int:
        """Number of moves made so far."""

    @property
    def image(self) -> NDArray[np.floating[Any]]:
        """The image there."""


@dataclass(frozen=True, slots=True, eq=False)
class Stride:
    """A step, and the seconds that its generator has worked so far."""

    step: AnyStep
    seconds: float


@dataclass(frozen=True, slots=True)
class End:
    """A generator has ended: by itself, or with a problem in one sentence."""

    problem: str = ""


@dataclass(eq=False)
class Walks:
    """Named generators that are made at their first step, and live from one go to the next.

    Only the walker's thread looks into it.

    Attributes
    ----------
    makers
        Make the generators; one that fails has ended with that problem.
    survey
        Makes of the latest strides of one walk what shall be posted; by default the strides.
    """

    makers: Mapping[str, Callable[[], Walk]]
    survey: Survey = lambda _, strides: strides
    _live: dict[str, Walk | None] = field(init=False)
    _seconds: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self._live = dict.fromkeys(self.makers)
        self._seconds = dict.fromkeys(self.makers, 0.0)

    @property
    def over(self) -> bool:
        """Whether every generator has ended."""
        return not self._live

    def strides(self, count: int | None) -> Iterator[tuple[str, Stride | End]]:
        """Yield a step of each in turn, until all have ended or made `count` moves."""
        left = dict.fromkeys(self._live, count)
        while left:
            for name in tuple(left):
                if name not in self._live:  # it was ended between two rounds
                    del left[name]
                    continue
                found = self._next(name)
                if isinstance(found, End):
                    del left[name]
                elif found.step.index > 0 and (moves := left[name]) is not None:
                    left[name] = moves - 1
                    if moves == 1:
                        del left[name]
                yield name, found

    def end(self, name: str) -> None:
        """End a generator, whatever it holds on to."""
        walk = self._live.pop(name, None)
        if walk is not None:
            with suppress(Exception):  # of a metric, on its way out: nobody waits for it
                walk.close()

    def close(self) -> None:
        """End every generator."""
        for name in tuple(self._live):
            self.end(name)

    def _next(self, name: str) -> Stride | End:
        try:
            walk = self._live[name] or self.makers[name]()
            self._live[name] = walk
            begun = time.perf_counter()
            step = next(walk, None)
        except Exception as error:
            del self._live[name]
            return End(problem_of(error))
        self._seconds[name] += time.perf_counter() - begun
        if step is None:
            del self._live[name]
            return End()
        return Stride(step, self._seconds[name])


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """What the walks have come to since the last batch.

    Attributes
    ----------
    found
        What the survey made of each walk that has moved.
    ends
        The walks that have ended, after what was found of them.
    """

    walks: Walks
    found: Mapping[str, object]
    ends: Mapping[str, End]


@dataclass(frozen=True, slots=True, eq=False)
class Halt:
    """A go came to its end; `over` when no walk can go on."""

    walks: Walks
    over: bool = False


class Walker(QObject):
    """Drives walks, one set at a time; a new go ends the one before.

    Signals
    -------
    moved
        Carries `Moved`. The next one comes only after `release`, so that a slow screen never
        makes a queue.
    halted
        Carries `Halt`, after the last `Moved` of a go.
    """

    moved = Signal(object)
    halted = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = Runner(name, latest_wins=False, parent=self)
        self._stop = threading.Event()
        self._screen_ready = threading.Event()
        self._current: Walks | None = None
        self._kept: set[Walks] = set()
        self._window = _Window(self)
        self.moved.connect(self._window.take)

    def go(self, walks: Walks, count: int | None = None) -> None:
        """Make `count` moves of each walk, or go on until stopped; a go that runs stops first."""
        self.stop()
        stop = self._stop = threading.Event()
        self._screen_ready.set()
        self._current = walks
        self._kept.add(walks)
        self._runner.submit(lambda: self._go(walks, count, stop))

    def stop(self) -> None:
        """Stop between two steps; `halted` follows."""
        self._stop.set()
        self._screen_ready.set()

    def drop(self, walks: Walks) -> None:
        """End walks for good; they are stopped first if they are under way."""
        if walks is self._current:
            self._current = None
            self.stop()
        self._kept.discard(walks)
        self._runner.submit(walks.close)

    def release(self) -> None:
        """Say that the last batch is on screen."""
        self._screen_ready.set()

    def close(self) -> None:
        """Stop, join, and end every walk."""
        self.stop()
        self._runner.close()
        for walks in self._kept:
            walks.close()
        self._kept.clear()

    def _go(self, walks: Walks, count: int | None, stop: threading.Event) -> None:
        batch = _Batch(walks, self.moved.emit, self._window)
        if not stop.is_set():
            for name, found in walks.strides(count):
                batch.add(name, found)
                if stop.is_set():
                    break
                batch.post_when_ready(self._screen_ready, stop)
        batch.post()
        self.halted.emit(Halt(walks, walks.over))


class _Batch:
    """Strides and ends that wait to be shown."""

    def __init__(self, walks: Walks, post: Callable[[Moved], object], window: _Window) -> None:
        self._walks = walks
        self._post = post
        self._window = window
        self._strides: dict[str, list[Stride]] = {}
        self._ends: dict[str, End] = {}
        self._bytes = 0
        self._posted = 0.0
        self._pause = INTERVAL

    def add(self, name: str, found: Stride | End) -> None:
        if isinstance(found, End):
            self._ends[name] = found
        else:
            self._strides.setdefault(name, []).append(found)
            self._bytes += found.step.image.nbytes

    def post_when_ready(self, ready: threading.Event, stop: threading.Event) -> None:
        if self._bytes > BATCH_BYTES and not stop.is_set():
            ready.wait()
        if ready.is_set() and time.monotonic() - self._posted >= self._pause:
            ready.clear()
            self.post()

    def post(self) -> None:
        if not self._strides and not self._ends:
            return
        begun = time.monotonic()
        survey = self._walks.survey
        found: dict[str, object] = {}
        for name, strides in self._strides.items():
            try:
                found[name] = survey(name, tuple(strides))
            except Exception as error:
                self._walks.end(name)
                self._ends[name] = End(problem_of(error))
        self._post(Moved(self._walks, MappingProxyType(found), MappingProxyType(self._ends)))
        self._strides, self._ends, self._bytes = {}, {}, 0
        self._posted = begun
        cost = time.monotonic() - begun + WINDOW_COSTS * self._window.seconds
        self._pause = pause_after(cost)


def pause_after(cost: float) -> float:
    """Return the seconds from one batch to the next, when a batch costs so many."""
    return max(INTERVAL, min(cost / SHARE, max(SLOWEST, cost / LARGEST_SHARE)))


class _Window(QObject):
    """How long the window's thread works from one batch to the next, as it takes them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 0.0
        self._before = time.thread_time()

    @Slot()
    def take(self) -> None:
        """Note what was worked since the last batch came."""
        now = time.thread_time()
        self.seconds, self._before = now - self._before, now
