"""One budget in bytes for all that is kept only to be quick, or to be undone, whatever keeps it.

It is at most a quarter of the memory that is free, and never above 1 GB. What was used longest ago
goes first. Arrays that several holders share count once; what is on screen, and what is at work,
counts nothing and never goes.

A holder asks with `MemoryBudget.keep` and has a `Held` in its hand, whose value may go at any
time, in any thread. When the holder lets go of it, the budget forgets it too.
"""

from __future__ import annotations

import threading
import time
from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from weakref import WeakSet, ref

import numpy as np

from ssim_viewer.compute.free_memory import free_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

T = TypeVar("T")

MOST = 1 << 30
"""Bytes of all that is kept, however much memory there is."""

SHARE = 4
"""Of what is free, it is one part in so many."""

LATELY = 0.2
"""Seconds after which the system is asked anew what is free."""

_TURN = count()
_known = -1e9, 0.0


def within_free_memory(most: int = MOST) -> int:
    """Return a budget of at most `most` bytes, the less the less memory is free.

    All budgets that add up to `MOST` together take no more than their share of what is free.
    """
    free = _free_lately() / SHARE
    return most if free >= MOST else int(most * free / MOST)


def _free_lately() -> float:
    """Return what was free a moment ago: a climb asks hundreds of times a second."""
    global _known  # noqa: PLW0603  one answer for the whole process
    now = time.monotonic()
    if now - _known[0] > LATELY:
        _known = now, free_memory()
    return _known[1]


class Stay(IntEnum):
    """When a thing that is kept goes."""

    BRIEFLY = 0
    """As soon as there is no room, the one that was used longest ago first."""
    LONGER = 1
    """When nothing is left that stays briefly."""
    ALWAYS = 2
    """Not by itself; it counts."""
    AT_WORK = 3
    """Not by itself; it does not count, as it would be there if nothing were kept."""


class Held(Generic[T]):
    """What a holder keeps as long as there is room.

    Its arrays are known by their identities, as long as they live: the value holds them itself.

    Attributes
    ----------
    stay
        When it goes; its holder may change that.
    """

    __slots__ = ("__weakref__", "_owners", "_rest", "_turn", "_value", "stay")

    def __init__(self, value: T, arrays: Iterable[NDArray[Any]], at_least: int, stay: Stay) -> None:
        self._value: T | None = value
        self.stay = stay
        self.touch(arrays, at_least)

    @property
    def value(self) -> T | None:
        """The value, or None when it has gone."""
        return self._value

    @property
    def turn(self) -> int:
        """The higher, the later it was used."""
        return self._turn

    @property
    def owners(self) -> dict[int, int]:
        """Bytes of the arrays that own its memory, by their identities.

        An array that its value has let go of is none: another one may have its identity by now.
        """
        return {owner: size for owner, (alive, size) in self._owners.items() if alive() is not None}

    @property
    def rest(self) -> int:
        """Bytes beside them."""
        return self._rest

    def touch(self, arrays: Iterable[NDArray[Any]] | None = None, at_least: int = 0) -> None:
        """Make it the one that was used last; tell what it holds, where that has changed.

        Parameters
        ----------
        arrays
            What its value holds.
        at_least
            Bytes that it takes at the least, by an estimate.
        """
        self._turn = next(_TURN)
        if arrays is not None:
            found = {id(owner): owner for owner in owners_of(arrays)}
            self._owners = {each: (ref(owner), owner.nbytes) for each, owner in found.items()}
            self._rest = max(0, at_least - sum(owner.nbytes for owner in found.values()))

    def drop(self) -> None:
        """Let go of the value."""
        self._value, self._owners, self._rest = None, {}, 0


class Showing(Protocol):
    """Something that has arrays in use, such as the session of a window."""

    def arrays_in_use(self) -> Iterable[NDArray[Any]]:
        """Return what counts nothing: it is on screen, or a person opened it. Any thread asks."""

    def arrays_of_history(self) -> Iterable[NDArray[Any]]:
        """Return what counts, and has a bound of its own. Any thread asks."""


