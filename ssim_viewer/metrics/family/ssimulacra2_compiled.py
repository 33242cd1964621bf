"""SSIMULACRA 2 by compiled kernels; `ssimulacra2` says what it is."""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.read_only import read_only
from ssim_viewer.compute.strips import as_doubles, in_strips
from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse
from ssim_viewer.metrics.ms_ssim.compiled import kernels as scale_kernels
from ssim_viewer.metrics.ms_ssim.dyadic_downsampling import add_adjoint_halved, half_shape, halve
from ssim_viewer.metrics.ssim.window_tiles import pair_weights, window_tiles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.ssim.window_tiles import WindowTile

    Plane = NDArray[np.float64]

_FLOAT, _NONE = np.dtype(np.float64), np.empty((0, 0))
_STRIP = 1 << 17  # samples whose colours are changed in less time than it takes to wake up a thread


class _Scale(NamedTuple):
    """One scale of an image: light of each channel, and X, Y and B - Y in frames of zeros."""

    light: list[Plane]
    planes: list[Plane]


class _Known(NamedTuple):
    """A plane of the reference with means, variances and 1 + |x - μ| in its windows."""

    plane: Plane
    statistics: tuple[Plane, Plane, Plane]


class Ssimulacra2Passes:
    """The passes over the scales of a distorted image.

    Parameters
    ----------
    reference
        (H, W), (H, W, 1) or (H, W, 3).
    data_range
        L.
    scales
        How many.
    weights
        Called with the number of a channel and of a scale, returns (2, 3): what means and fourth
        roots of means of fourth powers of the three kinds weigh.
    score
        Called with the error, returns the score and its derivative.
    taps, opsin
        Of the Gaussian, and the shares of the three cones.
    """

    def __init__(
        self,
        reference: NDArray[Any],
        *,
        data_range: float,
        scales: int,
        weights: Callable[[int, int], Plane],
        score: Callable[[float], tuple[float, float]],
        taps: Plane,
        opsin: Plane,
    ) -> None:
        self._reference, self._levels = reference, 1 / data_range
        self._scales, self._weights, self._score = scales, weights, score
        self._taps, self._opsin = taps, opsin.ravel()
        self._window = pair_weights(taps), len(taps)
        self._half = len(taps) // 2
        self._buffers = BufferPool(room=6 * scales)

    def measure(
        self, kernels: ModuleType, y: NDArray[Any], *, gradient: bool
    ) -> tuple[float, Plane]:
        """Return the score of an image and, if wanted, its derivative by every sample."""
        channels = _channels(y)
        seen = self._seen(kernels, channels)
        terms = {
            (scale, number): self._sums(kernels, scale, number, plane)
            for scale, each in enumerate(seen)
            for number, plane in enumerate(each.planes)
            if plane.size and self._weights(number, scale).any()
        }
        error = sum(term.error for term in terms.values())
        score, steep = self._score(float(error))
        if not gradient:
            return score, _NONE
        slopes = [
            [
                self._slope(kernels, (scale, number), plane, terms[scale, number].by, steep)
                if (scale, number) in terms
                else np.zeros(plane.shape)
                for number, plane in enumerate(each.planes)
            ]
            for scale, each in enumerate(seen)
        ]
        return score, self._back(kernels, channels, seen, slopes).reshape(y.shape)

    @cached_property
    def _known(self) -> dict[tuple[int, int], _Known]:
        """What is known of the reference, by scale and channel; filled once it is asked for."""
        return {}

    def _of(self, kernels: ModuleType, scale: int, number: int) -> _Known:
        if (scale, number) not in self._known:
            for i, each in enumerate(self._seen(kernels, _channels(self._reference))):
                for j, plane in enumerate(each.planes):
                    if plane.size:
                        self._known[i, j] = self._described(kernels, plane)
        return self._known[scale, number]

    def _described(self, kernels: ModuleType, plane: Plane) -> _Known:
        shape = plane.shape[0] - 2 * self._half, plane.shape[1] - 2 * self._half
        first, second, third = (np.empty(shape) for _ in range(3))

        def describe(tile: WindowTile) -> None:
            memory = tile.memory(self._window[1])
            kernels.describe(plane, *tile, self._window, memory, (first, second, third))

        in_threads(describe, window_tiles(shape, self._window[1]))
        return _Known(plane, (read_only(first), read_only(second), read_only(third)))

    def _seen(self, kernels: ModuleType, channels: Sequence[Plane]) -> list[_Scale]:
        """Return light and XYB of an image at each scale, the finest first."""
        light = [self._buffers.array(plane.shape, _FLOAT) for plane in channels]
        for plane, to in zip(channels, light, strict=True):

            def brighten(first: int, last: int, plane: Plane = plane, to: Plane = to) -> None:
                kernels.xyb.light_rows(plane[first:last], self._levels, to[first:last])

            in_strips(brighten, _shape(to), samples=_STRIP)
        seen = []
        for _ in range(self._scales):
            seen.append(_Scale(light, self._xyb(kernels, light)))
            shape = half_shape(light[0].shape)
            light = [
                halve(plane, self._buffers.array(shape, _FLOAT), scale_kernels()) for plane in light
            ]
        return seen

    def _xyb(self, kernels: ModuleType, light: Sequence[Plane]) -> list[Plane]:
        height, width = _shape(light[0])
        half = self._half
        shape = height + 2 * half, width + 2 * half
        framed = [_NONE, self._buffers.array(shape, _FLOAT), _NONE]
        if len(light) == 3:
            framed = [self._buffers.array(shape, _FLOAT) for _ in range(3)]
        for plane in framed:
            for edge in (np.s_[:half], np.s_[-half:]):
                plane[edge] = 0
                plane[:, edge] = 0
        inner = [plane[half:-half] if plane.size else plane for plane in framed]

        def mix(first: int, last: int) -> None:
            lights, to = _rows(light, first, last), _rows(inner, first, last)
            kernels.xyb.xyb_rows(lights, self._opsin, half, to)

        in_strips(mix, (height, width), samples=_STRIP)
        return [read_only(plane) for plane in framed]

    def _sums(self, kernels: ModuleType, scale: int, number: int, y: Plane) -> _Term:
        """Return what a plane adds to the error, and what errors weigh in it."""
        known = self._of(kernels, scale, number)
        of, none = np.zeros(6), _NONE

        def add(tile: WindowTile) -> Plane:
            sums = np.zeros(6)
            memory = tile.memory(self._window[1], self._window[1] + 1)
            seen = known.plane, y, known.statistics
            kernels.compare(*seen, *tile, self._window, of, memory, sums, none, 0.0)
            return sums

        size = known.statistics[0].size
        found = sum(in_threads(add, self._tiles(known)), start=np.zeros(6)) / size
        return _Term.of(found, self._weights(number, scale), size)

    def _slope(
        self, kernels: ModuleType, place: tuple[int, int], y: Plane, of: Plane, steep: float
    ) -> Plane:
        """Return the derivative of the score by a plane, in its frame."""
        out = self._buffers.array(y.shape, _FLOAT)
        if steep == 0:
            out[:] = 0
            return out
        known, sums = self._of(kernels, *place), np.zeros(6)

        def fill(tile: WindowTile) -> None:
            memory = tile.memory(self._window[1], self._window[1] + 1)
            seen = known.plane, y, known.statistics
            kernels.compare(*seen, *tile, self._window, of, memory, sums, out, steep)

        in_threads(fill, self._tiles(known))
        return out

    def _tiles(self, known: _Known) -> list[WindowTile]:
        return window_tiles(known.statistics[0].shape, self._window[1])

    def _back(
        self,
        kernels: ModuleType,
        channels: Sequence[Plane],
        seen: Sequence[_Scale],
        slopes: Sequence[Sequence[Plane]],
    ) -> Plane:
        """Return the derivative by samples, channels last, from those by XYB at each scale."""
        coarse: list[Plane] = []
        for each, by in zip(reversed(seen), reversed(slopes), strict=True):
            fine = [self._buffers.array(plane.shape, _FLOAT) for plane in each.light]
            self._by_light(kernels, each, by, fine)
            for small, plane in zip(coarse, fine, strict=False):
                add_adjoint_halved(small, 1.0, plane, plane, scale_kernels())
            coarse = fine
        for plane, slope in zip(channels, coarse, strict=True):

            def darken(first: int, last: int, plane: Plane = plane, slope: Plane = slope) -> None:
                kernels.xyb.by_light_rows(plane[first:last], self._levels, slope[first:last])

            in_strips(darken, _shape(plane), samples=_STRIP)
        return coarse[0] if len(coarse) == 1 else np.stack(coarse, axis=2)

    def _by_light(
        self, kernels: ModuleType, at: _Scale, by: Sequence[Plane], out: Sequence[Plane]
    ) -> None:
        half = self._half
        inner = [plane[half:-half] if plane.size else plane for plane in by]

        def turn(first: int, last: int) -> None:
            lights, slopes = _rows(at.light, first, last), _rows(inner, first, last)
            to = _rows(out, first, last)
            kernels.xyb.by_xyb_rows(lights, self._opsin, half, slopes, to)

        in_strips(turn, _shape(out[0]), samples=_STRIP)


