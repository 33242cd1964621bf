"""SSIM with a window across rows, columns and channels, as MathWorks' `ssim` does with RGB.

The three-dimensional window is w ⊗ w ⊗ w. Along the channels, of which there are few, filtering is
a product with a matrix T, so the local means of channel c are those of a mixture of channels:

    mu_y[c] = sum over d of T[c, d] W y[d],    s_xy[c] = sum over d of T[c, d] W (x[d] y[d]) - ...

and its adjoint is T transposed. All else is as in `local_statistics`, by array code.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.borders import border_index
from ssim_viewer.metrics.planes import centre_of
from ssim_viewer.metrics.ssim.pass_outputs import PARTS, Sums
from ssim_viewer.metrics.ssim.similarity import Slopes, Statistics

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.pass_outputs import Wanted
    from ssim_viewer.metrics.ssim.settings import SsimSettings
    from ssim_viewer.metrics.ssim.window import Plane, Window


class Volume:
    """All channels of a reference with their local statistics.

    Attributes
    ----------
    window
        The window along rows and columns.
    map_shape
        The height and width of the map of each channel.
    """

    def __init__(self, metric: SsimSettings, planes: Sequence[NDArray[Any]]) -> None:
        self.window = metric.kernel()
        similarity = metric.similarity()
        if metric.covariance == "sample":
            samples = metric.window_size**3
            similarity = dataclasses.replace(similarity, k=samples / (samples - 1))
        self._similarity = similarity
        self._mixing = mixing_matrix(self.window, len(planes))
        # With zeros outside weights of the channels do not sum to 1: a shift would change means.
        self._shift = 0.0 if metric.border == "zero" else centre_of(planes[0])
        self._x = [self._centred(plane) for plane in planes]
        self._mu_x = self._means(self._x)
        self._s_xx = self._moments(self._x, self._x, self._mu_x, self._mu_x)
        for plane in self._s_xx:
            np.maximum(plane, 0, out=plane)
        self.map_shape: tuple[int, int] = (self._mu_x.shape[1], self._mu_x.shape[2])

    def measure(
        self,
        planes: Sequence[NDArray[Any]],
        wanted: Sequence[Wanted],
        windows: NDArray[np.bool_] | None,
        report: Callable[[float], None] | None,
    ) -> list[Sums]:
        """Return the sums of every channel; maps and gradients go where `wanted` says."""
        y = [self._centred(plane) for plane in planes]
        mu_y = self._means(y)
        s_yy = np.maximum(self._moments(y, y, mu_y, mu_y), 0)
        s_xy = self._moments(self._x, y, self._mu_x, mu_y)
        slopes = np.empty((3, *mu_y.shape))
        sums = []
        for c, own in enumerate(wanted):
            of = Statistics(
                self._mu_x[c] + self._shift, mu_y[c] + self._shift, self._s_xx[c], s_yy[c], s_xy[c]
            )
            sums.append(self._channel(of, own, windows, slopes[:, c]))
            if report is not None:
                report((c + 1) / len(wanted))
        if wanted[0].gradient is not None:
            slopes[0] -= slopes[1] * mu_y + slopes[2] * self._mu_x
            self._gradients(y, slopes, wanted)
        return sums

    def _channel(
        self,
        of: Statistics,
        wanted: Wanted,
        windows: NDArray[np.bool_] | None,
        slopes: NDArray[np.float64],
    ) -> Sums:
        similarity = self._similarity

        def new() -> Plane:
            return np.empty_like(of.mu_x)

        terms = similarity.terms(of, new, parts=wanted.parts)
        found = {"ssim": similarity.map(terms, new)}
        if wanted.parts and terms.c is not None:
            found |= zip(PARTS, (terms.lum, terms.c, terms.cs / terms.c), strict=True)
        if wanted.gradient is not None:
            similarity.slopes(of, terms, wanted.weight, Slopes(*slopes))
            if windows is not None:
                slopes *= windows
        height, width = self.map_shape
        wanted.keep(found, (slice(0, height), slice(0, width)))
        totals = {
            name: float((part if windows is None else part[windows]).sum())
            for name, part in found.items()
        }
        return Sums(totals, similarity.clamped(terms))

    def _gradients(
        self, y: list[Plane], slopes: NDArray[np.float64], wanted: Sequence[Wanted]
    ) -> None:
        """Compute the gradient by each channel's padded plane."""
        by_mean, by_square, by_product = (
            np.tensordot(self._mixing.T, each, axes=1) for each in slopes
        )
        for c, own in enumerate(wanted):
            assert own.gradient is not None  # noqa: S101  it was asked for
            total = self._adjoint(by_mean[c])
            total += self._adjoint(by_square[c]) * y[c]
            total += self._adjoint(by_product[c]) * self._x[c]
            own.gradient[:] = total

    def _centred(self, plane: NDArray[Any]) -> Plane:
        padded = self.window.pad(plane)
        centred: Plane = np.subtract(padded, self._shift, dtype=np.float64, order="C")
        return centred

    def _means(self, planes: Sequence[Plane]) -> NDArray[np.float64]:
        """Return the local means of every channel, (C, h, w)."""

        def mean(plane: Plane) -> Plane:
            return self.window.mean(plane, np.empty_like(plane))

        return np.tensordot(self._mixing, np.stack(in_threads(mean, planes)), axes=1)

    def _moments(
        self,
        a: Sequence[Plane],
        b: Sequence[Plane],
        mu_a: NDArray[np.float64],
        mu_b: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return the local covariances k (W ab - mu_a mu_b) of every channel."""
        products = [one * other for one, other in zip(a, b, strict=True)]
        moments = self._means(products)
        moments -= mu_a * mu_b
        moments *= self._similarity.k
        return moments

    def _adjoint(self, slope: Plane) -> Plane:
        framed, out = np.empty_like(self._x[0]), np.empty_like(self._x[0])
        self.window.inside(framed)[:] = slope
        self.window.adjoint(framed, out)
        return out


def mixing_matrix(window: Window, channels: int) -> NDArray[np.float64]:
    """Return T, (C, C): how much of each channel is in the local mean of each, with its border."""
    before, after = window.margins
    T = np.zeros((channels, channels))  # noqa: N806  its name in the formula
    outside = "reflect" if window.border == "zero" else window.border
    seen = border_index(channels, before, after, outside)
    for channel in range(channels):
        for tap, weight in enumerate(window.kernel):
            place = channel + tap
            if window.border != "zero" or before <= place < before + channels:
                T[channel, seen[place]] += weight
    return T
