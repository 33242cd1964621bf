"""The inner product over all samples, the one that the sphere is made of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def inner(a: NDArray[np.floating[Any]], b: NDArray[np.floating[Any]]) -> float:
    """Return the sum of products of two arrays of one shape.

    On this thread alone: a BLAS spreads it over all processors, and where these are busy with
    anything else, such as the metric's own threads, waiting for them takes a hundred times longer.
    """
    return float(np.einsum("i,i->", a.ravel(), b.ravel()))


def norm(a: NDArray[np.floating[Any]]) -> float:
    """Return the Euclidean norm over all samples."""
    return math.sqrt(inner(a, a))
