"""What a step does to every sample, in a few passes: array code, readable and always there.

`kernels` has the same functions compiled, and `engine` says which of both is used. Each function
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
    `keeps`, d is twice as long at the pixels on a bound that p leaves there: see `sphere`.
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
    """Fill the image with ``clip(x + t d)``; return four sums.

    Those of `ray_sums`, then the squares of what the image as it is kept differs from x and from y.
    """
    sums = ray_sums(y, p, x, a, t, keeps, low, high)
    image[:] = np.clip(x + t * _differences(y, p, x, a, keeps, low, high), low, high)
    error, moved = _minus(image, x), _minus(image, y)
    return *sums, _dot(error, error), _dot(moved, moved)


def bound_sums(
    y: Block,
    n: Block,
    v: Block,
    nb: Block,
    vb: Block,
    radial: bool,
    s: float,
    low: float,
    high: float,
) -> Sums:
    """Gather n and s v, counted outward, of the samples on a bound; return their number and sums.

    The sums are ``<s v, n>``, ``<n, n>`` and ``<v, v>`` over all samples.
    """
    n = _minus(y, n) if radial else n
    bound = np.flatnonzero((y <= low) | (y >= high))
    outward = np.where(y[bound] >= high, 1, -1)
    nb[: bound.size] = outward * n[bound]
    vb[: bound.size] = s * outward * v[bound]
    return float(bound.size), s * _dot(v, n), _dot(n, n), _dot(v, v)


def held_sums(nb: Block, vb: Block, k: float) -> Sums:
    """Return ``<v, n>`` and ``<n, n>`` over the samples on a bound that v - k n pushes outward."""
    held = vb - k * nb > 0
    return _dot(vb * held, nb), _dot(nb * held, nb)


def project_to_tangent_cone(
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
    """Replace the old tangent w by ``s v - k n``, 0 where that pushes outward; return eight sums.

    ``<w, w>``, ``<w, p>`` and ``<w, old w>``; then, over the samples that are not held on a bound,
    ``<n, n>``, ``<p, n>``, ``<p, p>``, ``<p, s v>`` and ``<n, s v>``.
    """
    n = _minus(y, n) if radial else n
    new = s * v - k * n
    new[((y <= low) & (new < 0)) | ((y >= high) & (new > 0))] = 0
    free = ~(((y <= low) | (y >= high)) & (new == 0))
    pf, nf = p * free, n * free
    sums = _dot(new, new), _dot(new, p), _dot(new, w), _dot(nf, n), _dot(pf, n), _dot(pf, p)
    w[:] = new
    return *sums, s * _dot(pf, v), s * _dot(nf, v)


def transport_direction(
    y: Block, n: Block, w: Block, p: Block, radial: bool, b: float, c: float
) -> Sums:
    """Replace the direction p by ``w + b (p - c n)``, 0 where w is 0; there is nothing to sum."""
    n = _minus(y, n) if radial else n
    p[:] = np.where(w == 0, 0, w + b * (p - c * n))
    return ()


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
