"""Kernels of one metric alone, which are compiled when that metric is used, and not before.

`backend` makes the kernels ready that a program needs at its start. What only some metrics need is
left to them: array code answers their first measurements, kernels are compiled behind those.

    KERNELS = KernelsOnUse("nlpd", _compile)

    def value(self, y):
        with KERNELS.computing() as kernels:
            return self._arrays(y) if kernels is None else kernels.measure(y)
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import backend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

made: dict[str, Kernels] = {}
"""The kernels of every metric that has been imported, by its name."""


class KernelsOnUse:
    """The compiled kernels of one metric.

    Parameters
    ----------
    name
        The metric's, as in the catalogue.
    compile_
        Imports the module and calls each of its kernels once, which compiles it.
    """

    def __init__(self, name: str, compile_: Callable[[], ModuleType]) -> None:
        self._name = name
        self._spent = 0.0
        made[name] = Kernels(f"{name}-kernels", f"{name} is computed", {name: compile_})

    @contextmanager
    def computing(self) -> Iterator[ModuleType | None]:
        """Give the module for one measurement if it is ready, else None; never waits.

        The time without it counts, and the kernels are compiled behind the measurement with which
        that is enough.
        """
        kernels = made.get(self._name)
        ready = None if kernels is None else kernels.ready(self._name)
        begun = time.perf_counter()
        yield ready
        if kernels is not None and ready is None:
            self._spent += time.perf_counter() - begun
            if self._spent > backend.START_AFTER:
                kernels.warm_up_in_background()


def warm_up_every() -> bool:
    """Make the kernels of every metric ready that has been imported; return whether they all are.

    Blocks until they are compiled or read from disk.
    """
    return min((kernels.warm_up() for kernels in made.values()), default=True)
