"""One thread that drives named generators in turns, at full speed or at a wanted pace.

The generators stay alive while the thread pauses, so that going on keeps what they remember. What
a step means, and what is made of it for the screen, is left to whoever names them.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssim_viewer.compute.tiles import Interrupted, interruptible
from ssim_viewer.jobs.batches import PendingBatch, WindowCost
from ssim_viewer.jobs.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.jobs.generators import GeneratorSet

PREEMPT_AFTER = 0.3
"""Seconds that a step may go on after a stop, before it is given up where that is allowed."""

TELL_AFTER, TELL_INTERVAL = 0.5, 0.2
"""Seconds from which on a step is worth a word on how far it is, and between two such words."""


@dataclass(frozen=True, slots=True, eq=False)
class Stopped:
    """A go came to its end; `over` when no generator can go on."""

    generators: GeneratorSet
    over: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StepProgress:
    """How far a long step is, from 0 to 1 by the work of the step before; None where unknown."""

    generators: GeneratorSet
    fraction: float | None


class GeneratorRunner(QObject):
    """Drives generators, one set at a time; a new go ends the one before.

    Signals
    -------
    advanced
        Carries `Batch`. The next one comes only after `release`, so that a slow screen never
        makes a queue.
    working
        Carries `StepProgress` while a step takes long.
    stopped
        Carries `Stopped`, after the last `Batch` of a go.
    """

    advanced = Signal(object)
    working = Signal(object)
    stopped = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = Runner(name, latest_wins=False, parent=self)
        self._stop = _StopRequest()
        self._screen_ready = threading.Event()
        self._pace = _Pace()
        self._current: GeneratorSet | None = None
        self._kept: set[GeneratorSet] = set()
        self._window = WindowCost(self)
        self.advanced.connect(self._window.take)

    def go(self, generators: GeneratorSet, count: int | None = None) -> None:
        """Make `count` moves of each, or go on until stopped; a go that runs stops first."""
        self.stop()
        stop = self._stop = _StopRequest()
        self._window.reset()
        self._screen_ready.set()
        self._current = generators
        self._kept.add(generators)
        self._runner.submit(lambda: self._go(generators, count, stop))

    def set_pace(self, steps_per_second: float | None) -> None:
        """Make so many steps a second, or as many as possible with None; also while it runs."""
        self._pace.set(steps_per_second)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop between two steps, or give up the one under way; `stopped` follows."""
        self._stop.ask(at_once=at_once)
        self._screen_ready.set()
        self._pace.wake()

    def drop(self, generators: GeneratorSet) -> None:
        """End generators for good; they are stopped first if they are under way."""
        if generators is self._current:
            self._current = None
            self.stop(at_once=True)
        self._kept.discard(generators)
        self._runner.submit(generators.close)

    def release(self) -> None:
        """Say that the last batch is on screen."""
        self._screen_ready.set()

    def close(self) -> None:
        """Stop, join, and end every generator."""
        self.stop(at_once=True)
        self._runner.close()
        for generators in self._kept:
            generators.close()
        self._kept.clear()

    def _go(self, generators: GeneratorSet, count: int | None, stop: _StopRequest) -> None:
        batch = PendingBatch(generators, self.advanced.emit, self._window)
        watch = _StepWatch(stop, generators, self.working.emit)
        with suppress(Interrupted), interruptible(watch.check):
            self._make_steps(generators, count, stop, batch, watch)
        if not stop.at_once:
            batch.post()
        self.stopped.emit(Stopped(generators, generators.over))

    def _make_steps(
        self,
        generators: GeneratorSet,
        count: int | None,
        stop: _StopRequest,
        batch: PendingBatch,
        watch: _StepWatch,
    ) -> None:
        if stop.is_asked():
            return
        self._pace.begin()
        for name, found in generators.steps(count):
            watch.step_made()
            with interruptible(watch.check_dropped):
                batch.add(name, found)
                if stop.is_asked():
                    return
                slow = self._pace.interval is not None
                batch.post_when_ready(self._screen_ready, at_once=slow)
            if not generators.over:
                self._pace.wait(stop)
            if stop.is_asked():
                return
            watch.step_begins()


class _StopRequest:
    """That a go shall end, since when, and whether even the step under way shall be given up."""

    def __init__(self) -> None:
        self._since: float | None = None
        self.at_once = False

    def is_asked(self) -> bool:
        return self._since is not None

    def ask(self, *, at_once: bool) -> None:
        if self._since is None:
            self._since = time.monotonic()
        self.at_once = self.at_once or at_once

    def gives_up(self, *, preemptible: bool) -> bool:
        """Whether the step under way is given up."""
        if self._since is None:
            return False
        return self.at_once or (preemptible and time.monotonic() - self._since > PREEMPT_AFTER)


class _StepWatch:
    """Looks at a step while it is made: tells how far it is, and ends it when that is wanted."""

    def __init__(
        self, stop: _StopRequest, generators: GeneratorSet, tell: Callable[[StepProgress], object]
    ) -> None:
        self._stop, self._generators, self._tell = stop, generators, tell
        self._looks, self._looks_before = 0, 0
        self._begun = self._told = time.monotonic()

    def step_begins(self) -> None:
        self._begun = self._told = time.monotonic()
        self._looks = 0

    def step_made(self) -> None:
        self._looks_before = self._looks

    def check(self) -> None:
        """Take a look; called from inside the step, after every part of a pass."""
        if self._stop.gives_up(preemptible=self._generators.preemptible):
            raise Interrupted
        self._looks += 1
        now = time.monotonic()
        if now - self._begun > TELL_AFTER and now - self._told > TELL_INTERVAL:
            self._told = now
            known = self._looks_before > 0
            fraction = min(1.0, self._looks / self._looks_before) if known else None
            self._tell(StepProgress(self._generators, fraction))

    def check_dropped(self) -> None:
        """End what is made of a step for the screen, once nobody will see it."""
        if self._stop.at_once:
            raise Interrupted


class _Pace:
    """Makes rounds of steps last as long as is wanted, and no longer once that changes."""

    def __init__(self) -> None:
        self.interval: float | None = None
        self._changed = threading.Condition()
        self._due = 0.0

    def set(self, steps_per_second: float | None) -> None:
        with self._changed:
            self.interval = None if steps_per_second is None else 1 / steps_per_second
            self._changed.notify_all()

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def begin(self) -> None:
        self._due = time.monotonic()

    def wait(self, stop: _StopRequest) -> None:
        """Wait until the next step is due."""
        with self._changed:
            begun = self._due
            while self.interval is not None and not stop.is_asked():
                left = begun + self.interval - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._due = time.monotonic()
