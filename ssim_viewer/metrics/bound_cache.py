"""Metrics bound to their references, kept so that what depends on a reference is computed once.

Binding may take long, and many threads ask. Each binds a metric of its own while others go on; two
that ask for the same wait for the one that came first.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssim_viewer.metrics.data_range import AssumedRange

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.metrics.protocol import BoundMetric, Metric

    Pixels = NDArray[np.generic]
    Key = tuple[Metric, bool, int]

BYTES_PER_SAMPLE = 32
"""About what a bound metric holds: a few planes of floats."""


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    reference: Pixels  # held, so that its id stays its own
    bound: Future[BoundMetric] = field(default_factory=Future)

    @property
    def cost(self) -> int:
        return self.reference.size * BYTES_PER_SAMPLE


class BoundMetrics:
    """The last bound metrics within a budget of bytes; the latest one always stays.

    Parameters
    ----------
    budget
        Bytes that they may hold, by an estimate from the size of their references.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._pinned: Key | None = None

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
            for key, entry in list(self._entries.items()):
                if entry.reference is not reference:
                    del self._entries[key]

    def __len__(self) -> int:
        """Return how many bound metrics are kept."""
        return len(self._entries)

    def _entry(self, key: Key, reference: Pixels, *, pinned: bool) -> tuple[_Entry, bool]:
        """Return the entry of a key, and whether it was made just now."""
        with self._lock:
            entry, first = self._entries.get(key), False
            if entry is None:
                entry, first = _Entry(reference), True
                self._entries[key] = entry
            self._entries.move_to_end(key)
            if pinned:
                self._pinned = key
            self._make_room(key)
            return entry, first

    def _make_room(self, latest: Key) -> None:
        total = sum(entry.cost for entry in self._entries.values())
        for key, entry in list(self._entries.items()):
            if total <= self._budget:
                return
            if key not in (latest, self._pinned):
                del self._entries[key]
                total -= entry.cost

    def _bind(self, key: Key, entry: _Entry, metric: Metric) -> BoundMetric:
        try:
            bound = metric.bind(entry.reference)
        except BaseException as error:
            with self._lock:
                if self._entries.get(key) is entry:
                    del self._entries[key]
            entry.bound.set_exception(error)
            raise
        entry.bound.set_result(bound)
        return bound
