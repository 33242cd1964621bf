"""How far the values of a map reach, for colours that depend on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.metrics.reduced_map import spacing

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERCENTILE = 99.5


class RobustRange(NamedTuple):
    """Where the values of a map lie: 1, 5, 95 and 99 % of them are below these.

    Attributes
    ----------
    largest
        The magnitude that all but one in 200 of the values stay within.
    """

    p1: float = 0.0
    p5: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    largest: float = 0.0


def robust_range(values: NDArray[Any]) -> RobustRange:
    """Return where the values of an (H, W) map lie; zeros without values.

    It is taken from some sixteen thousand of them, evenly spaced; what is not a number is no value.
    """
    stride = spacing(values.size)
    return range_of_some(values[::stride, ::stride])


def range_of_some(some: NDArray[Any]) -> RobustRange:
    """Return where values lie that stand for those of a map; zeros without values."""
    some = some[np.isfinite(some)]
    if not some.size:
        return RobustRange()
    ordered = np.sort(some)  # NumPy sorts several times as fast as it partitions
    p1, p5, p95, p99 = (float(ordered[_rank(some.size, percent)]) for percent in (1, 5, 95, 99))
    # The largest magnitudes stand at both ends.
    beyond = some.size - _rank(some.size, PERCENTILE)
    ends = np.sort(np.abs(np.concatenate([ordered[:beyond], ordered[-beyond:]])))
    return RobustRange(p1, p5, p95, p99, float(ends[-beyond]))


def _rank(count: int, percent: float) -> int:
    return round((count - 1) * percent / 100)
