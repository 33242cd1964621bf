"""S of oriented bands against those of the reference, its weighted sum, and the derivative.

Formulas and conventions are those of `oriented`. Compiled loops do it in one pass where they are
ready (`band_kernels`); the array code here is what they are held against. Its arrays are scratch,
one group of orientations at a time, and are used again as soon as their content is spent.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssim_viewer.compute.tiles import scratch
from ssim_viewer.metrics.cw_ssim.band_windows import BandWindow
from ssim_viewer.metrics.ssim.window import gaussian_kernel

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Bands = NDArray[np.complex128]

GROUP = 7  # taps, as in `band_kernels`, which is imported only when it is wanted


class _Similarity(NamedTuple):
    """S and what it was made of; R* and S stand in larger arrays, in a frame that holds nothing."""

    S: Array
    r_star: Bands
    magnitude: Array
    by_e: Array  # 1 / (E + K), 0 where both windows hold nothing


class BandSimilarity:
    """The bands of the reference, (B, h, w), ready to be compared with.

    Parameters
    ----------
    x
        Their coefficients.
    window
        The side of the uniform window, an odd number.
    k
        K.
    flat
        Up to which E windows hold nothing if K is 0.
    by_height
        Whether weights fall off by the height along both axes, or by each side along its own.
    """

    def __init__(
        self, x: Bands, window: int, k: float, flat: float, *, by_height: bool = True
    ) -> None:
        self._x = x
        self._window = BandWindow(window)
        self._k = k
        self._flat = -1.0 if k else flat
        self._weights = _weights(x.shape[1:], window, by_height=by_height) / len(x)
        scratch.clear()
        squares = _squares(x, np.empty(x.shape))
        means = self._window.mean(squares, np.empty_like(squares))
        self._energy = self._window.inside(means).copy()

    def restricted(self, kept: NDArray[np.bool_]) -> BandSimilarity:
        """Return the same whose weights are those of some samples of the map, summing to 1."""
        other = copy(self)
        weights = self._weights * kept
        other._weights = weights * (self._weights.sum() / weights.sum())  # noqa: SLF001  a copy
        return other

    @property
    def map_shape(self) -> tuple[int, int]:
        """The height and width of the maps."""
        height, width = self._weights.shape
        return height, width

    def compare(
        self, kernels: ModuleType | None, c_y: Bands, part: slice, *, backward: bool
    ) -> float:
        """Return the sum of p S over some orientations, of which these are the coefficients.

        They are overwritten, with the derivative by them if it is wanted.
        """
        if kernels:
            return self._compare_compiled(kernels, c_y, part, backward=backward)
        similarity = self._similarity(c_y, part)
        S = self._window.inside(similarity.S)
        # No product of matrices: two threads that ask BLAS for threads of its own would wait.
        value = float(np.multiply(S, self._weights, out=scratch.array(S.shape)).sum())
        if backward:
            self._slope(similarity, c_y, part)
        return value

    def maps(self, c_y: Bands) -> Array:
        """Return S of all orientations, (B, h - n + 1, w - n + 1), in scratch memory."""
        return self._window.inside(self._similarity(c_y, slice(None)).S)

    def _compare_compiled(
        self, kernels: ModuleType, c_y: Bands, part: slice, *, backward: bool
    ) -> float:
        n, width = self._window.n, c_y.shape[2]
        taps = np.zeros(-(-n // GROUP) * GROUP)
        taps[:n] = 1 / n**2
        rows, more = len(taps), n - 1
        shapes = (
            (3, rows, width),
            (3, rows, width + more),
            (2, width + rows - 1),
            (5, width - more),
            (3, width),
        )
        found: float = kernels.compare(
            self._x[part].view(np.float64),
            c_y.view(np.float64),
            self._energy[part],
            self._weights,
            taps,
            n,
            self._k,
            self._flat,
            tuple(map(scratch.array, shapes)),
            backward,
        )
        return found

    def _similarity(self, c_y: Bands, part: slice) -> _Similarity:
        product = np.conjugate(self._x[part], out=complex_scratch(c_y.shape))
        product *= c_y
        r_star = self._window.mean(product, complex_scratch(c_y.shape))
        squares = _squares(c_y, scratch.array(c_y.shape))
        e = self._window.inside(self._window.mean(squares, scratch.array(c_y.shape)))
        by_e = np.add(e, self._energy[part], out=scratch.array(e.shape))
        empty = by_e <= self._flat
        by_e += self._k
        with np.errstate(divide="ignore"):
            np.divide(1, by_e, out=by_e)
        by_e[empty] = 0
        magnitude = np.abs(self._window.inside(r_star), out=scratch.array(e.shape))
        whole = scratch.array(c_y.shape)
        S = self._window.inside(whole)
        np.multiply(magnitude, by_e, out=S)
        S *= 2
        S += self._k * by_e
        S[empty] = 1
        return _Similarity(whole, r_star, magnitude, by_e)

    def _slope(self, of: _Similarity, c_y: Bands, part: slice) -> None:
        """Overwrite c_y with c_x W^T[2p u* / (E + K)] - c_y W^T[2p S / (E + K)]."""
        framed_s, framed_r_star, magnitude, by_e = of
        by_e *= 2 * self._weights
        S = self._window.inside(framed_s)
        S *= by_e
        by_r = np.divide(by_e, magnitude, out=by_e, where=magnitude > 0)
        r_star = self._window.inside(framed_r_star)
        r_star *= by_r
        slope: Bands = self._window.adjoint(framed_r_star, complex_scratch(c_y.shape))
        slope *= self._x[part]
        c_y *= self._window.adjoint(framed_s, scratch.array(c_y.shape))
        np.subtract(slope, c_y, out=c_y)


def complex_scratch(shape: tuple[int, ...]) -> Bands:
    """Return scratch memory for coefficients."""
    return scratch.array(shape, np.complex128)


def _squares(c: Bands, out: Array) -> Array:
    """Return |c|² in this memory."""
    np.multiply(c.imag, c.imag, out=out)
    out += np.multiply(c.real, c.real, out=scratch.array(c.shape))
    return out


def _weights(shape: tuple[int, ...], window: int, *, by_height: bool) -> Array:
    """Return the Gaussian weights of the map, (h - n + 1, w - n + 1), summing to 1."""
    height, width = shape
    of = (height, height) if by_height else (height, width)
    rows, columns = (
        gaussian_kernel(side - window + 1, deviation / 4)
        for side, deviation in zip((height, width), of, strict=True)
    )
    return np.outer(rows, columns)
