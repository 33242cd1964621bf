"""Maps become colours of the size of the screen: by a compiled kernel once there is one."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.compute.read_only import read_only
from ssim_viewer.session.map_scale import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.color_scale import ColorScale


def reduced_and_colored(
    values: NDArray[np.float32], size: tuple[int, int], scale: ColorScale
) -> tuple[NDArray[np.uint32], bool]:
    """Return colours of a map reduced to a width and height, and whether none is missing.

    Colours are 0xffRRGGBB, and 0 where a value is not a number. Values in between are linear.
    """
    kernels = made.ready("coloring")
    if kernels is None or scale.reading is Reading.DECIBELS or values.dtype != np.float32:
        reduced = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_LINEAR), np.float32)
        return scale.colored(reduced), not np.isnan(reduced).any()
    (height, width), (columns, rows) = values.shape, size
    colors = np.empty((rows, columns), np.uint32)
    missing = kernels.color_reduced(
        read_only(np.ascontiguousarray(values)),
        _between(height, rows),
        _between(width, columns),
        read_only(scale.packed),
        *_numbers(scale),
        colors,
    )
    return colors, missing == 0


def warm_up() -> bool:
    """Make the kernel ready, and return whether it is; blocks until it is compiled or read."""
    return made.warm_up()


def warm_up_in_background() -> None:
    """Make the kernel ready on a thread of its own, once; returns at once."""
    made.warm_up_in_background()


def _numbers(scale: ColorScale) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Return the numbers and marks of `color_reduced`."""
    low, high = scale.levels
    as_error = scale.reading is Reading.COMPLEMENT
    offset, factor, room = float(as_error), -1.0 if as_error else 1.0, 1e-6 * (high - low)
    places = len(scale.table) / (high - low)
    numbers = np.array([offset, factor, low, places, low - room, high + room], np.float32)
    below, above = scale.beyond or (0, 0)
    return numbers, np.array([below, above, scale.negative or 0], np.uint32)


@lru_cache(maxsize=64)
def _between(count: int, wanted: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for each place wanted the first of two samples, and the share of the second."""
    place = np.clip((np.arange(wanted) + 0.5) * (count / wanted) - 0.5, 0, count - 1)
    first = np.floor(place)
    return read_only(first.astype(np.uintp)), read_only((place - first).astype(np.float32))


def _compile() -> Any:
    """Import the kernel and call it once, which compiles it."""
    module = importlib.import_module("ssim_viewer.ui.pane.coloring_kernels")
    values, table = np.zeros((2, 2), np.float32), np.zeros(2, np.uint32)
    module.color_reduced(
        read_only(values),
        _between(2, 1),
        _between(2, 1),
        read_only(table),
        np.ones(6, np.float32),
        np.zeros(3, np.uint32),
        np.zeros((1, 1), np.uint32),
    )
    return module


made = Kernels("coloring-kernels", "Maps are coloured", {"coloring": _compile})
