"""Metrics bound to their references, kept so that what depends on a reference is computed once.

Binding may take long, and many threads ask. Each binds a metric of its own while others go on; two
that ask for the same wait for the one that came first.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssim_viewer.compute.held_arrays import arrays_in
from ssim_viewer.compute.memory_budget import Stay
from ssim_viewer.metrics.data_range import AssumedRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.compute.memory_budget import Held, MemoryBudget
    from ssim_viewer.metrics.protocol import BoundMetric, Metric

    Pixels = NDArray[np.generic]
    Key = tuple[Metric, bool, int]

BYTES_PER_SAMPLE = 32
"""About what a bound metric holds at the least: a few planes of floats."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    reference: Pixels  # held, so that its id stays its own
    bound: Future[BoundMetric] = field(default_factory=Future)

    @property
    def cost(self) -> int:
        return self.reference.size * BYTES_PER_SAMPLE

    @property
    def arrays(self) -> Iterator[Pixels]:
        """What it holds by now: metrics compute much when they first measure."""
        yield self.reference
        if self.bound.done() and self.bound.exception() is None:
            yield from arrays_in(self.bound.result())


class BoundMetrics:
    """The last bound metrics within a budget of bytes; the latest one always stays.

    Parameters
    ----------
    budget
        Where they are kept; what they hold is looked at when they are used.
    """

    def __init__(self, budget: MemoryBudget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._entries: dict[Key, Held[_Entry]] = {}
        self._pinned: Held[_Entry] | None = None
        self._latest: Held[_Entry] | None = None

    def get(self, metric: Metric, reference: Pixels, *, pinned: bool = False) -> BoundMetric:
        """Return a metric bound to a reference, the same as before where it was.

        Parameters
        ----------
        pinned
            Whether it stays until another one is pinned, however many others come.
        """
        try:
            hash(metric)
        except TypeError:  # settings of a plug-in that are not frozen can change
            return metric.bind(reference)
        key = metric, isinstance(getattr(metric, "data_range", None), AssumedRange), id(reference)
        while True:
            entry, first = self._entry(key, reference, pinned=pinned)
            if first:
                return self._bind(key, entry, metric)
            try:
                return entry.bound.result()
            except Exception:  # noqa: S112 - the other thread was cancelled, or failed:
                continue  # what is wrong will be seen here too

    def only(self, reference: Pixels) -> None:
        """Let go of everything that is bound to other references."""
        with self._lock:
            for key, entry in self._present():
                if entry.reference is not reference:
                    del self._entries[key]

    def __len__(self) -> int:
        """Return how many bound metrics are kept."""
        with self._lock:
            return len(self._present())

    def _present(self) -> list[tuple[Key, _Entry]]:
        """Return what has not gone, and forget what has."""
        values = [(key, held.value) for key, held in self._entries.items()]
        for key, value in values:
            if value is None:
                del self._entries[key]
        return [(key, value) for key, value in values if value is not None]

    def _entry(self, key: Key, reference: Pixels, *, pinned: bool) -> tuple[_Entry, bool]:
        """Return the entry of a key, and whether it was made just now."""
        with self._lock:
            self._present()
            held = self._entries.get(key)
            entry, first = held.value if held is not None else None, False
            if held is None or entry is None:
                entry, first = _Entry(reference), True
                held = self._budget.keep(entry, (), at_least=entry.cost, stay=Stay.AT_WORK)
                self._entries[key] = held
            held.touch(entry.arrays, entry.cost)
            self._use(held, pinned=pinned)
        self._budget.make_room()
        return entry, first

    def _use(self, held: Held[_Entry], *, pinned: bool) -> None:
        """Let the latest one stay, and the one that was pinned last; the others go in turn."""
        before = self._latest, self._pinned
        self._latest = held
        if pinned:
            self._pinned = held
        for each in before:
            if each is not None:
                each.stay = Stay.BRIEFLY
        for each in (self._latest, self._pinned):
            if each is not None:
                each.stay = Stay.AT_WORK

    def _bind(self, key: Key, entry: _Entry, metric: Metric) -> BoundMetric:
        try:
            bound = metric.bind(entry.reference)
        except BaseException as error:
            with self._lock:
                held = self._entries.get(key)
                if held is not None and held.value is entry:
                    del self._entries[key]
            entry.bound.set_exception(error)
            raise
        entry.bound.set_result(bound)
        return bound
