# ruff: noqa: FBT001, PLR0917  compiled functions take no keywords
"""HaarPSI in compiled loops over rows; symbols are those of `haarpsi`.

Eight rows of both images at half size are in memory. Sums of the first and of the second half of
2, 4 and 8 of them, added and subtracted, go along the row in the same way: these are the
coefficients of both ways. Those of the reference are computed beside them by the same operations,
so that equal samples have equal coefficients. S, σ and w of a row follow; slopes by coefficients
go back along the row, and are added to the eight rows of the gradient that the coefficients saw.

Σ w σ and its share in Σ w are taken relative to σ₀ = σ(α), which identical images have everywhere:
above = Σ w (σ - σ₀). The slope by w needs that share, so there are two gradients: the first one
without the share, the second one of Σ w, by which `haarpsi_compiled` completes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]
    Sums = tuple[float, float]

ROWS, MORE = 79, 7
"""Rows of memory, and how many samples more than the plane's they have."""


@compiled(fastmath=EXACT)
def shrink(image: Rows, rows: tuple[int, int], mix: Rows, memory: Rows, planes: Rows) -> None:
    """Compute means of 2 × 2 of weighted sums of channels, zeros outside.

    Parameters
    ----------
    image
        (H, W C), channels side by side, C 1 or 3.
    rows
        The first row of a strip of the result, and the row after its last.
    mix
        A quarter of the weights, (P, C).
    memory
        A row of 3 samples more than the image's.
    planes
        (P, ceil(H / 2), ceil(W / 2)), receives the strip.
    """
    height, channels = image.shape[0], mix.shape[1]
    for i in range(rows[0], rows[1]):
        both = memory[0]
        both[:] = 0
        copy(image[2 * i], 0, both)
        if 2 * i + 1 < height:
            add(image[2 * i + 1], both)
        for p in range(planes.shape[0]):
            if channels == 1:
                pairs(both, mix[p], planes[p, i])
            else:
                pairs_of_colors(both, mix[p], planes[p, i])


@compiled(fastmath=EXACT)
def add(row: Rows, to: Rows) -> None:
    """Add a row to the beginning of another."""
    for j in range(row.shape[0]):
        to[j] += row[j]


@compiled(fastmath=EXACT)
def copy(row: Rows, before: int, to: Rows) -> None:
    """Put a row into another, from a place on."""
    for j in range(row.shape[0]):
        to[before + j] = row[j]


@compiled(fastmath=EXACT)
def pairs(both: Rows, mix: Rows, to: Rows) -> None:
    """Add up pairs of samples, weighted."""
    for j in range(to.shape[0]):
        to[j] = mix[0] * (both[2 * j] + both[2 * j + 1])


@compiled(fastmath=EXACT)
def pairs_of_colors(both: Rows, mix: Rows, to: Rows) -> None:
    """Add up pairs of weighted sums of three channels."""
    for j in range(to.shape[0]):
        red, green = both[6 * j] + both[6 * j + 3], both[6 * j + 1] + both[6 * j + 4]
        to[j] = mix[0] * red + mix[1] * green + mix[2] * (both[6 * j + 2] + both[6 * j + 5])


