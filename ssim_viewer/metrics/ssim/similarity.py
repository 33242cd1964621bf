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

In code l is `lum`. Arrays come from `new`, memory used again and again, so results are written into
them; ``cv2.addWeighted(a, p, b, q, r, out)`` is p a + q b + r in one pass. Local means are left to
`windows`; sums over the plane and the chain to its pixels to `reference`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Plane = NDArray[np.float64]
    New = Callable[[], Plane]


class Statistics(NamedTuple):
    """Local statistics of a tile: means (not centred), variances and the covariance."""

    mu_x: Plane
    mu_y: Plane
    s_xx: Plane
    s_yy: Plane
    s_xy: Plane


class Terms(NamedTuple):
    """The factors of S and their denominators; c is there only when it is needed."""

    B1: Plane
    B2: Plane
    lum: Plane
    cs: Plane
    c: Plane | None


class Slopes(NamedTuple):
    """Derivatives of S: dS/dmu_y, 2k dS/ds_y² and k dS/ds_xy, k the factor of (co)variances."""

    by_mu_y: Plane
    by_s_yy: Plane
    by_s_xy: Plane


@dataclass(frozen=True, slots=True)
class Similarity:
    """The constants and exponents of SSIM.

    Attributes
    ----------
    C1, C2
        (K1 L)² and (K2 L)².
    alpha, beta, gamma
        Exponents of luminance, contrast and structure.
    k
        The factor of variances and covariance, 1 for population moments.
    flat
        A variance that counts as 0 under a square root, since it is rounding.
    compiles
        Whether the kernels compute this very formula; another one has to say that they do not.
    """

    compiles: ClassVar[bool] = True

    C1: float
    C2: float
    alpha: float
    beta: float
    gamma: float
    k: float
    flat: float

    def terms(self, of: Statistics, new: New, *, parts: bool = False) -> Terms:
        """Return the factors of S; `parts` asks for c whether S needs it or not."""
        B1, B2, lum, cs = (new() for _ in range(4))
        cv2.multiply(of.mu_x, of.mu_x, B1)
        cv2.accumulateSquare(of.mu_y, B1)
        B1 += self.C1
        cv2.addWeighted(of.s_xx, 1, of.s_yy, 1, self.C2, B2)
        cv2.multiply(of.mu_x, of.mu_y, lum, scale=2)
        lum += self.C1
        lum /= B1
        cv2.addWeighted(of.s_xy, 2, of.s_xy, 0, self.C2, cs)
        cs /= B2
        c = self._contrast(of, B2, new) if parts or self._extra else None
        return Terms(B1, B2, lum, cs, c)

    def map(self, terms: Terms, new: New) -> Plane:
        """Return S = l^alpha cs^gamma c^(beta - gamma)."""
        S = np.multiply(power(terms.lum, self.alpha), power(terms.cs, self.gamma), out=new())
        if terms.c is not None and self._extra:
            S *= power(terms.c, self._extra)
        return S

    def slopes(self, of: Statistics, terms: Terms, weight: float, out: Slopes) -> None:
        """Compute `weight` times the derivatives of S with respect to the statistics of y."""
        by_l, by_cs = self._slopes_of_factors(terms)
        by_mu_y, by_s_yy, by_s_xy = out
        cv2.multiply(terms.lum, of.mu_y, by_mu_y)
        cv2.subtract(of.mu_x, by_mu_y, by_mu_y)
        cv2.multiply(by_mu_y, by_l, by_mu_y, scale=2 * weight)
        cv2.divide(by_mu_y, terms.B1, by_mu_y)
        cv2.divide(by_cs, terms.B2, by_s_xy, scale=2 * self.k * weight)
        cv2.multiply(terms.cs, by_s_xy, by_s_yy, scale=-1)
        if terms.c is not None and self._extra:
            by_s_yy += 2 * self.k * weight * self._slope_by_contrast(of, terms, terms.c)

    def clamped(self, terms: Terms) -> int:
        """Return in how many windows a negative l or s was taken as 0."""
        at_zero = [
            part < 0
            for part, exponent in ((terms.lum, self.alpha), (terms.cs, self.gamma))
            if not exponent.is_integer()
        ]
        return int(np.count_nonzero(np.logical_or.reduce(at_zero))) if at_zero else 0

    @property
    def _extra(self) -> float:
        """The exponent of c in S."""
        return self.beta - self.gamma

    def _contrast(self, of: Statistics, B2: Plane, new: New) -> Plane:
        c, s_yy = new(), new()
        cv2.threshold(of.s_xx, self.flat, 0, cv2.THRESH_TOZERO, c)
        cv2.threshold(of.s_yy, self.flat, 0, cv2.THRESH_TOZERO, s_yy)
        c *= s_yy
        np.sqrt(c, out=c)
        c *= 2
        c += self.C2
        c /= B2
        return c

    def _slopes_of_factors(self, terms: Terms) -> tuple[Plane, Plane]:
        """Return dS/dl and dS/dcs; with exponents 1 they are cs and l."""
        if self.alpha == self.beta == self.gamma == 1:
            return terms.cs, terms.lum
        by_l = power_slope(terms.lum, self.alpha) * power(terms.cs, self.gamma)
        by_cs = power(terms.lum, self.alpha) * power_slope(terms.cs, self.gamma)
        if terms.c is not None and self._extra:
            by_l *= power(terms.c, self._extra)
            by_cs *= power(terms.c, self._extra)
        return by_l, by_cs

    def _slope_by_contrast(self, of: Statistics, terms: Terms, c: Plane) -> Plane:
        """Return dS/dc dc/ds_y², where dc/ds_y² = (s_x / s_y - c) / B2."""
        by_c = power(terms.lum, self.alpha) * power(terms.cs, self.gamma)
        by_c *= power_slope(c, self._extra)
        ratio = np.zeros_like(c)
        np.divide(of.s_xx, of.s_yy, out=ratio, where=of.s_yy > self.flat)
        by_c *= (np.sqrt(ratio) - c) / terms.B2
        return by_c


def power(base: Plane, exponent: float) -> Plane:
    """Return base^exponent, where a negative base with a fractional exponent counts as 0."""
    if exponent == 1:
        return base
    if exponent.is_integer():
        raised: Plane = base ** int(exponent)
        return raised
    return np.maximum(base, 0.0) ** exponent


def power_slope(base: Plane, exponent: float) -> Plane:
    """Return the derivative of `power`, 0 wherever the base counts as 0."""
    if exponent == 0:
        return np.zeros_like(base)
    if exponent.is_integer():
        return exponent * power(base, exponent - 1)
    slope = np.zeros_like(base)
    np.power(base, exponent - 1, out=slope, where=base > 0)
    slope *= exponent
    return slope
