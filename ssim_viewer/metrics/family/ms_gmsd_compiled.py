"""MS-GMSD of a plane by its compiled kernels, strip by strip; the formula is in `ms_gmsd`."""

from __future__ import annotations

import importlib
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.strips import as_doubles, in_strips, pooled, row_memory
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

_NONE: Plane = np.empty((0, 0))


class CompiledMsGmsd:
    """A plane of the reference, ready for the kernels.

    Parameters
    ----------
    magnitudes
        Those of the reference at each scale, the finest first.
    weights
        Of the scales.
    scale, c, alpha
        What samples are multiplied by, and the constants of q.
    """

    def __init__(
        self,
        magnitudes: Sequence[Plane],
        weights: Sequence[float],
        scale: float,
        c: float,
        alpha: float,
    ) -> None:
        self._a = [as_doubles(a) for a in magnitudes]
        self._weights = weights
        self._of = [np.array([scale if i == 0 else 1.0, c, alpha]) for i in range(len(self._a))]

    def measure(
        self, kernels: ModuleType, y: NDArray[Any], /, *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of a plane, and the gradient, an empty array if it is not wanted."""
        planes, means, square = [as_doubles(y)], [], 0.0
        for i, weight in enumerate(self._weights):
            small = self._half(planes[i]) if i + 1 < len(self._a) else _NONE
            mean, variance = self._forward(kernels, i, planes[i], small)
            means.append(mean)
            square += weight * variance
            planes.append(as_doubles(small))
        value = math.sqrt(square)
        if not gradient:
            return value, _NONE
        slope = _NONE
        for i in reversed(range(len(self._a))):
            by_q = self._weights[i] / (value * self._a[i].size) if value > 0 else 0.0
            slope = self._backward(kernels, i, planes[i], (means[i], by_q), slope)
        return value, slope

    def _half(self, plane: Plane) -> Plane:
        height, width = plane.shape
        return pooled((-(-height // 2), -(-width // 2)))

    def _forward(
        self, kernels: ModuleType, scale: int, y: Plane, small: Plane
    ) -> tuple[float, float]:
        """Return the mean and the variance of q at one scale."""

        def part(top: int, bottom: int) -> tuple[int, float, float]:
            memory = row_memory(kernels.ROWS, y.shape[1] + 2)
            found: tuple[int, float, float] = kernels.forward(
                y, self._a[scale], (top, bottom), self._of[scale], memory, small
            )
            return found

        count, mean, squares = 0, 0.0, 0.0
        for more, other, around in in_strips(part, _shape(y), multiple=2):
            count += more
            apart, share = other - mean, more / count
            mean += apart * share
            squares += around + apart * apart * share * (count - more)
        return mean, squares / count

    def _backward(
        self, kernels: ModuleType, scale: int, y: Plane, slope: tuple[float, float], coarse: Plane
    ) -> Plane:
        """Return the gradient by the plane of one scale."""
        out = pooled(_shape(y))

        def part(top: int, bottom: int) -> None:
            memory = row_memory(kernels.ROWS, y.shape[1] + 2)
            of = self._of[scale]
            kernels.backward(y, self._a[scale], (top, bottom), of, memory, slope, coarse, out)

        in_strips(part, _shape(y), multiple=2)
        return out


def _shape(plane: Plane) -> tuple[int, int]:
    return plane.shape[0], plane.shape[1]


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.family.ms_gmsd_kernels")
    planes = [np.ones((4, 4)), np.ones((2, 2))]
    CompiledMsGmsd(planes, (0.5, 0.5), 1.0, 170.0, 0.5).measure(module, np.eye(4), gradient=True)
    return module


KERNELS = KernelsOnUse("ms-gmsd", _compile)
