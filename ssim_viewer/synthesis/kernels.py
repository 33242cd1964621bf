# ruff: noqa: PLR0917, FBT001  compiled functions take no keywords
"""The functions of `passes` in compiled loops, each over its arrays once.

Conditions are written as factors and selections so that the loops become vectors. Sums that are to
be exact are taken in float64 whatever the arrays hold; the others are taken in the images' type
over `CHUNK` samples and then in float64, so that single precision needs no conversions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.jit import SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Block = NDArray[Any]

CHUNK = 1024  # samples


@compiled(fastmath=SUMMING)
def ray_sums(
    y: Block, p: Block, x: Block, a: float, t: float, keeps: bool, low: float, high: float
) -> tuple[float, float]:
    """See `passes.ray_sums`."""
    free = clipped = 0.0
    for i in range(y.size):
        n = np.float64(y[i]) - x[i]
        stays = keeps & (p[i] == 0) & ((y[i] <= low) | (y[i] >= high))
        d = n + a * p[i] + (n if stays else 0.0)
        wanted = t * d
        c = min(max(wanted, low - x[i]), high - x[i])
        is_free = c == wanted
        df, cf = (d, 0.0) if is_free else (0.0, c)
        free += df * df
        clipped += cf * cf
    return free, clipped


@compiled(fastmath=SUMMING)
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
) -> tuple[float, float, float]:
    """See `passes.ray_image`."""
    free = held = moved = 0.0
    kind = y.dtype.type
    numbers = kind(a), t, keeps, kind(low), kind(high)
    for i in range(0, y.size, CHUNK):
        j = min(i + CHUNK, y.size)
        found = _ray_image(y[i:j], p[i:j], x[i:j], image[i:j], *numbers)
        free += found[0]
        held += found[1]
        moved += found[2]
    return free, held, moved


@compiled(fastmath=SUMMING)
def _ray_image(
    y: Block,
    p: Block,
    x: Block,
    image: Block,
    a: float,
    t: float,
    keeps: bool,
    low: float,
    high: float,
) -> tuple[float, float, float]:
    kind = y.dtype.type
    zero = kind(0)
    free = moved = zero
    held = 0.0
    for i in range(y.size):
        xi = kind(x[i])
        n = y[i] - xi
        stays = keeps & (p[i] == 0) & ((y[i] <= low) | (y[i] >= high))
        d = n + a * kind(p[i]) + (n if stays else zero)
        new = min(max(kind(x[i] + t * d), low), high)  # t is near 1 and needs all of its digits
        image[i] = new
        df = d if (new > low) & (new < high) else zero
        error = np.float64(new) - x[i]
        free += df * df
        held += error * error
        moved += (new - y[i]) * (new - y[i])
    return free, held, moved


@compiled(fastmath=SUMMING)
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
) -> tuple[float, float, float, float, float, float, float, float, float]:
    """See `passes.cone_sums`."""
    on = vv = ww = wo = wn = nn = pw = pn = nw = 0.0
    kind = y.dtype.type
    numbers = radial, kind(k), kind(s), kind(low), kind(high)
    for i in range(0, y.size, CHUNK):
        j = min(i + CHUNK, y.size)
        found = _cone_sums(y[i:j], n[i:j], v[i:j], p[i:j], w[i:j], *numbers)
        on += found[0]
        vv += found[1]
        ww += found[2]
        wo += found[3]
        wn += found[4]
        nn += found[5]
        pw += found[6]
        pn += found[7]
        nw += found[8]
    return on, vv, ww, wo, wn, nn, pw, pn, nw


@compiled(fastmath=SUMMING)
def _cone_sums(
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
) -> tuple[float, float, float, float, float, float, float, float, float]:
    kind = y.dtype.type
    zero, one = kind(0), kind(1)
    on = vv = ww = wo = wn = nn = pw = pn = nw = zero
    for i in range(y.size):
        ni = y[i] - kind(n[i]) if radial else kind(n[i])
        vi, pi, wi = s * v[i], kind(p[i]), kind(w[i])
        new = vi - k * ni
        at_low, at_high = y[i] <= low, y[i] >= high
        free = zero if (at_low & (new <= zero)) | (at_high & (new >= zero)) else one
        new = free * new
        nf = free * ni
        on += one if at_low | at_high else zero
        vv += vi * vi
        ww += new * new
        wo += new * wi
        wn += new * ni
        nn += nf * ni
        pw += new * pi
        pn += nf * pi
        nw += nf * wi
    return on, vv, ww, wo, wn, nn, pw, pn, nw


@compiled(fastmath=SUMMING)
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
) -> tuple[float, float, float]:
    """See `passes.turn`."""
    ww = pw = pp = 0.0
    kind = y.dtype.type
    numbers = radial, kind(k), kind(s), kind(b), kind(c), kind(low), kind(high)
    for i in range(0, y.size, CHUNK):
        j = min(i + CHUNK, y.size)
        found = _turn(y[i:j], n[i:j], v[i:j], p[i:j], w[i:j], *numbers)
        ww += found[0]
        pw += found[1]
        pp += found[2]
    return ww, pw, pp


@compiled(fastmath=SUMMING)
def _turn(
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
) -> tuple[float, float, float]:
    kind = y.dtype.type
    zero = kind(0)
    ww = pw = pp = zero
    for i in range(y.size):
        ni = y[i] - kind(n[i]) if radial else kind(n[i])
        new = s * v[i] - k * ni
        outward = ((y[i] <= low) & (new < zero)) | ((y[i] >= high) & (new > zero))
        new = zero if outward else new
        bent = new + b * (kind(p[i]) - c * ni)
        bent = zero if new == zero else bent
        w[i] = new
        p[i] = bent
        ww += new * new
        pw += bent * new
        pp += bent * bent
    return ww, pw, pp