class MemoryBudget:
    """Keeps things within one budget. Threads may share it.

    Parameters
    ----------
    limit
        Returns the bytes that everything may take now.
    """

    def __init__(self, limit: Callable[[], int] = within_free_memory) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._kept: WeakSet[Held[Any]] = WeakSet()
        self._showing: WeakSet[Any] = WeakSet()

    def keep(
        self,
        value: T,
        arrays: Iterable[NDArray[Any]],
        *,
        at_least: int = 0,
        stay: Stay = Stay.BRIEFLY,
    ) -> Held[T]:
        """Keep a value as long as there is room; see `Held` for the parameters."""
        held = Held(value, arrays, at_least, stay)
        with self._lock:
            self._kept.add(held)
        self.make_room()
        return held

    def watch(self, showing: Showing) -> None:
        """Leave alone, from now on, what this has in use, for as long as it exists."""
        with self._lock:
            self._showing.add(showing)

    def make_room(self) -> None:
        """Let go of what was used longest ago until everything is within the budget."""
        with self._lock:
            gone = self._too_much()
        for held in gone:  # outside the lock: what goes may take other things along
            if held.stay < Stay.ALWAYS:  # as long as nobody has come to need it meanwhile
                held.drop()

    @property
    def size(self) -> int:
        """Bytes that are kept now, each array once."""
        with self._lock:
            return _Count(self._counted(), self._showing).total

    def _counted(self) -> list[Held[Any]]:
        return [each for each in self._kept if each.stay is not Stay.AT_WORK]

    def _too_much(self) -> set[Held[Any]]:
        kept = sorted(self._counted(), key=lambda held: held.turn)
        count, limit = _Count(kept, self._showing), self.limit()
        gone: set[Held[Any]] = set()
        for level in (Stay.BRIEFLY, Stay.LONGER):
            for each in [each for each in kept if each.stay <= level and each not in gone]:
                if count.total <= limit:
                    return gone
                if count.wins(each, level):
                    count.without(each)
                    gone.add(each)
        return gone


class _Count:
    """The bytes of many things, each array once, without those in use."""

    def __init__(self, kept: Iterable[Held[Any]], showing: Iterable[Showing]) -> None:
        self._holders: dict[int, int] = {}
        self._stays: dict[int, Stay] = {}
        self.total = 0
        showing = list(showing)
        self._in_use = {owner for each in showing for owner in sizes(each.arrays_in_use())}
        for each in showing:
            self._add(sizes(each.arrays_of_history()), Stay.ALWAYS)
        for held in kept:
            self._add(held.owners, held.stay)
            self.total += held.rest

    def _add(self, owners: dict[int, int], stay: Stay) -> None:
        for owner, size in owners.items():
            if owner not in self._in_use:
                self.total += 0 if owner in self._holders else size
                self._holders[owner] = self._holders.get(owner, 0) + 1
                self._stays[owner] = max(stay, self._stays.get(owner, stay))

    def wins(self, held: Held[Any], level: Stay) -> bool:
        """Whether anything is won by it, once all that stays no longer than a level is gone."""
        stays = (self._stays.get(owner, Stay.AT_WORK) for owner in held.owners)
        return held.rest > 0 or any(stay <= level for stay in stays)

    def without(self, held: Held[Any]) -> None:
        """Take one of them away."""
        self.total -= held.rest
        for owner, size in held.owners.items():
            if owner in self._holders:
                self._holders[owner] -= 1
                self.total -= 0 if self._holders[owner] else size


def sizes(arrays: Iterable[NDArray[Any]]) -> dict[int, int]:
    """Return the bytes of the arrays that own the memory of others, by their identities."""
    return {id(owner): owner.nbytes for owner in owners_of(arrays)}


def owners_of(arrays: Iterable[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    """Yield for each array the one that owns its memory."""
    for array in arrays:
        owner = array
        while isinstance(owner.base, np.ndarray):
            owner = owner.base
        yield owner


BUDGET = MemoryBudget()
"""That of the program."""
