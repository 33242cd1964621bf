# ruff: noqa: PLR0917  compiled functions take no keywords
"""Burt and Adelson's pyramid in compiled loops over rows: to half size and back, with adjoints.

    small = every second sample of every second row of plane * b,  b = (1, 4, 6, 4, 1) / 16
    large = small between zeros * 2 b

Planes go on beyond their ends as in a mirror that stands on the outermost sample (d c b | a b c d).
What adjoints bring beyond an end is added to the sample of which the mirror shows the image there:
beside 2 samples at the left end, and as many of what is left at the right one.

Width and height are at least 3 for halving, and half of that, rounded up, after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.metrics.family.row_kernels import add_weighted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]


@compiled(fastmath=EXACT)
def blend(a: Rows, b: Rows, c: Rows, d: Rows, e: Rows, scale: float, out: Rows) -> None:
    """Compute scale * (a + 4 b + 6 c + 4 d + e)."""
    for j in range(a.shape[0]):
        out[j] = scale * ((a[j] + e[j]) + 4 * (b[j] + d[j]) + 6 * c[j])


@compiled(fastmath=EXACT)
def gather(v: Rows, scale: float, out: Rows) -> None:
    """Filter a row that has two samples more on both sides, and keep every second sample."""
    for j in range(out.shape[0]):
        k = 2 * j
        out[j] = scale * ((v[k] + v[k + 4]) + 4 * (v[k + 1] + v[k + 3]) + 6 * v[k + 2])


@compiled(fastmath=EXACT)
def spread(c: Rows, scale: float, out: Rows) -> None:
    """Put a row, with one sample more on both sides, between zeros, and filter it."""
    for j in range(out.shape[0] // 2):
        out[2 * j] = scale * (c[j] + 6 * c[j + 1] + c[j + 2])
        out[2 * j + 1] = scale * 4 * (c[j + 1] + c[j + 2])
    if out.shape[0] % 2:
        j = out.shape[0] // 2
        out[2 * j] = scale * (c[j] + 6 * c[j + 1] + c[j + 2])


@compiled(fastmath=EXACT, inline=True)
def mirrored(i: int, length: int) -> int:
    """Return which row stands at a place at most two beyond an end."""
    if i < 0:
        return -i
    return i if i < length else 2 * (length - 1) - i


@compiled(fastmath=EXACT)
def halve(plane: Rows, rows: tuple[int, int], scale: float, memory: Rows, small: Rows) -> None:
    """Compute a strip of the half of a plane.

    Parameters
    ----------
    plane, small
        (H, W), and the half, (ceil(H / 2), ceil(W / 2)).
    rows
        The first row of the half's strip, and the row after its last.
    scale
        What samples are multiplied by.
    memory
        A row of 4 samples more than the plane's.
    """
    height, width = plane.shape
    v = memory[0, : width + 4]
    for k in range(rows[0], rows[1]):
        i = 2 * k
        a, b = plane[mirrored(i - 2, height)], plane[mirrored(i - 1, height)]
        d, e = plane[mirrored(i + 1, height)], plane[mirrored(i + 2, height)]
        blend(a, b, plane[i], d, e, scale / 16, v[2:])
        v[0] = v[4]
        v[1] = v[3]
        v[width + 2] = v[width]
        v[width + 3] = v[width - 1]
        gather(v, 1 / 16, small[k])


@compiled(fastmath=EXACT)
def enlarged_row(small: Rows, i: int, c: Rows, out: Rows) -> None:
    """Compute row i of the enlargement of `small`; c has two samples more than a row of it."""
    height, width = small.shape
    k = i // 2
    below = small[mirrored(k + 1, height)]
    inside = c[1 : width + 1]
    if i % 2 == 0:
        above, here = small[mirrored(k - 1, height)], small[k]
        for j in range(width):
            inside[j] = (above[j] + 6 * here[j] + below[j]) / 8
    else:
        here = small[k]
        for j in range(width):
            inside[j] = (here[j] + below[j]) / 2
    c[0] = c[2]
    c[width + 1] = c[width - 1]
    spread(c, 1 / 8, out)


@compiled(fastmath=EXACT)
def adjoint_enlarged(slope: Rows, rows: tuple[int, int], memory: Rows, out: Rows) -> None:
    """Compute a strip of the adjoint of the enlargement.

    Parameters
    ----------
    slope, out
        By a plane, (H, W), and by its half.
    rows
        The first row of the half's strip, and the row after its last.
    memory
        2 rows of 4 samples more than the plane's.
    """
    height, width = slope.shape
    n, m = out.shape
    memory[:2] = 0
    v, nothing = memory[0, : width + 4], memory[1]
    inside = v[2 : width + 2]
    for k in range(rows[0], rows[1]):
        i = 2 * k
        a = slope[i - 2] if i > 0 else nothing[:width]
        b = slope[i - 1] if i > 0 else nothing[:width]
        d = slope[i + 1] if i + 1 < height else nothing[:width]
        e = slope[i + 2] if i + 2 < height else nothing[:width]
        blend(a, b, slope[i], d, e, 1 / 8, inside)
        if k == 1:
            add_weighted(slope[0], 1 / 8, inside)
        if k == n - 2:
            add_weighted(slope[2 * n - 2], 1 / 8, inside)
            if height == 2 * n:
                add_weighted(slope[2 * n - 1], 1 / 2, inside)
        gather(v, 1 / 8, out[k])
        out[k, 1] += v[2] / 8
        out[k, m - 2] += v[2 * m] / 8 + v[2 * m + 1] / 2


@compiled(fastmath=EXACT)
def adjoint_halved_row(
    small: Rows, i: int, shape: tuple[int, int], c: Rows, nothing: Rows, out: Rows
) -> None:
    """Compute row i of the adjoint of `halve`, but for its factor, for a plane of this shape."""
    height, width = shape
    n, m = small.shape
    k = i // 2
    below = small[k + 1] if k + 1 < n else nothing[:m]
    inside, here = c[1 : m + 1], small[k]
    if i % 2 == 0:
        above = small[k - 1] if k > 0 else nothing[:m]
        for j in range(m):
            inside[j] = (above[j] + 6 * here[j] + below[j]) / 16
    else:
        for j in range(m):
            inside[j] = (here[j] + below[j]) / 4
    if i in (1, 2):
        add_weighted(small[0], 0.25 if i == 1 else 0.0625, inside)
    near, far = (0.25, 0.0625) if height % 2 else (0.0625, 0.0)
    if i == height - 2:
        add_weighted(small[n - 1], near, inside)
    if i == height - 3:
        add_weighted(small[n - 1], far, inside)
    c[0] = 0
    c[m + 1] = 0
    spread(c, 1 / 16, out)
    out[1] += c[1] / 4
    out[2] += c[1] / 16
    near, far = (0.25, 0.0625) if width % 2 else (0.0625, 0.0)
    out[width - 2] += near * c[m]
    out[width - 3] += far * c[m]
