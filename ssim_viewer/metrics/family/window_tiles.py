"""Planes and tiles as the family's kernels with windows take them; see `ssim.window_tiles`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.strips import as_doubles
from ssim_viewer.metrics.ssim.window_tiles import WindowTile, pair_weights, window_tiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

__all__ = ["WindowTile", "pair_weights", "scaled_doubles", "window_tiles"]


def scaled_doubles(plane: NDArray[Any], factor: float) -> Plane:
    """Return a plane times a factor as kernels read it, see `as_doubles`; not copied for 1."""
    return as_doubles(plane if factor == 1 else np.multiply(plane, factor, dtype=np.float64))
