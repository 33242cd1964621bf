# ruff: noqa: PLR0917  compiled functions take no keywords
"""The Laplacian pyramid of IW-SSIM and its adjoint in compiled loops over rows.

With five taps w0 to w4, the same from both ends, and samples mirrored about the outermost one:

    small[i] = Σₐ wₐ rest[2i + a - 2]
    band[2p] = rest[2p] - (w0 small[p - 1] + w2 small[p] + w4 small[p + 1])
    band[2p + 1] = rest[2p + 1] - (w1 small[p] + w3 small[p + 1])

along both axes. What stands before small[0] is small[1], what stands after the last one is the last
one: that is what mirroring samples between zeros comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.metrics.family.row_kernels import add_weighted, part_pairs, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

EDGE = 2  # samples that the taps reach past a row's ends


@compiled(fastmath=EXACT)
def filter_pairs(even: Rows, odd: Rows, w: Rows, out: Rows) -> None:
    """Filter a row whose even and odd samples stand apart, and keep every second sample."""
    for j in range(out.shape[0]):
        ends = w[0] * even[j] + w[4] * even[j + 2]
        out[j] = ends + w[2] * even[j + 1] + (w[1] * odd[j] + w[3] * odd[j + 1])


@compiled(fastmath=EXACT)
def subtract_enlarged(small: Rows, w: Rows, row: Rows, out: Rows) -> None:
    """Subtract from a row a framed row of half the samples, enlarged; width even or odd."""
    for p in range(out.shape[0] // 2):
        ends = w[0] * small[p] + w[4] * small[p + 2]
        out[2 * p] = row[2 * p] - (ends + w[2] * small[p + 1])
        out[2 * p + 1] = row[2 * p + 1] - (w[1] * small[p + 1] + w[3] * small[p + 2])
    if out.shape[0] % 2:
        p = out.shape[0] // 2
        ends = w[0] * small[p] + w[4] * small[p + 2]
        out[2 * p] = row[2 * p] - (ends + w[2] * small[p + 1])


@compiled(fastmath=EXACT)
def spread_pairs(small: Rows, w: Rows, out: Rows) -> None:
    """Apply the adjoint of filtering and keeping every second sample, for a framed row."""
    for m in range(out.shape[0] // 2):
        ends = w[0] * small[m + 2] + w[4] * small[m]
        out[2 * m] = ends + w[2] * small[m + 1]
        out[2 * m + 1] = w[1] * small[m + 2] + w[3] * small[m + 1]


@compiled(fastmath=EXACT)
def blend(alpha: float, less: Rows, beta: float, more: Rows, out: Rows) -> None:
    """Turn a row into alpha times itself, minus beta times another, plus a third."""
    for j in range(out.shape[0]):
        out[j] = alpha * out[j] - beta * less[j] + more[j]


@compiled(fastmath=EXACT)
def reduce_rows(rest: Rows, w: Rows, first: int, memory: Rows, small: Rows) -> None:
    """Filter a plane and keep every second sample of every second row.

    `first` is the first row of `small`, which receives some rows of the result. Memory, here and
    below: four rows of the plane's width and 8 samples.
    """
    height, width = rest.shape
    framed, even, odd = memory[0, : width + 2 * EDGE], memory[1], memory[2]
    row = framed[EDGE : EDGE + width]
    even[:] = 0.0
    odd[:] = 0.0
    for i in range(small.shape[0]):
        for a in range(5):
            k = abs(2 * (first + i) + a - EDGE)
            k = min(k, 2 * height - 2 - k)
            if a == 0:
                weigh(rest[k], w[0], row)
            else:
                add_weighted(rest[k], w[a], row)
        for j in range(EDGE):
            framed[EDGE - 1 - j] = row[1 + j]
            framed[EDGE + width + j] = row[width - 2 - j]
        pairs = (width + 2 * EDGE) // 2
        part_pairs(framed, even[:pairs], odd[:pairs])
        if width % 2:
            even[pairs] = framed[width + 2 * EDGE - 1]
        filter_pairs(even, odd, w, small[i])


@compiled(fastmath=EXACT)
def band_rows(rest: Rows, small: Rows, w: Rows, first: int, memory: Rows, band: Rows) -> None:
    """Subtract the enlarged half from rows of a plane, of which `first` is the first one."""
    height, width = small.shape
    framed = memory[0]
    row = framed[1 : 1 + width]
    for i in range(band.shape[0]):
        p, odd = (first + i) // 2, (first + i) % 2
        after = small[min(p + 1, height - 1)]
        if odd:
            weigh(small[p], w[1], row)
            add_weighted(after, w[3], row)
        else:
            weigh(small[abs(p - 1)], w[0], row)
            add_weighted(small[p], w[2], row)
            add_weighted(after, w[4], row)
        framed[0] = row[1]
        framed[1 + width] = row[width - 1]
        subtract_enlarged(framed, w, rest[first + i], band[i])


@compiled(fastmath=EXACT)
def add_row_of(
    planes: tuple[Rows, Rows], by: tuple[float, float], k: int, weight: float, out: Rows
) -> None:
    """Add row k of one plane less another, each by its factor, to a row; nothing outside."""
    if 0 <= k < planes[0].shape[0]:
        add_weighted(planes[0][k], weight * by[0], out)
        add_weighted(planes[1][k], -weight * by[1], out)


@compiled(fastmath=EXACT)
def subtract_adjoint_enlarged(
    planes: tuple[Rows, Rows],
    by: tuple[float, float],
    w: Rows,
    first: int,
    height: int,
    memory: Rows,
    small: Rows,
) -> None:
    """Subtract from a half the adjoint of enlarging it, of by[0] planes[0] - by[1] planes[1].

    `first` is the first of these rows, `height` how many the half has.
    """
    width, half = planes[0].shape[1], small.shape[1]
    row, even, odd, out = memory[0, :width], memory[1], memory[2], memory[3, :half]
    even[:] = 0.0
    odd[:] = 0.0
    for i in range(small.shape[0]):
        p = first + i
        row[:] = 0.0
        for a in range(5):
            add_row_of(planes, by, 2 * p + a - 2, w[a], row)
        if p == 1:
            add_row_of(planes, by, 0, w[0], row)
        if p == height - 1:
            add_row_of(planes, by, 2 * p, w[4], row)
            add_row_of(planes, by, 2 * p + 1, w[3], row)
        part_pairs(row, even[1 : 1 + width // 2], odd[1 : 1 + width // 2])
        if width % 2:
            even[1 + width // 2] = row[width - 1]
        filter_pairs(even, odd, w, out)
        out[1] += w[0] * even[1]
        out[half - 1] += w[4] * even[half] + w[3] * odd[half]
        add_weighted(out, -1.0, small[i])


@compiled(fastmath=EXACT)
def add_spread(small: Rows, w: Rows, padded: int, row: Rows) -> None:
    """Add to a row what a row of the mirrored plane takes of the half by its taps."""
    for i in range(max(0, (padded - 1) // 2), min(small.shape[0], padded // 2 + 2)):
        a = padded + EDGE - 2 * i
        if 0 <= a < 5:
            add_weighted(small[i], w[a], row)


@compiled(fastmath=EXACT)
def add_adjoint_reduced(
    small: Rows,
    w: Rows,
    first: int,
    height: int,
    less: Rows,
    by: tuple[float, float],
    memory: Rows,
    out: Rows,
) -> None:
    """Turn rows into by[0] times them - by[1] less, plus the adjoint of `reduce_rows` of a half.

    `first` is the first of these rows, of `height` in all; those of `less` are the same ones.
    """
    half, width = small.shape[1], out.shape[1]
    framed, spread = memory[0], memory[1, : width + 2 * EDGE + 1]
    framed[:] = 0.0
    row = framed[2 : 2 + half]
    samples = spread[EDGE : EDGE + width]
    for i in range(out.shape[0]):
        k = first + i
        row[:] = 0.0
        add_spread(small, w, k, row)
        if 0 < k <= EDGE:
            add_spread(small, w, -k, row)
        if height - 1 - EDGE <= k < height - 1:
            add_spread(small, w, 2 * height - 2 - k, row)
        spread_pairs(framed, w, spread[: 2 * ((width + 2 * EDGE + 1) // 2)])
        for j in range(EDGE):
            samples[1 + j] += spread[EDGE - 1 - j]
            samples[width - 2 - j] += spread[EDGE + width + j]
        blend(by[0], less[i], by[1], samples, out[i])
