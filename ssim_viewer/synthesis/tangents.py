"""The movements that a place allows: none along the normal, nothing pushed out of the box.

Symbols: n the normal of the ground (on the sphere Y - X), v the movement wanted, w the movement
allowed. Without pixels on a bound ``w = v - k n`` with ``k = <v, n> / <n, n>``. Inside a box, w is
the nearest vector to v with ``<w, n> = 0`` that does not push a pixel on a bound outward. Its
conditions leave one unknown: ``w(k) = v - k n``, zero where that pushes outward, with k such that
``<w(k), n> = 0``. This is a falling, piecewise linear function of k. On the sphere, where n points
outward on every bound (or is zero), it is concave too, and Newton's method stops at its exact root
after finitely many steps; on other ground Newton's method may go round in a circle, so each step
stays between the values of k known to be too small and too large.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.products import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS = 50  # each settles at least one more pixel; two to five are usual


def tangent_in_box(
    n: NDArray[np.float64],
    v: NDArray[np.float64],
    on_bounds: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None,
) -> NDArray[np.float64]:
    """Return w for the normal ``n`` and the movement ``v``, all of one shape.

    ``on_bounds`` holds the masks of the samples on the lower and on the upper bound; None means
    that there are no bounds.
    """
    if on_bounds is None:
        return tangent_of_free(n, v, None)
    return tangent_of_free(n, v, _held(n.ravel(), v.ravel(), *on_bounds))


def tangent_of_free(
    n: NDArray[np.float64], v: NDArray[np.float64], held: NDArray[np.intp] | None
) -> NDArray[np.float64]:
    """Return ``v - k n`` over the samples that are not held, and zero at those that are.

    ``held`` holds flat indices; None means that every sample is free.
    """
    free_n = n
    if held is not None and held.size:
        free_n = n.copy()
        free_n.ravel()[held] = 0
    squared = inner(free_n, free_n)
    k = inner(v, free_n) / squared if squared > 0 else 0.0
    w: NDArray[np.float64] = v - k * free_n
    if held is not None:
        w.ravel()[held] = 0
    return w


def _held(
    n: NDArray[np.float64],
    v: NDArray[np.float64],
    at_low: NDArray[np.bool_],
    at_high: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """Return the flat indices of the samples on a bound that w would push outward.

    Only samples on a bound can change sides, so the search is over these alone.
    """
    bound = np.flatnonzero(at_low | at_high)
    outward = np.where(at_high.ravel()[bound], 1.0, -1.0)
    nb, vb = n[bound], v[bound]
    vn, nn = inner(v, n), inner(n, n)
    held = np.zeros(bound.size, dtype=np.bool_)
    too_small, too_large = -math.inf, math.inf
    k = vn / nn if nn > 0 else 0.0
    for _ in range(_ROUNDS):
        before, held = held, outward * (vb - k * nb) > 0
        if np.array_equal(before, held):
            break
        free_vn, free_nn = vn - inner(vb[held], nb[held]), nn - inner(nb[held], nb[held])
        if free_vn > k * free_nn:
            too_small = k
        else:
            too_large = k
        k = free_vn / free_nn if free_nn > 0 else 0.0
        if not too_small <= k <= too_large:
            k = 0.5 * (too_small + too_large)
    return bound[held]
