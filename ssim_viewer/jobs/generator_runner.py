"""One thread that drives named generators in turns, at full speed or at a wanted pace.

The generators stay alive while the thread pauses, so that going on keeps what they remember. A
step that takes long is held where it stands while the thread pauses, and goes on from there; or it
is given up where that is allowed. What a step means, and what is made of it for the screen, is left
to whoever names them.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssim_viewer.compute.tiles import Interrupted, interruptible
from ssim_viewer.jobs.batches import PendingBatch, WindowCost
from ssim_viewer.jobs.runner import Runner
from ssim_viewer.jobs.step_passes import StepPasses

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.jobs.generators import GeneratorSet

PREEMPT_AFTER = 0.3
"""Seconds that a step may go on after a stop, before it is held, or given up where allowed."""

TELL_AFTER, TELL_INTERVAL = 0.5, 0.2
"""Seconds from which on a step is worth a word on how far it is, and between two such words."""


@dataclass(frozen=True, slots=True, eq=False)
class Stopped:
    """A go came to its end; `over` when no generator can go on."""

    generators: GeneratorSet
    over: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StepProgress:
    """How far a long step is, from 0 to 1; None where there is nothing to tell it by."""

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
        self._order = _Order()
        self._orders: list[tuple[GeneratorSet, _Order]] = []
        self._ordered = threading.Condition()
        self._screen_ready = threading.Event()
        self._pace = _Pace()
        self._current: GeneratorSet | None = None
        self._kept: set[GeneratorSet] = set()
        self._window = WindowCost(self)
        self.advanced.connect(self._window.take)

    def go(self, generators: GeneratorSet, count: int | None = None) -> None:
        """Make `count` moves of each, or go on until stopped; a go that runs stops first."""
        self.stop()
        order = self._order = _Order(count)
        self._window.reset()
        self._screen_ready.set()
        self._current = generators
        self._kept.add(generators)
        with self._ordered:
            self._orders.append((generators, order))
            self._ordered.notify_all()
        self._runner.submit(lambda: self._go(generators, order))

    def set_pace(self, steps_per_second: float | None) -> None:
        """Make so many steps a second, or as many as possible with None; also while it runs."""
        self._pace.set(steps_per_second)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop between two steps or inside a long one, or give it up; `stopped` follows."""
        with self._ordered:
            self._order.ask(at_once=at_once)
            self._ordered.notify_all()
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

    def _go(self, generators: GeneratorSet, order: _Order) -> None:
        if not self._take(order):
            return  # the step that was held has gone on by it
        batch = PendingBatch(generators, self.advanced.emit, self._window)
        watch = _StepWatch(order, generators, self.working.emit, partial(self._hold, batch))
        generators.is_stopping = watch.is_stopping
        held = None
        with suppress(Interrupted), interruptible(watch.check):
            watch.rehearse()
            while self._make_steps(generators, batch, watch, held):
                held = watch.name
        if not watch.order.at_once:
            batch.post()
        if not watch.holds:
            self.stopped.emit(Stopped(generators, generators.over))

    def _make_steps(
        self, generators: GeneratorSet, batch: PendingBatch, watch: _StepWatch, held: str | None
    ) -> bool:
        """Carry out the order, or return True when another one came while a step was held."""
        order = watch.order
        if order.is_asked():
            return False
        watch.step_begins()
        self._pace.begin()
        for name, found in generators.steps(order.count, held):
            watch.step_made(name)
            with interruptible(watch.check_dropped):
                batch.add(name, found)
                if watch.order.is_asked():
                    return False
                slow = self._pace.interval is not None
                batch.post_when_ready(self._screen_ready, at_once=slow)
            if not generators.over:
                self._pace.wait(watch.order)
            if watch.order is not order:
                return True
            if order.is_asked():
                return False
            watch.step_begins()
        return False

    def _take(self, order: _Order) -> bool:
        """Return whether an order is still to be carried out, and carry it out from now on."""
        with self._ordered:
            waiting = [each for each in self._orders if each[1] is order]
            self._orders = [each for each in self._orders if each[1] is not order]
            return bool(waiting)

    def _hold(self, batch: PendingBatch, generators: GeneratorSet, before: _Order) -> _Order:
        """Stop inside a step until the next order for its generators; return that.

        An order for others, or to stop at once, gives the step up.
        """
        batch.post()
        self.stopped.emit(Stopped(generators))
        with self._ordered:
            while True:
                for whose, order in self._orders:
                    if whose is not generators:
                        raise Interrupted
                    self._orders.remove((whose, order))
                    return order
                if before.at_once:
                    raise Interrupted
                self._ordered.wait()


class _Order:
    """How many moves to make, whether and since when to stop, and whether that is inside a step."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count
        self._since: float | None = None
        self.at_once = False

    def is_asked(self) -> bool:
        return self._since is not None

    def ask(self, *, at_once: bool) -> None:
        if self._since is None:
            self._since = time.monotonic()
        self.at_once = self.at_once or at_once

    @property
    def ends_step(self) -> bool:
        """Whether the step under way takes too long to wait for its end."""
        if self._since is None:
            return False
        return self.at_once or time.monotonic() - self._since > PREEMPT_AFTER


class _StepWatch:
    """Looks at a step while it is made: tells how far it is, and holds or ends it when wanted.

    Attributes
    ----------
    order
        The order that is carried out.
    name
        Whose step was made last, or "".
    holds
        Whether a step is held.
    """

    def __init__(
        self,
        order: _Order,
        generators: GeneratorSet,
        tell: Callable[[StepProgress], object],
        hold: Callable[[GeneratorSet, _Order], _Order],
    ) -> None:
        self.order, self.name, self.holds = order, "", False
        self._generators, self._tell, self._hold = generators, tell, hold
        self._passes, self._passes_before = StepPasses(), StepPasses()
        self._begun = self._told = time.monotonic()

    def is_stopping(self) -> bool:
        """Whether the order that is carried out is to stop."""
        return self.order.is_asked()

    def rehearse(self) -> None:
        """Learn what the passes of a first step cost, by a step of a small part of the image."""
        if self._generators.rehearsal is None:
            return
        passes = StepPasses()

        def look() -> None:
            self.check_dropped()
            passes.look()

        with suppress(Exception), interruptible(look):
            next(self._generators.rehearsal(), None)
            self._passes_before = passes

    def step_begins(self) -> None:
        self._begun = self._told = time.monotonic()
        self._passes = StepPasses()

    def step_made(self, name: str) -> None:
        self.name, self._passes_before = name, self._passes

    def check(self) -> None:
        """Take a look; called from inside the step, after every part of a pass."""
        if self.order.ends_step:
            self._stop_inside()
        self._passes.look()
        now = time.monotonic()
        if now - self._begun > TELL_AFTER and now - self._told > TELL_INTERVAL:
            self._told = now
            fraction = self._passes.fraction(self._passes_before)
            self._tell(StepProgress(self._generators, fraction))

    def check_dropped(self) -> None:
        """End what is made of a step for the screen, once nobody will see it."""
        if self.order.at_once:
            raise Interrupted

    def _stop_inside(self) -> None:
        if self.order.at_once or self._generators.preemptible:
            raise Interrupted
        self.holds = True
        with interruptible(self.check_dropped):
            self.order = self._hold(self._generators, self.order)
        self.holds = False
        self._begun = self._told = time.monotonic()


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

    def wait(self, order: _Order) -> None:
        """Wait until the next step is due."""
        with self._changed:
            begun = self._due
            while self.interval is not None and not order.is_asked():
                left = begun + self.interval - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._due = time.monotonic()
