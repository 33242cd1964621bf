"""One plane of the reference as its oriented bands, and CW-SSIM of planes against it.

With c_x, c_y the coefficients of one orientation, W the local mean of a uniform window, p Gaussian
weights that sum to 1 and B orientations:

    R = W[c_x c_y*],    E = W[|c_x|² + |c_y|²],    S = (2 |R| + K) / (E + K)
    CW-SSIM = mean over orientations of sum p S

A shift of the image turns the phases of a neighbourhood alike, and |R| does not see that. With
u = R / |R| and A^T the adjoint of the bands:

    gradient = (2 / B) A^T[ c_x W^T[p u* / (E + K)] - c_y W^T[p S / (E + K)] ]

Conventions
-----------
- Windows stay inside the band; the weights p fall off from its middle with a standard deviation of
  a quarter of its side along each axis (the published code takes the height for both).
- W is a mean, as in the published code, so K is in squares of coefficients (`OrientedBands.gain`).
- Where both windows hold nothing (E below rounding) and K = 0, S is 1 with derivative 0; so is the
  derivative of |R| at R = 0.

Filters are left to `steerable`, settings to `cw_ssim`. Arrays are scratch, one group of
orientations at a time, and are used again as soon as their content is spent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.metrics.band_windows import BandWindow
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.shelf import Shelf
from ssim_viewer.metrics.tiles import in_threads, scratch
from ssim_viewer.metrics.windows import gaussian_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.steerable import Bands, OrientedBands

    Array = NDArray[np.float64]

FLAT = 1e-10  # an amplitude, of the data range, that counts as rounding


class _Similarity(NamedTuple):
    """S and what it was made of; R* and S stand in larger arrays, in a frame that holds nothing."""

    c_y: Bands
    S: Array
    r_star: Bands
    magnitude: Array
    by_e: Array  # 1 / (E + K), 0 where both windows hold nothing


class OrientedPlane:
    """One plane of the reference as its oriented bands."""

    notes: tuple[str, ...] = ()

    def __init__(
        self, x: NDArray[Any], bands: OrientedBands, window: int, k: float, data_range: float
    ) -> None:
        self._bands = bands
        self._shelf = Shelf()
        self._window = BandWindow(window)
        self._k = k
        self._flat = (FLAT * data_range * bands.gain) ** 2
        self._weights = _weights(bands.band_shape, window) / bands.orientations
        self._twice_weights = 2 * self._weights
        self._x = bands.analyse(x)
        self._x_star = np.conj(self._x)
        scratch.clear()
        squares = _squares(self._x, np.empty(self._x.shape))
        means = self._window.mean(squares, np.empty_like(squares))
        self._energy = self._window.inside(means).copy()

    def value(self, y: NDArray[Any], /) -> float:
        """Return CW-SSIM."""
        spectrum = self._bands.spectrum(y)

        def pooled(part: slice) -> float:
            scratch.clear()
            with _nan_is_reported_later():
                return self._pooled(self._window.inside(self._similarity(spectrum, part).S))

        return sum(in_threads(pooled, self._bands.parts()))

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Array]:
        """Return CW-SSIM and its derivative by every sample of the plane."""
        spectrum = self._bands.spectrum(y)

        def pooled_with_slope(part: slice) -> tuple[float, Bands]:
            scratch.clear()
            with _nan_is_reported_later():
                similarity = self._similarity(spectrum, part)
                value = self._pooled(self._window.inside(similarity.S))
                return value, self._bands.spread_bands(self._slope(similarity, part), part)

        found = in_threads(pooled_with_slope, self._bands.parts())
        slope = sum((each for _, each in found[1:]), start=found[0][1])
        gradient = self._shelf.array(self._bands.shape, np.dtype(np.float64))
        return sum(value for value, _ in found), self._bands.spread_spectrum(slope, gradient)

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        """Return S of every orientation."""
        scratch.clear()
        whole = self._similarity(self._bands.spectrum(y), slice(None)).S
        maps = self._window.inside(whole)
        step = self._bands.step  # exact when it divides the sides, else close: bands are whole
        place = MapGeometry(0.5 + step * (self._window.n // 2 - 0.5), step)
        return {
            f"orientation {180 * b / len(maps):g}°": Layer(each.copy(), place)
            for b, each in enumerate(maps)
        }

    def _similarity(self, spectrum: Bands, part: slice) -> _Similarity:
        shape = self._bands.memory_shape(part)
        c_y = self._bands.bands(spectrum, part, _complex(shape))
        product = np.multiply(self._x_star[part], c_y, out=_complex(shape))
        r_star = self._window.mean(product, _complex(shape))
        r = self._window.inside(r_star)
        squares = _squares(c_y, scratch.array(shape))
        e = self._window.inside(self._window.mean(squares, scratch.array(shape)))
        by_e = np.add(e, self._energy[part], out=scratch.array(e.shape))
        empty = by_e <= self._flat if self._k == 0 and by_e.min() <= self._flat else None
        if self._k:
            by_e += self._k
        with np.errstate(divide="ignore"):
            np.divide(1, by_e, out=by_e)
        magnitude = np.abs(r, out=scratch.array(e.shape))
        whole = scratch.array(shape)
        S = self._window.inside(whole)
        np.multiply(magnitude, by_e, out=S)
        S *= 2
        if self._k:
            S += self._k * by_e
        if empty is not None:
            by_e[empty], S[empty] = 0, 1
        return _Similarity(c_y, whole, r_star, magnitude, by_e)

    def _slope(self, of: _Similarity, part: slice) -> Bands:
        """Return the derivative by the coefficients, c_x W^T[2p u* / E] - c_y W^T[2p S / E]."""
        c_y, framed_s, framed_r_star, magnitude, by_e = of
        by_e *= self._twice_weights
        S = self._window.inside(framed_s)
        S *= by_e
        np.maximum(magnitude, np.finfo(float).tiny, out=magnitude)  # R is 0 where this is
        by_e /= magnitude
        r_star = self._window.inside(framed_r_star)
        r_star *= by_e
        slope: Bands = self._window.spread(framed_r_star, _complex(c_y.shape))
        slope *= self._x[part]
        c_y *= self._window.spread(framed_s, scratch.array(c_y.shape))
        slope -= c_y
        return slope

    def _pooled(self, S: Array) -> float:
        # No product of matrices: two threads that ask BLAS for threads of its own would wait.
        return float(np.multiply(S, self._weights, out=scratch.array(S.shape)).sum())


def _nan_is_reported_later() -> np.errstate:
    """Return the errors that a bound metric finds in its score; every thread has its own state."""
    return np.errstate(invalid="ignore", over="ignore")


def _complex(shape: tuple[int, ...]) -> Bands:
    """Return scratch memory for coefficients."""
    return scratch.array((*shape[:-1], 2 * shape[-1])).view(np.complex128)


def _squares(c: Bands, out: Array) -> Array:
    """Return |c|² in this memory."""
    np.multiply(c.imag, c.imag, out=out)
    out += np.multiply(c.real, c.real, out=scratch.array(c.shape))
    return out


def _weights(shape: tuple[int, int], window: int) -> Array:
    """Return the Gaussian weights of the map, (h - n + 1, w - n + 1), summing to 1."""
    rows, columns = (gaussian_kernel(side - window + 1, side / 4) for side in shape)
    return np.outer(rows, columns)
