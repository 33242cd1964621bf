# ruff: noqa: PLR0917  compiled functions take no keywords
"""A scale of MS-GMSD in compiled loops over rows; symbols are those of `ms_gmsd`.

The way there leaves a mean and a sum of squares of q, and the next scale. The way back computes the
rows of q again, which costs less than keeping them, follows them to slopes by both derivatives, and
sums three rows of these to a row of the gradient. Rows in memory have a 0 before and after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

ROWS = 13
"""Of memory: 3 of samples, gx, gy, b and q, 6 of slopes."""


@compiled(fastmath=EXACT)
def take_row(plane: Rows, row: int, scale: float, to: Rows) -> None:
    """Take a row of samples, scaled, between two zeros; outside the plane all are 0."""
    width = plane.shape[1]
    to[: width + 2] = 0
    if 0 <= row < plane.shape[0]:
        for j in range(width):
            to[j + 1] = scale * plane[row, j]


@compiled(fastmath=EXACT)
def similarity_row(
    above: Rows, here: Rows, below: Rows, a: Rows, of: Rows, gx: Rows, gy: Rows, b: Rows, q: Rows
) -> None:
    """Compute both derivatives, their magnitude b, and q beside the magnitude a."""
    c, alpha, third = of[1], of[2], 1 / 3
    for j in range(a.shape[0]):
        right, left = above[j + 2] + here[j + 2] + below[j + 2], above[j] + here[j] + below[j]
        x = (right - left) * third
        low, high = below[j] + below[j + 1] + below[j + 2], above[j] + above[j + 1] + above[j + 2]
        y = (low - high) * third
        m = np.sqrt(x * x + y * y)
        product = a[j] * m
        gx[j] = x
        gy[j] = y
        b[j] = m
        q[j] = ((2 - alpha) * product + c) / (a[j] * a[j] + m * m - alpha * product + c)


@compiled(fastmath=SUMMING)
def moments(q: Rows) -> tuple[float, float]:
    """Return the mean of a row and the sum of squares about it."""
    found = 0.0
    for j in range(q.shape[0]):
        found += q[j]
    mean, squares = found / q.shape[0], 0.0
    for j in range(q.shape[0]):
        squares += (q[j] - mean) * (q[j] - mean)
    return mean, squares


@compiled(fastmath=EXACT)
def halve_row(here: Rows, below: Rows, small: Rows) -> None:
    """Compute the means of boxes of 2 × 2."""
    for j in range(small.shape[0]):
        k = 2 * j + 1
        small[j] = 0.25 * ((here[k] + here[k + 1]) + (below[k] + below[k + 1]))


@compiled(fastmath=EXACT)
def forward(
    y: Rows, a: Rows, rows: tuple[int, int], of: Rows, memory: Rows, small: Rows
) -> tuple[int, float, float]:
    """Return the number, the mean and the sum of squares about it of q in a strip.

    Parameters
    ----------
    y, a
        The plane, and the magnitudes of the reference.
    rows
        The first row of the strip, an even one, and the row after its last.
    of
        What samples are multiplied by, c and alpha.
    memory
        `ROWS` rows of two samples more than the plane's.
    small
        Receives the strip's part of the next scale; empty if there is none.
    """
    top, bottom = rows
    width = y.shape[1]
    gx, gy, b, q = memory[3, :width], memory[4, :width], memory[5, :width], memory[6, :width]
    count, mean, squares = 0, 0.0, 0.0
    take_row(y, top - 1, of[0], memory[(top + 2) % 3])
    take_row(y, top, of[0], memory[top % 3])
    for i in range(top, bottom):
        above, here, below = memory[(i + 2) % 3], memory[i % 3], memory[(i + 1) % 3]
        take_row(y, i + 1, of[0], below)
        similarity_row(above, here, below, a[i], of, gx, gy, b, q)
        more, around = moments(q)
        count += width
        apart = more - mean
        share = width / count
        mean += apart * share
        squares += around + apart * apart * share * (count - width)
        if i % 2 == 0 and small.shape[0] > 0:
            halve_row(here, below, small[i // 2])
    return count, mean, squares


@compiled(fastmath=EXACT)
def slopes_row(
    a: Rows, b: Rows, q: Rows, gx: Rows, gy: Rows, of: Rows, mean: float, sx: Rows, sy: Rows
) -> None:
    """Compute the slopes by both derivatives of a row, but for a factor; b = 0 has none."""
    alpha, c = of[2], of[1]
    for j in range(a.shape[0]):
        both = a[j] * a[j] + b[j] * b[j] - alpha * a[j] * b[j] + c
        by_b = (q[j] - mean) * ((2 - alpha) * a[j] - q[j] * (2 * b[j] - alpha * a[j])) / both
        by = by_b / b[j] if b[j] > 0 else 0.0
        sx[j] = by * gx[j]
        sy[j] = by * gy[j]


@compiled(fastmath=EXACT)
def adjoint_row(
    above: Rows,
    below: Rows,
    x: Rows,
    y: Rows,
    z: Rows,
    weight: float,
    out: Rows,
) -> None:
    """Sum slopes, those along the rows x, y, z, and along the columns, to a row of the gradient."""
    factor = weight / 3
    for j in range(out.shape[0]):
        right, left = x[j + 2] + y[j + 2] + z[j + 2], x[j] + y[j] + z[j]
        low, high = below[j] + below[j + 1] + below[j + 2], above[j] + above[j + 1] + above[j + 2]
        out[j] = factor * ((left - right) + (high - low))


@compiled(fastmath=EXACT)
def add_coarse(coarse: Rows, weight: float, out: Rows) -> None:
    """Add the adjoint of `halve_row` to a row of the gradient."""
    for j in range(out.shape[0] // 2):
        out[2 * j] += weight * coarse[j]
        out[2 * j + 1] += weight * coarse[j]
    if out.shape[0] % 2:
        out[out.shape[0] - 1] += weight * coarse[coarse.shape[0] - 1]


@compiled(fastmath=EXACT)
def backward(
    y: Rows,
    a: Rows,
    rows: tuple[int, int],
    of: Rows,
    memory: Rows,
    slope: tuple[float, float],
    coarse: Rows,
    out: Rows,
) -> None:
    """Compute the gradient in a strip.

    Parameters
    ----------
    y, a, rows, of, memory
        As for `forward`.
    slope
        The mean of q over the plane, and what (q - mean) is multiplied by for the slope by q.
    coarse
        The gradient by the next scale, empty if there is none.
    out
        Receives the strip's part of the gradient by the plane.
    """
    top, bottom = rows
    height, width = y.shape
    gx, gy, b, q = memory[3, :width], memory[4, :width], memory[5, :width], memory[6, :width]
    by_x, by_y = memory[7:10], memory[10:13]
    memory[7:] = 0
    take_row(y, top - 2, of[0], memory[(top + 1) % 3])
    take_row(y, top - 1, of[0], memory[(top + 2) % 3])
    for i in range(top - 1, bottom + 1):
        above, here, below = memory[(i + 2) % 3], memory[i % 3], memory[(i + 1) % 3]
        take_row(y, i + 1, of[0], below)
        sx, sy = by_x[i % 3], by_y[i % 3]
        if 0 <= i < height:
            similarity_row(above, here, below, a[i], of, gx, gy, b, q)
            inside = slice(1, width + 1)
            slopes_row(a[i], b, q, gx, gy, of, slope[0], sx[inside], sy[inside])
        else:
            sx[:] = 0
            sy[:] = 0
        row = i - 1
        if row >= top:
            above, below = by_y[(row + 2) % 3], by_y[(row + 1) % 3]
            factor = slope[1] * of[0]
            adjoint_row(above, below, by_x[0], by_x[1], by_x[2], factor, out[row])
            if coarse.shape[0] > 0:
                add_coarse(coarse[row // 2], 0.25 * of[0], out[row])
