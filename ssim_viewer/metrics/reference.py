"""One plane of the reference with its statistics, and a pass over one plane of a distorted image.

The chain from S back to the pixels of y, with W the local means, W^T their adjoint and k the
covariance factor (1 for population moments):

    mu_y = W y,   s_y² = k (W y² - mu_y²),   s_xy = k (W xy - mu_x mu_y)

    dS/dy = W^T[S_mu - 2k S_yy mu_y - k S_xy mu_x]  +  2k y W^T[S_yy]  +  k x W^T[S_xy]

where S_mu, S_yy, S_xy are the derivatives of S that `similarity` gives. With exponents 1 this is

    grad MSSIM = (2/M) { x W^T[A1/D] - y W^T[S/B2] + W^T[(mu_x (A2-A1) - mu_y (B2-B1) S) / D] }

with D = B1 B2, up to the centring of the means, which leaves the sum unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.metrics.similarity import Similarity, Statistics
from ssim_viewer.metrics.strips import in_threads, strips

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ssim_viewer.metrics.windows import Window

    Plane = NDArray[np.float64]

PARTS = ("luminance", "contrast", "structure")


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What one pass over a plane adds up.

    Attributes
    ----------
    sums
        The sum over windows of "ssim" and, when asked for, of each of `PARTS`.
    clamped
        The number of windows in which a negative factor counted as 0.
    gradient
        The derivative of the sum of S with respect to the padded plane, when asked for.
    """

    sums: dict[str, float]
    clamped: int
    gradient: Plane | None


@dataclass(frozen=True, slots=True, eq=False)
class ReferencePlane:
    """A padded, centred plane x of the reference with its local means and variances.

    Attributes
    ----------
    x
        The padded plane, of which `shift` was subtracted.
    window, similarity
        The window of the means and the constants of SSIM.
    covariance
        The factor k of variances and covariance.
    shift
        What was subtracted from x, half the data range.
    """

    x: Plane
    window: Window
    similarity: Similarity
    covariance: float
    shift: float
    mu_x: Plane = field(init=False)
    s_xx: Plane = field(init=False)

    def __post_init__(self) -> None:
        height, width = (side - self.window.size + 1 for side in self.x.shape)
        mu_x, s_xx = np.empty((height, width)), np.empty((height, width))

        def fill(rows: slice) -> None:
            x = self._under(self.x, rows)
            mu_x[rows] = self.window.mean(x)
            s_xx[rows] = self._moment(x * x, mu_x[rows], mu_x[rows])
            np.maximum(s_xx[rows], 0, out=s_xx[rows])

        in_threads(fill, strips(height, width))
        object.__setattr__(self, "mu_x", mu_x)
        object.__setattr__(self, "s_xx", s_xx)

    def measure(
        self, y: Plane, maps: Mapping[str, NDArray[np.floating]], *, parts: bool, gradient: bool
    ) -> Pass:
        """Compare a padded, centred plane y with x.

        Parameters
        ----------
        y
            The plane, shaped like x.
        maps
            Arrays of the map's shape by name, "ssim" or one of `PARTS`, to which those maps are
            added.
        parts, gradient
            Whether to sum up luminance, contrast and structure, and to differentiate.
        """
        total = np.zeros_like(y) if gradient else None

        def measure(rows: slice) -> tuple[dict[str, float], int, Plane | None]:
            x_strip, y_strip = self._under(self.x, rows), self._under(y, rows)
            mu_y = self.window.mean(y_strip)
            of = Statistics(
                self.mu_x[rows] + self.shift,
                mu_y + self.shift,
                self.s_xx[rows],
                np.maximum(self._moment(y_strip * y_strip, mu_y, mu_y), 0),
                self._moment(x_strip * y_strip, self.mu_x[rows], mu_y),
            )
            terms = self.similarity.terms(of, parts=parts)
            found = {"ssim": self.similarity.map(terms)}
            if parts and terms.c is not None:
                found |= dict(zip(PARTS, (terms.l, terms.c, terms.cs / terms.c), strict=True))
            for name, into in maps.items():
                into[rows] += found[name]
            sums = {name: float(plane.sum()) for name, plane in found.items()}
            clamped = self.similarity.clamped(terms)
            if not gradient:
                return sums, clamped, None
            S_mu, S_yy, S_xy = self.similarity.slopes(of, terms)
            k, spread = self.covariance, self.window.spread
            S_yy *= 2 * k
            S_xy *= k
            S_mu -= S_yy * mu_y + S_xy * self.mu_x[rows]
            slope = spread(S_mu) + y_strip * spread(S_yy) + x_strip * spread(S_xy)
            return sums, clamped, slope

        parts_of = strips(*self.mu_x.shape)
        results = in_threads(measure, parts_of)
        sums = {name: sum(r[0][name] for r in results) for name in results[0][0]}
        if total is not None:
            for rows, (_, _, slope) in zip(parts_of, results, strict=True):
                self._under(total, rows)[:] += slope
        return Pass(sums, sum(r[1] for r in results), total)

    def _under(self, padded: Plane, rows: slice) -> Plane:
        """Return the rows of a padded plane that the windows of these rows of the map see."""
        return padded[rows.start : rows.stop + self.window.size - 1]

    def _moment(self, product: Plane, mu_a: Plane, mu_b: Plane) -> Plane:
        return self.covariance * (self.window.mean(product) - mu_a * mu_b)
