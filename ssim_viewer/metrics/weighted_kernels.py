# ruff: noqa: FBT001, PLR0917  compiled functions take no keywords
"""W-SSIM of a tile in compiled loops over rows, as SSIM's kernels work; symbols as in `weighted`.

Moments are those of x and the difference d = y - x, as for SSIM, and S comes as t = S - 1, which is
exactly 0 where both images are the same. A mean of t with weights w is known only when all tiles
are through; its derivative is (d sum w t - (V - 1) d sum w) / sum w. So there are two gradients:

    first  = W^T[by d] + d W^T[by d²] + x W^T[by xd],   slopes of sum w t
    second = W^T[-u mu_y] + y W^T[u],   u = 2k / (C2 + s_y²),   slopes of sum w

(S_y, S_x of SSIM's kernels are slopes by d² and xd, with the factor 2 of squares.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled
from ssim_viewer.compute.logarithm import logarithm
from ssim_viewer.metrics.ssim.kernels import (
    combine,
    take_difference,
    take_row,
    two_rows_of_adjoint,
    two_rows_of_moments,
)
from ssim_viewer.metrics.ssim.window_kernels import ends_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]
    Slopes = tuple[Rows, Rows, Rows, Rows, Rows]

ROWS, MORE = 39, 11
"""Rows of memory beside 7 rings: 20 of sums down the columns, 6 of moments, 10 adjoint, t, w and u;
and how many that is more than SSIM's kernels have, which have 5 rings."""


@compiled(fastmath=EXACT)
def terms_row(
    mean: Rows, variance: Rows, information: Rows, m: Rows, of: Rows, t: Rows, w: Rows, u: Rows
) -> None:
    """Turn the moments W d, W d², W xd of a row of windows, m[0:3], into t, w and u."""
    C1, C2, k, shift = of[0], of[1], of[2], of[3]
    first, second, third = m[0], m[1], m[2]
    for j in range(t.shape[0]):
        e = first[j]
        s_dd = max(k * (second[j] - e * e), 0.0)
        s_xd = k * (third[j] - e * mean[j])
        s_yy = max(variance[j] + 2 * s_xd + s_dd, 0.0)
        p = mean[j] + shift
        q = p + e
        c, s = e * e / (p * p + q * q + C1), s_dd / (variance[j] + s_yy + C2)
        ratio = s_yy / C2
        more = 1 + ratio
        t[j] = c * s - c - s
        w[j] = information[j] + (logarithm(more) + (ratio - (more - 1)) / more)
        u[j] = 2 * k / (C2 + s_yy)


@compiled(fastmath=EXACT)
def leave_out(kept: Rows, w: Rows, u: Rows) -> None:
    """Take the weight from windows that do not count."""
    for j in range(w.shape[0]):
        if not kept[j]:
            w[j] = 0.0
            u[j] = 0.0


@compiled(fastmath=SUMMING)
def sums(t: Rows, w: Rows) -> tuple[float, float]:
    """Return the sums of w t and of w."""
    of_both, of_w = 0.0, 0.0
    for j in range(w.shape[0]):
        of_both += w[j] * t[j]
        of_w += w[j]
    return of_both, of_w


@compiled(fastmath=EXACT)
def slopes_row(
    mean: Rows, variance: Rows, m: Rows, of: Rows, terms: tuple[Rows, Rows, Rows], to: Slopes
) -> None:
    """Compute the slopes of both sums by the moments of a row of windows."""
    C1, C2, k, shift = of[0], of[1], of[2], of[3]
    first, second, third = m[0], m[1], m[2]
    t, w, u = terms
    by_d, by_dd, by_xd, by_y, by_yy = to
    for j in range(by_d.shape[0]):
        e = first[j]
        s_dd = max(k * (second[j] - e * e), 0.0)
        s_xd = k * (third[j] - e * mean[j])
        s_yy = max(variance[j] + 2 * s_xd + s_dd, 0.0)
        p = mean[j] + shift
        q = p + e
        over_first = 1 / (p * p + q * q + C1)
        over_second = 1 / (variance[j] + s_yy + C2)
        lum, cs = 1 - e * e * over_first, 1 - s_dd * over_second
        more = u[j] * t[j]
        steep = 2 * k * w[j] * lum * over_second
        dd = more - steep * cs
        xd = more + steep * s_dd * over_second
        mu = 2 * w[j] * cs * e * over_first * (q * e * over_first - 1)
        by_dd[j] = dd
        by_xd[j] = xd
        by_d[j] = mu - dd * e - xd * mean[j]
        by_y[j] = -u[j] * (e + mean[j])
        by_yy[j] = u[j]


