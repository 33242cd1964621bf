"""The tangent cone: no part along the normal, nothing pushed out of the pixel range.

Symbols: n the normal of the manifold (on the sphere Y - X), v the direction wanted, w the direction
allowed. Without pixels on a bound ``w = v - k n`` with ``k = <v, n> / <n, n>``. Inside a box, w is
the nearest vector to v with ``<w, n> = 0`` that does not push a pixel on a bound outward. Its
conditions leave one unknown: ``w(k) = v - k n``, zero where that pushes outward, with k such that
``<w(k), n> = 0``. This is a falling, piecewise linear function of k. On the sphere, where n points
outward on every bound (or is zero), it is concave too, and Newton's method stops at its exact root
after finitely many steps; on other manifolds Newton's method may go round in a circle, so each step
stays between the values of k known to be too small and too large.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from ssim_viewer.compute.tiles import in_threads, scratch
from ssim_viewer.synthesis.backend import active_backend, blocks, total
from ssim_viewer.synthesis.manifolds.protocol import ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import Normal, PixelRange

    Pixels = NDArray[np.floating[Any]]
    Gathered = list[tuple[Pixels, Pixels]]

_ROUNDS = 50  # each settles at least one more pixel; two to five are usual


class TangentProducts(NamedTuple):
    """Inner products at a new iterate: of the tangent w, the old one, and the direction p.

    Those with "free" leave out the pixels held on a bound.
    """

    ww: float
    wp: float
    w_old: float
    free_nn: float
    free_pn: float
    free_pp: float
    free_pv: float
    free_nv: float
    vv: float


def project_to_tangent_cone(
    y: Pixels,
    normal: Normal,
    v: Pixels,
    sign: float,
    pixel_range: PixelRange | None,
    *,
    p: Pixels,
    w: Pixels,
) -> TangentProducts:
    """Replace an old tangent ``w`` by the one of ``sign * v`` at y, and return what climbs ask."""
    low, high = ends(pixel_range)
    vn, nn, vv, gathered = _gathered(y, normal, v, sign, (low, high))
    k = _multiplier(vn, nn, gathered)
    arrays = (y, normal.array, v, p, w)
    return TangentProducts._make(
        [
            *total(
                active_backend().project_to_tangent_cone, arrays, normal.radial, k, sign, low, high
            ),
            vv,
        ]
    )


def _gathered(
    y: Pixels, normal: Normal, v: Pixels, sign: float, limits: PixelRange
) -> tuple[float, float, float, Gathered]:
    """Return three inner products and, by block, what lies on a bound.

    Only samples on a bound can change sides, so the search is over these alone.
    """
    bound_sums = active_backend().bound_sums

    def part(rows: slice) -> tuple[float, float, float, tuple[Pixels, Pixels]]:
        scratch.clear()
        parts = [array[rows].reshape(-1) for array in (y, normal.array, v)]
        nb, vb = (scratch.array(parts[0].shape, y.dtype) for _ in range(2))
        count, vn, nn, vv = bound_sums(*parts, nb, vb, normal.radial, sign, *limits)
        return vn, nn, vv, (nb[: int(count)].copy(), vb[: int(count)].copy())

    *sums, gathered = zip(*in_threads(part, blocks(y.shape)), strict=True)
    vn, nn, vv = map(math.fsum, sums)
    return vn, nn, vv, [pair for pair in gathered if pair[0].size]


def _multiplier(vn: float, nn: float, gathered: Gathered) -> float:
    """Return k."""
    held_sums = active_backend().held_sums
    held = 0.0, 0.0
    too_small, too_large = -math.inf, math.inf
    k = vn / nn if nn > 0 else 0.0
    for _ in range(_ROUNDS if gathered else 0):
        parts = in_threads(lambda pair: held_sums(*pair, k), gathered)  # noqa: B023  used at once
        before, held = held, (math.fsum(a for a, _ in parts), math.fsum(b for _, b in parts))
        if before == held:
            break
        free_vn, free_nn = vn - held[0], nn - held[1]
        if free_vn > k * free_nn:
            too_small = k
        else:
            too_large = k
        k = free_vn / free_nn if free_nn > 0 else 0.0
        if not too_small <= k <= too_large:
            k = 0.5 * (too_small + too_large)
    return k
