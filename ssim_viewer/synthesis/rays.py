"""How far to go along a clipped ray: the one scalar root behind the projection onto the sphere.

For a direction d and the room b that each sample has up to its bound (b >= 0), the squared norm of
the clipped ray is ``g(u) = sum(min(u * d^2, b^2))`` with u = t^2: increasing, concave and piecewise
linear. Newton's method on such a function stops at the exact root after finitely many steps, and
from the left it never overshoots: a sample that is clipped once stays clipped.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def scale_to_norm(d: NDArray[np.float64], room: NDArray[np.float64], radius: float) -> float | None:
    """Return t with ``norm(minimum(t * |d|, room)) == radius``, or None if the room is too small.

    Parameters
    ----------
    d
        Direction, any shape, not zero everywhere.
    room
        Largest magnitude that each sample may take, same shape, not negative.
    radius
        The norm wanted, above zero.
    """
    d2 = np.square(d.ravel())
    b2 = np.square(room.ravel())
    clipped_at = np.divide(b2, d2, out=np.full_like(d2, np.inf), where=d2 > 0)
    left = wanted = radius * radius
    u = 0.0
    while (slope := float(d2.sum())) > 0:
        u = max(u, left / slope)
        clipped = np.flatnonzero(clipped_at <= u)
        if clipped.size == 0:
            return math.sqrt(u)
        left -= float(b2[clipped].sum())
        d2[clipped], clipped_at[clipped] = 0, np.inf
    return math.sqrt(u) if left <= 1e-12 * wanted else None
