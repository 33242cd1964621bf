"""W-SSIM of a plane by its compiled kernels, tile by tile; the formulas are in `weighted`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.strips import as_doubles, in_strips, pooled
from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse
from ssim_viewer.metrics.ssim.window_tiles import WindowTile, pair_weights, window_tiles

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.window import Window

    Plane = NDArray[np.float64]

_NONE: Plane = np.empty((0, 0))
_EVERY: NDArray[np.bool_] = np.empty((0, 0), np.bool_)
_FLAT = 1e-3
"""Mean weights below this are left to array code: what the gradients are divided by is rounding."""


class Constants(NamedTuple):
    """C1 and C2, the factor of (co)variances, and what the reference is centred by."""

    C1: float
    C2: float
    k: float
    shift: float


class CompiledWeighted:
    """A plane of the reference, ready for the kernels.

    Parameters
    ----------
    x
        The plane, padded and centred.
    mean, variance
        Of its windows.
    window
        The window.
    constants
        Those of the similarity.
    """

    def __init__(
        self, x: Plane, mean: Plane, variance: Plane, window: Window, constants: Constants
    ) -> None:
        self._x, self._window = as_doubles(x), window
        self._statistics = as_doubles(mean), as_doubles(variance), _NONE
        self._constants = np.array(constants)
        self._C2 = constants.C2
        self._pair_weights = pair_weights(window.kernel), window.size

    def measure(
        self,
        kernels: ModuleType,
        y: NDArray[Any],
        kept: NDArray[np.bool_] | None,
        *,
        gradient: bool,
    ) -> tuple[float, Plane] | None:
        """Return the score of a plane, and the gradient, an empty array if it is not wanted.

        `kept` is which windows count, None for all. The result is None where nearly all of them
        are flat.
        """
        if not self._statistics[2].size:
            information = as_doubles(np.log1p(self._statistics[1] / self._C2))
            self._statistics = *self._statistics[:2], information
        mask = (_EVERY if kept is None else np.ascontiguousarray(kept)).view()
        mask.setflags(write=False)
        shape = self._x.shape if gradient else (0, 0)
        first, second = (pooled(shape) for _ in range(2))
        n, images = self._window.size, (self._x, as_doubles(self._window.pad(y)))

        def part(tile: WindowTile) -> tuple[float, float]:
            found: tuple[float, float] = kernels.compare(
                images,
                self._statistics,
                mask,
                tile.windows,
                tile.ahead,
                self._pair_weights,
                self._constants,
                tile.memory(n, kernels.MORE + 2 * (n + 1)),
                first,
                second,
            )
            return found

        windows = self._statistics[0].shape
        found = in_threads(part, window_tiles(windows, n))
        of_both, total = (sum(each) for each in zip(*found, strict=True))
        count = self._statistics[0].size if kept is None else np.count_nonzero(kept)
        if total < _FLAT * count:
            return None
        apart = of_both / total
        if not gradient:
            return 1 + apart, first
        weights = 1 / total, -apart / total
        in_strips(
            lambda top, bottom: kernels.finish((top, bottom), weights, first, second),
            (shape[0], shape[1]),
        )
        return 1 + apart, self._window.fold(first, y.shape)


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    window = importlib.import_module("ssim_viewer.metrics.ssim.window")
    module = importlib.import_module("ssim_viewer.metrics.weighted_kernels")
    of = window.Window(window.uniform_kernel(2), "valid")
    ones = np.ones((2, 2))
    plane = CompiledWeighted(np.eye(3), ones, ones, of, Constants(1.0, 1.0, 1.0, 0.0))
    plane.measure(module, np.ones((3, 3)), None, gradient=True)
    return module


KERNELS = KernelsOnUse("w-ssim", _compile)
