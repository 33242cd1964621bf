"""Who computes metrics: compiled kernels once they are ready, array code until then.

Both give the same numbers up to rounding. Who measures a lot gets the kernels made in the
background, and a program asks for that behind its first window.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssim_viewer.compute.lazy_compilation import Kernels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

START_AFTER = 0.01
"""Seconds of array code after which kernels are compiled: about one measurement of 512 × 512."""

_spent = 0.0

made = Kernels("ssim-kernels", "Metrics are computed")


def compiled_by(
    name: str, compile_: Callable[[], ModuleType], *, first: bool = False
) -> Callable[[], ModuleType | None]:
    """Take a module of kernels among those that are made ready together.

    Parameters
    ----------
    compile_
        Imports the module and calls each of its kernels once for each type, which compiles it.
    first
        Whether it is made ready before the others.

    Returns
    -------
    callable
        Returns the module if it is ready, else None; never waits.
    """
    made.add(name, compile_, first=first)
    return lambda: made.ready(name)


@contextmanager
def computing(ready: ModuleType | None) -> Iterator[None]:
    """Count the time of a measurement without kernels, and have them compiled once it is enough.

    They are compiled on a thread of their own that starts at the end of a measurement, so that the
    first one does not wait for the import of a compiler.
    """
    global _spent  # noqa: PLW0603  what is compiled is compiled for the whole process
    begun = time.perf_counter()
    yield
    if ready is None:
        _spent += time.perf_counter() - begun
        if _spent > START_AFTER:
            warm_up_in_background()


def warm_up_in_background() -> None:
    """Make the compiled kernels ready on a thread of their own, once; returns at once."""
    made.warm_up_in_background()


def warm_up() -> bool:
    """Make the compiled kernels ready, and return whether they are.

    Blocks until they are compiled or read from disk. Calls from other threads go on with array code
    meanwhile. Where numba is missing or fails they go on with it for good.
    """
    return made.warm_up()