class _Term(NamedTuple):
    """What a plane adds to the error, and p and q of its slope p + q e³ by each kind of errors."""

    error: float
    by: Plane

    @classmethod
    def of(cls, means: Plane, weights: Plane, size: int) -> _Term:
        """Return it for the means of three kinds of errors, and of their fourth powers."""
        fourth = means[3:]
        error = float((weights[0] * means[:3] + weights[1] * fourth**0.25).sum())
        steep = weights[1] * np.where(fourth > 0, fourth, np.inf) ** -0.75
        return cls(error, np.stack([weights[0], steep], axis=1).ravel() / size)


def _channels(image: NDArray[Any]) -> list[Plane]:
    """Return the one plane of a grey image, (H, W) or (H, W, 1), or the three of a colour one."""
    if image.ndim == 2:
        return [as_doubles(image)]
    return [as_doubles(image[..., i]) for i in range(image.shape[2])]


def _rows(planes: Sequence[Plane], first: int, last: int) -> tuple[Plane, Plane, Plane]:
    """Return rows of three planes; one stands for all three."""
    a, b, c = planes if len(planes) == 3 else [planes[0]] * 3
    return a[first:last], b[first:last], c[first:last]


def _shape(plane: Plane) -> tuple[int, int]:
    return plane.shape[0], plane.shape[1]


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    kernels = importlib.import_module("ssim_viewer.metrics.family.ssimulacra2_kernels")
    for shape in ((8, 8), (8, 8, 3)):
        image = np.ones(shape)
        Ssimulacra2Passes(
            image,
            data_range=1.0,
            scales=1,
            weights=lambda *_: np.ones((2, 3)),
            score=lambda error: (error, 1.0),
            taps=np.full(3, 1 / 3),
            opsin=np.full((3, 3), 1 / 3),
        ).measure(kernels, image, gradient=True)
    return kernels


KERNELS = KernelsOnUse("ssimulacra2", _compile)
