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
    k = _part(v, d)
    w = v - k * d
    if on_bounds is None:
        return w
    at_low, at_high = on_bounds
    held = (at_low & (w < 0)) | (at_high & (w > 0))
    for _ in range(_ROUNDS):
        free_d = np.where(held, 0.0, d)
        k = _part(v, free_d)
        w = v - k * d
        before, held = held, (at_low & (w < 0)) | (at_high & (w > 0))
        if np.array_equal(before, held):
            break
    w[held] = 0
    # The few pixels that rounding moved between the sets cannot spoil the orthogonality.
    return w


def _part(v: NDArray[np.float64], d: NDArray[np.float64]) -> float:
    """Return k with ``v - k d`` orthogonal to d; zero when d is zero."""
    squared = float(np.vdot(d, d))
    return float(np.vdot(v, d)) / squared if squared > 0 else 0.0
