# ruff: noqa: PLR0917  compiled functions take no keywords
"""A scale of NLPD in compiled loops over rows; symbols are those of `nlpd`.

A row of z is what remains of a row after its mean, three such rows give a row of ẑ, and three rows
of slopes by the activity, a row of the slopes by z, each while it is in the near caches. Slopes are
those of half the sum of (ẑx - ẑy)², which the root's own slope multiplies when it is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.compute.jit import EXACT, SUMMING, compiled
from ssim_viewer.metrics.family.pyramid_kernels import (
    adjoint_enlarged,
    adjoint_halved_row,
    enlarged_row,
    halve,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

__all__ = ["MORE", "ROWS", "adjoint_enlarged", "combine", "halve", "normalize"]

ROWS, MORE = 10, 8
"""Rows of memory, and how many samples more than the plane's they have."""


@compiled(fastmath=EXACT)
def subtract(row: Rows, scale: float, mean: Rows, out: Rows) -> None:
    """Take the local mean off a row, which is scaled before."""
    for j in range(row.shape[0]):
        out[j] = scale * row[j] - mean[j]


@compiled(fastmath=SUMMING)
def normalized_row(above: Rows, z: Rows, below: Rows, x: Rows, of: Rows, t: Rows, e: Rows) -> float:
    """Return the sum of squares of ẑ - x, and compute its slopes by z alone and by the activity.

    Rows of z have two samples more on both sides, e has them too.
    """
    sigma, up, left, right, far, down = of[1], of[2], of[3], of[4], of[5], of[6]
    found = 0.0
    for j in range(x.shape[0]):
        activity = sigma + up * abs(above[j + 2]) + down * abs(below[j + 2])
        activity += left * abs(z[j + 1]) + right * abs(z[j + 3]) + far * abs(z[j + 4])
        by = 1 / activity
        value = z[j + 2] * by
        d = value - x[j]
        t[j] = d * by
        e[j + 2] = -(d * by) * value
        found += d * d
    return found


@compiled(fastmath=EXACT)
def slopes_row(z: Rows, t: Rows, above: Rows, e: Rows, below: Rows, of: Rows, out: Rows) -> None:
    """Bring slopes together: those by z alone, and those by the activity of its neighbours."""
    up, left, right, far, down = of[2], of[3], of[4], of[5], of[6]
    for j in range(out.shape[0]):
        near = up * below[j + 2] + down * above[j + 2]
        near += left * e[j + 3] + right * e[j + 1] + far * e[j]
        sign = 1.0 if z[j + 2] > 0 else (-1.0 if z[j + 2] < 0 else 0.0)
        out[j] = t[j] + sign * near


@compiled(fastmath=EXACT)
def normalize(
    plane: Rows, small: Rows, x: Rows, rows: tuple[int, int], of: Rows, memory: Rows, slope: Rows
) -> float:
    """Return the sum of (ẑ - x)² in a strip.

    Parameters
    ----------
    plane, small
        What is left of the means, and the next scale; that is empty at the last one.
    x
        ẑ of the reference.
    rows
        The first row of the strip, and the row after its last.
    of
        What the plane's samples are multiplied by, σ, and p above, left, right, far right, below.
    memory
        `ROWS` rows of `MORE` samples more than the plane's.
    slope
        Receives the strip's part of the slopes by z; empty if they are not wanted.
    """
    height, width = plane.shape
    backward, inside = slope.shape[0] > 0, slice(2, width + 2)
    z, t, e = memory[:3], memory[3:5], memory[5:8]
    c, mean = memory[8], memory[9, :width]
    memory[:] = 0
    reach = 1 if backward else 0
    found = 0.0
    for i in range(rows[0] - reach - 1, rows[1] + reach + 1):
        to = z[i % 3]
        if 0 <= i < height:
            if small.shape[0] > 0:
                enlarged_row(small, i, c, mean)
            subtract(plane[i], of[0], mean, to[inside])
        else:
            to[:] = 0
        row = i - 1  # whose neighbours are there
        if row < rows[0] - reach:
            continue
        if 0 <= row < height:
            above, below = z[(row + 2) % 3], z[(row + 1) % 3]
            more = normalized_row(above, z[row % 3], below, x[row], of, t[row % 2], e[row % 3])
            if rows[0] <= row < rows[1]:
                found += more
        else:
            e[row % 3] = 0
        row = i - 2  # the slopes by whose neighbours are there
        if backward and row >= rows[0]:
            above, below = e[(row + 2) % 3], e[(row + 1) % 3]
            slopes_row(z[row % 3], t[row % 2], above, e[row % 3], below, of, slope[row])
    return found


@compiled(fastmath=EXACT)
def combine(
    slope: Rows,
    enlarged: Rows,
    small: Rows,
    rows: tuple[int, int],
    weights: tuple[float, float, float],
    memory: Rows,
    out: Rows,
) -> None:
    """Compute a strip of the gradient by one scale.

    Parameters
    ----------
    slope
        Slopes by z of this scale.
    enlarged
        The adjoint of the enlargement of slopes by z of the finer scale; empty at the finest.
    small
        The gradient by the next scale; empty at the last.
    rows
        The first row of the strip, and the row after its last.
    weights
        Of the three.
    """
    height, width = slope.shape
    c, part, nothing = memory[0], memory[1, :width], memory[2]
    memory[:3] = 0
    for i in range(rows[0], rows[1]):
        to = out[i]
        if small.shape[0] > 0:
            adjoint_halved_row(small, i, (height, width), c, nothing, part)
        if enlarged.shape[0] > 0:
            add_three(slope[i], enlarged[i], part, weights, to)
        else:
            add_three(slope[i], nothing[:width], part, weights, to)


@compiled(fastmath=EXACT)
def add_three(a: Rows, b: Rows, c: Rows, weights: tuple[float, float, float], out: Rows) -> None:
    """Add three rows, weighted."""
    for j in range(out.shape[0]):
        out[j] = weights[0] * a[j] + weights[1] * b[j] + weights[2] * c[j]
