"""Phase congruency and boxes of pixels by compiled kernels, as nodes of a formula."""

from __future__ import annotations

import importlib
import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import scipy  # which imports scipy.fft only when it is asked for

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.strips import as_doubles, in_strips
from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.family.tape import Node, linear
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

    Complex = NDArray[np.complex128]

_FLOAT, _COMPLEX = np.dtype(np.float64), np.dtype(np.complex128)
_TINY = float(np.finfo(float).eps)


class Turn(NamedTuple):
    """The responses of one orientation at all scales, and what they say.

    Attributes
    ----------
    responses
        Complex planes; going back makes slopes of them.
    noise
        T.
    energy, amplitude
        Planes.
    places, middle
        Where |r|² at the finest scale is the median, and the responses there.
    """

    responses: list[Complex]
    noise: float
    energy: Array
    amplitude: Array
    places: NDArray[np.intp]
    middle: Complex


class CompiledPhases:
    """Phase congruency of planes of one shape.

    Parameters
    ----------
    filters
        By orientation and scale.
    thresholds
        T of each orientation over the root of the median power at its finest scale.
    """

    def __init__(self, filters: Sequence[Sequence[Array]], thresholds: Sequence[float]) -> None:
        self._filters = [[np.ascontiguousarray(wave) for wave in each] for each in filters]
        self._thresholds = thresholds
        self._shape = (filters[0][0].shape[0], filters[0][0].shape[1])
        self._there, self._back = _transforms(self._shape)
        self._buffers = BufferPool(room=2 + sum(map(len, filters)))

    def of(self, plane: Node, kernels: ModuleType) -> Node:
        """Return the phase congruency of a plane; the way back can be gone once."""
        # The same transform as without kernels: of flat planes, what rounding leaves decides.
        spectrum = np.asarray(scipy.fft.fft2(plane.value), _COMPLEX)

        def turn(number: int) -> Turn:
            return self._turn(kernels, spectrum, number)

        turns = in_threads(turn, range(len(self._filters)))
        energy = _TINY + sum(each.energy for each in turns)
        amplitude = _TINY + sum(each.amplitude for each in turns)
        congruency = energy / amplitude

        def pull(slope: Array) -> Array:
            by_energy = slope / amplitude
            by_amplitude = -by_energy * congruency
            return self._pulled(kernels, turns, by_energy, by_amplitude)

        return Node(congruency, ((plane, pull),))

    def _turn(self, kernels: ModuleType, spectrum: Complex, number: int) -> Turn:
        responses = []
        for wave in self._filters[number]:
            response = self._buffers.array(self._shape, _COMPLEX)
            kernels.weigh_spectrum(spectrum.ravel(), wave.ravel(), response.ravel())
            responses.append(self._back(response))
        energy, amplitude = np.empty(self._shape), np.empty(self._shape)
        finest = responses[0].ravel()
        power = energy.ravel()
        kernels.power_of(finest, power)
        halves = sorted({(power.size - 1) // 2, power.size // 2})
        places = np.argpartition(power, halves)[halves]
        noise = self._thresholds[number] * math.sqrt(float(power[places].mean()))
        kernels.look(_flat(responses), noise, energy.ravel(), amplitude.ravel())
        return Turn(responses, noise, energy, amplitude, places, finest[places])

    def _pulled(
        self, kernels: ModuleType, turns: Sequence[Turn], by_energy: Array, by_amplitude: Array
    ) -> Array:
        def pull(number: int) -> Complex:
            turn = turns[number]
            slopes = by_energy.ravel(), by_amplitude.ravel()
            by_noise = -kernels.look_back(_flat(turn.responses), turn.noise, *slopes)
            if turn.noise > 0:
                # T is the threshold times the root of the median, a mean of one or two powers.
                steep = self._thresholds[number] ** 2 / turn.noise / len(turn.places)
                turn.responses[0].ravel()[turn.places] += by_noise * steep * turn.middle
            total = np.zeros(self._shape, _COMPLEX)
            for response, wave in zip(turn.responses, self._filters[number], strict=True):
                spectrum = self._there(response)
                kernels.add_spectrum(spectrum.ravel(), wave.ravel(), total.ravel())
            return total

        totals = in_threads(pull, range(len(turns)))
        found = self._back(sum(totals[1:], totals[0]))
        return np.ascontiguousarray(found.real)


def shrunk(plane: Node, factor: int, scale: float, kernels: ModuleType) -> Node:
    """Return means of boxes of a plane as `filtered` and `every` give them, times a number."""
    height, width = plane.value.shape
    shape = -(-height // factor), -(-width // factor)

    def forward(samples: Array) -> Array:
        seen, small = as_doubles(samples), np.empty(shape)

        def shrink(first: int, last: int) -> None:
            sums = np.empty(factor * shape[1] + factor)
            kernels.shrink_rows(seen, factor, scale, first, sums, small[first:last])

        in_strips(shrink, shape, samples=(1 << 18) // factor**2)
        return small

    def adjoint(slope: Array) -> Array:
        by, out = as_doubles(slope), np.empty((height, width))

        def spread(first: int, last: int) -> None:
            kernels.spread_rows(by, factor, scale, first, out[first:last])

        in_strips(spread, (height, width), samples=1 << 18)
        return out

    return linear(plane, forward, adjoint)


def _flat(responses: Sequence[Complex]) -> tuple[Complex, ...]:
    return tuple(response.ravel() for response in responses)


def _transforms(
    shape: tuple[int, int],
) -> tuple[Callable[[Complex], Complex], Callable[[Complex], Complex]]:
    """Return the Fourier transform and its inverse, in the memory of what they are given.

    OpenCV's is the faster one for sides that are products of 2, 3 and 5, and slow for others.
    """
    if any(cv2.getOptimalDFTSize(side) != side for side in shape):
        return (
            lambda plane: np.asarray(scipy.fft.fft2(plane, overwrite_x=True)),
            lambda plane: np.asarray(scipy.fft.ifft2(plane, overwrite_x=True)),
        )
    return (
        lambda plane: _in_place(plane, 0),
        lambda plane: _in_place(plane, cv2.DFT_INVERSE | cv2.DFT_SCALE),
    )


def _in_place(plane: Complex, flags: int) -> Complex:
    pairs = plane.view(np.float64).reshape(*plane.shape, 2)
    cv2.dft(pairs, dst=pairs, flags=flags)
    return plane


def _compile() -> ModuleType:
    """Import the kernels and call each once, which compiles it."""
    kernels = importlib.import_module("ssim_viewer.metrics.family.fsim_kernels")
    plane = Node(np.eye(8), is_leaf=True)
    small = shrunk(plane, 2, 1.0, kernels)
    found = CompiledPhases([[np.ones((4, 4))] * 4], [0.0]).of(small, kernels)
    for _, pull in found.parents:
        for _, back in small.parents:
            back(pull(np.ones((4, 4))))
    return kernels


KERNELS = KernelsOnUse("fsim", _compile)
