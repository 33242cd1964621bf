"""IW-SSIM of a plane by compiled kernels; `iw_ssim` says what it is."""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.read_only import read_only
from ssim_viewer.compute.strips import in_strips, pooled, row_memory, scaled_doubles
from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse
from ssim_viewer.metrics.ssim.window_tiles import pair_weights, window_tiles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.window_tiles import WindowTile

    Plane = NDArray[np.float64]
    Gradients = tuple[Plane, Plane]

_NONE: Plane = np.empty((0, 0))
_STRIP = 1 << 18  # samples that are filtered in less time than it takes to wake up a thread


class IwBand(NamedTuple):
    """A band of the reference, and what is known of all windows and of the boxes in their middles.

    Attributes
    ----------
    plane
        The band.
    statistics
        Means, variances + C₂; of boxes means, 1 / (variance + ε) or 0 where x is flat, and s.
    mixture
        e₀ to e₁₀ in Π (1 + λₖ t) = Σ eₘ tᵐ, and how many λₖ there are, 9 or 10.
    """

    plane: Plane
    statistics: tuple[Plane, Plane, Plane, Plane, Plane]
    mixture: Plane

    def ready(self) -> IwBand:
        """Return it as the kernels take it."""
        first, *rest = (
            read_only(np.ascontiguousarray(each)) for each in (self.plane, *self.statistics)
        )
        a, b, c, d, e = rest
        return IwBand(first, (a, b, c, d, e), self.mixture)


class Pooled(NamedTuple):
    """The sums of w cs and of w over a band, and their gradients."""

    upper: float
    lower: float
    gradients: Gradients

    @property
    def mean(self) -> float:
        """The weighted mean of cs."""
        return self.upper / self.lower


