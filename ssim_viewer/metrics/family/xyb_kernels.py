"""sRGB to linear light to XYB and the derivatives of both, in compiled loops; see `ssimulacra2`.

Roots are found by Newton's method for 1 / root, which divides nowhere, from a guess that takes a
part of the bits of a number, exponent and all, as libm's cube roots begin. Four steps give all
digits but the last ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.jit import EXACT, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[Any]

DARK = 0.04045
BIAS = 0.0037930732552754493
BIAS_ROOT = BIAS ** (1 / 3)


@compiled(fastmath=EXACT, inline=True)
def inverse_cube_root(x: Any) -> Any:
    """Return x to the power of -1/3, for x > 0; about 0 a large number."""
    x = max(x, 1e-90)
    bits = np.float64(np.float64(x).view(np.int64))
    r = np.int64(6.14261265415795e18 - bits * 0.3333333333333333).view(np.float64)
    third = x * 0.3333333333333333
    r *= 1.3333333333333333 - third * (r * r * r)
    r *= 1.3333333333333333 - third * (r * r * r)
    r *= 1.3333333333333333 - third * (r * r * r)
    r *= 1.3333333333333333 - third * (r * r * r)
    return r


@compiled(fastmath=EXACT, inline=True)
def inverse_fifth_root(x: Any) -> Any:
    """Return x to the power of -1/5, for x > 0."""
    bits = np.float64(np.float64(x).view(np.int64))
    r = np.int64(5.528357693781633e18 - bits * 0.2).view(np.float64)
    fifth = x * 0.2
    r *= 1.2 - fifth * (r * r * (r * r) * r)
    r *= 1.2 - fifth * (r * r * (r * r) * r)
    r *= 1.2 - fifth * (r * r * (r * r) * r)
    r *= 1.2 - fifth * (r * r * (r * r) * r)
    return r


@compiled(fastmath=EXACT)
def light_row(row: Rows, levels: float, light: Rows) -> None:
    """Undo sRGB's transfer curve: ((v + 0.055) / 1.055)^2.4 as (t t^-1/5)³."""
    for j in range(light.shape[0]):
        v = levels * row[j]
        t = (max(v, DARK) + 0.055) * (1 / 1.055)
        power = t * inverse_fifth_root(t)
        # max() may lose what is no number.
        light[j] = (v * (1 / 12.92) if v <= DARK else power * power * power) + (v - v)


@compiled(fastmath=EXACT)
def by_light_row(row: Rows, levels: float, out: Rows) -> None:
    """Turn slopes by light into such by samples, in place."""
    for j in range(out.shape[0]):
        v = levels * row[j]
        t = (max(v, DARK) + 0.055) * (1 / 1.055)
        root = inverse_fifth_root(t)
        steep = (2.4 / 1.055) * (t * t) * (root * root * root)
        out[j] *= levels * (1 / 12.92 if v <= DARK else steep)


@compiled(fastmath=EXACT)
def grey_row(light: Rows, y: Rows) -> None:
    """Compute Y of grey light, of which all cones see the same."""
    for j in range(y.shape[0]):
        mix = max(light[j] + BIAS, 0.0)
        root = inverse_cube_root(mix)
        y[j] = mix * (root * root) - BIAS_ROOT + 0.01 + (light[j] - light[j])


@compiled(fastmath=EXACT)
def by_grey_row(light: Rows, by_y: Rows, out: Rows) -> None:
    """Turn slopes by Y into such by grey light."""
    for j in range(out.shape[0]):
        mix = light[j] + BIAS
        root = inverse_cube_root(mix)
        out[j] = by_y[j] * (0.3333333333333333 * (root * root)) if mix > 0 else 0.0


@compiled(fastmath=EXACT)
def xyb_row(light: tuple[Rows, Rows, Rows], opsin: Rows, xyb: tuple[Rows, Rows, Rows]) -> None:
    """Compute X, Y and B - Y of three lights; `opsin` holds the shares of each cone, row by row."""
    red, green, blue = light
    x, y, b = xyb
    for j in range(x.shape[0]):
        p, q, s = red[j], green[j], blue[j]
        lost = (p - p) + (q - q) + (s - s)
        long = max(opsin[0] * p + opsin[1] * q + opsin[2] * s + BIAS, 0.0)
        medium = max(opsin[3] * p + opsin[4] * q + opsin[5] * s + BIAS, 0.0)
        short = max(opsin[6] * p + opsin[7] * q + opsin[8] * s + BIAS, 0.0)
        u, v, w = inverse_cube_root(long), inverse_cube_root(medium), inverse_cube_root(short)
        u, v, w = long * (u * u), medium * (v * v), short * (w * w) - BIAS_ROOT
        u, v = u - BIAS_ROOT, v - BIAS_ROOT
        both = (u + v) * 0.5
        x[j] = (u - v) * 0.5 * 14.0 + 0.42 + lost
        y[j] = both + 0.01 + lost
        b[j] = w - both + 0.55 + lost


