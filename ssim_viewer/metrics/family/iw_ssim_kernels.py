# ruff: noqa: PLR0917  compiled functions take no keywords
"""IW-SSIM of a tile of a band, in compiled loops over rows; symbols as in `iw_ssim`.

For each window the information w of the box in its middle and the similarity cs are found in one
go, and so are two gradients: that of Σ w cs and that of Σ w, from which the caller makes that of
their quotient. Rings of rows are those of SSIM's kernels; slopes by boxes stand in a ring of their
own, summed along the rows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.compute.logarithm import logarithm
from ssim_viewer.metrics.family import laplacian_kernels as pyramid
from ssim_viewer.metrics.ssim.kernels import (
    ROWS,
    combine,
    total,
    two_rows_of_adjoint,
    two_rows_of_moments,
)
from ssim_viewer.metrics.ssim.window_kernels import ends_of, rings_in, take_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

__all__ = ["OWN_ROWS", "compare", "pyramid"]

TINY = 2.220446049250313e-16
BORDER = 4  # boxes of 3 × 3 that stand outside the first window
BOX_SLOTS = 8  # of the ring of slopes by boxes: two rows are made while three older ones are summed
OWN_ROWS = 13 + 6 * BOX_SLOTS  # of memory besides those of SSIM's kernels
PER_BIT = 1 / math.log(2)
C2 = (0.03 * 255) ** 2
NOISE, PER_NOISE = 0.4, 2.5


@compiled(fastmath=EXACT)
def box_columns(
    x: tuple[Rows, Rows, Rows], y: tuple[Rows, Rows, Rows], sums: tuple[Rows, Rows, Rows]
) -> None:
    """Sum y, y² and xy down three rows."""
    x0, x1, x2 = x
    y0, y1, y2 = y
    plain, square, product = sums
    for j in range(plain.shape[0]):
        a, b, c = y0[j], y1[j], y2[j]
        plain[j] = a + b + c
        square[j] = a * a + b * b + c * c
        product[j] = a * x0[j] + b * x1[j] + c * x2[j]


@compiled(fastmath=EXACT)
def gain_row(
    sums: tuple[Rows, Rows, Rows],
    box: tuple[Rows, Rows, Rows],
    gains: tuple[Rows, Rows, Rows, Rows, Rows],
) -> None:
    """Turn sums down the columns into the mean, g, σv² and t of each box of a row.

    Parameters
    ----------
    sums
        Of `box_columns`, two more than there are boxes.
    box
        Means of x, 1 / (σx² + ε) or 0 where x is flat, and s.
    gains
        Receive them, t being a / b in Π (a λₖ + b), and 1, or 0 where y is flat.
    """
    plain, square, product = sums
    mean_x, over, distance = box
    means, steepness, rests, ratios, alive = gains
    ninth = 1.0 / 9.0
    for j in range(means.shape[0]):
        mean = ninth * (plain[j] + plain[j + 1] + plain[j + 2])
        power = ninth * (square[j] + square[j + 1] + square[j + 2]) - mean * mean
        both = ninth * (product[j] + product[j + 1] + product[j + 2]) - mean * mean_x[j]
        g = both * over[j] if power >= TINY else 0.0
        rest = power - g * both if power >= TINY else 0.0
        alive[j] = 1.0 if power >= TINY else 0.0
        means[j] = mean
        steepness[j] = g
        rests[j] = rest
        ratios[j] = (rest + (g * g + 1.0) * NOISE) * distance[j] * PER_NOISE / (rest + NOISE)


@compiled(fastmath=EXACT)
def mixture_row(ratios: Rows, of: Rows, values: Rows, slopes: Rows) -> None:
    """Compute Π (1 + λₖ t) = Σ eₘ tᵐ and its derivative; `of` begins with e₀ to e₁₀."""
    e0, e1, e2, e3, e4, e5 = of[0], of[1], of[2], of[3], of[4], of[5]
    e6, e7, e8, e9, e10 = of[6], of[7], of[8], of[9], of[10]
    for j in range(values.shape[0]):
        t = ratios[j]
        p, by_t = e10 * t + e9, e10
        by_t, p = by_t * t + p, p * t + e8
        by_t, p = by_t * t + p, p * t + e7
        by_t, p = by_t * t + p, p * t + e6
        by_t, p = by_t * t + p, p * t + e5
        by_t, p = by_t * t + p, p * t + e4
        by_t, p = by_t * t + p, p * t + e3
        by_t, p = by_t * t + p, p * t + e2
        by_t, p = by_t * t + p, p * t + e1
        values[j] = p * t + e0
        slopes[j] = (by_t * t + p) / (p * t + e0)


@compiled(fastmath=EXACT)
def information_row(rests: Rows, values: Rows, more: float, w: Rows) -> None:
    """Compute w, the logarithm of Π (a λₖ + b), 9 + `more` factors; NaN where that is too large."""
    for j in range(w.shape[0]):
        b = rests[j] * PER_NOISE + 1.0
        fourth = b * b * (b * b)
        whole = values[j] * (fourth * fourth * b * ((b - 1.0) * more + 1.0))
        bits = PER_BIT * logarithm(whole) + (whole - whole)
        w[j] = 0.0 if bits < TINY else bits


@compiled(fastmath=EXACT)
def information_slopes_row(
    gains: tuple[Rows, Rows, Rows, Rows, Rows],
    box: tuple[Rows, Rows, Rows],
    by_t: Rows,
    count: float,
    w: Rows,
    slopes: tuple[Rows, Rows, Rows],
) -> None:
    """Compute the slopes of w by the moments of y, y², doubled, and xy in a row of boxes."""
    means, steepness, rests, ratios, alive = gains
    mean_x, over, distance = box
    by_y, by_yy, by_xy = slopes
    for j in range(w.shape[0]):
        g = steepness[j]
        over_b = PER_BIT / (rests[j] + NOISE)
        steep = by_t[j] * over_b
        by_seen = steep * distance[j] * PER_NOISE
        by_rest = by_seen + count * over_b - ratios[j] * steep
        usual = (w[j] > 0) & (alive[j] > 0)
        by_power = by_rest if usual else 0.0
        by_both = 2.0 * g * (NOISE * by_seen * over[j] - by_rest) if usual else 0.0
        by_yy[j] = 2.0 * by_power
        by_xy[j] = by_both
        by_y[j] = -2.0 * means[j] * by_power - mean_x[j] * by_both


@compiled(fastmath=EXACT)
def similarity_row(
    mean_x: Rows,
    steadied: Rows,
    m: tuple[Rows, Rows, Rows],
    found: tuple[Rows, Rows, Rows],
    slopes: tuple[Rows, Rows, Rows],
) -> None:
    """Turn the moments W y, W y², W xy of a row of windows into cs and w cs, and slopes of these.

    `steadied` is σx² + C₂, and the slope by W y² is doubled.
    """
    y, yy, xy = m
    w, weighted, cs = found
    by_y, by_yy, by_xy = slopes
    for j in range(cs.shape[0]):
        mean = y[j]
        free = yy[j] - mean * mean
        over = 1.0 / (max(free, 0.0) + steadied[j])
        value = (2.0 * (xy[j] - mean * mean_x[j]) + C2) * over
        cs[j] = value
        weighted[j] = w[j] * value
        share = 2.0 * w[j] * over
        by_power = -share * value if free >= 0 else 0.0  # doubled
        by_yy[j] = by_power
        by_xy[j] = share
        by_y[j] = -mean * by_power - mean_x[j] * share


@compiled(fastmath=EXACT)
def spread_row(framed: Rows, cs: Rows, plain: Rows, weighted: Rows) -> None:
    """Sum slopes of a row of boxes over those that see each sample: as they are, and times cs.

    `framed` and `cs` hold two zeros before and after what there is.
    """
    for j in range(plain.shape[0]):
        a, b, c = framed[j], framed[j + 1], framed[j + 2]
        plain[j] = a + b + c
        weighted[j] = a * cs[j] + b * cs[j + 1] + c * cs[j + 2]


@compiled(fastmath=EXACT)
def box_row(ring: Rows, row: int, of: int, x: Rows, y: Rows, first: int, out: Rows) -> None:
    """Add the slopes of boxes that see a row of samples to a row of a gradient.

    Parameters
    ----------
    ring
        Six rows a slot: slopes by y, y² and xy as they are, and the same times cs.
    row, first
        The row of samples in the tile, and the column with which x, y and `out` begin.
    of
        0 for the former, 3 for the latter.
    """
    ninth = 1.0 / 9.0
    i = 6 * ((row - BORDER - 2) % BOX_SLOTS) + of
    j = 6 * ((row - BORDER - 1) % BOX_SLOTS) + of
    k = 6 * ((row - BORDER) % BOX_SLOTS) + of
    p, q, r = ring[i, first:], ring[j, first:], ring[k, first:]
    pp, qq, rr = ring[i + 1, first:], ring[j + 1, first:], ring[k + 1, first:]
    pq, qr, rp = ring[i + 2, first:], ring[j + 2, first:], ring[k + 2, first:]
    for c in range(out.shape[0]):
        by_yy, by_xy = pp[c] + qq[c] + rr[c], pq[c] + qr[c] + rp[c]
        out[c] += ninth * (p[c] + q[c] + r[c] + by_yy * y[c] + by_xy * x[c])


@compiled(fastmath=EXACT)
def gradient_rows(
    top: int,
    own: tuple[int, int, int, int],
    adjoint: Rows,
    rings: tuple[Rows, Rows, Rows],
    corner: tuple[int, int],
    gradients: tuple[Rows, Rows],
) -> None:
    """Put two rows of both gradients from row `top` of a tile on in their places.

    `own` is the first row and column of the tile that are its own, and where they end.
    """
    first, left, last, right = own
    xs, ys, ring = rings
    for row in range(max(top, first), min(top + 2, last)):
        slot, a = row % xs.shape[0], 3 * (row - top)
        x, y = xs[slot, left:right], ys[slot, left:right]
        i, j, end = corner[0] + row, corner[1] + left, corner[1] + right
        both, plain = gradients[0][i, j:end], gradients[1][i, j:end]
        plain[:] = 0.0
        box_row(ring, row, 0, x, y, left, plain)
        windows = adjoint[a, left:right], adjoint[a + 1, left:right], adjoint[a + 2, left:right]
        combine(*windows, x, y, 1.0, both)
        box_row(ring, row, 3, x, y, left, both)


@compiled(fastmath=EXACT)
def window_row(
    row: int,
    rings: tuple[Rows, Rows],
    statistics: tuple[Rows, Rows, Rows, Rows, Rows],
    place: tuple[int, int],
    m: tuple[Rows, Rows, Rows],
    of: Rows,
    own: Rows,
    found: tuple[Rows, Rows, Rows],
    slopes: tuple[Rows, Rows, Rows],
) -> None:
    """Find w, w cs and cs of a row of windows, and the slopes of w in rows 3 to 5 of `own`."""
    w = found[0]
    xs, ys = rings
    columns, slots = w.shape[0], xs.shape[0]
    r, s, t = (row + 4) % slots, (row + 5) % slots, (row + 6) % slots
    wide = slice(BORDER, BORDER + columns + 2)
    sums = own[0, : columns + 2], own[1, : columns + 2], own[2, : columns + 2]
    box_columns(
        (xs[r, wide], xs[s, wide], xs[t, wide]), (ys[r, wide], ys[s, wide], ys[t, wide]), sums
    )
    i, j = place
    k = j + columns
    boxes = statistics[2][i, j:k], statistics[3][i, j:k], statistics[4][i, j:k]
    inner = slice(2, 2 + columns)
    gains = (
        own[6, :columns],
        own[7, :columns],
        own[8, :columns],
        own[9, :columns],
        own[10, :columns],
    )
    values, by_t = own[11, :columns], own[12, :columns]
    gain_row(sums, boxes, gains)
    mixture_row(gains[3], of, values, by_t)
    information_row(gains[2], values, of[11] - 9.0, w)
    slopes_of_w = own[3, inner], own[4, inner], own[5, inner]
    information_slopes_row(gains, boxes, by_t, of[11], w, slopes_of_w)
    similarity_row(statistics[0][i, j:k], statistics[1][i, j:k], m, found, slopes)


@compiled(fastmath=EXACT)
def compare(
    x: Rows,
    y: Rows,
    statistics: tuple[Rows, Rows, Rows, Rows, Rows],
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    window: tuple[Rows, int],
    of: Rows,
    memory: Rows,
    gradients: tuple[Rows, Rows],
) -> tuple[float, float]:
    """Return the sums of w cs and of w over a tile of y.

    Parameters
    ----------
    x, y
        Bands.
    statistics
        Of x, all windows: means, variances + C₂; of the boxes in their middles means,
        1 / (variance + ε), 0 where that is below ε, and s.
    tile
        First row and column, height and width of the windows that are looked at.
    ahead
        How many rows and columns of them are other tiles' own, and count for the gradient alone.
    window
        Weights of pairs, see SSIM's kernels, and the number of taps.
    of
        e₀ to e₁₀ of `mixture_row`, and how many factors there are, 9 or 10.
    memory
        `ROWS` + 5 (n + 1) + `OWN_ROWS` rows for width + 2n - 2 samples and one vector each.
    gradients
        Receive the derivatives of both sums by the tile's own samples, and by those past its end
        where no other tile follows. Without rows they are not wanted.
    """
    w, n = window
    corner, height, columns = tile[:2], tile[2], tile[3]
    work, m, adjoint = memory[:12], memory[12:18], memory[18:24]
    found = memory[24, :columns], memory[25, :columns], memory[26, 2 : 2 + columns]
    xs, ys, slopes = rings_in(memory, n)
    own = memory[ROWS + 5 * (n + 1) :]
    boxes = own[13 : 13 + 6 * BOX_SLOTS]
    end, wide, last, edge = ends_of(tile, n, x.shape)
    backward = gradients[0].shape[0] > 0
    reach = slice(BORDER, BORDER + columns + 2)  # of boxes, in samples
    upper, lower = 0.0, 0.0
    memory[24:] = 0.0
    for top in range(0, last if backward else height, 2):
        take_rows((x, y), corner, top, n, (end, wide), (xs, ys))
        if top < height:
            two_rows_of_moments(xs, ys, top, columns, n, w, work, m)
        for row in range(top, top + 2):
            slot, a, b = row % (n + 1), 3 * (row - top), 6 * (row % BOX_SLOTS)
            to = (
                slopes[0][slot, n - 1 : wide],
                slopes[1][slot, n - 1 : wide],
                slopes[2][slot, n - 1 : wide],
            )
            if row < height:
                place = corner[0] + row, corner[1]
                moments = m[a], m[a + 1], m[a + 2]
                window_row(row, (xs, ys), statistics, place, moments, of, own, found, to)
                if row >= ahead[0]:
                    upper += total(found[1][ahead[1] :])
                    lower += total(found[0][ahead[1] :])
                for k in range(3 if backward else 0):
                    pair = boxes[b + k, reach], boxes[b + k + 3, reach]
                    spread_row(own[3 + k], memory[26], *pair)
            else:
                boxes[b : b + 6] = 0.0
                for k in range(3):
                    to[k][:] = 0.0
        if backward and top + 2 > ahead[0]:
            two_rows_of_adjoint(slopes, top, wide, n, w, work, adjoint)
            frame = ahead[0], ahead[1], last, edge
            gradient_rows(top, frame, adjoint, (xs, ys, boxes), corner, gradients)
    return upper, lower