@dataclass(frozen=True, slots=True, eq=False)
class IwPasses:
    """The passes over the bands of a plane of a distorted image.

    Attributes
    ----------
    bands
        All bands of the reference but what is left at last.
    taps, window
        Of the enlargement in the pyramid, and of SSIM.
    weights
        β by band, that of what is left too.
    levels
        What samples are multiplied by.
    coarsest
        Returns the similarity of what is left, and its gradient.
    formula
        Returns score and gradient by array code, for planes that say nothing or too much in a band.
    """

    bands: Sequence[IwBand]
    taps: Plane
    window: Plane
    weights: Sequence[float]
    levels: float
    coarsest: Callable[[Plane], tuple[float, Plane]]
    formula: Callable[[NDArray[Any]], tuple[float, Plane]]

    def measure(
        self, kernels: ModuleType, y: NDArray[Any], *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of a plane and, if wanted, its derivative by every sample."""
        bands, rest = self._bands(kernels, scaled_doubles(y, self.levels))
        pairs = zip(self.bands, bands, strict=True)
        found = [self._compare(kernels, *each, wanted=gradient) for each in pairs]
        if not all(math.isfinite(each.upper) and each.lower for each in found):
            return self.formula(y)
        last, slope = self.coarsest(rest)
        means = [*(each.mean for each in found), last]
        score = math.prod(abs(m) ** b for m, b in zip(means, self.weights, strict=True))
        if not gradient:
            return score, _NONE
        by = [
            score * b / m * self.levels if m else 0.0
            for m, b in zip(means, self.weights, strict=True)
        ]
        return score, self._back(kernels, found, by, slope * by[-1])

    def _bands(self, kernels: ModuleType, plane: Plane) -> tuple[list[Plane], Plane]:
        """Return the bands of a plane's Laplacian pyramid, the finest first, and what is left."""
        rest, bands = plane, []
        for _ in self.bands:
            small = pooled(_half(rest.shape))
            band = pooled(rest.shape)
            self._halve(kernels, rest, small)
            small = read_only(small)
            self._subtract(kernels, rest, small, band)
            bands.append(read_only(band))
            rest = small
        return bands, rest

    @staticmethod
    def _halve(kernels: ModuleType, rest: Plane, small: Plane) -> None:
        def halve(first: int, last: int) -> None:
            memory = row_memory(1, rest.shape[1] + 4)
            kernels.pyramid.halve(rest, (first, last), kernels.pyramid.GAIN, memory, small)

        in_strips(halve, _shape(small), samples=_STRIP // 4)

    def _subtract(self, kernels: ModuleType, rest: Plane, small: Plane, band: Plane) -> None:
        def subtract(first: int, last: int) -> None:
            memory = row_memory(4, rest.shape[1] + 8)
            kernels.pyramid.band_rows(rest, small, self.taps, first, memory, band[first:last])

        in_strips(subtract, _shape(band), samples=_STRIP)

    def _compare(self, kernels: ModuleType, x: IwBand, y: Plane, *, wanted: bool) -> Pooled:
        """Return the sums over a band, and their gradients if these are wanted."""
        window = pair_weights(self.window), len(self.window)
        first, second = (pooled(y.shape) if wanted else _NONE for _ in range(2))

        def compare(tile: WindowTile) -> tuple[float, float]:
            memory = tile.memory(window[1], kernels.OWN_ROWS)
            of = window, x.mixture, memory, (first, second)
            sums: tuple[float, float] = kernels.compare(x.plane, y, x.statistics, *tile, *of)
            return sums

        tiles = window_tiles(x.statistics[0].shape, window[1])
        upper, lower = zip(*in_threads(compare, tiles), strict=True)
        return Pooled(sum(upper), sum(lower), (first, second))

    def _back(
        self, kernels: ModuleType, found: Sequence[Pooled], by: Sequence[float], slope: Plane
    ) -> Plane:
        """Return the derivative by every sample from those by the bands and by what is left."""
        for each, steep in zip(reversed(found), reversed(by[:-1]), strict=True):
            # Of u / v, with derivatives of u and v: (du - (u / v) dv) / v.
            factors = steep / each.lower, steep * each.mean / each.lower
            self._to_half(kernels, each.gradients, factors, slope)
            self._from_half(kernels, slope, each.gradients, factors)
            slope = each.gradients[0]
        return slope

    def _to_half(
        self, kernels: ModuleType, planes: Gradients, by: tuple[float, float], small: Plane
    ) -> None:
        def subtract(first: int, last: int) -> None:
            memory = row_memory(4, planes[0].shape[1] + 8)
            rows = first, len(small), memory, small[first:last]
            kernels.pyramid.subtract_adjoint_enlarged(planes, by, self.taps, *rows)

        in_strips(subtract, _shape(small), samples=_STRIP // 4)

    @staticmethod
    def _from_half(
        kernels: ModuleType, small: Plane, planes: Gradients, by: tuple[float, float]
    ) -> None:
        out, less = planes

        def add(first: int, last: int) -> None:
            memory = row_memory(4, out.shape[1] + 8)
            kernels.pyramid.add_adjoint_halved(small, (first, last), less, by, memory, out)

        in_strips(add, _shape(out), samples=_STRIP)


def _shape(plane: Plane) -> tuple[int, int]:
    return plane.shape[0], plane.shape[1]


def _half(shape: tuple[int, ...]) -> tuple[int, int]:
    return (shape[0] + 1) // 2, (shape[1] + 1) // 2


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    kernels = importlib.import_module("ssim_viewer.metrics.family.iw_ssim_kernels")
    a, b, c, d, e = np.ones((5, 6, 6))
    band = IwBand(np.zeros((16, 16)), (a, b, c, d, e), np.ones(12)).ready()
    IwPasses(
        [band],
        taps=np.ones(5),
        window=np.full(11, 1 / 11),
        weights=(0.5, 0.5),
        levels=1.0,
        coarsest=lambda rest: (1.0, np.array(rest)),
        formula=lambda y: (1.0, y),
    ).measure(kernels, np.eye(16), gradient=True)
    return kernels


KERNELS = KernelsOnUse("iw-ssim", _compile)
