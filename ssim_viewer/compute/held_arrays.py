"""The arrays that an object holds, however deep, found by walking what it refers to."""

from __future__ import annotations

import gc
from types import BuiltinFunctionType, FrameType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, FrameType)
"""What leads out of an object into the program."""

MOST_LOOKED_AT = 20_000
"""Objects: beyond them something else than a metric has been walked into."""


def arrays_in(root: object) -> Iterator[NDArray[Any]]:
    """Yield every array that an object holds, each once."""
    seen, todo = {id(root)}, [root]
    while todo and len(seen) < MOST_LOOKED_AT:
        looked_at = todo.pop()
        if isinstance(looked_at, np.ndarray):
            yield looked_at
            continue
        for each in gc.get_referents(looked_at):
            if id(each) not in seen and not isinstance(each, _SHARED):
                seen.add(id(each))
                todo.append(each)
