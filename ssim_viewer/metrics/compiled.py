"""The one place that knows numba: its import, its options, and the types that it leaves out.

Importing this module takes a while; `engine` does so behind the program's back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import numba
from numba.core.compiler import CompilerBase, DefaultPassBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

    P = ParamSpec("P")
    R = TypeVar("R")

EXACT = {"contract", "nsz"}
"""Multiplications and additions may fuse; NaN, infinity and the order of sums stay."""
SUMMING = {*EXACT, "reassoc"}
"""Sums may be taken in several lanes at once, always the same ones."""


class _Apart(CompilerBase):  # type: ignore[misc]  # numba carries no type hints
    """Compiles functions whose arrays never overlap: loops need no tests of that to be vectors."""

    def define_pipelines(self) -> list[object]:
        self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


def compiled(*, fastmath: set[str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that compiles a function at its first call, and keeps it on disk.

    The function runs without the interpreter's lock; a division by 0 gives infinity.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        options = {
            "nogil": True,
            "error_model": "numpy",
            "fastmath": fastmath,
            "pipeline_class": _Apart,
        }
        try:
            ready = numba.njit(cache=True, **options)(function)
        except RuntimeError:  # there is no folder to keep it in
            ready = numba.njit(**options)(function)
        return cast("Callable[P, R]", ready)

    return decorate
