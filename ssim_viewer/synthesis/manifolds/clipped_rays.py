"""How far to go along a clipped ray: one scalar root, behind sphere and level set alike.

What is gained along a clipped ray is ``g(u) = sum(min(u * rate, ceiling))``: increasing, concave
and piecewise linear in u. Newton's method on such a function stops at the exact root after finitely
many steps, and from the left it never overshoots: a sample that is clipped once stays clipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def clipped_ray_root(
    rates: NDArray[np.float64], ceilings: NDArray[np.float64], wanted: float
) -> float | None:
    """Return u with ``sum(minimum(u * rates, ceilings)) == wanted``, or None if there is none.

    Parameters
    ----------
    rates, ceilings
        What each sample gains per unit of u, and at most; one shape, neither below zero.
    wanted
        The sum wanted, above zero.
    """
    rates, ceilings = rates.ravel().copy(), ceilings.ravel()
    clipped_at = np.divide(ceilings, rates, out=np.full_like(rates, np.inf), where=rates > 0)
    left = wanted
    u = 0.0
    while (slope := float(rates.sum())) > 0:
        u = max(u, left / slope)
        clipped = np.flatnonzero(clipped_at <= u)
        if clipped.size == 0:
            return u
        left -= float(ceilings[clipped].sum())
        rates[clipped], clipped_at[clipped] = 0, np.inf
    return u if left <= 1e-12 * wanted else None