@compiled(fastmath=EXACT)
def grow(
    slopes: Rows, of_weight: Rows, more: float, rows: tuple[int, int], mix: Rows, image: Rows
) -> None:
    """Apply the adjoint of `shrink`, for a strip of the image.

    Parameters
    ----------
    slopes, of_weight
        The first gradient, (P, h, w), and the second, of the first plane, (h, w).
    more
        What the second one is multiplied by; the first one is, by what `mix` is.
    """
    channels = mix.shape[1]
    width = image.shape[1] // channels
    for i in range(rows[0], rows[1]):
        k, to = i // 2, image[i]
        if channels == 1:
            m = mix[0, 0]
            for j in range(width // 2):
                value = m * (slopes[0, k, j] + more * of_weight[k, j])
                to[2 * j] = value
                to[2 * j + 1] = value
            if width % 2:
                j = width // 2
                to[2 * j] = m * (slopes[0, k, j] + more * of_weight[k, j])
            continue
        to[:] = 0
        for p in range(slopes.shape[0]):
            for j in range(width):
                value = slopes[p, k, j // 2]
                if p == 0:
                    value += more * of_weight[k, j // 2]
                for c in range(channels):
                    to[channels * j + c] += mix[p, c] * value


@compiled(fastmath=EXACT)
def keep(row: Rows, to: Rows) -> None:
    """Put the beginning of a row into another."""
    for j in range(to.shape[0]):
        to[j] = row[j]


@compiled(fastmath=EXACT)
def take_row(plane: Rows, row: int, to: Rows) -> None:
    """Take a row of samples with 3 zeros before and 4 after it; outside the plane all are 0."""
    to[:] = 0
    if 0 <= row < plane.shape[0]:
        copy(plane[row], 3, to)


@compiled(fastmath=EXACT)
def halves(ring: Rows, i: int, sums: Rows) -> None:
    """Add and subtract the two halves of the 2, 4 and 8 rows around row i, (6, w)."""
    r0, r1, r2, r3 = ring[(i + 5) % 8], ring[(i + 6) % 8], ring[(i + 7) % 8], ring[i % 8]
    r4, r5, r6, r7 = ring[(i + 1) % 8], ring[(i + 2) % 8], ring[(i + 3) % 8], ring[(i + 4) % 8]
    plus_1, minus_1, plus_2, minus_2 = sums[0], sums[1], sums[2], sums[3]
    plus_3, minus_3 = sums[4], sums[5]
    for j in range(r0.shape[0]):
        t1, u1 = r3[j], r4[j]
        t2, u2 = t1 + r2[j], u1 + r5[j]
        t3, u3 = t2 + (r1[j] + r0[j]), u2 + (r6[j] + r7[j])
        plus_1[j] = t1 + u1
        minus_1[j] = t1 - u1
        plus_2[j] = t2 + u2
        minus_2[j] = t2 - u2
        plus_3[j] = t3 + u3
        minus_3[j] = t3 - u3


@compiled(fastmath=EXACT)
def coefficients(sums: Rows, width: int, found: Rows) -> None:
    """Go along the sums in the same way.

    Of 8 rows, 0, 3 and 6 receive what differs across, from fine to coarse, 1, 4 and 7 what differs
    down.
    """
    for way in range(2):
        a, b, c = sums[way], sums[2 + way], sums[4 + way]
        sign = 1.0 if way else -1.0
        fine, middle, coarse = found[way], found[3 + way], found[6 + way]
        for j in range(width):
            fine[j] = 0.5 * (a[j + 3] + sign * a[j + 4])
            middle[j] = 0.25 * ((b[j + 2] + b[j + 3]) + sign * (b[j + 4] + b[j + 5]))
            t = (c[j] + c[j + 1]) + (c[j + 2] + c[j + 3])
            u = (c[j + 4] + c[j + 5]) + (c[j + 6] + c[j + 7])
            coarse[j] = 0.125 * (t + sign * u)


@compiled(fastmath=EXACT)
def likeness_row(
    a: Rows,
    b: Rows,
    c: Rows,
    d: Rows,
    width: int,
    constant: float,
    of_ab: Rows,
    of_cd: Rows,
    s: Rows,
) -> None:
    """Compute the similarities of |a| and |b|, and of |c| and |d|, and their mean."""
    for j in range(width):
        first = (2 * abs(a[j] * b[j]) + constant) / (a[j] * a[j] + b[j] * b[j] + constant)
        second = (2 * abs(c[j] * d[j]) + constant) / (c[j] * c[j] + d[j] * d[j] + constant)
        of_ab[j] = first
        of_cd[j] = second
        s[j] = (first + second) / 2


@compiled(fastmath=EXACT)
def sigmoid_row(s: Rows, width: int, alpha: float, out: Rows) -> None:
    """Compute σ(α s)."""
    for j in range(width):
        out[j] = np.exp(-alpha * s[j])
    for j in range(width):
        out[j] = 1 / (1 + out[j])


@compiled(fastmath=EXACT)
def weights_row(a: Rows, b: Rows, width: int, w: Rows) -> None:
    """Compute the larger of |a| and |b|."""
    for j in range(width):
        w[j] = max(abs(a[j]), abs(b[j]))


@compiled(fastmath=EXACT)
def mean_row(a: Rows, b: Rows, width: int, out: Rows) -> None:
    """Compute the mean of two rows."""
    for j in range(width):
        out[j] = (a[j] + b[j]) / 2


@compiled(fastmath=SUMMING)
def sums_row(sigma: Rows, usual: float, w: Rows, width: int) -> tuple[float, float]:
    """Return the sums of w (σ - σ₀) and of w."""
    above, below = 0.0, 0.0
    for j in range(width):
        above += w[j] * (sigma[j] - usual)
        below += w[j]
    return above, below


@compiled(fastmath=EXACT)
def slope_of(a: float, b: float, s: float, constant: float) -> float:
    """Return the slope of the similarity of |a| and |b| by b."""
    slope = 2 * (abs(a) - s * abs(b)) / (a * a + b * b + constant)
    return slope if b > 0 else (-slope if b < 0 else 0.0)


@compiled(fastmath=EXACT)
def slopes_row(
    a: Rows,
    b: Rows,
    c: Rows,
    d: Rows,
    of_ab: Rows,
    of_cd: Rows,
    sigma: Rows,
    w: Rows,
    width: int,
    of: tuple[float, float, float],
    factors: tuple[float, float],
    by_b: Rows,
    by_d: Rows,
) -> None:
    """Compute the slopes of w σ by b and by d, each times its factor, after 4 samples."""
    constant, alpha = of[0], of[1]
    for j in range(width):
        by_s = 0.5 * alpha * sigma[j] * (1 - sigma[j]) * w[j]
        by_b[j + 4] = factors[0] * by_s * slope_of(a[j], b[j], of_ab[j], constant)
        by_d[j + 4] = factors[1] * by_s * slope_of(c[j], d[j], of_cd[j], constant)


@compiled(fastmath=EXACT)
def weight_slopes_row(
    a: Rows,
    b: Rows,
    sigma: Rows,
    chroma: Rows,
    width: int,
    usual: float,
    first: Rows,
    second: Rows,
) -> None:
    """Compute the slopes of both gradients by b of the weights, an eighth of them."""
    for j in range(width):
        sign = 0.125 if b[j] > 0 else -0.125
        by_w = sign if abs(a[j]) < abs(b[j]) else 0.0
        first[j + 4] = by_w * ((sigma[j] - usual) + 0.5 * (chroma[j] - usual))
        second[j + 4] = by_w


@compiled(fastmath=EXACT)
def add_fine(c: Rows, i: int, width: int, ring: Rows) -> None:
    """Add slopes by both finer coefficients of row i to the rows in the ring that they saw."""
    a0, a1, b0, b1 = c[0], c[1], c[3], c[4]
    g2, g3, g4, g5 = ring[(i + 7) % 8], ring[i % 8], ring[(i + 1) % 8], ring[(i + 2) % 8]
    for j in range(width):
        k = j + 4
        across, along = a0[k] - a0[k - 1], a1[k] + a1[k - 1]
        p1, m1 = across + along, across - along
        across = (b0[k] + b0[k + 1]) - (b0[k - 1] + b0[k - 2])
        along = (b1[k] + b1[k + 1]) + (b1[k - 1] + b1[k - 2])
        p2, m2 = across + along, across - along
        g2[j] += p2
        g3[j] += p1 + p2
        g4[j] += m1 + m2
        g5[j] += m2


@compiled(fastmath=EXACT)
def add_coarse(c: Rows, i: int, width: int, ring: Rows) -> None:
    """Add slopes by the coarsest coefficients of row i to the eight rows in the ring."""
    c0, c1 = c[0], c[1]
    g0, g1, g2, g3 = ring[(i + 5) % 8], ring[(i + 6) % 8], ring[(i + 7) % 8], ring[i % 8]
    g4, g5, g6, g7 = ring[(i + 1) % 8], ring[(i + 2) % 8], ring[(i + 3) % 8], ring[(i + 4) % 8]
    for j in range(width):
        k = j + 4
        t = (c0[k] + c0[k + 1]) + (c0[k + 2] + c0[k + 3])
        across = t - ((c0[k - 1] + c0[k - 2]) + (c0[k - 3] + c0[k - 4]))
        t = (c1[k] + c1[k + 1]) + (c1[k + 2] + c1[k + 3])
        along = t + ((c1[k - 1] + c1[k - 2]) + (c1[k - 3] + c1[k - 4]))
        p, m = across + along, across - along
        g0[j] += p
        g1[j] += p
        g2[j] += p
        g3[j] += p
        g4[j] += m
        g5[j] += m
        g6[j] += m
        g7[j] += m


@compiled(fastmath=EXACT)
def quads_row(plane: Rows, row: int, out: Rows) -> None:
    """Compute means of 2 × 2 from each sample of a row on, zeros outside."""
    here, last = plane[row], plane.shape[1] - 1
    for j in range(last):
        out[j] = 0.25 * (here[j] + here[j + 1])
    out[last] = 0.25 * here[last]
    if row + 1 < plane.shape[0]:
        below = plane[row + 1]
        for j in range(last):
            out[j] += 0.25 * (below[j] + below[j + 1])
        out[last] += 0.25 * below[last]


@compiled(fastmath=EXACT)
def adjoint_quads_row(above: Rows, here: Rows, out: Rows) -> None:
    """Apply the adjoint of `quads_row` to slopes, four times them, which 4 zeros stand before."""
    for j in range(out.shape[0]):
        out[j] = (above[j + 4] + above[j + 3]) + (here[j + 4] + here[j + 3])


@compiled(fastmath=EXACT)
def find_coefficients(x: Rows, y: Rows, i: int, memory: Rows) -> None:
    """Compute the coefficients of row i of both images, and the means of their chroma.

    Rows up to i + 3 are in memory. Of x, and 8 rows behind it of y, 0 to 7 of what is found are as
    in `coefficients`, 2 and 5 those of I and Q.
    """
    width, slot, sums = x.shape[2], (i + 4) % 8, memory[16:22]
    for image, first in ((x, 0), (y, 8)):
        ring, found = memory[first : first + 8], memory[22 + first : 30 + first]
        take_row(image[0], i + 4, ring[slot])
        halves(ring, i, sums)
        coefficients(sums, width, found)
        for p in range(1, image.shape[0]):
            quads_row(image[p], i, found[3 * p - 1])


@compiled(fastmath=EXACT)
def measure_row(parts: int, width: int, of: tuple[float, float, float], memory: Rows) -> Sums:
    """Return the sums of w (σ - σ₀) and of w of a row, for 2 ways, or for chroma too."""
    a, b, s, likeness = memory[22:30], memory[30:38], memory[38:44], memory[44]
    w, sigma = memory[45:48], memory[48:51]
    weights_row(a[6], b[6], width, w[0])
    weights_row(a[7], b[7], width, w[1])
    mean_row(w[0], w[1], width, w[2])
    above, below = 0.0, 0.0
    for k in range(parts):
        likeness_row(a[k], b[k], a[3 + k], b[3 + k], width, of[0], s[k], s[3 + k], likeness)
        sigmoid_row(likeness, width, of[1], sigma[k])
        found = sums_row(sigma[k], of[2], w[k], width)
        above += found[0]
        below += found[1]
    return above, below


@compiled(fastmath=EXACT)
def follow_back(
    i: int, parts: int, width: int, of: tuple[float, float, float], memory: Rows
) -> None:
    """Follow the sums of row i back to the eight rows that its coefficients saw."""
    a, b, s = memory[22:30], memory[30:38], memory[38:44]
    w, sigma, slopes, by_w = memory[45:48], memory[48:51], memory[51:57], memory[59:63]
    for k in range(parts):
        pairs_ = a[k], b[k], a[3 + k], b[3 + k]
        factors = (0.5, 0.25) if k < 2 else (0.25, 0.25)
        known = s[k], s[3 + k], sigma[k], w[k]
        slopes_row(*pairs_, *known, width, of, factors, slopes[k], slopes[3 + k])
    for way in range(2):
        pair = a[6 + way], b[6 + way], sigma[way], sigma[2]
        weight_slopes_row(*pair, width, of[2], by_w[way], by_w[2 + way])
    add_fine(slopes, i, width, memory[63:71])
    add_coarse(by_w[:2], i, width, memory[63:71])
    add_coarse(by_w[2:], i, width, memory[71:79])


@compiled(fastmath=EXACT)
def compare(
    x: Rows,
    y: Rows,
    rows: tuple[int, int],
    of: tuple[float, float, float],
    memory: Rows,
    first: Rows,
    second: Rows,
) -> Sums:
    """Return the sums of w (σ - σ₀) and of w in a strip.

    Parameters
    ----------
    x, y
        Both images at half size, (P, h, w): Y, or Y, I and Q.
    rows
        The first row of the strip, and the row after its last.
    of
        C, α and σ₀.
    memory
        `ROWS` rows of `MORE` samples more than a plane's.
    first, second
        Receive the strip of both gradients, (P, h, w) and (h, w); empty if they are not wanted.
    """
    height, width = x.shape[1], x.shape[2]
    backward, parts = second.shape[0] > 0, 3 if x.shape[0] == 3 else 2
    memory[:] = 0
    memory[50] = of[2]
    above, below = 0.0, 0.0
    start, end = (rows[0] - 4, rows[1] + 3) if backward else rows
    for row in range(start - 3, start + 4):
        take_row(x[0], row, memory[row % 8])
        take_row(y[0], row, memory[8 + row % 8])
    for i in range(start, end):
        own = rows[0] <= i < rows[1]
        if 0 <= i < height:
            find_coefficients(x, y, i, memory)
            found = measure_row(parts, width, of, memory)
            above += found[0] if own else 0.0
            below += found[1] if own else 0.0
            if backward:
                follow_back(i, parts, width, of, memory)
                keep_chroma(i, own, memory, first)
        else:
            take_row(x[0], i + 4, memory[(i + 4) % 8])
            take_row(y[0], i + 4, memory[8 + (i + 4) % 8])
        if backward:
            keep_rows(i - 3, rows[0], memory, first, second)
    return above, below


@compiled(fastmath=EXACT)
def keep_chroma(i: int, own: bool, memory: Rows, first: Rows) -> None:
    """Keep row i of the gradient by chroma, and its slopes for the next row."""
    for p in range(1, first.shape[0]):
        slopes, before = memory[50 + 3 * p], memory[56 + p]
        if own:
            adjoint_quads_row(before, slopes, first[p, i])
        copy(slopes, 0, before)


@compiled(fastmath=EXACT)
def keep_rows(row: int, top: int, memory: Rows, first: Rows, second: Rows) -> None:
    """Keep a row of both gradients that is complete, and make room for the one 8 rows below."""
    of_first, of_second = memory[63 + row % 8], memory[71 + row % 8]
    if row >= top:
        keep(of_first, first[0, row])
        keep(of_second, second[row])
    of_first[:] = 0
    of_second[:] = 0
