"""Compiled loops over rows that several metrics of the family are made of.

Arrays are C-contiguous, of float64; those that a function writes to overlap no other one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]


@compiled(fastmath=EXACT)
def weigh(row: Rows, weight: float, out: Rows) -> None:
    """Compute a weighted row."""
    for j in range(out.shape[0]):
        out[j] = weight * row[j]


@compiled(fastmath=EXACT)
def add_weighted(row: Rows, weight: float, out: Rows) -> None:
    """Add a weighted row to another."""
    for j in range(out.shape[0]):
        out[j] += weight * row[j]


@compiled(fastmath=EXACT)
def part_pairs(row: Rows, even: Rows, odd: Rows) -> None:
    """Take the samples of a row in turn apart, as many pairs as there is room for."""
    for j in range(odd.shape[0]):
        even[j] = row[2 * j]
        odd[j] = row[2 * j + 1]


@compiled(fastmath=EXACT)
def add_pairs(even: Rows, odd: Rows, out: Rows) -> None:
    """Add samples in turn to a row, of an even or an odd number."""
    for j in range(out.shape[0] // 2):
        out[2 * j] += even[j]
        out[2 * j + 1] += odd[j]
    if out.shape[0] % 2:
        out[out.shape[0] - 1] += even[out.shape[0] // 2]
