# ruff: noqa: PLR0917  compiled functions take no keywords
"""What tiles of windows have in common in compiled loops; tiles are those of `window_tiles`.

Rings of rows and sums are those of SSIM's kernels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssim_viewer.compute.jit import EXACT, compiled
from ssim_viewer.metrics.ssim.kernels import ROWS, combine, take_row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]


@compiled(fastmath=EXACT)
def rings_in(memory: Rows, n: int) -> tuple[Rows, Rows, tuple[Rows, Rows, Rows]]:
    """Return the rings of a tile's memory: rows of both images, and slopes by three moments."""
    rings = memory[ROWS:]
    slopes = (
        rings[2 * n + 2 : 3 * n + 3],
        rings[3 * n + 3 : 4 * n + 4],
        rings[4 * n + 4 : 5 * n + 5],
    )
    return rings[: n + 1], rings[n + 1 : 2 * n + 2], slopes


@compiled(fastmath=EXACT)
def ends_of(
    tile: tuple[int, int, int, int], n: int, shape: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Return how many rows and columns a tile's windows see, and where its own ones end.

    Those past its windows are its own where no other tile follows; `shape` is that of the plane.
    """
    end, wide = tile[2] + n - 1, tile[3] + n - 1
    last = end if tile[0] + end == shape[0] else tile[2]
    edge = wide if tile[1] + wide == shape[1] else tile[3]
    return end, wide, last, edge


@compiled(fastmath=EXACT)
def take_rows(
    images: tuple[Rows, Rows],
    corner: tuple[int, int],
    top: int,
    n: int,
    size: tuple[int, int],
    rings: tuple[Rows, Rows],
) -> None:
    """Put the rows that windows at row `top` of a tile and at the next one see into rings.

    `corner` is where the tile starts in the images, `size` how many samples its windows see.
    """
    for row in range(top + n - 1 if top else 0, top + n + 1):
        for k in range(2):
            seen = images[k], corner[0], corner[1]
            take_row(seen, row, size[0], size[1], 0.0, 0.0, rings[k])


@compiled(fastmath=EXACT)
def gradient_rows(
    top: int,
    own: tuple[int, int, int, int],
    adjoint: Rows,
    rings: tuple[Rows, Rows],
    weight: float,
    corner: tuple[int, int],
    gradient: Rows,
) -> None:
    """Put the two rows of the gradient from row `top` of a tile on in their places.

    `own` is the first row and column of a tile that are its own, and where they end.
    """
    first, left, last, right = own
    xs, ys = rings
    for row in range(max(top, first), min(top + 2, last)):
        slot, a = row % xs.shape[0], 3 * (row - top)
        i, j = corner[0] + row, corner[1]
        combine(
            adjoint[a, left:right],
            adjoint[a + 1, left:right],
            adjoint[a + 2, left:right],
            xs[slot, left:right],
            ys[slot, left:right],
            weight,
            gradient[i, j + left : j + right],
        )
