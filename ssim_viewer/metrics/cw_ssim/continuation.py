"""An image continued smoothly from the pixels that count, so that wide filters see no others.

With M the pixels that count, as 0 and 1, G a Gaussian, e a small number, m the mean over what
counts and N its pixels, the image outside M becomes

    (G[M y] + e m) / (G[M] + e),    m = sum(M y) / N

the local mean of what counts, and far away the mean of all of it. That is linear in y, so gradients
through it stay exact. G is its own adjoint, as the image is continued by 0 for it.

Source: Knutsson, Westin: Normalized and differential convolution. IEEE Conference on Computer
Vision and Pattern Recognition, 1993.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Plane = NDArray[np.float64]

LEAST = 1e-3  # e: how little of what counts is near where the mean of all of it takes over
WIDEST = 16.0  # pixels of the deviation of G at most


class Continuation:
    """Continues planes from the pixels that count.

    Parameters
    ----------
    counts
        (H, W), at least one.
    deviation
        Of the Gaussian, in pixels; `WIDEST` at most.
    """

    def __init__(self, counts: Bools, deviation: float) -> None:
        self._counts, self._pixels = counts, int(np.count_nonzero(counts))
        deviation = min(deviation, WIDEST)
        reach = int(np.ceil(3 * deviation))
        bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
        self._bell = bell / bell.sum()
        self._by_weight = 1 / (self._smoothed(counts.astype(np.float64)) + LEAST)

    def continued(self, plane: NDArray[Any]) -> Plane:
        """Return a plane, (H, W), that is what it was where pixels count, and smooth elsewhere."""
        inside = np.where(self._counts, plane, 0.0)
        found = self._smoothed(inside)
        found += LEAST * inside.sum() / self._pixels
        found *= self._by_weight
        np.copyto(found, inside, where=self._counts)
        return found

    def adjoint(self, gradient: Plane) -> Plane:
        """Return the derivative by the plane from that by the continued one: 0 outside."""
        outside = np.where(self._counts, 0.0, gradient)
        outside *= self._by_weight
        found = self._smoothed(outside)
        found += LEAST * outside.sum() / self._pixels
        found += gradient
        found[~self._counts] = 0.0
        return found

    def _smoothed(self, plane: Plane) -> Plane:
        found: Plane = cv2.sepFilter2D(
            plane, cv2.CV_64F, self._bell, self._bell, borderType=cv2.BORDER_CONSTANT
        )  # type: ignore[assignment]
        return found


def mostly(counts: Bools, side: int) -> Bools:
    """Return the pixels whose square of this side lies at least by half in what counts."""
    if counts.all():
        return counts
    share = cv2.boxFilter(
        counts.astype(np.float64), cv2.CV_64F, (side, side), borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(share >= 0.5 - 1e-9)
