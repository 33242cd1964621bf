"""The one place that knows numba: its import, its options, and a decorator that keeps types.

Importing this module takes a while; `engine` does so behind the program's back.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    P = ParamSpec("P")
    R = TypeVar("R")

# By name, since what numba says about types differs from release to release.
numba = importlib.import_module("numba")
compiler = importlib.import_module("numba.core.compiler")

EXACT = {"contract", "nsz"}
"""Multiplications and additions may fuse; NaN, infinity and the order of sums stay."""
SUMMING = {*EXACT, "reassoc"}
"""Sums may be taken in several lanes at once, always the same ones."""


def _pipelines(self: Any) -> list[Any]:
    """Compile as ever, but for arguments that never overlap: loops become vectors untested."""
    self.state.flags.noalias = True
    return [compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)]


_Apart = type("_Apart", (compiler.CompilerBase,), {"define_pipelines": _pipelines})


def compiled(
    *, fastmath: set[str], inline: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that compiles a function at its first call, and keeps it on disk.

    The function runs without the interpreter's lock; a division by 0 gives infinity. Arrays that it
    writes to must not overlap any other argument. With `inline` it becomes part of the functions
    that call it, which saves the tenth of a microsecond that handing over arrays takes.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        options: dict[str, Any] = {
            "nogil": True,
            "error_model": "numpy",
            "fastmath": fastmath,
            "pipeline_class": _Apart,
            "inline": "always" if inline else "never",
        }
        try:
            ready = numba.njit(cache=True, **options)(function)
        except RuntimeError:  # there is no folder to keep it in
            ready = numba.njit(**options)(function)
        return cast("Callable[P, R]", ready)

    return decorate
