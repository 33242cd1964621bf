"""Phase congruency: how far the waves of all scales agree in phase, 0 to 1, at every pixel.

Kovesi: Image features from phase congruency. Videre 1(3), 1999; the PC₂ of his `phasecong2`, with
the parameters of FSIM's code: 4 scales from a wavelength of 6 pixels on, each twice the one before,
and 4 orientations. With e + i o the response to a log-Gabor filter and (ē, ō) the direction of
their sum over the scales:

    energy = Σ (e ē + o ō - |e ō - o ē|) - T,  at least 0
    PC = Σ energy / Σ |e + i o|

T is where noise is expected to end: it follows from the median of |e + i o|² at the finest scale.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy  # which imports scipy.fft only when it is asked for

from ssim_viewer.metrics.family.fsim_compiled import CompiledPhases
from ssim_viewer.metrics.family.tape import Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

    Complex = NDArray[np.complex128]

SCALES, ORIENTATIONS = 4, 4
_SHORTEST, _FACTOR = 6, 2
_BANDWIDTH = 0.55
"""The deviation of the log-Gabor filter over its centre frequency."""
_SPREAD = math.pi / ORIENTATIONS / 1.2
_NOISE_DEVIATIONS = 2.0
_OVERESTIMATED = 1.7
"""By how much the noise of PC₁ exceeds that of PC₂, as Kovesi found."""
_TINY = float(np.finfo(float).eps)


class PhaseCongruency:
    """The filters for planes of one shape; orientation first, then scale."""

    def __init__(self, shape: tuple[int, int]) -> None:
        radial, angular = _filters(shape)
        self._filters = [[wave * turn for wave in radial] for turn in angular]
        self._noise = [_noise_threshold(filters) for filters in self._filters]
        self._compiled = CompiledPhases(self._filters, self._noise)

    def of(self, plane: Node, kernels: ModuleType | None = None) -> Node:
        """Return the phase congruency of a plane, in its shape; by compiled kernels, if given."""
        if kernels is not None:
            return self._compiled.of(plane, kernels)
        spectrum = _fft(plane.value)
        energy, amplitude = np.zeros(plane.value.shape), np.zeros(plane.value.shape)
        energy += _TINY
        amplitude += _TINY
        turns = []
        for filters, noise in zip(self._filters, self._noise, strict=True):
            turn = _Orientation([_ifft(spectrum * wave) for wave in filters], noise)
            energy += turn.energy
            amplitude += turn.amplitude
            if plane.traced:
                turns.append(turn)
        congruency = energy / amplitude

        def pull(slope: Array) -> Array:
            by_energy = slope / amplitude
            by_amplitude = -by_energy * congruency
            total = np.zeros(slope.shape, np.complex128)
            for turn, filters in zip(turns, self._filters, strict=True):
                for by, wave in zip(turn.slopes(by_energy, by_amplitude), filters, strict=True):
                    total += _fft(by) * wave
            return np.ascontiguousarray(_ifft(total).real)

        return Node(congruency, ((plane, pull),))


class _Orientation:
    """The responses rₖ = e + i o of one orientation, with their energy and amplitude.

    With u the direction of their sum R, the energy is Σ (Re q - |Im q|) - T for q = rₖ ū. A slope
    by a complex number is held as that by its real part + i that by its imaginary part; of r = A y,
    with a real filter between two transforms, the slope by y is then Re(A · slope).
    """

    def __init__(self, responses: list[Complex], noise: float) -> None:
        self._responses, self._noise = responses, noise
        self._sum = sum(responses[1:], responses[0])
        self._length = np.abs(self._sum)
        self._direction = self._sum / (self._length + _TINY)
        power = _power(responses[0])
        middle = sorted({(power.size - 1) // 2, power.size // 2})
        self._places = np.argpartition(power, middle, axis=None)[middle]
        self._median = math.sqrt(float(power.ravel()[self._places].mean()))
        agreement = np.full(power.shape, -self._median * noise)
        self.amplitude = np.zeros(power.shape)
        for response in responses:
            turned = response * self._direction.conj()
            agreement += turned.real
            agreement -= np.abs(turned.imag)
            self.amplitude += np.abs(response)
        self._counts = agreement >= 0
        self.energy = np.where(self._counts, agreement, 0)

    def slopes(self, by_energy: Array, by_amplitude: Array) -> Iterator[Complex]:
        """Yield the slope by each response, the finest scale first."""
        by = np.where(self._counts, by_energy, 0)
        turned = [self._by_turned(response, by) for response in self._responses]
        by_sum = self._by_sum(turned)
        for scale, (response, own) in enumerate(zip(self._responses, turned, strict=True)):
            slope = own * self._direction
            slope += by_sum
            slope += _over(by_amplitude, np.abs(response)) * response
            if scale == 0 and self._median > 0:
                each = -float(by.sum()) * self._noise / self._median / len(self._places)
                slope.ravel()[self._places] += each * response.ravel()[self._places]
            yield slope

    def _by_turned(self, response: Complex, by: Array) -> Complex:
        imaginary = (response * self._direction.conj()).imag
        slope = np.empty(by.shape, np.complex128)
        slope.real = by
        slope.imag = -by * np.sign(imaginary)
        return slope

    def _by_sum(self, turned: list[Complex]) -> Complex:
        """Return the slope by R, through its direction."""
        by_direction = np.zeros(self._length.shape, np.complex128)
        for response, slope in zip(self._responses, turned, strict=True):
            by_direction += response * slope.conj()
        length = self._length + _TINY
        by_length = -(by_direction * self._sum.conj()).real / length**2
        return by_direction / length + _over(by_length, self._length) * self._sum


def _power(response: Complex) -> Array:
    power: Array = response.real**2 + response.imag**2
    return power


def _over(a: Array, b: Array) -> Array:
    """Return a / b, 0 where b is."""
    return np.divide(a, b, out=np.zeros_like(b), where=b > 0)


def _fft(plane: NDArray[Any]) -> Complex:
    found: Complex = scipy.fft.fft2(plane)
    return found


def _ifft(spectrum: Complex) -> Complex:
    found: Complex = scipy.fft.ifft2(spectrum, overwrite_x=True)
    return found


def _noise_threshold(filters: list[Array]) -> float:
    """Return T over the root of the median power at the finest scale."""
    power = 1 / (-math.log(0.5) * float((filters[0] ** 2).sum()))
    taps = [scipy.fft.ifft2(wave).real * math.sqrt(wave.size) for wave in filters]
    squares = sum(float((tap**2).sum()) for tap in taps)
    products = sum(
        float((taps[i] * taps[j]).sum()) for i in range(SCALES) for j in range(i + 1, SCALES)
    )
    tau = math.sqrt(power * (squares + 2 * products))
    mean, deviation = tau * math.sqrt(math.pi / 2), tau * math.sqrt(2 - math.pi / 2)
    return (mean + _NOISE_DEVIATIONS * deviation) / _OVERESTIMATED


def _filters(shape: tuple[int, int]) -> tuple[list[Array], list[Array]]:
    """Return the radial parts by scale and the angular parts by orientation, frequency 0 first."""
    down, across = np.meshgrid(*(_frequencies(n) for n in shape), indexing="ij")
    radius = np.hypot(down, across)
    low_pass = 1 / (1 + (radius / 0.45) ** 30)
    angle = np.arctan2(-across, down)
    radius[0, 0] = 1.0
    radial = []
    for scale in range(SCALES):
        centre = 1 / (_SHORTEST * _FACTOR**scale)
        wave = np.exp(-(np.log(radius / centre) ** 2) / (2 * math.log(_BANDWIDTH) ** 2)) * low_pass
        wave[0, 0] = 0
        radial.append(wave)
    angular = []
    for number in range(ORIENTATIONS):
        turn = angle - number * math.pi / ORIENTATIONS
        distance = np.abs(np.arctan2(np.sin(turn), np.cos(turn)))
        angular.append(np.exp(-(distance**2) / (2 * _SPREAD**2)))
    return radial, angular


def _frequencies(length: int) -> Array:
    """Return the frequencies of an axis in cycles a pixel, 0 first; of odd lengths from -½ to ½."""
    half = (length - 1) / 2 if length % 2 else length / 2
    return scipy.fft.ifftshift((np.arange(length) - half) / max(length - length % 2, 1))
