"""What a step does to every sample, in a few passes: array code, readable and always there.

`kernels` has the same functions compiled, and `backend` says which of both is used. Each function
takes one block of every array, flattened, and then plain numbers; results are sums over the block.

Symbols: y an image and x its reference, p the direction taken and a the length along it, n the
normal of the manifold (if it is radial, y minus the array that is given), v the gradient and s its
sign, w the tangent, low and high the pixel range (infinite where there is none).
"""

# ruff: noqa: PLR0917, FBT001  as in `kernels`, which take no keywords

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Block = NDArray[Any]
    Sums = tuple[float, ...]


def ray_sums(
    y: Block, p: Block, x: Block, a: float, t: float, keeps: bool, low: float, high: float
) -> Sums:
    """Return two sums over the clipped ray ``clip(t d)``, where ``d = y + a p - x``.

    The squares of d where the ray is free at t, and of what is left of it where it is clipped. With
    `keeps`, d is twice as long at the pixels on a bound that p leaves there: see `mse_sphere`.
    """
    d = _differences(y, p, x, a, keeps, low, high)
    wanted = t * d
    clipped = np.clip(wanted, *(np.subtract(end, x, dtype=np.float64) for end in (low, high)))
    free = clipped == wanted
    return _dot(d * free, d), _dot(clipped * ~free, clipped)


def ray_image(
    y: Block,
    p: Block,
    x: Block,
    image: Block,
    a: float,
    t: float,
    keeps: bool,
    low: float,
    high: float,
) -> Sums:
    """Fill the image with ``clip(x + t d)``; return three sums.

    The squares of d where the image is inside the range; then, of what the image as it is kept
    differs from x and from y.
    """
    d = _differences(y, p, x, a, keeps, low, high)
    image[:] = np.clip(x + t * d, low, high)
    free = (image > low) & (image < high)
    error, moved = _minus(image, x), _minus(image, y)
    return _dot(d * free, d), _dot(error, error), _dot(moved, moved)


def cone_sums(
    y: Block,
    n: Block,
    v: Block,
    p: Block,
    w: Block,
    radial: bool,
    k: float,
    s: float,
    low: float,
    high: float,
) -> Sums:
    """Return nine sums about the tangent for k: u = ``s v - k n``, 0 where that pushes outward.

    How many samples lie on a bound, and ``<v, v>``, both over all; ``<u, u>``, ``<u, w>`` (w the
    old tangent) and ``<u, n>``; ``<n, n>`` over the samples not held on a bound; ``<u, p>``;
    ``<n, p>`` and ``<n, w>`` over the samples not held.
    """
    n = _minus(y, n) if radial else n
    u = s * v - k * n
    at_low, at_high = y <= low, y >= high
    free = ~((at_low & (u <= 0)) | (at_high & (u >= 0)))
    u, nf = u * free, n * free
    on = float(np.count_nonzero(at_low | at_high))
    sums = _dot(v, v), _dot(u, u), _dot(u, w), _dot(u, n), _dot(nf, n), _dot(u, p)
    return on, *sums, _dot(nf, p), _dot(nf, w)


def turn(
    y: Block,
    n: Block,
    v: Block,
    p: Block,
    w: Block,
    radial: bool,
    k: float,
    s: float,
    b: float,
    c: float,
    low: float,
    high: float,
) -> Sums:
    """Replace the old tangent w by ``s v - k n``, 0 where that pushes outward, and the direction p.

    The new direction is ``w + b (p - c n)``, 0 where w is 0. Returns ``<w, w>``, ``<w, p>`` and
    ``<p, p>``, of both as they are then.
    """
    n = _minus(y, n) if radial else n
    new = s * v - k * n
    new[((y <= low) & (new < 0)) | ((y >= high) & (new > 0))] = 0
    w[:] = new
    p[:] = np.where(w == 0, 0, new + b * (p - c * n))
    return _dot(w, w), _dot(w, p), _dot(p, p)


def _differences(
    y: Block, p: Block, x: Block, a: float, keeps: bool, low: float, high: float
) -> NDArray[np.float64]:
    n = _minus(y, x)
    d: NDArray[np.float64] = n + np.multiply(a, p, dtype=np.float64)
    if keeps:
        d += n * ((p == 0) & ((y <= low) | (y >= high)))
    return d


def _minus(a: Block, b: Block) -> NDArray[np.float64]:
    return np.subtract(a, b, dtype=np.float64)


def _dot(a: Block, b: Block) -> float:
    # Not by BLAS or einsum: those take the sum in an order that depends on where the arrays lie.
    return float(np.multiply(a, b, dtype=np.float64).sum())
