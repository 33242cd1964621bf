"""The difference of two images, subtracted only where and as finely as it is looked at.

It stands in the place of a `Pyramid`: nothing of it is kept but what was looked at last. At any
size a look costs a few hundredths of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks
from ssim_viewer.session.robust_range import RobustRange, robust_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.pyramid import Slices

IN_SIGHT = 16_000_000
"""Pixels of 8 bits that one look subtracts at most, and a quarter of that of other ones; of more,
means are taken over every second, fourth, … row."""

_STRIP = 1 << 19  # samples that are subtracted at once, so that what stands between stays cached


class Difference:
    """Distorted minus reference, the mean over channels, in units of the images; or its size.

    Parameters
    ----------
    reference, distorted
        (H, W) or (H, W, C), of one shape.
    absolute
        Whether |distorted − reference| is taken, before any mean: the mean of it all is the MAE.
    by_channel
        Whether the channels of colours are kept apart, as a last axis.
    """

    def __init__(
        self,
        reference: NDArray[Any],
        distorted: NDArray[Any],
        *,
        absolute: bool = False,
        by_channel: bool = False,
    ) -> None:
        self._pair = (reference, distorted)
        self.absolute = absolute
        self._channels = reference.shape[2:] if by_channel else ()
        self._latest: tuple[tuple[int, Slices], NDArray[np.float32]] | None = None
        self._robust_range: RobustRange | None = None

    def __getitem__(self, place: tuple[int, int]) -> Any:
        """Return the value at a (row, column), a float, or those of its channels."""
        x, y = (np.asarray(image[place], np.float64) for image in self._pair)
        error = np.asarray(np.abs(y - x) if self.absolute else y - x)
        return error if self._channels else float(np.mean(error))

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        """Return all of it, (H, W) float32, or (H, W, C) with its channels."""
        del copy  # it is always made
        height, width = self.shape(0)
        whole = self._reduced(0, (0, height, 0, width))
        return whole if dtype is None else whole.astype(dtype, copy=False)

    @property
    def robust_range(self) -> RobustRange:
        """Where its values lie; looked up when it is first asked for."""
        if self._robust_range is None:
            x, y = self._pair
            step = max(1, round((x.shape[0] * x.shape[1] / 16384) ** 0.5))
            some = Difference(x[::step, ::step], y[::step, ::step], absolute=self.absolute)
            self._robust_range = robust_range(np.asarray(some))
        return self._robust_range

    def shape(self, halvings: int) -> tuple[int, int]:
        """Return the height and width of the array halved so often."""
        height, width = self._pair[0].shape[:2]
        return height >> halvings, width >> halvings

    def samples(self, halvings: int, slices: Slices) -> NDArray[np.float32]:
        """Return samples of the array halved so often: means over blocks of its values."""
        wanted = (halvings, slices)
        if self._latest is None or self._latest[0] != wanted:
            self._latest = wanted, self._reduced(halvings, slices)
        return self._latest[1]

    def _reduced(self, halvings: int, slices: Slices) -> NDArray[np.float32]:
        top, bottom, left, right = slices
        found = np.empty((bottom - top, right - left, *self._channels), np.float32)
        side = 1 << halvings
        most = IN_SIGHT if self._pair[0].dtype == np.uint8 else IN_SIGHT // 4
        step = 1
        count = (bottom - top) * (right - left) << 2 * halvings
        while step < side and count // step > most:
            step *= 2

        def fill(rows: slice) -> None:
            area = np.s_[
                (top + rows.start) * side : (top + rows.stop) * side : step,
                left * side : right * side,
            ]
            x, y = (image[area] for image in self._pair)
            found[rows] = self._means(x, y, side, side // step)

        width = (right - left) * side * self._pair[0][0, 0].size
        in_threads(fill, row_blocks((bottom - top, width * (side // step)), _STRIP))
        return found

    def _means(
        self, x: NDArray[Any], y: NDArray[Any], across: int, down: int
    ) -> NDArray[np.float32]:
        """Return the means over blocks of `down` rows and `across` pixels."""
        block = across * x[0, 0].size
        x, y = (image.reshape(len(image), -1) for image in (x, y))
        error = np.asarray(_row_means(_subtracted(x, y, absolute=self.absolute), down), np.float32)
        if self._channels:
            error, block = error.reshape(len(error), -1, *self._channels), across
        if block == 1:
            return error
        size = error.shape[1] // block, error.shape[0]
        return np.asarray(cv2.resize(error, size, interpolation=cv2.INTER_AREA), np.float32)


def _subtracted(x: NDArray[Any], y: NDArray[Any], *, absolute: bool) -> NDArray[Any]:
    """Return the errors of rows of samples, in the smallest type that holds them."""
    if x.dtype == y.dtype == np.uint8:
        return np.asarray(cv2.absdiff(y, x) if absolute else cv2.subtract(y, x, dtype=cv2.CV_16S))
    error = np.subtract(y, x, dtype=np.float64).astype(np.float32)
    if absolute:
        np.abs(error, out=error)
    return np.asarray(error)


def _row_means(error: NDArray[Any], down: int) -> NDArray[Any]:
    """Return the means of so many rows each: summed first, since that is what costs least."""
    if down == 1:
        return error
    means = np.empty((len(error) // down, error.shape[1]), np.float32)
    for i, row in enumerate(means):
        rows = error[i * down : (i + 1) * down]
        cv2.reduce(rows, 0, cv2.REDUCE_AVG, dst=row[np.newaxis], dtype=cv2.CV_32F)
    return means
