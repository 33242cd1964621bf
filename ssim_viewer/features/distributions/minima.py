"""The worst places of a map: minima of similarity, or maxima of error, that lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.features.distributions.sources import badness

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.shares import Found
    from ssim_viewer.images.shapes import Bounds

LIMIT = 100
"""How many places are kept."""

REACH = 48
"""Half the side of the square that frames a place, in pixels of the image."""


@dataclass(frozen=True, slots=True)
class WorstPlace:
    """A place that is worse than all around it.

    Attributes
    ----------
    x, y
        The position on the image, in pixel edges.
    value
        The value of the map there.
    mean
        The mean over the window about it, by which places are ranked.
    """

    x: float
    y: float
    value: float
    mean: float

    def bounds(self) -> Bounds:
        """Return the square that frames it."""
        return self.x - REACH, self.y - REACH, self.x + REACH, self.y + REACH


def worst_places(found: Found) -> tuple[WorstPlace, ...]:
    """Return the places that are worst within a square of `REACH` about them, the worst first.

    Places are ranked by the mean of the map over a window, so that single pixels do not count as
    regions. Places that are no worse than the mean of the map are left out.
    """
    bad = badness(found.values, found.source.content)
    numbers = np.isfinite(bad)
    if not numbers.any():
        return ()
    floor = float(bad[numbers].min())
    filled = np.where(numbers, bad, np.float32(floor))
    geometry = found.geometry
    reach = max(1, round(REACH / geometry.scale))
    side = max(3, reach // 4)
    smooth = cv2.blur(filled, (side, side), borderType=cv2.BORDER_REPLICATE)
    around = cv2.dilate(smooth, np.ones((1, 2 * reach + 1), np.uint8))
    around = cv2.dilate(around, np.ones((2 * reach + 1, 1), np.uint8))
    peaks = numbers & (smooth >= around) & (smooth > float(bad[numbers].mean(dtype=np.float64)))
    rows, columns = np.nonzero(peaks)
    order = np.argsort(-smooth[rows, columns], kind="stable")
    kept: list[tuple[int, int]] = []
    for i in order:
        place = int(rows[i]), int(columns[i])
        if all(max(abs(place[0] - r), abs(place[1] - c)) > reach for r, c in kept):
            kept.append(place)
        if len(kept) == LIMIT:
            break
    sign = 1 if badness(np.ones(1, np.float32), found.source.content)[0] > 0 else -1
    return tuple(
        WorstPlace(
            *geometry.centre_of(row, column),
            value=float(found.values[row, column]),
            mean=sign * float(smooth[row, column]),
        )
        for row, column in kept
    )
