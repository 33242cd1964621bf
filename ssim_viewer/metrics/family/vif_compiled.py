"""VIF of a plane by compiled kernels, tile by tile; `vif` says what it is."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.read_only import read_only
from ssim_viewer.compute.strips import in_strips, pooled, row_memory, scaled_doubles
from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse
from ssim_viewer.metrics.ssim.window_tiles import pair_weights, window_tiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.window_tiles import WindowTile

    Plane = NDArray[np.float64]

_NONE: Plane = np.empty((0, 0))
_STRIP = 1 << 18  # samples that are filtered in less time than it takes to wake up a thread


class VifScale(NamedTuple):
    """One scale of the reference: its plane, and the moments in windows of these taps."""

    plane: Plane
    taps: Plane
    mean: Plane
    variance: Plane


class VifPasses:
    """The passes over the scales of a plane of a distorted image.

    Parameters
    ----------
    scales
        Of the reference, the finest first; variances that count as 0 are 0.
    levels
        What samples are multiplied by.
    noise
        σn².
    held
        The information in the reference; what is left is divided by it.
    """

    def __init__(
        self, scales: Sequence[VifScale], *, levels: float, noise: float, held: float
    ) -> None:
        self._scales = [VifScale(*map(read_only, map(np.ascontiguousarray, x))) for x in scales]
        self._levels, self._noise, self._held = levels, noise, held

    def measure(
        self, kernels: ModuleType, y: NDArray[Any], *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of a plane and, if wanted, its derivative by every sample."""
        pairs = self._of(kernels, y)
        if not gradient:
            return self._score([self._compare(kernels, *each, _NONE) for each in pairs]), _NONE
        slopes = [pooled(plane.shape) for _, plane in pairs]
        found = [self._compare(kernels, *each, to) for each, to in zip(pairs, slopes, strict=True)]
        for i in range(len(slopes) - 1, 0, -1):
            self._add_adjoint_shrunk(kernels, slopes[i], self._scales[i].taps, slopes[i - 1])
        return self._score(found), slopes[0]

    def _score(self, found: list[float]) -> float:
        # A flat reference holds nothing that could be lost.
        return sum(found) / self._held if self._held else sum(found) + 1.0

    def _of(self, kernels: ModuleType, y: NDArray[Any]) -> list[tuple[VifScale, Plane]]:
        """Return the plane at each scale beside that of the reference."""
        planes = [scaled_doubles(y, self._levels)]
        for x in self._scales[1:]:
            planes.append(self._shrunk(kernels, planes[-1], x))
        return list(zip(self._scales, planes, strict=True))

    def _compare(self, kernels: ModuleType, x: VifScale, y: Plane, gradient: Plane) -> float:
        """Return the sum over all windows of what is left, and put its derivative in its place."""
        window = pair_weights(x.taps), len(x.taps)
        weight = self._levels / (self._held or 1.0) if gradient.size else 0.0

        def compare(tile: WindowTile) -> float:
            memory = tile.memory(window[1])
            left: float = kernels.compare(
                x.plane,
                y,
                (x.mean, x.variance),
                *tile,
                window,
                self._noise,
                memory,
                gradient,
                weight,
            )
            return left

        found: list[float] = in_threads(compare, window_tiles(x.mean.shape, window[1]))
        return sum(found)

    def _shrunk(self, kernels: ModuleType, plane: Plane, x: VifScale) -> Plane:
        """Return the plane at the next scale, filtered by that scale's window."""
        small = pooled(x.plane.shape)

        def shrink(first: int, last: int) -> None:
            memory = row_memory(3, plane.shape[1])
            kernels.shrink(plane, x.taps, first, memory, small[first:last])

        in_strips(shrink, small.shape, samples=_STRIP // 4)
        return read_only(small)

    @staticmethod
    def _add_adjoint_shrunk(kernels: ModuleType, small: Plane, taps: Plane, plane: Plane) -> None:
        def add(first: int, last: int) -> None:
            memory = row_memory(3, plane.shape[1] // 2 + len(taps))
            kernels.add_adjoint_shrunk(small, taps, first, memory, plane[first:last])

        in_strips(add, plane.shape, samples=_STRIP)


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    kernels = importlib.import_module("ssim_viewer.metrics.family.vif_kernels")
    taps = np.full(3, 1 / 3)
    scales = [
        VifScale(np.zeros((side, side)), taps, *np.zeros((2, side - 2, side - 2)))
        for side in (9, 4)
    ]
    VifPasses(scales, levels=1.0, noise=1.0, held=1.0).measure(
        kernels, scales[0].plane, gradient=True
    )
    return kernels


KERNELS = KernelsOnUse("vif", _compile)
