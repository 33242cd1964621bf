"""One plane of the reference with its statistics, and a pass over one plane of a distorted image.

The chain from S back to the pixels of y, with W the local means, W^T their adjoint and k the
covariance factor (1 for population moments):

    mu_y = W y,   s_y² = k (W y² - mu_y²),   s_xy = k (W xy - mu_x mu_y)

    dS/dy = W^T[S_mu - 2k S_yy mu_y - k S_xy mu_x]  +  y W^T[2k S_yy]  +  x W^T[k S_xy]

where S_mu, S_yy, S_xy are the derivatives of S that `similarity` gives. With exponents 1 this is

    grad MSSIM = (2/M) { x W^T[A1/D] - y W^T[S/B2] + W^T[(mu_x (A2-A1) - mu_y (B2-B1) S) / D] }

with D = B1 B2, up to the centring of the means, which leaves the sum unchanged.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from ssim_viewer.compute.tiles import in_threads, large_tiles, scratch, tiles
from ssim_viewer.metrics.planes import centre_of
from ssim_viewer.metrics.ssim.compiled import kernels
from ssim_viewer.metrics.ssim.kernel_tiles import KernelTiles
from ssim_viewer.metrics.ssim.pass_outputs import PARTS, Edges, Sums, Wanted, own_part
from ssim_viewer.metrics.ssim.similarity import Slopes, Statistics

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.compute.tiles import Tile
    from ssim_viewer.metrics.ssim.settings import SsimSettings
    from ssim_viewer.metrics.ssim.similarity import Similarity, Terms
    from ssim_viewer.metrics.ssim.window import Plane, Window


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """A pass over a plane of a distorted image: tiles that may be done by several threads.

    Attributes
    ----------
    task
        What is to be done for each tile.
    tiles
        All of them.
    wanted
        What receives the results.
    """

    task: Callable[[Tile], tuple[Sums, Edges | None]]
    tiles: Sequence[Tile]
    wanted: Wanted

    def run(self, report: Callable[[float], None] | None = None) -> Sums:
        """Do all of it; see `in_threads` for `report`."""
        return self.end(in_threads(self.task, self.tiles, report))

    def end(self, results: Sequence[tuple[Sums, Edges | None]]) -> Sums:
        """Bring the results of all tiles together."""
        for tile, (_, edges) in zip(self.tiles, results, strict=True):
            if edges is not None:
                self.wanted.add_edges(edges, tile)
        sums = [found for found, _ in results]
        return Sums(
            {name: sum(each.maps[name] for each in sums) for name in sums[0].maps},
            sum(each.clamped for each in sums),
        )


class _Pair(NamedTuple):
    """A tile of x and y and its means, all centred, and its statistics, which are not."""

    x: Plane
    y: Plane
    mu_x: Plane
    mu_y: Plane
    statistics: Statistics


@dataclass(frozen=True, slots=True, eq=False)
class ReferencePlane:
    """A padded plane x of the reference with its local means and variances.

    Attributes
    ----------
    x
        The padded plane, of any real type.
    window, similarity
        The window of the means and the constants of SSIM.
    shift
        What is subtracted from x and y, about the mean of x: variances do not change, and lose
        fewer digits.
    dtype
        Of the means and variances that are kept, and of all that the compiled kernels compute.
    kernels
        The compiled kernels that compute them, or None for array code.
    """

    x: NDArray[Any]
    window: Window
    similarity: Similarity
    shift: float
    dtype: type[np.floating[Any]] = np.float64
    kernels: InitVar[ModuleType | None] = None
    mu_x: NDArray[Any] = field(init=False)
    s_xx: NDArray[Any] = field(init=False)
    _tiles: KernelTiles = field(init=False)

    def __post_init__(self, kernels: ModuleType | None) -> None:
        height, width = (side - self.window.size + 1 for side in self.x.shape)
        object.__setattr__(self, "mu_x", np.empty((height, width), self.dtype))
        object.__setattr__(self, "s_xx", np.empty((height, width), self.dtype))
        of = KernelTiles.of(self.window.kernel, self.similarity, shift=self.shift, dtype=self.dtype)
        object.__setattr__(self, "_tiles", of)
        if kernels:
            in_threads(partial(self._fill_compiled, kernels), large_tiles(height, width))
        else:
            in_threads(self._fill, tiles(height, width))

    @classmethod
    def of(cls, x: NDArray[Any], metric: SsimSettings) -> ReferencePlane:
        """Return a plane of the reference as the settings of SSIM want it."""
        window, dtype = metric.kernel(), dtype_of_planes(metric)
        padded = window.pad(_kept(x, dtype))
        return cls(padded, window, metric.similarity(), centre_of(x), dtype, kernels())

    @property
    def map_shape(self) -> tuple[int, int]:
        """The height and width of the map."""
        height, width = self.mu_x.shape
        return height, width

    def begin(
        self,
        y: NDArray[Any],
        wanted: Wanted,
        kernels: ModuleType | None = None,
        cut: Callable[[int, int], Sequence[Tile]] = large_tiles,
        windows: NDArray[np.bool_] | None = None,
    ) -> Pass:
        """Return what is to be done to compare a plane y, which is not padded, with x.

        Maps and gradient go where `wanted` says. With `kernels` they do the work, if they know the
        similarity, and `cut` makes the tiles. Of `windows`, an array of the map's shape, those that
        are False are left out of sums and gradient, which array code does.
        """
        padded = self.window.pad(y)
        if kernels and windows is None and KernelTiles.know(self.similarity):
            statistics = self.mu_x, self.s_xx
            task = partial(self._tiles.measure, kernels, (self.x, padded), statistics, wanted)
            return Pass(task, cut(*self.map_shape), wanted)
        task = partial(self._measure_tile, padded, wanted, windows)
        return Pass(task, tiles(*self.map_shape), wanted)

    def _fill_compiled(self, kernels: ModuleType, tile: Tile) -> None:
        self._tiles.fill(kernels, self.x, (self.mu_x, self.s_xx), tile)

    def _fill(self, tile: Tile) -> None:
        """Compute the reference's own statistics in one tile."""
        scratch.clear()
        x = self._centred(self.x, tile)
        mu_x = self.window.mean(x, scratch.array(x.shape))
        self.mu_x[tile] = mu_x
        s_xx = self._moment(x, x, mu_x, mu_x)
        _clamp(s_xx)
        self.s_xx[tile] = s_xx

    def _measure_tile(
        self, y: NDArray[Any], wanted: Wanted, windows: NDArray[np.bool_] | None, tile: Tile
    ) -> tuple[Sums, Edges | None]:
        """Return the sums of a tile and the edges of its gradient, which other tiles share."""
        scratch.clear()
        # NaN in y is reported by `BoundSsim`; constants may be next to nothing, or 0.
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            pair = self._pair(y, tile)
            new = partial(scratch.array, pair.mu_x.shape)
            terms = self.similarity.terms(pair.statistics, new, parts=wanted.parts)
            found = {"ssim": self.similarity.map(terms, new)}
            if wanted.parts and terms.c is not None:
                s = np.divide(terms.cs, terms.c, out=new())
                found |= zip(PARTS, (terms.lum, terms.c, s), strict=True)
            kept = None if windows is None else windows[tile]
            totals = {name: _total(part, kept) for name, part in found.items()}
            sums = Sums(totals, self.similarity.clamped(terms))
            if wanted.gradient is None:
                wanted.keep(found, tile)
                return sums, None
            slope = self._slope(pair, terms, wanted.weight, kept)
            height, width = own_part(tile, self.map_shape, self.window.size - 1)
            wanted.keep({**found, "gradient": slope[:height, :width]}, tile)
        return sums, Edges(slope[height:].copy(), slope[:height, width:].copy())

    def _pair(self, y: NDArray[Any], tile: Tile) -> _Pair:
        x_tile, y_tile = self._centred(self.x, tile), self._centred(y, tile)
        mu_x, s_xx = (_double(own[tile]) for own in (self.mu_x, self.s_xx))
        mu_y = self.window.mean(y_tile, scratch.array(y_tile.shape))
        statistics = Statistics(
            np.add(mu_x, self.shift, out=scratch.array(mu_x.shape)),
            np.add(mu_y, self.shift, out=scratch.array(mu_x.shape)),
            s_xx,
            self._moment(y_tile, y_tile, mu_y, mu_y),
            self._moment(x_tile, y_tile, mu_x, mu_y),
        )
        _clamp(statistics.s_yy)
        return _Pair(x_tile, y_tile, mu_x, mu_y, statistics)

    def _slope(
        self, pair: _Pair, terms: Terms, weight: float, kept: NDArray[np.bool_] | None
    ) -> Plane:
        """Return `weight` times the derivative of a tile's sum of S, for all samples it sees."""
        framed = [scratch.array(pair.y.shape) for _ in range(3)]
        slopes = Slopes(*map(self.window.inside, framed))
        self.similarity.slopes(pair.statistics, terms, weight, slopes)
        if kept is not None:
            for each in slopes:
                np.multiply(each, kept, out=each)
        by_means = scratch.array(pair.mu_x.shape)
        cv2.multiply(slopes.by_s_yy, pair.mu_y, by_means)
        cv2.accumulateProduct(slopes.by_s_xy, pair.mu_x, by_means)
        cv2.subtract(slopes.by_mu_y, by_means, slopes.by_mu_y)
        total, adjoint = scratch.array(pair.y.shape), scratch.array(pair.y.shape)
        self.window.adjoint(framed[0], total)
        for slope, plane in zip(framed[1:], (pair.y, pair.x), strict=True):
            self.window.adjoint(slope, adjoint)
            cv2.accumulateProduct(adjoint, plane, total)
        return total

    def _centred(self, padded: NDArray[Any], tile: Tile) -> Plane:
        """Return the samples that the windows of a tile see, minus `shift`."""
        more = self.window.size - 1
        rows, columns = (slice(part.start, part.stop + more) for part in tile)
        seen = padded[rows, columns]
        centred = scratch.array(seen.shape)
        np.subtract(seen, self.shift, out=centred, dtype=np.float64)
        return centred

    def _moment(self, a: Plane, b: Plane, mu_a: Plane, mu_b: Plane) -> Plane:
        """Return the local covariance k (W ab - mu_a mu_b)."""
        product, means = scratch.array(a.shape), scratch.array(a.shape)
        moment = scratch.array(mu_a.shape)
        cv2.multiply(a, b, product)
        cv2.multiply(mu_a, mu_b, moment)
        cv2.subtract(self.window.mean(product, means), moment, moment)
        if self.similarity.k != 1:
            moment *= self.similarity.k
        return moment


def dtype_of_planes(metric: SsimSettings) -> type[np.floating[Any]]:
    """Return the floating type in which the planes of a reference are kept."""
    # Array code works in double: it shall not begin with statistics of less.
    single = metric.precision == "single" and KernelTiles.know(metric.similarity())
    return np.float32 if single else np.float64


def _kept(plane: NDArray[Any], dtype: type[np.floating[Any]]) -> NDArray[Any]:
    """Return a plane as the reference keeps it: whole numbers and double precision as they are."""
    if plane.dtype.kind != "f" or dtype == np.float64:
        return plane
    return plane.astype(dtype, copy=False)


def _double(kept: NDArray[Any]) -> Plane:
    """Return what is kept of the reference in float64."""
    if kept.dtype == np.float64:
        return kept
    double = scratch.array(kept.shape)
    double[:] = kept
    return double


def _total(part: Plane, kept: NDArray[np.bool_] | None) -> float:
    return float(part.sum() if kept is None else part[kept].sum())


def _clamp(variance: Plane) -> None:
    """Raise to 0 what rounding left below it."""
    cv2.threshold(variance, 0, 0, cv2.THRESH_TOZERO, variance)
