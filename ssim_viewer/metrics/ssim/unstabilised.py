"""SSIM with a constant of 0, and what stands for 0 / 0 there: the universal quality index.

Wang, Bovik: A universal image quality index. IEEE Signal Processing Letters 9(3), 2002. With
C1 = C2 = 0 as in its code `img_qi.m`, and in `ssim_index.m` with K = 0:

    both windows flat, s_x² + s_y² = 0:      c s = 1, so S = l
    both means 0, mu_x² + mu_y² = 0:         S = 1

S has no limit at such windows, and their derivatives by what is 0 / 0 are taken as 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.ssim.similarity import Similarity, Terms

if TYPE_CHECKING:
    from ssim_viewer.metrics.ssim.similarity import New, Statistics


class Unstabilised(Similarity):
    """The formula of S where C1 or C2 is 0."""

    __slots__ = ()

    def terms(self, of: Statistics, new: New, *, parts: bool = False) -> Terms:
        """Return the factors of S, 1 where they are 0 / 0, and there an infinite denominator."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = Similarity.terms(self, of, new, parts=parts)
        dark = np.less_equal(found.B1, self.flat if self.C1 == 0 else 0)
        flat = np.less_equal(found.B2, 2 * self.flat if self.C2 == 0 else 0)
        np.copyto(found.lum, 1, where=dark)
        np.copyto(found.B1, np.inf, where=dark)
        for part in (found.cs, found.c):
            if part is not None:
                np.copyto(part, 1, where=flat | dark)
        np.copyto(found.B2, np.inf, where=flat | dark)
        return found
