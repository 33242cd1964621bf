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
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import fft

from ssim_viewer.metrics.tiles import ALONE, THREADS, in_threads, row_blocks, scratch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]
    Bands = NDArray[np.complex128]


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
        y, x = np.meshgrid(2 * height / shape[0], 2 * width / shape[1], indexing="ij")
        self._masks = _radial(np.hypot(x, y), level) * _angular(np.arctan2(y, x), orientations)

    def analyse(self, plane: NDArray[Any]) -> Bands:
        """Return the coefficients of every orientation, (H, W) -> (B, h, w)."""
        spectrum = self.spectrum(plane)

        def analysed(part: slice) -> Bands:
            return self.bands(spectrum, part, np.empty(self.memory_shape(part), np.complex128))

        return np.concatenate(in_threads(analysed, self.parts()))

    def spread(self, bands: Bands) -> Plane:
        """Apply the adjoint of `analyse`, (B, h, w) -> (H, W), for Re <bands, analyse(plane)>."""
        each = in_threads(lambda part: self.spread_bands(bands[part].copy(), part), self.parts())
        return self.spread_spectrum(sum(each[1:], start=each[0]), np.empty(self.shape))

    def memory_shape(self, part: slice) -> tuple[int, int, int]:
        """Return the shape of the coefficients of some orientations."""
        height, width = self.band_shape
        return len(self._masks[part]), height, width

    def parts(self) -> list[slice]:
        """Return the orientations in groups: what one thread should take at a time."""
        count, samples = len(self._masks), math.prod(self.band_shape)
        step = count if count * samples < ALONE // 4 else max(1, min(count // 2, ALONE // samples))
        return [slice(b, min(b + step, count)) for b in range(0, count, step)]

    def spectrum(self, plane: NDArray[Any]) -> Bands:
        """Return the low frequencies of a plane on the grid of a band, (H, W) -> (h, w)."""
        rows = np.empty((self.shape[0], self._columns), np.complex128)

        def transform(block: slice) -> None:
            samples = np.asarray(plane[block], np.float64)
            rows[block] = fft.rfft(samples, axis=1)[:, : self._columns]

        in_threads(transform, row_blocks(self.shape))
        low = fft.fft(rows, axis=0, overwrite_x=True, workers=THREADS)[self._rows]
        spectrum = np.zeros(self.band_shape, np.complex128)
        spectrum[:, : self._columns] = low
        mirrored = low[-np.arange(len(low)), :0:-1]
        np.conj(mirrored, out=spectrum[:, spectrum.shape[1] - mirrored.shape[1] :])
        return spectrum

    def bands(self, spectrum: Bands, part: slice, memory: Bands) -> Bands:
        """Return the coefficients of some orientations, (h, w) -> (b, h, w), in this memory."""
        np.multiply(self._masks[part], spectrum, out=memory)
        return fft.ifft2(memory, overwrite_x=True)

    def spread_bands(self, bands: Bands, part: slice) -> Bands:
        """Apply the adjoint of `bands` for Re <bands, coefficients>, which are overwritten."""
        spectra = fft.fft2(bands, norm="forward", overwrite_x=True)
        spectra *= self._masks[part]
        total: Bands = spectra.sum(axis=0)
        return total

    def spread_spectrum(self, z: Bands, plane: Plane) -> Plane:
        """Apply the adjoint of `spectrum`, (h, w) -> (H, W), in the memory of a plane."""
        mirrored = np.conj(np.roll(z[::-1, ::-1], 1, (0, 1)))
        low = (z + mirrored)[:, : self._columns] / 2
        rows = np.zeros((self.shape[0], self._columns), np.complex128)
        rows[self._rows] = low
        rows = fft.ifft(rows, axis=0, norm="forward", overwrite_x=True, workers=THREADS)
        width = self.shape[1]

        def transform(block: slice) -> None:
            scratch.clear()
            low = rows[block]
            half = width // 2 + 1
            whole = scratch.array((len(low), 2 * half)).view(np.complex128)
            whole[:, : self._columns] = low
            whole[:, self._columns :] = 0  # far faster than letting the transform add the zeros
            plane[block] = fft.irfft(whole, width, axis=1, norm="forward", overwrite_x=True)

        in_threads(transform, row_blocks(self.shape))
        return plane


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
