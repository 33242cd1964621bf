# ruff: noqa: PLR0917, FBT001  compiled functions take no keywords
"""The functions of `passes` in compiled loops, each over its arrays once.

Conditions are written as factors and selections so that the loops become vectors. Sums that are to
be exact are taken in float64 whatever the arrays hold; the others are taken in the images' type
over `CHUNK` samples and then in float64, so that single precision needs no conversions. Chunks are
slices with loops of their own, counted from 0: loops that begin elsewhere do not become vectors.
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
    sums = np.zeros(3)
    kind = y.dtype.type
    zero, a, low, high = kind(0), kind(a), kind(low), kind(high)
    for start in range(0, y.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        yc, pc, xc, out = y[chunk], p[chunk], x[chunk], image[chunk]
        free = moved = zero
        held = 0.0
        for i in range(yc.size):
            n = yc[i] - kind(xc[i])
            stays = keeps & (pc[i] == 0) & ((yc[i] <= low) | (yc[i] >= high))
            d = n + a * kind(pc[i]) + (n if stays else zero)
            new = min(max(kind(xc[i] + t * d), low), high)  # t is near 1: all digits count
            out[i] = new
            df = d if (new > low) & (new < high) else zero
            error = np.float64(new) - xc[i]
            free += df * df
            held += error * error
            moved += (new - yc[i]) * (new - yc[i])
        sums[0] += free
        sums[1] += held
        sums[2] += moved
    return sums[0], sums[1], sums[2]


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
    sums = np.zeros(9)
    kind = y.dtype.type
    zero, one = kind(0), kind(1)
    k, s, low, high = kind(k), kind(s), kind(low), kind(high)
    for start in range(0, y.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        yc, nc, vc, pc, wc = y[chunk], n[chunk], v[chunk], p[chunk], w[chunk]
        on = vv = ww = wo = wn = nn = pw = pn = nw = zero
        for i in range(yc.size):
            ni = yc[i] - kind(nc[i]) if radial else kind(nc[i])
            vi, pi, wi = s * vc[i], kind(pc[i]), kind(wc[i])
            new = vi - k * ni
            at_low, at_high = yc[i] <= low, yc[i] >= high
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
        for each, part in enumerate((on, vv, ww, wo, wn, nn, pw, pn, nw)):
            sums[each] += part
    return sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8]


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
    sums = np.zeros(3)
    kind = y.dtype.type
    zero = kind(0)
    k, s, b, c, low, high = kind(k), kind(s), kind(b), kind(c), kind(low), kind(high)
    for start in range(0, y.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        yc, nc, vc, pc, wc = y[chunk], n[chunk], v[chunk], p[chunk], w[chunk]
        ww = pw = pp = zero
        for i in range(yc.size):
            ni = yc[i] - kind(nc[i]) if radial else kind(nc[i])
            new = s * vc[i] - k * ni
            outward = ((yc[i] <= low) & (new < zero)) | ((yc[i] >= high) & (new > zero))
            new = zero if outward else new
            bent = new + b * (kind(pc[i]) - c * ni)
            bent = zero if new == zero else bent
            wc[i] = new
            pc[i] = bent
            ww += new * new
            pw += bent * new
            pp += bent * bent
        sums[0] += ww
        sums[1] += pw
        sums[2] += pp
    return sums[0], sums[1], sums[2]
