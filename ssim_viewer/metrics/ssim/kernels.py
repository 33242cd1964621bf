# ruff: noqa: PLR0917  compiled functions take no keywords
"""SSIM of one tile in compiled loops over rows: `similarity` and `reference` fused into one pass.

Two rows of windows at a time: the samples they see stand centred in a ring of rows; the moments of
d, d² and xd are summed down the columns, then along the rows; S and its slopes follow while those
rows are in the nearest cache; slopes go into another ring, from which two rows of the gradient are
summed as soon as all they need is there.

Everything is computed from x and the difference d = y - x, each minus its mean over the tile, since
variances and covariances do not change under a shift. With k the factor of (co)variances,

    s_dd = k (W d² - mu_d²),  s_xd = k (W xd - mu_x mu_d),  s_yy = s_xx + 2 s_xd + s_dd
    l = 1 - mu_d² / (mu_x² + mu_y² + C1),   c s = 1 - s_dd / (s_xx + s_yy + C2)

so rounding is relative to the difference of the images and not to their grey values: single
precision is exact to about 1e-7 on smooth areas too, and no value passes 1.

    dS/dy = W^T[S_mu - S_y mu_d - S_x mu_x]  +  d W^T[S_y]  +  x W^T[S_x]
    S_y = -2k S / B2,   S_x = 2k (l - S) / B2 = S_y + the slope by s_xy

Symbols are those of `similarity` and `reference`, n is the number of taps. A symmetric window pairs
its taps: weight k goes with samples k and n - 1 - k (the middle one of an odd window stands twice,
with half its weight), and six pairs are summed in one go. Arrays are C-contiguous and of one
floating type, of which all constants are too: a plain 2 would turn float32 into float64.

Which tile, and whether these kernels are ready, is left to `tiles` and `engine`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

GROUP = 6  # pairs in one go
ROWS = 28  # of memory besides rings: 12 of sums down the columns, 6 along, 6 adjoint, 4 of maps
SPARSE = 8
VECTOR = 16  # samples: rows in memory are worked on in whole vectors


@compiled(fastmath=EXACT, inline=True)
def pick_rows(top: int, n: int, group: int, modulus: int, picked: Rows) -> None:
    """Choose the rows of a group of pairs, for windows at `top` and at the row below it.

    The nearer ones come first, going down; then the farther ones, going up.
    """
    first = top % modulus
    for k in range(GROUP + 1):
        step = min(group + k, n)
        near, far = first + step, first + n - step
        picked[k] = near if near < modulus else near - modulus
        picked[GROUP + 1 + k] = far if far < modulus else far - modulus


@compiled(fastmath=EXACT)
def moments_down(
    x: Rows,
    y: Rows,
    r: Rows,
    w: Rows,
    y0: Rows,
    yy0: Rows,
    xy0: Rows,
    y1: Rows,
    yy1: Rows,
    xy1: Rows,
) -> None:
    """Sum y, y² and xy down the columns for two rows of windows."""
    w0, w1, w2, w3, w4, w5 = w[0], w[1], w[2], w[3], w[4], w[5]
    i0, i1, i2, i3, i4, i5, i6 = r[0], r[1], r[2], r[3], r[4], r[5], r[6]
    k0, k1, k2, k3, k4, k5, k6 = r[7], r[8], r[9], r[10], r[11], r[12], r[13]
    for j in range(y0.shape[0]):
        a0, a1, a2, a3 = y[i0, j], y[i1, j], y[i2, j], y[i3, j]
        a4, a5, a6 = y[i4, j], y[i5, j], y[i6, j]
        b0, b1, b2, b3 = y[k0, j], y[k1, j], y[k2, j], y[k3, j]
        b4, b5, b6 = y[k4, j], y[k5, j], y[k6, j]
        u = w0 * (a0 + b1) + w1 * (a1 + b2) + w2 * (a2 + b3)
        u += w3 * (a3 + b4) + w4 * (a4 + b5) + w5 * (a5 + b6)
        v = w0 * (a1 + b0) + w1 * (a2 + b1) + w2 * (a3 + b2)
        v += w3 * (a4 + b3) + w4 * (a5 + b4) + w5 * (a6 + b5)
        c0, c1, c2, c3, c4, c5, c6 = a0 * a0, a1 * a1, a2 * a2, a3 * a3, a4 * a4, a5 * a5, a6 * a6
        d0, d1, d2, d3, d4, d5, d6 = b0 * b0, b1 * b1, b2 * b2, b3 * b3, b4 * b4, b5 * b5, b6 * b6
        uu = w0 * (c0 + d1) + w1 * (c1 + d2) + w2 * (c2 + d3)
        uu += w3 * (c3 + d4) + w4 * (c4 + d5) + w5 * (c5 + d6)
        vv = w0 * (c1 + d0) + w1 * (c2 + d1) + w2 * (c3 + d2)
        vv += w3 * (c4 + d3) + w4 * (c5 + d4) + w5 * (c6 + d5)
        e0, e1, e2, e3 = a0 * x[i0, j], a1 * x[i1, j], a2 * x[i2, j], a3 * x[i3, j]
        e4, e5, e6 = a4 * x[i4, j], a5 * x[i5, j], a6 * x[i6, j]
        f0, f1, f2, f3 = b0 * x[k0, j], b1 * x[k1, j], b2 * x[k2, j], b3 * x[k3, j]
        f4, f5, f6 = b4 * x[k4, j], b5 * x[k5, j], b6 * x[k6, j]
        xu = w0 * (e0 + f1) + w1 * (e1 + f2) + w2 * (e2 + f3)
        xu += w3 * (e3 + f4) + w4 * (e4 + f5) + w5 * (e5 + f6)
        xv = w0 * (e1 + f0) + w1 * (e2 + f1) + w2 * (e3 + f2)
        xv += w3 * (e4 + f3) + w4 * (e5 + f4) + w5 * (e6 + f5)
        y0[j] = u
        yy0[j] = uu
        xy0[j] = xu
        y1[j] = v
        yy1[j] = vv
        xy1[j] = xv


@compiled(fastmath=EXACT)
def down(s: Rows, r: Rows, w: Rows, first: Rows, second: Rows) -> None:
    """Sum down the columns for two rows of windows."""
    w0, w1, w2, w3, w4, w5 = w[0], w[1], w[2], w[3], w[4], w[5]
    i0, i1, i2, i3, i4, i5, i6 = r[0], r[1], r[2], r[3], r[4], r[5], r[6]
    k0, k1, k2, k3, k4, k5, k6 = r[7], r[8], r[9], r[10], r[11], r[12], r[13]
    for j in range(first.shape[0]):
        a1, a2, a3, a4, a5 = s[i1, j], s[i2, j], s[i3, j], s[i4, j], s[i5, j]
        b1, b2, b3, b4, b5 = s[k1, j], s[k2, j], s[k3, j], s[k4, j], s[k5, j]
        u = w0 * (s[i0, j] + b1) + w1 * (a1 + b2) + w2 * (a2 + b3)
        u += w3 * (a3 + b4) + w4 * (a4 + b5) + w5 * (a5 + s[k6, j])
        v = w0 * (a1 + s[k0, j]) + w1 * (a2 + b1) + w2 * (a3 + b2)
        v += w3 * (a4 + b3) + w4 * (a5 + b4) + w5 * (s[i6, j] + b5)
        first[j] = u
        second[j] = v


@compiled(fastmath=EXACT)
def add(row: Rows, to: Rows) -> None:
    """Add a row to another."""
    for j in range(to.shape[0]):
        to[j] += row[j]


@compiled(fastmath=EXACT)
def across(s: Rows, w: Rows, n: int, out: Rows) -> None:
    """Sum along a row: out[j] is the weighted sum of s[j : j + n]."""
    last = n - 1
    for group in range(0, w.shape[0], GROUP):
        w0, w1, w2 = w[group], w[group + 1], w[group + 2]
        w3, w4, w5 = w[group + 3], w[group + 4], w[group + 5]
        k0, k1, k2 = min(group, last), min(group + 1, last), min(group + 2, last)
        k3, k4, k5 = min(group + 3, last), min(group + 4, last), min(group + 5, last)
        a0, a1, a2, a3, a4, a5 = s[k0:], s[k1:], s[k2:], s[k3:], s[k4:], s[k5:]
        b0, b1, b2 = s[last - k0 :], s[last - k1 :], s[last - k2 :]
        b3, b4, b5 = s[last - k3 :], s[last - k4 :], s[last - k5 :]
        more = group > 0
        if k5 == last - k5 and not more:  # the middle tap need not be read twice
            twice = w5 + w5
            for j in range(out.shape[0]):
                u = w0 * (a0[j] + b0[j]) + w1 * (a1[j] + b1[j]) + w2 * (a2[j] + b2[j])
                u += w3 * (a3[j] + b3[j]) + w4 * (a4[j] + b4[j]) + twice * a5[j]
                out[j] = u
            continue
        for j in range(out.shape[0]):
            u = w0 * (a0[j] + b0[j]) + w1 * (a1[j] + b1[j]) + w2 * (a2[j] + b2[j])
            u += w3 * (a3[j] + b3[j]) + w4 * (a4[j] + b4[j]) + w5 * (a5[j] + b5[j])
            out[j] = u + out[j] if more else u


@compiled(fastmath=EXACT)
def similarity_row(
    mu_x: Rows, s_xx: Rows, mu_d: Rows, dd: Rows, xd: Rows, of: Rows, at: Rows, S: Rows
) -> None:
    """Turn the moments W d, W d², W xd of a row of windows into S."""
    C1, C2, alpha, k, shift, two, zero = of[0], of[1], of[2], of[3], of[4], of[5], of[6]
    from_centre, apart = at[2], at[3]
    for j in range(S.shape[0]):
        e = mu_d[j]
        s_dd = max(k * (dd[j] - e * e), zero)
        s_xd = k * (xd[j] - e * (mu_x[j] - from_centre))
        s_yy = max(s_xx[j] + two * s_xd + s_dd, zero)
        p, md = mu_x[j] + shift, e + apart
        q = p + md
        B1, B2 = alpha * (p * p + q * q) + C1, s_xx[j] + s_yy + C2
        S[j] = ((B1 - alpha * md * md) * (B2 - s_dd)) / (B1 * B2)


@compiled(fastmath=EXACT)
def similarity_and_slopes_row(
    mu_x: Rows,
    s_xx: Rows,
    mu_d: Rows,
    dd: Rows,
    xd: Rows,
    of: Rows,
    at: Rows,
    S: Rows,
    by_d: Rows,
    by_dd: Rows,
    by_xd: Rows,
) -> None:
    """Do as `similarity_row` does, and compute the slopes of S by those moments."""
    C1, C2, alpha, k, shift, two, zero = of[0], of[1], of[2], of[3], of[4], of[5], of[6]
    one, half, from_centre, apart = of[9], of[10], at[2], at[3]
    for j in range(S.shape[0]):
        e, mx = mu_d[j], mu_x[j] - from_centre
        s_dd = max(k * (dd[j] - e * e), zero)
        s_xd = k * (xd[j] - e * mx)
        s_yy = max(s_xx[j] + two * s_xd + s_dd, zero)
        p, md = mu_x[j] + shift, e + apart
        q = p + md
        B1, B2 = alpha * (p * p + q * q) + C1, s_xx[j] + s_yy + C2
        A1, A2 = B1 - alpha * md * md, B2 - s_dd
        D = B1 * B2
        value = (A1 * A2) / D
        r = two / D
        over_first, over_second = half * B2 * r, half * B1 * r
        slope_dd = -k * two * value * over_second
        slope_xd = k * A1 * r * (s_dd * over_second)
        by_mu = alpha * A2 * r * md * (q * md * over_first - one)
        S[j] = value
        by_xd[j] = slope_xd
        by_dd[j] = slope_dd
        by_d[j] = by_mu - slope_dd * e - slope_xd * mx


@compiled(fastmath=EXACT)
def parts_row(
    mu_x: Rows,
    s_xx: Rows,
    mu_d: Rows,
    dd: Rows,
    xd: Rows,
    of: Rows,
    at: Rows,
    lum: Rows,
    c: Rows,
    s: Rows,
) -> None:
    """Turn the moments of a row of windows into luminance, contrast and structure."""
    C2, k, shift, two, zero, flat, C1 = of[1], of[3], of[4], of[5], of[6], of[7], of[8]
    one, from_centre, apart = of[9], at[2], at[3]
    for j in range(lum.shape[0]):
        e = mu_d[j]
        s_dd = max(k * (dd[j] - e * e), zero)
        s_xd = k * (xd[j] - e * (mu_x[j] - from_centre))
        v = s_xx[j]
        u = max(v + two * s_xd + s_dd, zero)
        p, md = mu_x[j] + shift, e + apart
        q = p + md
        B1 = p * p + q * q + C1
        lum[j] = (B1 - md * md) / B1
        product = v * u if min(v, u) > flat else zero
        A1 = two * np.sqrt(product) + C2
        B2 = v + u + C2
        c[j] = min(A1 / B2, one)
        s[j] = min((B2 - s_dd) / A1, one)


@compiled(fastmath=SUMMING)
def total(row: Rows) -> float:
    """Sum up a row."""
    found = row[0] - row[0]
    for j in range(row.shape[0]):
        found += row[j]
    return float(found)


@compiled(fastmath=EXACT)
def combine(
    by_d: Rows, by_dd: Rows, by_xd: Rows, x: Rows, d: Rows, weight: float, out: Rows
) -> None:
    """Bring the adjoint slopes together: W^T[by d] + d W^T[by d²] + x W^T[by xd], weighted."""
    for j in range(out.shape[0]):
        out[j] = weight * (by_d[j] + by_dd[j] * d[j] + by_xd[j] * x[j])


@compiled(fastmath=EXACT)
def centre(row: Rows, shift: float, out: Rows) -> None:
    """Subtract `shift` from a row of samples."""
    for j in range(out.shape[0]):
        out[j] = row[j] - shift


@compiled(fastmath=EXACT)
def subtract(row: Rows, shift: float, other: Rows, out: Rows) -> None:
    """Subtract `shift` and then another row from a row of samples."""
    for j in range(out.shape[0]):
        out[j] = (row[j] - shift) - other[j]


@compiled(fastmath=EXACT)
def take_row(
    seen: tuple[Rows, int, int],
    row: int,
    end: int,
    columns: int,
    shift: float,
    zero: float,
    ring: Rows,
) -> None:
    """Put a row of samples, centred, into a ring of rows; from the end on they are 0."""
    image, i, j = seen
    to = ring[row % ring.shape[0], :columns]
    if row < end:
        centre(image[i + row, j : j + columns], shift, to)
    else:
        to[:] = zero


@compiled(fastmath=EXACT)
def take_difference(
    seen: tuple[Rows, int, int],
    row: int,
    end: int,
    columns: int,
    shift: float,
    zero: float,
    x: Rows,
    ring: Rows,
) -> None:
    """Put a row of differences from that in the ring of x, centred, into a ring of rows."""
    image, i, j = seen
    slot = row % ring.shape[0]
    to = ring[slot, :columns]
    if row < end:
        subtract(image[i + row, j : j + columns], shift, x[slot, :columns], to)
    else:
        to[:] = zero


@compiled(fastmath=EXACT)
def find_centres(
    x: tuple[Rows, int, int],
    y: tuple[Rows, int, int],
    end: int,
    columns: int,
    of: Rows,
    at: Rows,
) -> None:
    """Compute what is subtracted in a tile: means of every `SPARSE`th row of x and of y.

    `at` receives both, how far that of x is from the plane's own shift, and both from each other.
    """
    count, at[0], at[1] = of[6], of[6], of[6]
    for row in range(0, end, SPARSE):
        at[0] += total(x[0][x[1] + row, x[2] : x[2] + columns])
        at[1] += total(y[0][y[1] + row, y[2] : y[2] + columns])
        count += columns * of[9]
    at[0] /= count
    at[1] /= count
    at[2] = at[0] - of[4]
    at[3] = at[1] - at[0]


@compiled(fastmath=EXACT, inline=True)
def two_rows_of_moments(
    x: Rows, d: Rows, top: int, columns: int, n: int, w: Rows, work: Rows, m: Rows
) -> None:
    """Compute the moments of the windows at row `top` of a tile, m[0:3], and below it, m[3:6].

    x and d are rings of rows, of which those that the windows see are there.
    """
    picked = np.empty(2 * GROUP + 2, np.int64)
    wide = whole(columns + n - 1)
    for group in range(0, w.shape[0], GROUP):
        pick_rows(top, n, group, x.shape[0], picked)
        part = w[group : group + GROUP]
        a = 6 if group else 0
        first = work[a, :wide], work[a + 1, :wide], work[a + 2, :wide]
        second = work[a + 3, :wide], work[a + 4, :wide], work[a + 5, :wide]
        moments_down(x, d, picked, part, *first, *second)
        for i in range(a):
            add(work[a + i], work[i])
    for i in range(6):
        across(work[i], w, n, m[i, : whole(columns)])


@compiled(fastmath=EXACT, inline=True)
def two_rows_of_adjoint(
    rings: tuple[Rows, ...],
    row: int,
    columns: int,
    n: int,
    w: Rows,
    work: Rows,
    adjoint: Rows,
) -> None:
    """Sum slopes of some kinds in rings to row `row` of the gradient, and the one below.

    Rows of `adjoint` are all kinds of the former, then of the latter; `work` has two for each.
    """
    kinds = len(rings)
    picked = np.empty(2 * GROUP + 2, np.int64)
    slots, wide = n + 1, whole(columns + n - 1)
    for group in range(0, w.shape[0], GROUP):
        pick_rows(row + 2, n, group, slots, picked)
        part = w[group : group + GROUP]
        a = 2 * kinds if group else 0
        for i in range(kinds):
            down(rings[i], picked, part, work[a + i, :wide], work[a + i + kinds, :wide])
        for i in range(a):
            add(work[a + i], work[i])
    for i in range(2 * kinds):
        across(work[i], w, n, adjoint[i, : whole(columns)])


@compiled(fastmath=EXACT, inline=True)
def whole(samples: int) -> int:
    """Return how many samples whole vectors have for so many."""
    return -(-samples // VECTOR) * VECTOR


@compiled(fastmath=EXACT, inline=True)
def stretch(plane: Rows, place: tuple[int, int], row: int, columns: int, instead: Rows) -> Rows:
    """Return a row of a tile in a plane, or another where there is no plane."""
    if plane.shape[0] == 0:
        return instead[:columns]
    return plane[place[0] + row, place[1] : place[1] + columns]


@compiled(fastmath=EXACT, inline=True)
def compare_row(
    row: int,
    m: Rows,
    statistics: tuple[Rows, Rows],
    tile: tuple[int, int, int, int],
    window: tuple[Rows, int, Rows],
    at: Rows,
    maps: tuple[Rows, Rows, Rows, Rows],
    count: int,
    place: tuple[int, int],
    instead: Rows,
    slopes: tuple[Rows, Rows, Rows],
) -> tuple[float, float, float, float]:
    """Turn the moments of a row of windows into maps, and into slopes if there is room for them."""
    of = window[2]
    i, j, _, columns = tile
    mean, variance = (
        statistics[0][i + row, j : j + columns],
        statistics[1][i + row, j : j + columns],
    )
    S = stretch(maps[0], place, row, columns, instead[0])
    if slopes[0].shape[0] > 0:
        similarity_and_slopes_row(mean, variance, m[0], m[1], m[2], of, at, S, *slopes)
    else:
        similarity_row(mean, variance, m[0], m[1], m[2], of, at, S)
    if count == 1:
        return total(S), 0.0, 0.0, 0.0
    lum = stretch(maps[1], place, row, columns, instead[1])
    c = stretch(maps[2], place, row, columns, instead[2])
    s = stretch(maps[3], place, row, columns, instead[3])
    parts_row(mean, variance, m[0], m[1], m[2], of, at, lum, c, s)
    return total(S), total(lum), total(c), total(s)


@compiled(fastmath=EXACT, inline=True)
def gradient_row(
    row: int,
    adjoint: Rows,
    x: Rows,
    d: Rows,
    wide: tuple[int, int],
    gradient: tuple[Rows, Rows, Rows],
    weight: float,
    place: tuple[int, int],
) -> None:
    """Put a row of the gradient in its place."""
    own, below, beside = gradient
    by_d, by_dd, by_xd = adjoint[0], adjoint[1], adjoint[2]
    first = wide[0] - below.shape[0]
    if row >= first:
        combine(by_d, by_dd, by_xd, x, d, weight, below[row - first])
        return
    edge = wide[1] - beside.shape[1]
    combine(by_d, by_dd, by_xd, x, d, weight, own[place[0] + row, place[1] : place[1] + edge])
    if edge < wide[1]:
        rest = by_d[edge:], by_dd[edge:], by_xd[edge:]
        combine(*rest, x[edge:], d[edge:], weight, beside[row])


@compiled(fastmath=EXACT)
def compare(
    x: tuple[Rows, int, int],
    y: tuple[Rows, int, int],
    statistics: tuple[Rows, Rows],
    tile: tuple[int, int, int, int],
    window: tuple[Rows, int, Rows],
    memory: Rows,
    at: Rows,
    maps: tuple[Rows, Rows, Rows, Rows],
    count: int,
    gradient: tuple[Rows, Rows, Rows],
    weight: float,
    place: tuple[int, int],
) -> tuple[float, float, float, float]:
    """Compare a tile of y with x and return the sums of S, l, c and s over its windows.

    Parameters
    ----------
    x, y
        Images, and the row and the column in each where the first window of the tile starts.
    statistics, tile
        The means and variances of the whole plane x; the first row and column of the tile in them,
        its height and its width.
    window
        Weights of pairs, filled up with zeros to whole groups; the number n of taps; and as
        constants C1 (1 without luminance), C2, alpha (0 or 1), k, the shift of the means of x, 2,
        0, the flat variance, C1, 1, 1/2.
    memory
        `ROWS` + 5 (n + 1) rows for width + 2n - 2 + `VECTOR` samples each.
    at
        Memory for four numbers, see `find_centres`.
    maps, count
        Receive S, l, c and s, of which 1 or all 4 are computed. One without rows is not wanted.
    gradient, weight
        Receive `weight` times the derivative of the sum of S by the samples of y: the own ones;
        below them, and beside them, those that are other tiles' own. None if `weight` is 0.
    place
        The row and column of the tile in maps and gradient.
    """
    w, n, of = window
    work, m, adjoint, instead = memory[:12], memory[12:18], memory[18:24], memory[24:ROWS]
    rings = memory[ROWS:]
    xs, ds, ring = rings[: n + 1], rings[n + 1 : 2 * n + 2], rings[2 * n + 2 :]
    slopes = ring[: n + 1], ring[n + 1 : 2 * n + 2], ring[2 * n + 2 : 3 * n + 3]
    height, columns = tile[2:]
    end, wide = height + n - 1, columns + n - 1
    backward = weight != 0
    a, b = (n - 1, wide) if backward else (0, 0)
    sums = 0.0, 0.0, 0.0, 0.0
    rings[:] = of[6]
    find_centres(x, y, end, wide, of, at)
    for top in range(0, end if backward else height, 2):
        for row in range(top + n - 1 if top else 0, top + n + 1):
            take_row(x, row, end, wide, at[0], of[6], xs)
            take_difference(y, row, end, wide, at[1], of[6], xs, ds)
        if top < height:
            two_rows_of_moments(xs, ds, top, columns, n, w, work, m)
        for row in range(top, top + 2):
            slot = row % (n + 1)
            if row < height:
                moments = m[3 * (row - top) : 3 * (row - top) + 3]
                to = slopes[0][slot, a:b], slopes[1][slot, a:b], slopes[2][slot, a:b]
                found = compare_row(
                    row, moments, statistics, tile, window, at, maps, count, place, instead, to
                )
                sums = (
                    sums[0] + found[0],
                    sums[1] + found[1],
                    sums[2] + found[2],
                    sums[3] + found[3],
                )
            elif backward:
                for i in range(3):
                    slopes[i][slot] = of[6]
        if backward:
            two_rows_of_adjoint(slopes, top, wide, n, w, work, adjoint)
            for row in range(top, min(top + 2, end)):
                slot, rows = row % (n + 1), adjoint[3 * (row - top) : 3 * (row - top) + 3]
                gradient_row(row, rows, xs[slot], ds[slot], (end, wide), gradient, weight, place)
    return sums


@compiled(fastmath=EXACT)
def fill(
    x: tuple[Rows, int, int],
    statistics: tuple[Rows, Rows],
    tile: tuple[int, int, int, int],
    window: tuple[Rows, int, Rows],
    memory: Rows,
) -> None:
    """Compute the means and variances of a tile of x; arguments as for `compare`."""
    w, n, of = window
    work, m, ring = memory[:12], memory[12:18], memory[ROWS : ROWS + n + 1]
    i, j, height, columns = tile
    end, wide = height + n - 1, columns + n - 1
    ring[:] = of[6]
    for top in range(0, height, 2):
        for row in range(top + n - 1 if top else 0, top + n + 1):
            take_row(x, row, end, wide, of[4], of[6], ring)
        two_rows_of_moments(ring, ring, top, columns, n, w, work, m)
        for row in range(top, min(top + 2, height)):
            a = 3 * (row - top)
            mean = statistics[0][i + row, j : j + columns]
            variance = statistics[1][i + row, j : j + columns]
            for c in range(columns):
                mean[c] = m[a, c]
                variance[c] = max(of[3] * (m[a + 1, c] - m[a, c] * m[a, c]), of[6])
