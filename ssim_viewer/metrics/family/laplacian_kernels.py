# ruff: noqa: PLR0917  compiled functions take no keywords
"""The Laplacian pyramid of IW-SSIM and its adjoint in compiled loops over rows.

Planes are halved as in `pyramid_kernels`, and multiplied by `GAIN`. From them come, with five taps
w0 to w4, the same from both ends,

    band[2p] = rest[2p] - (w0 small[p - 1] + w2 small[p] + w4 small[p + 1])
    band[2p + 1] = rest[2p + 1] - (w1 small[p] + w3 small[p + 1])

along both axes. What stands before small[0] is small[1], what stands after the last one is the last
one: that is what mirroring samples between zeros comes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.metrics.family.pyramid_kernels import adjoint_halved_row, halve
from ssim_viewer.metrics.family.row_kernels import add_weighted, part_pairs, weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

__all__ = ["GAIN", "add_adjoint_halved", "band_rows", "halve", "subtract_adjoint_enlarged"]

GAIN = 2.0
"""What halves are multiplied by: the taps sum to √2, along either axis."""


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
def blend(alpha: float, less: Rows, beta: float, more: Rows, out: Rows) -> None:
    """Turn a row into alpha times itself, minus beta times another, plus a third times `GAIN`."""
    for j in range(out.shape[0]):
        out[j] = alpha * out[j] - beta * less[j] + GAIN * more[j]


@compiled(fastmath=EXACT)
def band_rows(rest: Rows, small: Rows, w: Rows, first: int, memory: Rows, band: Rows) -> None:
    """Subtract the enlarged half from rows of a plane, of which `first` is the first one.

    Memory, here and below: four rows of the plane's width and 8 samples.
    """
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
def add_adjoint_halved(
    small: Rows, rows: tuple[int, int], less: Rows, by: tuple[float, float], memory: Rows, out: Rows
) -> None:
    """Turn a strip of a plane into by[0] times it - by[1] less, plus the adjoint of `halve`.

    `rows` is the first row of the strip, and the row after its last.
    """
    height, width = out.shape
    c, nothing, row = memory[0], memory[1], memory[2, :width]
    nothing[:] = 0.0
    for i in range(rows[0], rows[1]):
        adjoint_halved_row(small, i, (height, width), c, nothing, row)
        blend(by[0], less[i], by[1], row, out[i])