@compiled(fastmath=EXACT, inline=True)
def by_mix(mix: Any, slope: Any) -> Any:
    """Turn a slope by a cone's answer into that by the light it sees."""
    root = inverse_cube_root(mix)
    return slope * (0.3333333333333333 * (root * root)) if mix > 0 else 0.0


@compiled(fastmath=EXACT)
def by_xyb_row(
    light: tuple[Rows, Rows, Rows],
    opsin: Rows,
    slopes: tuple[Rows, Rows, Rows],
    out: tuple[Rows, Rows, Rows],
) -> None:
    """Turn slopes by X, Y and B - Y into such by the three lights."""
    red, green, blue = light
    by_x, by_y, by_b = slopes
    by_red, by_green, by_blue = out
    for j in range(by_red.shape[0]):
        p, q, s = red[j], green[j], blue[j]
        long = opsin[0] * p + opsin[1] * q + opsin[2] * s + BIAS
        medium = opsin[3] * p + opsin[4] * q + opsin[5] * s + BIAS
        short = opsin[6] * p + opsin[7] * q + opsin[8] * s + BIAS
        half = 0.5 * (by_y[j] - by_b[j])
        u = by_mix(long, half + 7.0 * by_x[j])
        v = by_mix(medium, half - 7.0 * by_x[j])
        w = by_mix(short, by_b[j])
        by_red[j] = u * opsin[0] + v * opsin[3] + w * opsin[6]
        by_green[j] = u * opsin[1] + v * opsin[4] + w * opsin[7]
        by_blue[j] = u * opsin[2] + v * opsin[5] + w * opsin[8]


@compiled(fastmath=EXACT)
def light_rows(plane: Rows, levels: float, light: Rows) -> None:
    """Undo the transfer curve in rows."""
    for i in range(light.shape[0]):
        light_row(plane[i], levels, light[i])


@compiled(fastmath=EXACT)
def by_light_rows(plane: Rows, levels: float, out: Rows) -> None:
    """Turn rows of slopes by light into such by samples, in place."""
    for i in range(out.shape[0]):
        by_light_row(plane[i], levels, out[i])


@compiled(fastmath=EXACT)
def xyb_rows(
    light: tuple[Rows, Rows, Rows], opsin: Rows, frame: int, xyb: tuple[Rows, Rows, Rows]
) -> None:
    """Compute rows of X, Y and B - Y inside frames; of grey light Y alone, the second plane.

    All rows are of planes whose frames are that wide at both sides. X without rows: grey.
    """
    width = light[0].shape[1]
    end = frame + width
    for i in range(light[0].shape[0]):
        if xyb[0].shape[0] == 0:
            grey_row(light[0][i], xyb[1][i, frame:end])
        else:
            lights = light[0][i], light[1][i], light[2][i]
            to = xyb[0][i, frame:end], xyb[1][i, frame:end], xyb[2][i, frame:end]
            xyb_row(lights, opsin, to)


@compiled(fastmath=EXACT)
def by_xyb_rows(
    light: tuple[Rows, Rows, Rows],
    opsin: Rows,
    frame: int,
    slopes: tuple[Rows, Rows, Rows],
    out: tuple[Rows, Rows, Rows],
) -> None:
    """Turn rows of slopes by X, Y and B - Y, in frames, into such by light; grey as above."""
    width = light[0].shape[1]
    end = frame + width
    for i in range(light[0].shape[0]):
        if slopes[0].shape[0] == 0:
            by_grey_row(light[0][i], slopes[1][i, frame:end], out[0][i])
        else:
            lights = light[0][i], light[1][i], light[2][i]
            by = slopes[0][i, frame:end], slopes[1][i, frame:end], slopes[2][i, frame:end]
            by_xyb_row(lights, opsin, by, (out[0][i], out[1][i], out[2][i]))
