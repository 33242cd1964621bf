"""The tangent cone: no part along the normal, nothing pushed out of the pixel range.

Symbols: n the normal of the manifold (on the sphere Y - X), v the direction wanted, w the direction
allowed. Without pixels on a bound ``w = v - k n`` with ``k = <v, n> / <n, n>``. Inside a box, w is
the nearest vector to v with ``<w, n> = 0`` that does not push a pixel on a bound outward. Its
conditions leave one unknown: ``w(k) = v - k n``, zero where that pushes outward, with k such that
``<w(k), n> = 0``. This is a falling, piecewise linear function of k. On the sphere, where n points
outward on every bound (or is zero), it is concave too, and Newton's method stops at its exact root
after finitely many steps; on other manifolds Newton's method may go round in a circle, so each step
stays between the values of k known to be too small and too large.

A step of a climb needs two passes over the samples: one sums up all that the climb asks for before
it turns, the other one writes the tangent and the direction. The k of the step before is so near
that the first pass seldom is made twice.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.synthesis.backend import active_backend, total
from ssim_viewer.synthesis.manifolds.protocol import ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.synthesis.manifolds.protocol import Normal, PixelRange

    Pixels = NDArray[np.floating[Any]]

_ROUNDS = 50  # each settles at least one more pixel; two to five are usual
NEARLY = 0.03
"""Of a climb: the share of the tangent by which it may change in the last step of Newton's method.

What that step then leaves goes with the square of this, and with the share of samples on a bound
that change sides: less than 1e-4 of the tangent."""


class AtCone(NamedTuple):
    """The place of a new iterate: what its tangent is projected with."""

    y: Pixels
    normal: Normal
    v: Pixels
    sign: float
    limits: PixelRange


class ConeProducts(NamedTuple):
    """What is known of a tangent w before it is written, p being the direction before.

    Attributes
    ----------
    k
        See above.
    vv
        Of the gradient.
    change
        ``<w, w - old w>``.
    pv
        ``<T p, v>`` with the transport ``T p = p - c n``, over the samples not held on a bound.
    c
        What makes T p orthogonal to n.
    """

    k: float
    vv: float
    change: float
    pv: float
    c: float


class Turned(NamedTuple):
    """Inner products of the tangent w and the direction p, both as they are now."""

    ww: float
    wp: float
    pp: float


def cone_at(
    y: Pixels, normal: Normal, v: Pixels, sign: float, pixel_range: PixelRange | None
) -> AtCone:
    """Return the place at an image y whose normal is known, for the direction ``sign * v``."""
    return AtCone(y, normal, v, sign, ends(pixel_range))


def cone_products(
    at: AtCone, *, p: Pixels, w: Pixels, k: float, nearly: float = 0.0
) -> ConeProducts:
    """Return what is known of the new tangent, given the old one, the direction p and a guess of k.

    Newton's method ends where its step changes less than the share `nearly` of the tangent.
    """
    too_small, too_large = -math.inf, math.inf
    arrays, radial = (at.y, at.normal.array, at.v, p, w), at.normal.radial
    rounding = 8 * float(np.finfo(w.dtype).eps)
    for _ in range(_ROUNDS):
        k = float(w.dtype.type(k))  # as the pass takes it
        on, vv, ww, wo, wn, nn, pw, pn, on_old = total(
            active_backend().cone_sums, arrays, radial, k, at.sign, *at.limits
        )
        if wn > 0:
            too_small = k
        else:
            too_large = k
        step = wn / nn if nn > 0 else -k
        if not too_small <= k + step <= too_large:
            step = 0.5 * (too_small + too_large) - k
        k += step
        if on == 0 or abs(step) * math.sqrt(nn) <= nearly * math.sqrt(ww) + rounding * math.sqrt(
            vv
        ):
            break
    c = pn / nn if nn > 0 else 0.0
    change = ww - wo - step * (2 * wn - on_old) + step**2 * nn
    return ConeProducts(k, vv, change, pw - c * wn, c)


def turn(at: AtCone, *, p: Pixels, w: Pixels, k: float, b: float, c: float) -> Turned:
    """Write the tangent into w and the direction ``w + b (p - c n)`` into p."""
    arrays, radial = (at.y, at.normal.array, at.v, p, w), at.normal.radial
    return Turned._make(total(active_backend().turn, arrays, radial, k, at.sign, b, c, *at.limits))
