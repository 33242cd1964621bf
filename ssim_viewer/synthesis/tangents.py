"""The movements that a point on the sphere allows: no radial part, nothing pushed out of the box.

Symbols: d = Y - X, v the movement wanted, w the movement allowed. Without pixels on a bound
``w = v - k d`` with ``k = <v, d> / <d, d>``. Inside a box, w is the nearest vector to v with
``<w, d> = 0`` that does not push a pixel on a bound outward. Its conditions leave one unknown:
``w(k) = v - k d``, zero where that pushes outward, with k such that ``<w(k), d> = 0``. Since d
points outward on every bound (or is zero), this is a concave, falling, piecewise linear function of
k, and Newton's method stops at its exact root after finitely many steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.products import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS = 50  # each settles at least one more pixel; two to five are usual


def tangent_in_box(
    d: NDArray[np.float64],
    v: NDArray[np.float64],
    on_bounds: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None,
) -> NDArray[np.float64]:
    """Return w for the difference ``d`` and the movement ``v``, all of one shape.

    ``on_bounds`` holds the masks of the samples on the lower and on the upper bound; None means
    that there are no bounds.
    """
    if on_bounds is None:
        return tangent_of_free(d, v, None)
    return tangent_of_free(d, v, _held(d.ravel(), v.ravel(), *on_bounds))


def tangent_of_free(
    d: NDArray[np.float64], v: NDArray[np.float64], held: NDArray[np.intp] | None
) -> NDArray[np.float64]:
    """Return ``v - k d`` over the samples that are not held, and zero at those that are.

    ``held`` holds flat indices; None means that every sample is free.
    """
    free_d = d
    if held is not None and held.size:
        free_d = d.copy()
        free_d.ravel()[held] = 0
    squared = inner(free_d, free_d)
    k = inner(v, free_d) / squared if squared > 0 else 0.0
    w: NDArray[np.float64] = v - k * free_d
    if held is not None:
        w.ravel()[held] = 0
    return w


def _held(
    d: NDArray[np.float64],
    v: NDArray[np.float64],
    at_low: NDArray[np.bool_],
    at_high: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """Return the flat indices of the samples on a bound that w would push outward.

    Only samples on a bound can change sides, so the search is over these alone.
    """
    bound = np.flatnonzero(at_low | at_high)
    outward = np.where(at_high.ravel()[bound], 1.0, -1.0)
    db, vb = d[bound], v[bound]
    vd, dd = inner(v, d), inner(d, d)
    held = np.zeros(bound.size, dtype=np.bool_)
    for _ in range(_ROUNDS):
        free_dd = dd - inner(db[held], db[held])
        k = (vd - inner(vb[held], db[held])) / free_dd if free_dd > 0 else 0.0
        before, held = held, outward * (vb - k * db) > 0
        if np.array_equal(before, held):
            break
    return bound[held]
