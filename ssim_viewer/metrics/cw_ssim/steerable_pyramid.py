"""The oriented bands of one level of a complex steerable pyramid, and their adjoint.

Simoncelli, Freeman: The steerable pyramid: a flexible architecture for multi-scale derivative
computation. IEEE International Conference on Image Processing, 1995. Portilla, Simoncelli: A
parametric texture model based on joint statistics of complex wavelet coefficients. International
Journal of Computer Vision 40(1), 2000 (its complex form, whose filters see one half plane only).

Filters are products in the frequency domain. With r the frequency as a fraction of Nyquist, theta
its angle, k the level from 1 (fine) and B orientations b = 0 ... B - 1:

    M_b = cos(pi/2 u) for |u| < 1,  u = log2(r) + k            one octave to each side of r = 2^-k
          times 2 a cos(t)^(B - 1) for |t| < pi/2,  t = theta - pi b / B
    a² = 2^(2B - 2) (B - 1)!² / (B (2B - 2)!)

The frequencies that pass lie below r = 2^(1-k), so a band is kept on a grid 2^(k-1) times coarser:
of H rows ceil(H / 2^(k-1)) are kept. Its unit is that of pyrtools and of `buildSCFpyr`: the
spectrum is cut out and not scaled, so coefficients are larger by the ratio of the numbers of
samples. Their common factor (-i)^(B - 1) is left out: only ratios of bands are taken.

Only the band's low frequencies are computed, a real transform along the rows and then one along the
few columns that are needed. The image counts as periodic.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy  # which imports scipy.fft only when it is asked for: the first picture need not wait

from ssim_viewer.compute.tiles import ALONE, THREADS, in_threads, row_blocks

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]
    Bands = NDArray[np.complex128]


SHARES = 2  # of the work on bands, whatever the number of threads: sums stay the same


class OrientedBands:
    """The oriented bands of one level for planes of one shape.

    Attributes
    ----------
    shape
        The height and width of the planes.
    band_shape
        The height and width of a band.
    orientations
        The number of bands.
    step
        How many pixels of the plane one sample of a band stands for along each axis.
    gain
        By how much coefficients are larger than amplitudes in the plane.
    """

    __slots__ = (
        "_columns",
        "_masks",
        "_pairing",
        "_rows",
        "band_shape",
        "gain",
        "orientations",
        "shape",
        "step",
    )

    def __init__(self, shape: tuple[int, int], level: int, orientations: int) -> None:
        self.shape = shape
        self.band_shape = band_shape(shape, level)
        self.orientations = orientations
        self.step = 1 << (level - 1)
        self.gain = math.prod(shape) / math.prod(self.band_shape)
        height, width = (_frequencies(n) for n in self.band_shape)
        self._rows = height % shape[0]
        self._columns = (self.band_shape[1] - 1) // 2 + 1
        turn = np.exp(2j * np.pi * np.arange(self._columns) / shape[1])
        self._pairing = np.array([1 + 1j * turn, 1 - 1j * turn])  # conjugated for -k
        y, x = np.meshgrid(2 * height / shape[0], 2 * width / shape[1], indexing="ij")
        self._masks = _radial(np.hypot(x, y), level) * _angular(np.arctan2(y, x), orientations)

    def analyse(self, plane: NDArray[Any]) -> Bands:
        """Return the coefficients of every orientation, (H, W) -> (B, h, w)."""
        spectrum = self.spectrum(plane)

        def analysed(part: slice) -> Bands:
            return self.bands(spectrum, part, np.empty(self.memory_shape(part), np.complex128))

        return np.concatenate(in_threads(analysed, self._parts()))

    def adjoint(self, bands: Bands) -> Plane:
        """Apply the adjoint of `analyse`, (B, h, w) -> (H, W), for Re <bands, analyse(plane)>."""
        total = np.zeros(self.band_shape, np.complex128)
        self.adjoint_bands(bands.copy(), slice(None), total)
        return self.adjoint_spectrum(total, np.empty(self.shape))

    def memory_shape(self, part: slice) -> tuple[int, int, int]:
        """Return the shape of the coefficients of some orientations."""
        height, width = self.band_shape
        return len(self._masks[part]), height, width

    def shares(self) -> list[list[slice]]:
        """Return each thread's share of the orientations, in groups that stay in its cache."""
        count, samples = len(self._masks), math.prod(self.band_shape)
        shares = 1 if count * samples < ALONE // 4 else SHARES
        edges = [count * i // shares for i in range(shares + 1)]
        step = max(1, ALONE // samples)
        return [
            [slice(b, min(b + step, end)) for b in range(start, end, step)]
            for start, end in pairwise(edges)
        ]

    def _parts(self) -> list[slice]:
        return [part for share in self.shares() for part in share]

    def spectrum(self, plane: NDArray[Any]) -> Bands:
        """Return the low frequencies of a plane on the grid of a band, (H, W) -> (h, w)."""
        rows = np.empty((self.shape[0], self._columns), np.complex128)

        def transform(block: slice) -> None:
            samples = np.asarray(plane[block], np.float64)
            rows[block] = scipy.fft.rfft(samples, axis=1)[:, : self._columns]

        in_threads(transform, row_blocks(self.shape))
        low = scipy.fft.fft(rows, axis=0, overwrite_x=True, workers=self._workers())[self._rows]
        spectrum = np.zeros(self.band_shape, np.complex128)
        spectrum[:, : self._columns] = low
        mirrored = low[-np.arange(len(low)), :0:-1]
        np.conj(mirrored, out=spectrum[:, spectrum.shape[1] - mirrored.shape[1] :])
        return spectrum

    def bands(self, spectrum: Bands, part: slice, memory: Bands) -> Bands:
        """Return the coefficients of some orientations, (h, w) -> (b, h, w), in this memory."""
        np.multiply(self._masks[part], spectrum, out=memory)
        return scipy.fft.ifft2(memory, overwrite_x=True)

    def adjoint_bands(
        self, bands: Bands, part: slice, total: Bands, kernels: ModuleType | None = None
    ) -> None:
        """Apply the adjoint of `bands` for Re <bands, coefficients>, which are overwritten.

        It is added to a total, (h, w).
        """
        spectra = scipy.fft.fft2(bands, norm="forward", overwrite_x=True)
        if kernels:
            kernels.gather(self._masks[part], _numbers(spectra), _numbers(total))
        else:
            spectra *= self._masks[part]
            total += spectra.sum(axis=0)

    def adjoint_spectrum(self, z: Bands, plane: Plane, kernels: ModuleType | None = None) -> Plane:
        """Apply the adjoint of `spectrum`, (h, w) -> (H, W), in the memory of a plane."""
        rows = np.empty((self.shape[0], self._columns), np.complex128)
        if kernels:
            kernels.fold(_numbers(z), self._rows, _numbers(rows))
        else:
            mirrored = z[np.ix_(*(-np.arange(n) for n in (len(z), self._columns)))]
            rows[:] = 0
            rows[self._rows] = (z[:, : self._columns] + np.conj(mirrored)) / 2
        low = scipy.fft.ifft(
            rows, axis=0, norm="forward", overwrite_x=True, workers=self._workers()
        )
        adjoint = self._adjoint_rows if self.shape[1] % 2 else self._adjoint_pairs
        in_threads(lambda block: adjoint(low[block], plane[block], kernels), row_blocks(self.shape))
        return plane

    def _workers(self) -> int:
        return 1 if math.prod(self.shape) <= ALONE else THREADS

    def _adjoint_rows(self, low: Bands, out: Plane, _: ModuleType | None) -> None:
        out[...] = scipy.fft.irfft(low, self.shape[1], axis=1, norm="forward")

    def _adjoint_pairs(self, low: Bands, out: Plane, kernels: ModuleType | None) -> None:
        """Transform rows of an even width where they stand, as half as many complex samples.

        With neighbours s as one number s[2n] + i s[2n + 1], frequency k of width W has the factor
        1 + i exp(2 pi i k / W), and so has -k.
        """
        pairs = out.view(np.complex128)
        if kernels:
            kernels.pair_up(_numbers(low), _numbers(self._pairing), out)
        else:
            ahead, back = self._pairing
            pairs[:] = 0
            pairs[:, : self._columns] = low * ahead
            pairs[:, : -self._columns : -1] += np.conj(low * back)[:, 1:]
        found = scipy.fft.ifft(pairs, axis=1, norm="forward", overwrite_x=True)
        if not np.may_share_memory(found, pairs):
            pairs[:] = found


@lru_cache(maxsize=4)
def oriented_bands(shape: tuple[int, int], level: int, orientations: int) -> OrientedBands:
    """Return the filters for planes of this shape; those of the last few shapes are kept."""
    return OrientedBands(shape, level, orientations)


def band_shape(shape: tuple[int, int], level: int) -> tuple[int, int]:
    """Return the height and width of a band of a level, from 1."""
    height, width = (math.ceil(n / 2 ** (level - 1)) for n in shape)
    return height, width


def smallest_side(level: int) -> int:
    """Return the smallest side of a plane that has room for a level: its bands are 8 wide."""
    return 1 << (level + 2)


def _numbers(z: Bands) -> NDArray[np.float64]:
    """Return the real and imaginary parts as they stand side by side."""
    return z.view(np.float64)


def _frequencies(n: int) -> NDArray[np.intp]:
    """Return the whole frequencies of n samples in the order of a transform."""
    return np.concatenate([np.arange((n + 1) // 2), np.arange(-(n // 2), 0)])


def _radial(r: Plane, level: int) -> Plane:
    u = np.full_like(r, -np.inf)
    np.log2(r, out=u, where=r > 0)
    u += level
    inside = np.abs(u) < 1
    return np.where(inside, np.cos(np.pi / 2 * np.where(inside, u, 0)), 0)


def _angular(theta: Plane, orientations: int) -> Plane:
    """Return the masks of all orientations, (B, h, w)."""
    order = orientations - 1
    a = 2**order * math.factorial(order) / math.sqrt(orientations * math.factorial(2 * order))
    b = np.arange(orientations)[:, np.newaxis, np.newaxis]
    cosine = np.cos(theta - np.pi * b / orientations)
    masks: Plane = np.where(cosine > 0, 2 * a * np.maximum(cosine, 0) ** order, 0)
    return masks
