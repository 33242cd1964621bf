"""Which steps of a long history keep their images: the first ones, then those that tell most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIRST = 30
"""Steps at the beginning that keep their images, where they take no more than half of the room."""

SLACK = 1 / 8
"""Share of the room that is made free at once, so that not every step has to be thinned."""


def kept_places(steps: Sequence[int], values: NDArray[np.float64], room: int) -> list[int]:
    """Return the places of the steps that are kept, at most `room` and at least the two ends.

    The distance of two steps is the sum of two shares: of all that the score changes, and of all
    that the logarithm of the step does. Among the steps after the first ones, the one whose
    neighbours are nearest to each other goes, again and again.

    Parameters
    ----------
    steps, values
        Index and score of every step that has an image, ascending in index.
    room
        Most steps to keep.
    """
    if len(steps) <= room:
        return list(range(len(steps)))
    along = _share(np.log1p(np.asarray(steps, np.float64)))
    score = _share(np.concatenate([[0.0], np.cumsum(np.abs(np.diff(values)))]))
    place = along + score
    kept = np.arange(len(steps))
    first = min(FIRST, room // 2)
    target = max(room - int(SLACK * room), 2)
    while len(kept) > target:
        gaps = place[kept[2:]] - place[kept[:-2]]
        gaps[kept[1:-1] <= first] = np.inf
        if not np.isfinite(gaps).any():
            gaps = place[kept[2:]] - place[kept[:-2]]
        kept = np.delete(kept, int(np.argmin(gaps)) + 1)
    return [int(each) for each in kept]


def _share(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ascending values as shares of all that they ascend."""
    span = values[-1] - values[0]
    return (values - values[0]) / span if span > 0 else np.zeros_like(values)
