# ruff: noqa: PLR0917  compiled functions take no keywords
"""VIF of a tile, and the way between its scales, in compiled loops over rows; symbols as in `vif`.

As in SSIM's kernels, two rows of windows at a time: the rows they see stand in rings, moments are
summed down the columns and along the rows, and slopes go into a ring from which the gradient is
summed as soon as all it needs is there.

    dF/dσy² = -g² σx² / ln 10 / (R + g² σx²) / R,     R = σv² + σn²
    dF/dσxy = (2 g σx² / (σx² + ε) + 2 g² σx² g / R) / ln 10 / (R + g² σx²)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.compute.logarithm import logarithm
from ssim_viewer.metrics.family.row_kernels import add_pairs, add_weighted, part_pairs, weigh
from ssim_viewer.metrics.ssim.kernels import ROWS, total, two_rows_of_adjoint, two_rows_of_moments
from ssim_viewer.metrics.ssim.window_kernels import ends_of, gradient_rows, rings_in, take_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

TINY = 1e-10
PER_BIT = 1 / math.log(10)


@compiled(fastmath=EXACT)
def information_row(
    mean: Rows, variance: Rows, m: tuple[Rows, Rows, Rows], noise: float, left: Rows
) -> None:
    """Turn the moments W y, W y², W xy of a row of windows into the information that is left."""
    y, yy, xy = m
    for j in range(left.shape[0]):
        mu, v = y[j], variance[j]
        power = yy[j] - mu * mu
        both = xy[j] - mu * mean[j]
        g = both / (v + TINY)
        kept = g * g * v if (v >= TINY) & (power >= TINY) & (g > 0) else 0.0
        rest = max(power - g * both, TINY) + noise
        # What is no number shall not look like a window without information.
        left[j] = PER_BIT * logarithm(1.0 + kept / rest) + (power - power)


@compiled(fastmath=EXACT)
def slopes_row(
    mean: Rows,
    variance: Rows,
    m: tuple[Rows, Rows, Rows],
    noise: float,
    by: tuple[Rows, Rows, Rows],
) -> None:
    """Compute the slopes of what `information_row` finds by those moments, the last two doubled."""
    y, yy, xy = m
    by_y, by_yy, by_xy = by
    for j in range(by_y.shape[0]):
        mu, v = y[j], variance[j]
        power = yy[j] - mu * mu
        both = xy[j] - mu * mean[j]
        over = 1.0 / (v + TINY)
        g = both * over
        counts = (v >= TINY) & (power >= TINY) & (g > 0)
        free = power - g * both
        rest = max(free, TINY) + noise
        kept = g * g * v
        steep = PER_BIT / (rest * (rest + kept))
        by_rest = steep * kept if free >= TINY else 0.0
        by_power = -by_rest if counts else 0.0
        by_both = 2.0 * g * (v * over * rest * steep + by_rest) if counts else 0.0
        by_yy[j] = 2.0 * by_power
        by_xy[j] = by_both
        by_y[j] = -2.0 * mu * by_power - mean[j] * by_both


@compiled(fastmath=EXACT)
def compare(
    x: Rows,
    y: Rows,
    statistics: tuple[Rows, Rows],
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    window: tuple[Rows, int],
    noise: float,
    memory: Rows,
    gradient: Rows,
    weight: float,
) -> float:
    """Return the sum of the information that is left in a tile of y.

    Parameters
    ----------
    x, y
        Planes.
    statistics
        The means and variances of all windows on x; those below `TINY` are 0.
    tile
        First row and column, height and width of the windows that are looked at.
    ahead
        How many rows and columns of them are other tiles' own, and count for the gradient alone.
    window
        Weights of pairs, see SSIM's kernels, and the number of taps.
    noise
        σn².
    memory
        `ROWS` + 5 (n + 1) rows for width + 2n - 2 samples and one vector each.
    gradient
        Receives `weight` times the derivative by the tile's own samples, and by those past its end
        where no other tile follows. Not touched if `weight` is 0.
    """
    w, n = window
    corner, height, columns = tile[:2], tile[2], tile[3]
    work, m, adjoint, left = memory[:12], memory[12:18], memory[18:24], memory[24, :columns]
    xs, ys, slopes = rings_in(memory, n)
    end, wide, last, edge = ends_of(tile, n, x.shape)
    backward = weight != 0
    found = 0.0
    memory[ROWS:] = 0.0
    for top in range(0, last if backward else height, 2):
        take_rows((x, y), corner, top, n, (end, wide), (xs, ys))
        if top < height:
            two_rows_of_moments(xs, ys, top, columns, n, w, work, m)
        for row in range(top, top + 2):
            slot, a = row % (n + 1), 3 * (row - top)
            to = slopes[0][slot], slopes[1][slot], slopes[2][slot]
            if row < height:
                i, j = corner[0] + row, corner[1]
                mean, variance = (
                    statistics[0][i, j : j + columns],
                    statistics[1][i, j : j + columns],
                )
                moments = m[a], m[a + 1], m[a + 2]
                information_row(mean, variance, moments, noise, left)
                found += total(left[ahead[1] :]) if row >= ahead[0] else 0.0
                if backward:
                    to = to[0][n - 1 : wide], to[1][n - 1 : wide], to[2][n - 1 : wide]
                    slopes_row(mean, variance, moments, noise, to)
            else:
                for k in range(3):
                    to[k][:] = 0.0
        if backward and top + 2 > ahead[0]:
            two_rows_of_adjoint(slopes, top, wide, n, w, work, adjoint)
            own = ahead[0], ahead[1], last, edge
            gradient_rows(top, own, adjoint, (xs, ys), weight, corner, gradient)
    return found


@compiled(fastmath=EXACT)
def shrink(plane: Rows, taps: Rows, first: int, memory: Rows, small: Rows) -> None:
    """Filter with odd taps inside a plane, and keep every second sample of every second row.

    Parameters
    ----------
    plane
        All of it.
    taps
        The same from both ends.
    first
        The first row of the result that is wanted.
    memory
        Three rows as wide as the plane.
    small
        Receives rows of the result.
    """
    n, width = taps.shape[0], plane.shape[1]
    summed, even, odd = memory[0, :width], memory[1, : width // 2], memory[2, : width // 2]
    for i in range(small.shape[0]):
        top = 2 * (first + i)
        weigh(plane[top], taps[0], summed)
        for k in range(1, n):
            add_weighted(plane[top + k], taps[k], summed)
        whole = memory[1, : (width + 1) // 2]
        part_pairs(summed, even, odd)
        if width % 2:
            whole[width // 2] = summed[width - 1]
        out = small[i]
        weigh(whole, taps[0], out)
        for k in range(1, n):
            add_weighted((memory[1] if k % 2 == 0 else memory[2])[k // 2 :], taps[k], out)


@compiled(fastmath=EXACT)
def add_adjoint_shrunk(small: Rows, taps: Rows, first: int, memory: Rows, plane: Rows) -> None:
    """Add the adjoint of `shrink` to rows of a plane, of which `first` is the first.

    `memory` has three rows for half the plane's width and n samples.
    """
    n, half = taps.shape[0], taps.shape[0] // 2
    height, width = small.shape
    memory[0] = 0.0
    framed, summed = memory[0], memory[0, half : half + width]
    pairs = (plane.shape[1] + 1) // 2
    even, odd = memory[1, :pairs], memory[2, :pairs]
    for k in range(plane.shape[0]):
        row = first + k
        summed[:] = 0.0
        for i in range(max(0, (row - n + 2) // 2), min(height, row // 2 + 1)):
            add_weighted(small[i], taps[row - 2 * i], summed)
        weigh(framed[half:], taps[0], even)
        weigh(framed[half:], taps[1], odd)
        for b in range(2, n):
            add_weighted(framed[half - b // 2 :], taps[b], even if b % 2 == 0 else odd)
        add_pairs(even, odd, plane[k])