@compiled(fastmath=EXACT)
def windows_row(
    row: int,
    k: int,
    statistics: tuple[Rows, Rows, Rows],
    kept: Rows,
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    n: int,
    of: Rows,
    memory: Rows,
    rings: Slopes,
    backward: bool,
) -> tuple[float, float]:
    """Put the slopes of a row of windows, the k-th of two, into rings; return its own sums."""
    top, left, height, columns = tile
    i, slot, right = top + row, row % (n + 1), left + columns
    end = n - 1 + columns
    if row >= height:
        for ring in rings:
            ring[slot] = 0.0
        return 0.0, 0.0
    mean, variance = statistics[0][i, left:right], statistics[1][i, left:right]
    m = memory[20 + 3 * k :]
    t, w, u = memory[36, :columns], memory[37, :columns], memory[38, :columns]
    terms_row(mean, variance, statistics[2][i, left:right], m, of, t, w, u)
    if kept.shape[0] > 0:
        leave_out(kept[i, left:right], w, u)
    if backward:
        to = (
            rings[0][slot, n - 1 : end],
            rings[1][slot, n - 1 : end],
            rings[2][slot, n - 1 : end],
            rings[3][slot, n - 1 : end],
            rings[4][slot, n - 1 : end],
        )
        slopes_row(mean, variance, m, of, (t, w, u), to)
    if row < ahead[0]:
        return 0.0, 0.0
    return sums(t[ahead[1] :], w[ahead[1] :])


@compiled(fastmath=EXACT)
def finish(rows: tuple[int, int], weights: tuple[float, float], first: Rows, second: Rows) -> None:
    """Add the second gradient to the first one, both weighted, in rows of them."""
    for i in range(rows[0], rows[1]):
        for j in range(first.shape[1]):
            first[i, j] = weights[0] * first[i, j] + weights[1] * second[i, j]


@compiled(fastmath=EXACT)
def gradient_row(adjoint: Rows, x: Rows, d: Rows, first: Rows, second: Rows, left: int) -> None:
    """Bring the adjoint slopes of a row of a tile together, from a column on."""
    end = left + first.shape[0]
    a, b, c = adjoint[0, left:end], adjoint[1, left:end], adjoint[2, left:end]
    combine(a, b, c, x[left:end], d[left:end], 1.0, first)
    a, b = adjoint[3, left:end], adjoint[4, left:end]
    combine(a, b, b, x[left:end], d[left:end], 1.0, second)


@compiled(fastmath=EXACT)
def compare(
    images: tuple[Rows, Rows],
    statistics: tuple[Rows, Rows, Rows],
    kept: Rows,
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    window: tuple[Rows, int],
    of: Rows,
    memory: Rows,
    first: Rows,
    second: Rows,
) -> tuple[float, float]:
    """Return the sums of w t and of w in a tile.

    Parameters
    ----------
    images
        x, centred, and y.
    statistics
        Means and variances of all windows on x, and log(1 + s_x² / C2).
    kept
        Which windows count, empty where all of them do.
    tile
        First row and column, height and width of the windows that are looked at.
    ahead
        How many rows and columns of them are other tiles' own, and count for the gradients alone.
    window
        Weights of pairs, see SSIM's kernels, and the number of taps.
    of
        C1, C2, k, and what x is centred by.
    memory
        `ROWS` + 7 (n + 1) rows for width + 2n - 2 samples and one vector each.
    first, second
        Receive both gradients by the tile's own samples, and by those past its end where no other
        tile follows; empty if they are not wanted.
    """
    w, n = window
    top, left, height, columns = tile
    rings = memory[ROWS:]
    xs, ds = rings[: n + 1], rings[n + 1 : 2 * n + 2]
    slopes = (
        rings[2 * n + 2 : 3 * n + 3],
        rings[3 * n + 3 : 4 * n + 4],
        rings[4 * n + 4 : 5 * n + 5],
        rings[5 * n + 5 : 6 * n + 6],
        rings[6 * n + 6 : 7 * n + 7],
    )
    end, wide, last, edge = ends_of(tile, n, images[0].shape)
    backward = first.shape[0] > 0
    of_both, of_w = 0.0, 0.0
    rings[:] = 0.0
    for row in range(0, last if backward else height, 2):
        for next_ in range(row + n - 1 if row else 0, row + n + 1):
            take_row((images[0], top, left), next_, end, wide, 0.0, 0.0, xs)
            take_difference((images[1], top, left), next_, end, wide, of[3], 0.0, xs, ds)
        if row < height:
            two_rows_of_moments(xs, ds, row, columns, n, w, memory[:12], memory[20:26])
        for k in range(2):
            found = windows_row(
                row + k, k, statistics, kept, tile, ahead, n, of, memory, slopes, backward
            )
            of_both += found[0]
            of_w += found[1]
        if backward and row + 2 > ahead[0]:
            two_rows_of_adjoint(slopes, row, wide, n, w, memory[:20], memory[26:36])
            for i in range(max(row, ahead[0]), min(row + 2, last)):
                adjoint, slot = memory[26 + 5 * (i - row) :], i % (n + 1)
                gradient_row(
                    adjoint,
                    xs[slot],
                    ds[slot],
                    first[top + i, left + ahead[1] : left + edge],
                    second[top + i, left + ahead[1] : left + edge],
                    ahead[1],
                )
    return of_both, of_w
