"""Halving rows and the adjoint of that, in compiled loops; `halving` says what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]


@compiled(fastmath=EXACT)
def halve(plane: Rows, quarter: Rows, small: Rows) -> None:
    """Compute the means of boxes of 2 × 2, (2h, 2w) -> (h, w)."""
    q = quarter[0]
    for i in range(small.shape[0]):
        upper, lower, to = plane[2 * i], plane[2 * i + 1], small[i]
        for j in range(to.shape[0]):
            to[j] = q * ((upper[2 * j] + upper[2 * j + 1]) + (lower[2 * j] + lower[2 * j + 1]))


@compiled(fastmath=EXACT)
def adjoint(small: Rows, weights: Rows, row: Rows, plane: Rows) -> None:
    """Turn a plane into weights[0] times itself plus weights[1] times the adjoint of its half.

    A plane of an odd height or width begins the last row or column of boxes. `row` is memory for
    two samples for each of `small`'s.
    """
    for i in range(small.shape[0]):
        twice(small[i], weights[1], row, plane.shape, i)
        for k in range(2 * i, min(2 * i + 2, plane.shape[0])):
            add(row, weights[0], plane[k])


@compiled(fastmath=EXACT)
def adjoint_to(small: Rows, weights: Rows, row: Rows, plane: Rows, out: Rows) -> None:
    """Do as `adjoint` does, in other memory."""
    for i in range(small.shape[0]):
        twice(small[i], weights[1], row, plane.shape, i)
        for k in range(2 * i, min(2 * i + 2, plane.shape[0])):
            add_to(plane[k], weights[0], row, out[k])


@compiled(fastmath=EXACT)
def twice(small: Rows, weight: float, row: Rows, shape: tuple[int, int], i: int) -> None:
    """Put each sample of row i of the half, weighted, twice; what stands for two, doubled."""
    if 2 * i + 1 == shape[0]:
        weight += weight
    for j in range(small.shape[0]):
        value = weight * small[j]
        row[2 * j] = value
        row[2 * j + 1] = value
    if shape[1] % 2:
        row[shape[1] - 1] += row[shape[1] - 1]


@compiled(fastmath=EXACT)
def add(row: Rows, weight: float, plane: Rows) -> None:
    """Add a row to a weighted one, in place."""
    for j in range(plane.shape[0]):
        plane[j] = weight * plane[j] + row[j]


@compiled(fastmath=EXACT)
def add_to(plane: Rows, weight: float, row: Rows, out: Rows) -> None:
    """Add a row to a weighted one."""
    for j in range(out.shape[0]):
        out[j] = weight * plane[j] + row[j]
