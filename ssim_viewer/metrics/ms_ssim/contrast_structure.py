"""The mean of c s, SSIM without its luminance: what MS-SSIM takes at all scales but the last.

`Ssim` with exponents (0, 1, 1) has the same value; this one leaves out the arithmetic of l.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.similarity import Similarity, Slopes, Terms

if TYPE_CHECKING:
    from ssim_viewer.metrics.ssim.similarity import New, Plane, Statistics


class ContrastStructure(Ssim):
    """Settings of `Ssim`, whose map is c s = (2 s_xy + C2) / (s_x² + s_y² + C2)."""

    __slots__ = ()

    def similarity(self) -> Similarity:
        """Return the constants of c s."""
        C2 = (self.k2 * self.data_range) ** 2
        whole = Ssim.similarity(self)
        return _ContrastStructure(whole.C1, C2, 0.0, 1.0, 1.0, k=whole.k, flat=whole.flat)


class _ContrastStructure(Similarity):
    """The formula of c s and its derivative; l and B1 are never asked for and hold nothing."""

    __slots__ = ()

    def terms(self, of: Statistics, new: New, *, parts: bool = False) -> Terms:
        if parts:
            return Similarity.terms(self, of, new, parts=True)
        B2, cs = new(), new()
        cv2.addWeighted(of.s_xx, 1, of.s_yy, 1, self.C2, B2)
        cv2.addWeighted(of.s_xy, 2, of.s_xy, 0, self.C2, cs)
        cv2.divide(cs, B2, cs)
        return Terms(B1=B2, B2=B2, lum=cs, cs=cs, c=None)

    def map(self, terms: Terms, new: New) -> Plane:  # noqa: ARG002  cs is there already
        return terms.cs

    def slopes(self, of: Statistics, terms: Terms, weight: float, out: Slopes) -> None:  # noqa: ARG002
        out.by_mu_y[:] = 0
        cv2.divide(2 * self.k * weight, terms.B2, out.by_s_xy)
        cv2.multiply(terms.cs, out.by_s_xy, out.by_s_yy, scale=-1)
