# ruff: noqa: FBT001, PLR0917  compiled functions take no keywords
"""CW-SSIM of bands in compiled loops over rows: the array code of `band_similarity` in one pass.

Each row of coefficients goes once through the nearest cache. Its products x* y and |y|² go into a
ring of n rows, whose sums along both axes are the local means of a row of windows; R, S and the
slopes follow, and the slopes go into another ring, whose sums are a row of the derivative. That
row takes the place of the coefficients, which nothing needs any more.

Symbols are those of `oriented`; n is the side of the window. Sums are taken afresh for every
sample, never carried along: a window with little in it does not inherit the rounding of its
neighbours. Taps come in groups, filled up with rows or weights of zero. Coefficients are pairs of
float64, (b, h, 2w).

Whether these kernels are ready is left to `engine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]


@compiled(fastmath=EXACT)
def products_row(x: Rows, y: Rows, re: Rows, im: Rows, yy: Rows) -> None:
    """Compute the parts of x* y, and |y|², of a row of coefficients."""
    for j in range(re.shape[0]):
        a, b, c, d = x[2 * j], x[2 * j + 1], y[2 * j], y[2 * j + 1]
        re[j] = a * c + b * d
        im[j] = a * d - b * c
        yy[j] = c * c + d * d


@compiled(fastmath=EXACT)
def down(s: Rows, out: Rows) -> None:
    """Sum all rows, whole groups of 7."""
    for k in range(0, s.shape[0], 7):
        more = k > 0
        for j in range(out.shape[0]):
            u = (s[k, j] + s[k + 1, j]) + (s[k + 2, j] + s[k + 3, j])
            u += (s[k + 4, j] + s[k + 5, j]) + s[k + 6, j]
            out[j] = u + out[j] if more else u


@compiled(fastmath=EXACT)
def across(s: Rows, w: Rows, out: Rows) -> None:
    """Sum along a row: out[j] is the sum of s[j : j + taps] times the weights of all taps."""
    for k in range(0, w.shape[0], 7):
        w0, w1, w2, w3 = w[k], w[k + 1], w[k + 2], w[k + 3]
        w4, w5, w6 = w[k + 4], w[k + 5], w[k + 6]
        t = s[k:]
        more = k > 0
        for j in range(out.shape[0]):
            u = (w0 * t[j] + w1 * t[j + 1]) + (w2 * t[j + 2] + w3 * t[j + 3])
            u += (w4 * t[j + 4] + w5 * t[j + 5]) + w6 * t[j + 6]
            out[j] = u + out[j] if more else u


@compiled(fastmath=EXACT)
def similarity_row(
    re: Rows, im: Rows, e: Rows, energy: Rows, k: float, flat: float, magnitude: Rows, S: Rows
) -> None:
    """Turn the means of x* y and |y|² into R / (E + K), its magnitude, 1 / (E + K) and S."""
    for j in range(S.shape[0]):
        both = e[j] + energy[j]
        empty = both <= flat
        by_e = 0.0 if empty else 1 / (both + k)
        u, v = re[j] * by_e, im[j] * by_e
        m = np.sqrt(u * u + v * v)
        re[j] = u
        im[j] = v
        e[j] = by_e
        magnitude[j] = m
        S[j] = 1.0 if empty else 2 * m + k * by_e


@compiled(fastmath=EXACT)
def slopes_row(
    re: Rows,
    im: Rows,
    by_e: Rows,
    magnitude: Rows,
    S: Rows,
    p: Rows,
    by_re: Rows,
    by_im: Rows,
    by_e_out: Rows,
) -> None:
    """Compute 2 p u / (E + K), by its parts, and 2 p S / (E + K) of a row of windows."""
    for j in range(S.shape[0]):
        q = 2 * p[j] * by_e[j]
        of_u = q / magnitude[j] if magnitude[j] > 0 else 0.0
        by_re[j] = of_u * re[j]
        by_im[j] = of_u * im[j]
        by_e_out[j] = q * S[j]


@compiled(fastmath=SUMMING)
def weighted(p: Rows, S: Rows) -> float:
    """Sum up a row of S with its weights."""
    found = 0.0
    for j in range(S.shape[0]):
        found += p[j] * S[j]
    return found


@compiled(fastmath=EXACT)
def combine_row(x: Rows, re: Rows, im: Rows, e: Rows, y: Rows) -> None:
    """Put the derivative x W^T[u*] - y W^T[S], both with their factors, in the place of y."""
    for j in range(re.shape[0]):
        a, b, c, d = x[2 * j], x[2 * j + 1], y[2 * j], y[2 * j + 1]
        y[2 * j] = a * re[j] - b * im[j] - c * e[j]
        y[2 * j + 1] = b * re[j] + a * im[j] - d * e[j]


@compiled(fastmath=EXACT)
def compare(
    x: Rows,
    y: Rows,
    energy: Rows,
    p: Rows,
    w: Rows,
    n: int,
    k: float,
    flat: float,
    memory: tuple[Rows, Rows, Rows, Rows, Rows],
    backward: bool,
) -> float:
    """Compare bands of y with those of x and return the sum of p S over all of them.

    Parameters
    ----------
    x, y
        Coefficients. Those of y are overwritten with the derivative by them if it is wanted.
    energy
        W[|x|²] of whole windows, (b, h - n + 1, w - n + 1).
    p
        The weights of S, of one band.
    w, n
        1 / n² for each tap, filled up with zeros to whole groups, and the number of taps.
    k
        K.
    flat
        Up to which E a window is empty, negative if none is.
    memory
        (3, taps, w), (3, taps, w + n - 1), (2, w + taps - 1), (5, w - n + 1) and (3, w), where taps
        are n filled up to whole groups.
    """
    ring, back, wide, m, adjoint = memory
    bands, height, width = y.shape[0], y.shape[1], adjoint.shape[1]
    windows, columns = p.shape
    found = 0.0
    ring[:] = 0
    wide[:] = 0
    for b in range(bands):
        back[:] = 0
        for row in range(height + n - 1 if backward else height):
            if row < height:
                slot = row % n
                products_row(x[b, row], y[b, row], ring[0, slot], ring[1, slot], ring[2, slot])
            top = row - n + 1
            if top < 0:
                continue
            slot = top % n
            if top < windows:
                for i in range(3):
                    down(ring[i], wide[0, :width])
                    across(wide[0], w, m[i])
                re, im, e, magnitude, S = m[0], m[1], m[2], m[3], m[4]
                similarity_row(re, im, e, energy[b, top], k, flat, magnitude, S)
                found += weighted(p[top], S)
                if backward:
                    seen = slice(n - 1, n - 1 + columns)
                    to = back[0, slot, seen], back[1, slot, seen], back[2, slot, seen]
                    slopes_row(re, im, e, magnitude, S, p[top], *to)
            else:
                back[:, slot] = 0
            if backward:
                for i in range(3):
                    down(back[i], wide[1, : back.shape[2]])
                    across(wide[1], w, adjoint[i])
                combine_row(x[b, top], adjoint[0], adjoint[1], adjoint[2], y[b, top])
    return found


@compiled(fastmath=EXACT)
def gather(masks: Rows, spectra: Rows, total: Rows) -> None:
    """Add the spectra of bands, (b, h, 2w), each times its mask, (b, h, w), to a total."""
    for b in range(spectra.shape[0]):
        for i in range(spectra.shape[1]):
            for j in range(masks.shape[2]):
                m = masks[b, i, j]
                total[i, 2 * j] += m * spectra[b, i, 2 * j]
                total[i, 2 * j + 1] += m * spectra[b, i, 2 * j + 1]


@compiled(fastmath=EXACT)
def fold(z: Rows, places: NDArray[np.intp], out: Rows) -> None:
    """Keep of a spectrum, (h, 2w), the part of a real plane, in the given rows of (H, 2K)."""
    height, width = z.shape
    out[:] = 0
    for i in range(height):
        row, opposite = places[i], (height - i) % height
        for j in range(0, out.shape[1], 2):
            k = (width - j) % width
            out[row, j] = 0.5 * (z[i, j] + z[opposite, k])
            out[row, j + 1] = 0.5 * (z[i, j + 1] - z[opposite, k + 1])


@compiled(fastmath=EXACT)
def pair_up(low: Rows, factors: Rows, out: Rows) -> None:
    """Put the frequencies of rows of pairs of samples in the rows' own place.

    Parameters
    ----------
    low
        Frequencies 0 ... K - 1 of the rows, (H, 2K).
    factors
        Theirs, and the conjugates of those of their negatives, (2, 2K).
    out
        Receives W / 2 frequencies, (H, W).
    """
    width = out.shape[1]
    for i in range(low.shape[0]):
        out[i] = 0
        for j in range(0, low.shape[1], 2):
            a, b, c, d = low[i, j], low[i, j + 1], factors[0, j], factors[0, j + 1]
            out[i, j] = a * c - b * d
            out[i, j + 1] = a * d + b * c
        for j in range(2, low.shape[1], 2):
            a, b, c, d = low[i, j], low[i, j + 1], factors[1, j], factors[1, j + 1]
            out[i, width - j] += a * c - b * d
            out[i, width - j + 1] -= a * d + b * c
