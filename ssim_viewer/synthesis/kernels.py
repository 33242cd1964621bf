# ruff: noqa: PLR0917, FBT001  compiled functions take no keywords
"""The functions of `passes` in compiled loops, each over its arrays once.

Sums are taken in float64 whatever the arrays hold. Conditions are written as factors and selections
so that the loops become vectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.jit import SUMMING, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Block = NDArray[Any]


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
) -> tuple[float, float, float, float]:
    """See `passes.ray_image`."""
    free = clipped = held = moved = 0.0
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
        new = min(max(x[i] + wanted, low), high)
        image[i] = new
        kept = np.float64(image[i])
        held += (kept - x[i]) * (kept - x[i])
        moved += (kept - y[i]) * (kept - y[i])
    return free, clipped, held, moved


@compiled(fastmath=SUMMING)
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
) -> tuple[float, float, float, float]:
    """See `passes.bound_sums`."""
    vn = nn = vv = 0.0
    for i in range(y.size):
        ni, vi = (np.float64(y[i]) - n[i] if radial else np.float64(n[i])), np.float64(v[i])
        vn += vi * ni
        nn += ni * ni
        vv += vi * vi
    count = 0
    for i in range(y.size):
        if y[i] <= low or y[i] >= high:
            outward = 1.0 if y[i] >= high else -1.0
            nb[count] = outward * (np.float64(y[i]) - n[i] if radial else np.float64(n[i]))
            vb[count] = s * outward * v[i]
            count += 1
    return float(count), s * vn, nn, vv


@compiled(fastmath=SUMMING)
def held_sums(nb: Block, vb: Block, k: float) -> tuple[float, float]:
    """See `passes.held_sums`."""
    vn = nn = 0.0
    for i in range(nb.size):
        n, v = np.float64(nb[i]), np.float64(vb[i])
        held = v - k * n > 0
        nh = n if held else np.float64(0)
        vn += v * nh
        nn += n * nh
    return vn, nn


@compiled(fastmath=SUMMING)
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
) -> tuple[float, float, float, float, float, float, float, float]:
    """See `passes.project_to_tangent_cone`."""
    ww = wp = wo = nn = pn = pp = pv = nv = 0.0
    for i in range(y.size):
        ni = np.float64(y[i]) - n[i] if radial else np.float64(n[i])
        vi, pi = s * np.float64(v[i]), np.float64(p[i])
        new = vi - k * ni
        at_low, at_high = y[i] <= low, y[i] >= high
        outward = (at_low & (new < 0)) | (at_high & (new > 0))
        held = (at_low | at_high) & (outward | (new == 0))
        new = np.float64(0) if outward else new
        free = 0.0 if held else 1.0
        nf, pf = free * ni, free * pi
        ww += new * new
        wp += new * pi
        wo += new * w[i]
        nn += nf * ni
        pn += pf * ni
        pp += pf * pi
        pv += pf * vi
        nv += nf * vi
        w[i] = new
    return ww, wp, wo, nn, pn, pp, pv, nv


@compiled(fastmath=SUMMING)
def transport_direction(
    y: Block, n: Block, w: Block, p: Block, radial: bool, b: float, c: float
) -> tuple[()]:
    """See `passes.transport_direction`."""
    for i in range(n.size):
        ni = np.float64(y[i]) - n[i] if radial else np.float64(n[i])
        wi = np.float64(w[i])
        p[i] = 0.0 if wi == 0 else wi + b * (p[i] - c * ni)
    return ()
