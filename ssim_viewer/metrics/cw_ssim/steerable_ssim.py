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
  a quarter of its height along both axes, as in the published code, or of each side along its own.
- W is a mean, as in the published code, so K is in squares of coefficients (`OrientedBands.gain`).
- Of a part of the image those windows count that are centred in it and lie in it at least by half;
  outside of it both images are continued smoothly from inside (`continuation`), so that the
  filters, which see far, see no pixel that does not count.
- Where both windows hold nothing (E below rounding) and K = 0, S is 1 with derivative 0; so is the
  derivative of |R| at R = 0.

Filters are left to `steerable`, windows and pooling to `band_similarity`, settings to `cw_ssim`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.tiles import in_threads, scratch
from ssim_viewer.metrics.backend import computing
from ssim_viewer.metrics.counting import centred, near
from ssim_viewer.metrics.cw_ssim.band_similarity import BandSimilarity, complex_scratch
from ssim_viewer.metrics.cw_ssim.compiled import kernels
from ssim_viewer.metrics.cw_ssim.continuation import Continuation, mostly
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.cw_ssim.steerable_pyramid import Bands, OrientedBands

    Array = NDArray[np.float64]

FLAT = 1e-10  # an amplitude, of the data range, that counts as rounding


class OrientedPlane:
    """One plane of the reference as its oriented bands.

    Parameters
    ----------
    part
        How what does not count is continued, and the windows that count; None where all do.
    """

    notes: tuple[str, ...] = ()

    def __init__(
        self,
        x: NDArray[Any],
        bands: OrientedBands,
        window: int,
        k: float,
        data_range: float,
        *,
        by_height: bool = True,
        part: tuple[Continuation, NDArray[np.bool_]] | None = None,
    ) -> None:
        self._bands = bands
        self._buffers = BufferPool()
        self._window = window
        self._of_part = partial(OrientedPlane, x, bands, window, k, data_range, by_height=by_height)
        self._continuation = None if part is None else part[0]
        self._kept = None if part is None else part[1]
        flat = (FLAT * data_range * bands.gain) ** 2
        found = bands.analyse(self._seen(x))
        self._similarity = BandSimilarity(found, window, k, flat, by_height=by_height)
        if self._kept is not None:
            self._similarity = self._similarity.restricted(self._kept)
            self.notes = (_note(self._kept),)

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> OrientedPlane:
        """Return the plane whose weights are those of the windows that count."""
        if counts.all():
            return self
        side, shape = self._window * self._bands.step, self._similarity.map_shape
        kept = centred(self._place, shape, counts & mostly(counts, side) & ~near(bad, side // 2))
        if not kept.any():
            raise MetricError(
                tr(
                    "No window of CW-SSIM, {side}×{side} pixels, is centred in what counts and "
                    "lies mostly in it.",
                    side=side,
                )
            )
        return self._of_part(part=(Continuation(counts, self._bands.step), kept))

    def value(self, y: NDArray[Any], /) -> float:
        """Return CW-SSIM."""
        spectrum = self._spectrum(y)
        ready = kernels()

        def pooled(share: list[slice]) -> float:
            value = 0.0
            with _nan_is_reported_later():
                for part in share:
                    c_y = self._coefficients(spectrum, part)
                    value += self._similarity.compare(ready, c_y, part, backward=False)
            return value

        with computing(ready):
            return sum(in_threads(pooled, self._bands.shares()))

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Array]:
        """Return CW-SSIM and its derivative by every sample of the plane."""
        spectrum = self._spectrum(y)
        ready = kernels()

        def pooled_with_slope(share: list[slice]) -> tuple[float, Bands]:
            value, slope = 0.0, np.zeros_like(spectrum)
            with _nan_is_reported_later():
                for part in share:
                    c_y = self._coefficients(spectrum, part)
                    value += self._similarity.compare(ready, c_y, part, backward=True)
                    self._bands.adjoint_bands(c_y, part, slope, ready)
            return value, slope

        with computing(ready):
            found = in_threads(pooled_with_slope, self._bands.shares())
        slope = sum((each for _, each in found[1:]), start=found[0][1])
        gradient = self._buffers.array(self._bands.shape, np.dtype(np.float64))
        self._bands.adjoint_spectrum(slope, gradient, ready)
        if self._continuation is not None:
            gradient = self._continuation.adjoint(gradient)
        return sum(value for value, _ in found), gradient

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        """Return S of every orientation."""
        maps = self._similarity.maps(self._coefficients(self._spectrum(y), slice(None)))
        kept = True if self._kept is None else self._kept
        return {
            tr("orientation {b:g}°", b=180 * b / len(maps)): Layer(
                np.where(kept, each, np.nan), self._place
            )
            for b, each in enumerate(maps)
        }

    @property
    def _place(self) -> MapGeometry:
        step = self._bands.step  # exact when it divides the sides, else close: bands are whole
        return MapGeometry(0.5 + step * (self._window // 2 - 0.5), step)

    def _spectrum(self, y: NDArray[Any]) -> Bands:
        return self._bands.spectrum(self._seen(y))

    def _seen(self, plane: NDArray[Any]) -> NDArray[Any]:
        return plane if self._continuation is None else self._continuation.continued(plane)

    def _coefficients(self, spectrum: Bands, part: slice) -> Bands:
        """Return the coefficients of some orientations in this thread's scratch."""
        scratch.clear()
        return self._bands.bands(spectrum, part, complex_scratch(self._bands.memory_shape(part)))


def _note(kept: NDArray[np.bool_]) -> str:
    return tr(
        "It is of the {count} windows that lie mostly in what counts; outside of it both "
        "images are continued smoothly from inside.",
        count=int(np.count_nonzero(kept)),
    )


def _nan_is_reported_later() -> np.errstate:
    """Return the errors that a bound metric finds in its score; every thread has its own state."""
    return np.errstate(invalid="ignore", over="ignore")
