"""MS-GMSD: the deviation of gradient magnitude similarity at four scales.

Zhang, Sander, Bermak: Gradient magnitude similarity deviation on multiple scales for color image
quality assessment. ICASSP 2017. From full size on, with Prewitt's magnitudes a and b at each scale:

    q = ((2 - α) a b + c) / (a² + b² - α a b + c),     c = 170, α = 0.5
    MS-GMSD = sqrt(Σ wⱼ var qⱼ),     w = 0.096, 0.596, 0.289, 0.019 from fine to coarse

Conventions
-----------
- All numbers are for 8 bits: other images are brought to 0 to 255.
- Outside the image all samples are 0; halves are means of 2 × 2; variances divide by N.
- m has a kink at 0, and the root at 0: their derivatives are taken as 0 there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.family.formula import Compiled, FormulaPlane, Terms, check_side
from ssim_viewer.metrics.family.linear_maps import filtered, halved
from ssim_viewer.metrics.family.ms_gmsd_compiled import KERNELS, CompiledMsGmsd
from ssim_viewer.metrics.family.plane_settings import PlaneSettings
from ssim_viewer.metrics.family.tape import Node, constant, mean, root
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import color_in_words
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

WEIGHTS = (0.096, 0.596, 0.289, 0.019)
SMALLEST_SIDE = 2 ** len(WEIGHTS) + 1
_BOX = np.full(3, 1 / 3)
_DIFFERENCE = np.array([-1.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True)
class MsGmsd(PlaneSettings):
    """Settings of multi-scale gradient magnitude similarity deviation; 0 is best.

    Parameters
    ----------
    c, alpha
        The constant for 8 bits and the masking parameter, 170 and 0.5 in the paper.

    Raises
    ------
    MetricError
        The data range is out of range.
    """

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (70, 250)

    c: float = field(
        default=170.0,
        metadata={
            "title": tr("Constant c"),
            "meaning": tr("Steadies places without edges, for 8 bits."),
            "low": 1.0,
            "high": 10000.0,
            "logarithmic": True,
        },
    )
    alpha: float = field(
        default=0.5,
        metadata={
            "title": tr("Masking α"),
            "meaning": tr("How much less an error counts on a strong edge."),
            "low": 0.0,
            "high": 1.0,
            "step": 0.05,
        },
    )

    def __post_init__(self) -> None:
        PlaneSettings.__post_init__(self)
        object.__setattr__(self, "c", positive("c", self.c))
        object.__setattr__(self, "alpha", positive("alpha", self.alpha, or_zero=True))

    def plane(self, x: NDArray[Any], /) -> FormulaPlane:
        """Return one plane of the reference."""
        check_side(x.shape, SMALLEST_SIDE, "MS-GMSD")
        reference = [edges.value for edges in self._edges(constant(x))]
        compiled = CompiledMsGmsd(reference, WEIGHTS, 255 / self.data_range, self.c, self.alpha)
        return FormulaPlane(
            lambda y: self._terms(reference, self._edges(y)), Compiled(KERNELS, compiled.measure)
        )

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr(
            "Prewitt, 4 scales, c = {c:g}, α = {alpha:g}, {color}, L = {data_range:g}",
            c=self.c,
            alpha=self.alpha,
            color=color_in_words(self.color),
            data_range=self.data_range,
        )

    def _edges(self, plane: Node) -> list[Node]:
        """Return the magnitudes at each scale, the finest first."""
        scale = plane * (255 / self.data_range)
        found = [_magnitude(scale)]
        for _ in WEIGHTS[1:]:
            scale = halved(scale)
            found.append(_magnitude(scale))
        return found

    def _terms(self, x: list[Array], y: list[Node]) -> Terms:
        squares = constant(0.0)
        layers: dict[str, Layer] = {}
        for number, (weight, a, b) in enumerate(zip(WEIGHTS, x, y, strict=True)):
            product = a * b
            q = (product * (2 - self.alpha) + self.c) / (
                a * a + b * b - product * self.alpha + self.c
            )
            squares = squares + mean((q - mean(q)) ** 2) * weight
            layers[tr("gradient similarity, scale {scale}", scale=number + 1)] = Layer(
                q.value, MapGeometry(0.0, 2**number), similarity=True
            )
        return Terms(root(squares), layers)


def _magnitude(plane: Node) -> Node:
    across, down = filtered(plane, _DIFFERENCE, _BOX), filtered(plane, _BOX, _DIFFERENCE)
    return root(across * across + down * down)
