"""NLPD of a plane by its compiled kernels, strip by strip; the formula is in `nlpd`."""

from __future__ import annotations

import importlib
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.strips import as_doubles, in_strips, pooled, row_memory
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]

_NONE: Plane = np.empty((0, 0))


class CompiledNlpd:
    """A plane of the reference, ready for the kernels.

    Parameters
    ----------
    normalized
        ẑ of the reference at each scale, the finest first.
    sigmas, neighbours
        σ and the weights p at each scale, above, left, right, far right, below.
    scale
        What samples are multiplied by.
    """

    def __init__(
        self,
        normalized: Sequence[Plane],
        sigmas: Sequence[float],
        neighbours: Sequence[Sequence[float]],
        scale: float,
    ) -> None:
        self._x = [as_doubles(x) for x in normalized]
        self._of = [
            np.array([1.0 if i else scale, sigma, *near])
            for i, (sigma, near) in enumerate(zip(sigmas, neighbours, strict=True))
        ]
        self._scale = scale

    def measure(
        self, kernels: ModuleType, y: NDArray[Any], /, *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of a plane, and the gradient, an empty array if it is not wanted."""
        run = _Run(kernels)
        planes = [as_doubles(y)]
        for x, of in zip(self._x[1:], self._of, strict=False):
            planes.append(as_doubles(run.halved(planes[-1], x.shape, of[0])))
        planes.append(as_doubles(_NONE))
        slopes, roots = [], []
        for i, x in enumerate(self._x):
            square, slope = run.normalized(planes[i : i + 2], x, self._of[i], gradient=gradient)
            slopes.append(slope)
            roots.append(math.sqrt(square / x.size))
        value = sum(roots) / len(roots)
        if not gradient:
            return value, _NONE
        weights = [
            1 / (root * x.size * len(roots)) if root > 0 else 0.0
            for root, x in zip(roots, self._x, strict=True)
        ]
        return value, self._followed_back(run, slopes, weights)

    def _followed_back(self, run: _Run, slopes: Sequence[Plane], weights: Sequence[float]) -> Plane:
        """Return the gradient by the plane, from slopes by z of each scale."""
        out = _NONE
        for i in reversed(range(len(slopes))):
            finer = run.adjoint_enlarged(slopes[i - 1], slopes[i].shape) if i else _NONE
            factor = 1.0 if i else self._scale
            of = (factor * weights[i], -factor * weights[i - 1] if i else 0.0, factor)
            out = run.combined(slopes[i], finer, out, of)
        return out


class _Run:
    """The kernels over strips of planes, with results in pooled memory."""

    def __init__(self, kernels: ModuleType) -> None:
        self._kernels = kernels

    def halved(self, plane: Plane, shape: tuple[int, ...], scale: float) -> Plane:
        """Return the next scale."""
        return self._filled(
            shape,
            lambda rows, out: self._kernels.halve(plane, rows, scale, self._rows(plane), out),
        )

    def normalized(
        self, planes: Sequence[Plane], x: Plane, of: Plane, *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the sum of (ẑ - x)² of a scale, with the next one beside it, and slopes by z."""
        plane, small = planes
        slope = pooled(plane.shape) if gradient else _NONE

        def part(top: int, bottom: int) -> float:
            rows = top, bottom
            found: float = self._kernels.normalize(
                plane, small, x, rows, of, self._rows(plane), slope
            )
            return found

        return sum(in_strips(part, (plane.shape[0], plane.shape[1]))), slope

    def adjoint_enlarged(self, slope: Plane, shape: tuple[int, ...]) -> Plane:
        """Return the adjoint of the enlargement."""
        return self._filled(
            shape,
            lambda rows, out: self._kernels.adjoint_enlarged(slope, rows, self._rows(slope), out),
        )

    def combined(
        self, slope: Plane, enlarged: Plane, small: Plane, weights: tuple[float, float, float]
    ) -> Plane:
        """Return the gradient by one scale."""

        def part(rows: tuple[int, int], out: Plane) -> None:
            self._kernels.combine(slope, enlarged, small, rows, weights, self._rows(slope), out)

        return self._filled(slope.shape, part)

    def _filled(
        self, shape: tuple[int, ...], part: Callable[[tuple[int, int], Plane], None]
    ) -> Plane:
        out = pooled(shape)
        in_strips(lambda top, bottom: part((top, bottom), out), (shape[0], shape[1]))
        return out

    def _rows(self, plane: Plane) -> Plane:
        return row_memory(self._kernels.ROWS, plane.shape[1] + self._kernels.MORE)


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    module = importlib.import_module("ssim_viewer.metrics.family.nlpd_kernels")
    scales = [np.ones((4, 4)), np.ones((2, 2))]
    CompiledNlpd(scales, (1.0, 1.0), ((0.1,) * 5,) * 2, 1.0).measure(
        module, np.eye(4), gradient=True
    )
    return module


KERNELS = KernelsOnUse("nlpd", _compile)
