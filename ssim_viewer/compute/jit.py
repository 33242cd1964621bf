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

EXACT = {"contract", "nsz"}
"""Multiplications and additions may fuse; NaN, infinity and the order of sums stay."""
SUMMING = {*EXACT, "reassoc"}
"""Sums may be taken in several lanes at once, always the same ones."""


def noalias_options(module: str = "numba.core.compiler") -> dict[str, Any]:
    """Return the option of `njit` that compiles for arguments that never overlap.

    Loops then become vectors without a test at run time. The compiler class is private to numba:
    without it the result is empty, and plain `njit` gives the same numbers more slowly.
    """
    try:
        compiler = importlib.import_module(module)
        base, builder = compiler.CompilerBase, compiler.DefaultPassBuilder
        build = builder.define_nopython_pipeline
    except (ImportError, AttributeError):
        return {}

    def pipelines(self: Any) -> list[Any]:
        self.state.flags.noalias = True
        return [build(self.state)]

    return {"pipeline_class": type("NoAliasCompiler", (base,), {"define_pipelines": pipelines})}


NOALIAS = noalias_options()


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
            "inline": "always" if inline else "never",
            **NOALIAS,
        }
        try:
            ready = numba.njit(cache=True, **options)(function)
        except RuntimeError:  # there is no folder to keep it in
            ready = numba.njit(**options)(function)
        return cast("Callable[P, R]", ready)

    return decorate
