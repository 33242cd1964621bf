"""Tiles of windows on a plane, each with all that its own part of the gradient needs.

A tile looks at windows that are its neighbours' own, too: those that see samples whose gradient it
computes. So tiles share nothing that would have to be added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.strips import row_memory
from ssim_viewer.compute.tiles import large_tiles, scratch
from ssim_viewer.metrics.ssim.kernel_tiles import GROUP, ROWS, VECTOR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]


class WindowTile(NamedTuple):
    """A rectangle of windows.

    Attributes
    ----------
    windows
        First row and column, height and width of those it looks at.
    ahead
        How many rows and columns of them are other tiles' own.
    """

    windows: tuple[int, int, int, int]
    ahead: tuple[int, int]

    def memory(self, size: int, more: int = 0) -> Plane:
        """Return rows for the kernels of windows of so many taps, as SSIM's want them, and more."""
        scratch.clear()
        return row_memory(ROWS + 5 * (size + 1) + more, self.windows[3] + 2 * size - 2 + VECTOR)


def window_tiles(shape: tuple[int, ...], size: int) -> list[WindowTile]:
    """Return the tiles of a plane of windows of so many taps; `shape` is that of the windows."""
    found = []
    for down, across in large_tiles(shape[0], shape[1]):
        top, left = max(0, down.start - size + 1), max(0, across.start - size + 1)
        windows = (top, left, down.stop - top, across.stop - left)
        found.append(WindowTile(windows, (down.start - top, across.start - left)))
    return found


def pair_weights(taps: NDArray[Any]) -> Plane:
    """Return weights of pairs of taps, filled up with zeros to whole groups; see SSIM's kernels."""
    pairs = (len(taps) + 1) // 2
    weights = np.zeros(-(-pairs // GROUP) * GROUP)
    weights[:pairs] = taps[:pairs]
    if len(taps) % 2:
        weights[pairs - 1] /= 2
    return weights
