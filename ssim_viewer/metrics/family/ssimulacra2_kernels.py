# ruff: noqa: PLR0917  compiled functions take no keywords
"""SSIMULACRA 2's errors of a tile of a plane, in compiled loops over rows; see `ssimulacra2`.

Planes stand in frames of zeros, as wide as windows reach past them, so that all windows lie inside.
Rings of rows and sums are those of SSIM's kernels. What errors weigh depends on sums over the whole
plane: these are found in a first pass, and the gradient in a second one, which finds the moments
again, in less time than they would take to be stored and read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled
from ssim_viewer.metrics.family import xyb_kernels as xyb
from ssim_viewer.metrics.ssim.kernels import ROWS, two_rows_of_adjoint, two_rows_of_moments
from ssim_viewer.metrics.ssim.window_kernels import ends_of, gradient_rows, rings_in, take_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

__all__ = ["compare", "describe", "xyb"]

C2 = 0.0009


@compiled(fastmath=EXACT)
def errors_row(
    x: tuple[Rows, Rows, Rows],
    y: Rows,
    m: tuple[Rows, Rows, Rows],
    structure: Rows,
    ratio: Rows,
) -> None:
    """Turn the moments W y, W y², W xy of a row into 1 - l, and into how much edges have grown.

    `x` are means, variances and 1 + |x - μ| of the reference.
    """
    mean_x, variance, edges = x
    plain, square, product = m
    for j in range(structure.shape[0]):
        mean = plain[j]
        moved = mean - mean_x[j]
        above = 2.0 * (product[j] - mean * mean_x[j]) + C2
        below = square[j] - mean * mean + variance[j] + C2
        structure[j] = 1.0 - (1.0 - moved * moved) * above / below
        ratio[j] = (1.0 + abs(y[j] - mean)) / edges[j] - 1.0


@compiled(fastmath=SUMMING)
def sums_row(structure: Rows, ratio: Rows, sums: Rows) -> None:
    """Add up errors of structure, artefacts and lost detail, and then their fourth powers."""
    a, b, c = 0.0, 0.0, 0.0
    d, e, f = 0.0, 0.0, 0.0
    for j in range(structure.shape[0]):
        s, r = structure[j], ratio[j]
        wrong = 0.0 if s < 0 else s
        more, less = 0.0 if r < 0 else r, 0.0 if r > 0 else -r
        a += wrong
        b += more
        c += less
        wrong *= wrong
        more *= more
        less *= less
        d += wrong * wrong
        e += more * more
        f += less * less
    sums[0] += a
    sums[1] += b
    sums[2] += c
    sums[3] += d
    sums[4] += e
    sums[5] += f


@compiled(fastmath=EXACT)
def slopes_row(
    x: tuple[Rows, Rows, Rows],
    y: Rows,
    m: tuple[Rows, Rows, Rows],
    of: Rows,
    slopes: tuple[Rows, Rows, Rows],
    by_sample: Rows,
) -> None:
    """Compute the slopes of the error by those moments, that by W y² doubled, and by the samples.

    `of` holds, for structure, artefacts and lost detail, p and q of the slope p + q e³ by an error.
    """
    mean_x, variance, edges = x
    plain, square, product = m
    by_y, by_yy, by_xy = slopes
    s0, s1, a0, a1, l0, l1 = of[0], of[1], of[2], of[3], of[4], of[5]
    for j in range(by_sample.shape[0]):
        mean = plain[j]
        moved = mean - mean_x[j]
        above = 2.0 * (product[j] - mean * mean_x[j]) + C2
        below = square[j] - mean * mean + variance[j] + C2
        alike = 1.0 - moved * moved
        over = 1.0 / below
        raw = 1.0 - alike * above / below
        wide = y[j] - mean
        ratio = (1.0 + abs(wide)) / edges[j] - 1.0
        structure = 0.0 if raw < 0 else s0 + s1 * (raw * raw * raw)
        cube = ratio * ratio * ratio
        edge = 0.0 if ratio < 0 else a0 + a1 * cube
        edge -= 0.0 if ratio > 0 else l0 - l1 * cube
        edge /= edges[j]
        edge = edge if wide > 0 else (-edge if wide < 0 else 0.0)
        share = structure * over
        by_power = alike * share * above * over
        by_both = -2.0 * alike * share
        by_sample[j] = edge
        by_yy[j] = 2.0 * by_power
        by_xy[j] = by_both
        by_y[j] = 2.0 * (moved * above * share - mean * by_power) - mean_x[j] * by_both - edge


@compiled(fastmath=EXACT)
def add_samples(
    top: int,
    own: tuple[int, int, int, int],
    half: int,
    ring: Rows,
    weight: float,
    corner: tuple[int, int],
    gradient: Rows,
) -> None:
    """Add slopes by samples to two rows of the gradient from row `top` of a tile on."""
    first, left, last, right = own
    for row in range(max(top, first), min(top + 2, last)):
        slope = ring[(row - half) % ring.shape[0]]
        out = gradient[corner[0] + row]
        for j in range(left, right):
            out[corner[1] + j] += weight * slope[j]


@compiled(fastmath=EXACT)
def describe_row(x: Rows, m: tuple[Rows, Rows], out: tuple[Rows, Rows, Rows]) -> None:
    """Turn the moments of a row of the reference into means, variances and 1 + |x - μ|."""
    means, variances, edges = out
    plain, square = m
    for j in range(means.shape[0]):
        mean = plain[j]
        means[j] = mean
        variances[j] = square[j] - mean * mean
        edges[j] = 1.0 + abs(x[j] - mean)


@compiled(fastmath=EXACT)
def describe(
    x: Rows,
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    window: tuple[Rows, int],
    memory: Rows,
    statistics: tuple[Rows, Rows, Rows],
) -> None:
    """Compute means, variances and 1 + |x - μ| of a tile's own windows; arguments as below.

    A distorted plane that is the same has the very same moments, to the last digit.
    """
    w, n = window
    corner, height, columns = tile[:2], tile[2], tile[3]
    work, m = memory[:12], memory[12:18]
    xs, ys, _ = rings_in(memory, n)
    half = n // 2
    memory[ROWS:] = 0.0
    for top in range(0, height, 2):
        take_rows((x, x), corner, top, n, (height + n - 1, columns + n - 1), (xs, ys))
        two_rows_of_moments(xs, ys, top, columns, n, w, work, m)
        for row in range(max(top, ahead[0]), min(top + 2, height)):
            a = 3 * (row - top)
            seen = xs[(row + half) % (n + 1), half + ahead[1] : half + columns]
            i, j, end = corner[0] + row, corner[1] + ahead[1], corner[1] + columns
            out = statistics[0][i, j:end], statistics[1][i, j:end], statistics[2][i, j:end]
            describe_row(seen, (m[a, ahead[1] : columns], m[a + 1, ahead[1] : columns]), out)


@compiled(fastmath=EXACT)
def compare(
    x: Rows,
    y: Rows,
    statistics: tuple[Rows, Rows, Rows],
    tile: tuple[int, int, int, int],
    ahead: tuple[int, int],
    window: tuple[Rows, int],
    of: Rows,
    memory: Rows,
    sums: Rows,
    gradient: Rows,
    weight: float,
) -> None:
    """Add up the errors of a tile, or find the gradient of what they weigh.

    Parameters
    ----------
    x, y
        Planes in frames of n // 2 zeros.
    statistics
        Means, variances and 1 + |x - μ| of all windows on x.
    tile
        First row and column, height and width of the windows that are looked at.
    ahead
        How many rows and columns of them are other tiles' own, and count for the gradient alone.
    window
        Weights of pairs, see SSIM's kernels, and the number of taps.
    of
        See `slopes_row`.
    memory
        `ROWS` + 6 (n + 1) rows for width + 2n - 2 samples and one vector each.
    sums
        To these six `sums_row` adds, where `weight` is 0.
    gradient
        Receives `weight` times the derivative by the tile's own samples, frames included.
    """
    w, n = window
    corner, height, columns = tile[:2], tile[2], tile[3]
    work, m, adjoint = memory[:12], memory[12:18], memory[18:24]
    structure, ratio = memory[24, :columns], memory[25, :columns]
    xs, ys, slopes = rings_in(memory, n)
    samples = memory[ROWS + 5 * (n + 1) : ROWS + 6 * (n + 1)]
    end, wide, last, edge = ends_of(tile, n, x.shape)
    half = n // 2
    backward = weight != 0
    memory[ROWS:] = 0.0
    for top in range(0, last if backward else height, 2):
        take_rows((x, y), corner, top, n, (end, wide), (xs, ys))
        if top < height:
            two_rows_of_moments(xs, ys, top, columns, n, w, work, m)
        for row in range(top, top + 2):
            slot, a = row % (n + 1), 3 * (row - top)
            to = slopes[0][slot], slopes[1][slot], slopes[2][slot]
            i, j, k = corner[0] + row, corner[1], corner[1] + columns
            if row >= height:
                samples[slot] = 0.0
                for each in range(3):
                    to[each][:] = 0.0
                continue
            known = statistics[0][i, j:k], statistics[1][i, j:k], statistics[2][i, j:k]
            seen = ys[(row + half) % (n + 1), half : half + columns]
            moments = m[a], m[a + 1], m[a + 2]
            if backward:
                to = to[0][n - 1 : wide], to[1][n - 1 : wide], to[2][n - 1 : wide]
                slopes_row(known, seen, moments, of, to, samples[slot, half : half + columns])
            elif row >= ahead[0]:
                errors_row(known, seen, moments, structure, ratio)
                sums_row(structure[ahead[1] :], ratio[ahead[1] :], sums)
        if backward and top + 2 > ahead[0]:
            two_rows_of_adjoint(slopes, top, wide, n, w, work, adjoint)
            own = ahead[0], ahead[1], last, edge
            gradient_rows(top, own, adjoint, (xs, ys), weight, corner, gradient)
            add_samples(top, own, half, samples, weight, corner, gradient)
