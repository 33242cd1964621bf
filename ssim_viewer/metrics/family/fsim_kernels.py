# ruff: noqa: PLR0917  compiled functions take no keywords
"""Phase congruency of one orientation, and boxes of pixels, in compiled loops; see there.

Complex planes are flat rows of complex numbers; four responses, of all scales, are looked at
together. Slopes by complex numbers are held as that by the real part + i that by the imaginary one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

TINY = 2.220446049250313e-16


@compiled(fastmath=EXACT)
def weigh_spectrum(spectrum: Rows, wave: Rows, out: Rows) -> None:
    """Multiply a spectrum by a filter."""
    for j in range(wave.shape[0]):
        out[j] = spectrum[j] * wave[j]


@compiled(fastmath=EXACT)
def add_spectrum(spectrum: Rows, wave: Rows, total: Rows) -> None:
    """Add a spectrum times a filter to a sum."""
    for j in range(wave.shape[0]):
        total[j] += spectrum[j] * wave[j]


@compiled(fastmath=EXACT)
def power_of(response: Rows, power: Rows) -> None:
    """Compute |r|²."""
    for j in range(power.shape[0]):
        r = response[j]
        power[j] = r.real * r.real + r.imag * r.imag


@compiled(fastmath=EXACT, inline=True)
def length_of(a: float, b: float) -> float:
    """Return |a + i b|."""
    return math.sqrt(a * a + b * b)


@compiled(fastmath=EXACT)
def look(r: tuple[Rows, Rows, Rows, Rows], noise: float, energy: Rows, amplitude: Rows) -> None:
    """Compute Σ (Re q - |Im q|) - T, at least 0, and Σ |r|."""
    r0, r1, r2, r3 = r
    for j in range(energy.shape[0]):
        a, b, c, d = r0[j], r1[j], r2[j], r3[j]
        real = a.real + b.real + c.real + d.real
        imag = a.imag + b.imag + c.imag + d.imag
        over = 1.0 / (length_of(real, imag) + TINY)
        u, v = real * over, imag * over
        crossed = abs(a.imag * u - a.real * v) + abs(b.imag * u - b.real * v)
        crossed += abs(c.imag * u - c.real * v) + abs(d.imag * u - d.real * v)
        agreed = real * u + imag * v - crossed - noise
        energy[j] = agreed if agreed >= 0 else 0.0
        amplitude[j] = (
            length_of(a.real, a.imag)
            + length_of(b.real, b.imag)
            + length_of(c.real, c.imag)
            + length_of(d.real, d.imag)
        )


@compiled(fastmath=EXACT, inline=True)
def sign_of(x: float) -> float:
    """Return -1, 0 or 1."""
    return 1.0 if x > 0 else (-1.0 if x < 0 else 0.0)


@compiled(fastmath=EXACT, inline=True)
def slope_of(
    r: Any, by: float, sign: float, unit: tuple[float, float], by_sum: Any, by_amplitude: float
) -> Any:
    """Return the slope by a response, through its own turn, the sum of all and its length."""
    length = length_of(r.real, r.imag)
    over = by_amplitude / length if length > 0 else 0.0
    u, v = unit
    real = by * (u + sign * v) + by_sum[0] + over * r.real
    imag = by * (v - sign * u) + by_sum[1] + over * r.imag
    return complex(real, imag)


@compiled(fastmath=SUMMING)
def look_back(
    r: tuple[Rows, Rows, Rows, Rows], noise: float, by_energy: Rows, by_amplitude: Rows
) -> float:
    """Turn four responses into the slopes by them, and return the sum of those by -T."""
    r0, r1, r2, r3 = r
    total = 0.0
    for j in range(by_energy.shape[0]):
        a, b, c, d = r0[j], r1[j], r2[j], r3[j]
        real = a.real + b.real + c.real + d.real
        imag = a.imag + b.imag + c.imag + d.imag
        length = length_of(real, imag)
        over = 1.0 / (length + TINY)
        u, v = real * over, imag * over
        k, m = a.imag * u - a.real * v, b.imag * u - b.real * v
        n, p = c.imag * u - c.real * v, d.imag * u - d.real * v
        agreed = real * u + imag * v - (abs(k) + abs(m) + abs(n) + abs(p)) - noise
        by = by_energy[j] if agreed >= 0 else 0.0
        total += by
        k, m, n, p = sign_of(k), sign_of(m), sign_of(n), sign_of(p)
        crossed_real = a.imag * k + b.imag * m + c.imag * n + d.imag * p
        crossed_imag = a.real * k + b.real * m + c.real * n + d.real * p
        turned_real, turned_imag = by * (real - crossed_real), by * (imag + crossed_imag)
        along = -(turned_real * real + turned_imag * imag) * over * over
        along = along / length if length > 0 else 0.0
        by_sum = turned_real * over + along * real, turned_imag * over + along * imag
        steep = by_amplitude[j]
        r0[j] = slope_of(a, by, k, (u, v), by_sum, steep)
        r1[j] = slope_of(b, by, m, (u, v), by_sum, steep)
        r2[j] = slope_of(c, by, n, (u, v), by_sum, steep)
        r3[j] = slope_of(d, by, p, (u, v), by_sum, steep)
    return total


@compiled(fastmath=EXACT)
def shrink_rows(
    plane: Rows, factor: int, scale: float, first: int, sums: Rows, small: Rows
) -> None:
    """Compute rows of means of boxes, times a number; outside the plane samples are 0.

    The first box begins (factor - 1) // 2 samples before the plane. `first` is the first row;
    `sums` is memory for factor × (1 + columns of `small`) samples.
    """
    height, width = plane.shape
    before = (factor - 1) // 2
    weight = scale / (factor * factor)
    for i in range(small.shape[0]):
        sums[:] = 0.0
        top = factor * (first + i) - before
        for k in range(max(top, 0), min(top + factor, height)):
            row, to = plane[k], sums[before:]
            for j in range(width):
                to[j] += row[j]
        for j in range(small.shape[1]):
            total = 0.0
            for k in range(factor):
                total += sums[factor * j + k]
            small[i, j] = weight * total


@compiled(fastmath=EXACT)
def spread_rows(small: Rows, factor: int, scale: float, first: int, out: Rows) -> None:
    """Apply the adjoint of `shrink_rows` to rows, of which `first` is the first one."""
    before = (factor - 1) // 2
    weight = scale / (factor * factor)
    for i in range(out.shape[0]):
        row = (first + i + before) // factor
        out[i] = 0.0
        if row >= small.shape[0]:
            continue
        for j in range(small.shape[1]):
            value = weight * small[row, j]
            start = factor * j - before
            for k in range(max(start, 0), min(start + factor, out.shape[1])):
                out[i, k] = value
