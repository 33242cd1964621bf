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
from typing import TYPE_CHECKING

import numpy as np
import scipy  # which imports scipy.fft only when it is asked for

from ssim_viewer.metrics.family.tape import (
    Node,
    constant,
    largest,
    linear,
    magnitude,
    median,
    root,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

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

    def of(self, plane: Node) -> Node:
        """Return the phase congruency of a plane, in its shape."""
        spectrum = scipy.fft.fft2(plane.value)
        energies, amplitudes = constant(0.0), constant(0.0)
        for filters, noise in zip(self._filters, self._noise, strict=True):
            waves = [_response(plane, spectrum, wave) for wave in filters]
            powers = [even * even + odd * odd for even, odd in waves]
            energies = energies + _energy(waves, root(median(powers[0])) * noise)
            amplitudes = amplitudes + _sum([root(power) for power in powers])
        return (energies + _TINY) / (amplitudes + _TINY)


def _energy(waves: list[tuple[Node, Node]], threshold: Node) -> Node:
    e, o = _sum([even for even, _ in waves]), _sum([odd for _, odd in waves])
    length = root(e * e + o * o) + _TINY
    e, o = e / length, o / length
    agreement = [even * e + odd * o - magnitude(even * o - odd * e) for even, odd in waves]
    return largest(_sum(agreement) - threshold, 0.0)


def _sum(nodes: list[Node]) -> Node:
    result = nodes[0]
    for node in nodes[1:]:
        result = result + node
    return result


def _response(plane: Node, spectrum: NDArray[np.complex128], wave: Array) -> tuple[Node, Node]:
    """Return the real and the imaginary part of a plane filtered in the frequency domain."""
    response = scipy.fft.ifft2(spectrum * wave)
    even = linear(plane, lambda _: response.real, lambda slope: _back(slope, wave).real)
    odd = linear(plane, lambda _: response.imag, lambda slope: -_back(slope, wave).imag)
    return even, odd


def _back(slope: Array, wave: Array) -> NDArray[np.complex128]:
    found: NDArray[np.complex128] = scipy.fft.ifft2(scipy.fft.fft2(slope) * wave)
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
