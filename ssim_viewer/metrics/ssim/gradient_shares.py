"""The gradient of MSSIM by the factor that it goes through: luminance, contrast or structure.

By the product rule, with S = l^alpha c^beta s^gamma,

    dS = (dS/dl) dl  +  (dS/dc) dc  +  (dS/ds) ds

and the chain to the pixels is linear, so the gradient is the sum of three images. With
r = s_x / s_y

    dc/ds_y² = (r - c) / B2        ds/ds_y² = -s r / (c B2)        ds/ds_xy = 2 / (c B2)

Where a window of y is flat r has no limit: as in `similarity` it is taken as 0 there, which leaves
the sum what it is, since r cancels from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.similarity import Similarity, power, power_slope

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.similarity import New, Plane, Slopes, Statistics, Terms


class Factor(StrEnum):
    """A factor of SSIM."""

    LUMINANCE = "luminance"
    CONTRAST = "contrast"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class SsimShare(Ssim):
    """SSIM of which only the change through one factor counts.

    `value` and maps are those of `Ssim`; `value_and_gradient` returns the share of the gradient
    that goes through the factor, so a climb along it is driven by this factor alone. The shares of
    the three factors add up to the gradient.

    Parameters
    ----------
    through
        Whose share it is.
    """

    through: Factor = Factor.LUMINANCE

    @classmethod
    def of(cls, metric: Ssim, factor: Factor) -> SsimShare:
        """Return the share of a factor, with the settings of a metric."""
        return cls(
            **{each.name: getattr(metric, each.name) for each in fields(Ssim)}, through=factor
        )

    def similarity(self) -> Similarity:
        """Return the similarity whose derivatives are the factor's alone."""
        whole = Ssim.similarity(self)
        constants = whole.C1, whole.C2, whole.alpha, whole.beta, whole.gamma
        return _Share(*constants, k=whole.k, flat=whole.flat, through=self.through, whole=whole)


def gradient_shares(
    metric: Ssim, reference: ArrayLike, distorted: ArrayLike
) -> dict[Factor, NDArray[np.float64]]:
    """Return the share of each factor in the gradient of MSSIM, shaped like the distorted image.

    Raises
    ------
    MetricError
        Those of `Ssim.bind` and `BoundSsim.value_and_gradient`.
    """
    return {
        factor: SsimShare.of(metric, factor).bind(reference).value_and_gradient(distorted)[1]
        for factor in Factor
    }


@dataclass(frozen=True, slots=True)
class _Share(Similarity):
    """The formula of S, with the derivatives of one factor."""

    compiles: ClassVar[bool] = False

    through: Factor = Factor.LUMINANCE
    whole: Similarity | None = None

    def terms(self, of: Statistics, new: New, *, parts: bool = False) -> Terms:  # noqa: ARG002
        """Return the factors of S, c among them whether it is asked for or not."""
        assert self.whole is not None  # noqa: S101 - `SsimShare` gives it
        return self.whole.terms(of, new, parts=True)

    def slopes(self, of: Statistics, terms: Terms, weight: float, out: Slopes) -> None:
        """Compute `weight` times the derivatives of S through the factor."""
        Similarity.slopes(self, of, terms, weight, out)
        if self.through is Factor.LUMINANCE:
            out.by_s_yy[...] = 0
            out.by_s_xy[...] = 0
            return
        out.by_mu_y[...] = 0
        of_structure = 2 * self.k * weight * self._structure_by_variance(of, terms)
        if self.through is Factor.STRUCTURE:
            out.by_s_yy[...] = of_structure
        else:
            out.by_s_yy[...] -= of_structure
            out.by_s_xy[...] = 0

    def _structure_by_variance(self, of: Statistics, terms: Terms) -> Plane:
        """Return dS/ds ds/ds_y² = -dS/dcs s r / B2."""
        assert terms.c is not None  # noqa: S101 - `terms` always has it
        ratio, s = np.zeros_like(terms.cs), np.zeros_like(terms.cs)
        np.divide(of.s_xx, of.s_yy, out=ratio, where=of.s_yy > self.flat)
        np.divide(terms.cs, terms.c, out=s, where=terms.c > 0)
        by_cs = power(terms.lum, self.alpha) * power_slope(terms.cs, self.gamma)
        if self.beta != self.gamma:
            by_cs *= power(terms.c, self.beta - self.gamma)
        return -by_cs * s * np.sqrt(ratio) / terms.B2
