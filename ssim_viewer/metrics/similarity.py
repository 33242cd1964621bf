"""SSIM of local statistics, and its derivative with respect to them: forward and backward.

Wang, Bovik, Sheikh, Simoncelli: Image quality assessment: from error visibility to structural
similarity. IEEE Transactions on Image Processing 13(4), 2004.

    l = (2 mu_x mu_y + C1) / (mu_x² + mu_y² + C1)                luminance
    c = (2 s_x s_y + C2)   / (s_x² + s_y² + C2)                  contrast
    s = (s_xy + C3)        / (s_x s_y + C3),     C3 = C2 / 2     structure
    S = l^alpha c^beta s^gamma

With A1 / B1 = l, A2 = 2 s_xy + C2, B2 = s_x² + s_y² + C2 and cs = A2 / B2 = c s, the square roots
s_x and s_y cancel from the product, so S is computed as

    S = l^alpha  cs^gamma  c^(beta - gamma)

in which c, whose derivative has no limit at s_y = 0, appears only when beta and gamma differ.

Conventions
-----------
- Where a window of y is flat, s_y has a kink; its derivative there is taken as 0, the middle of
  the derivatives from all sides, so the gradient stays finite.
- A negative l or s has no real power with a fractional exponent: it counts as 0 there, with
  derivative 0, and such windows are counted. Whole exponents keep their sign.

Local means are left to `windows`; sums over the plane and the chain to its pixels to `plane_pair`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float64]


class Statistics(NamedTuple):
    """Local statistics of a strip: means (not centred), variances and the covariance."""

    mu_x: Plane
    mu_y: Plane
    s_xx: Plane
    s_yy: Plane
    s_xy: Plane


class Terms(NamedTuple):
    """The factors of S and their denominators; c is there only when it is needed."""

    B1: Plane
    B2: Plane
    l: Plane  # noqa: E741  the field's own name
    cs: Plane
    c: Plane | None


class Slopes(NamedTuple):
    """Derivatives of S with respect to the statistics of y."""

    mu_y: Plane
    s_yy: Plane
    s_xy: Plane


@dataclass(frozen=True, slots=True)
class Similarity:
    """The constants and exponents of SSIM.

    Attributes
    ----------
    C1, C2
        (K1 L)² and (K2 L)².
    alpha, beta, gamma
        Exponents of luminance, contrast and structure.
    flat
        A variance that counts as 0 under a square root, since it is rounding.
    """

    C1: float
    C2: float
    alpha: float
    beta: float
    gamma: float
    flat: float

    def terms(self, of: Statistics, *, parts: bool = False) -> Terms:
        """Return the factors of S; `parts` asks for c whether S needs it or not."""
        B1 = of.mu_x**2 + of.mu_y**2 + self.C1
        B2 = of.s_xx + of.s_yy + self.C2
        l = (2 * of.mu_x * of.mu_y + self.C1) / B1  # noqa: E741
        cs = (2 * of.s_xy + self.C2) / B2
        c = None
        if parts or self.beta != self.gamma:
            s_x, s_y = (np.sqrt(self._variance(v)) for v in (of.s_xx, of.s_yy))
            c = (2 * s_x * s_y + self.C2) / B2
        return Terms(B1, B2, l, cs, c)

    def map(self, terms: Terms) -> Plane:
        """Return S = l^alpha cs^gamma c^(beta - gamma)."""
        S = power(terms.l, self.alpha) * power(terms.cs, self.gamma)
        if terms.c is not None and self.beta != self.gamma:
            S *= power(terms.c, self.beta - self.gamma)
        return S

    def slopes(self, of: Statistics, terms: Terms) -> Slopes:
        """Return the derivatives of S with respect to mu_y, s_y² and s_xy."""
        B1, B2, l, cs, c = terms  # noqa: E741
        l_power, cs_power = power(l, self.alpha), power(cs, self.gamma)
        dS_dl = power_slope(l, self.alpha) * cs_power
        dS_dcs = power_slope(cs, self.gamma) * l_power / B2
        dS_ds_yy = -cs * dS_dcs
        if c is not None and self.beta != self.gamma:
            extra = self.beta - self.gamma
            c_power = power(c, extra)
            dS_dl *= c_power
            dS_dcs *= c_power
            dS_ds_yy *= c_power
            s_yy = self._variance(of.s_yy)
            s_x_over_s_y = np.sqrt(
                np.divide(of.s_xx, s_yy, out=np.zeros_like(s_yy), where=s_yy > 0)
            )
            dS_ds_yy += l_power * cs_power * power_slope(c, extra) * (s_x_over_s_y - c) / B2
        dS_dmu_y = 2 * dS_dl * (of.mu_x - l * of.mu_y) / B1
        return Slopes(dS_dmu_y, dS_ds_yy, 2 * dS_dcs)

    def clamped(self, terms: Terms) -> int:
        """Return in how many windows a negative l or s was taken as 0."""
        at_zero = np.zeros(terms.l.shape, dtype=bool)
        for part, exponent in ((terms.l, self.alpha), (terms.cs, self.gamma)):
            if not float(exponent).is_integer():
                at_zero |= part < 0
        return int(np.count_nonzero(at_zero))

    def _variance(self, variance: Plane) -> Plane:
        return np.where(variance > self.flat, variance, 0.0)


def power(base: Plane, exponent: float) -> Plane:
    """Return base^exponent, where a negative base with a fractional exponent counts as 0."""
    if exponent == 1:
        return base
    if float(exponent).is_integer():
        return base ** int(exponent)
    return np.maximum(base, 0) ** exponent


def power_slope(base: Plane, exponent: float) -> Plane:
    """Return the derivative of `power`, 0 wherever the base counts as 0."""
    if float(exponent).is_integer():
        return exponent * power(base, exponent - 1) if exponent else np.zeros_like(base)
    slope = np.zeros_like(base)
    np.power(base, exponent - 1, out=slope, where=base > 0)
    return exponent * slope
