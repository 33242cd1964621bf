"""NLPD: the distance between images as the early visual system may represent them.

Laparra, Ballé, Berardino, Simoncelli: Perceptual image quality assessment using a normalized
Laplacian pyramid. Human Vision and Electronic Imaging 2016. At six scales a local mean is taken off
(Burt and Adelson's pyramid, z), and what is left is divided by the activity around it:

    ẑ = z / (σ + Σ p |z|),      NLPD = mean over scales of sqrt(mean (ẑx - ẑy)²)

σ and the weights p of 5 × 5 neighbours are those of the published code, fitted to photographs.

Conventions
-----------
- Images are brought to 0 to 1. The last scale is what remains of the means.
- The pyramid filters with (1, 4, 6, 4, 1) / 16 and mirrors at the border without repeating the
  outermost sample, as plenoptic does; outside the scales p meets zeros.
- The root at 0 has the derivative 0, so that identical images have a gradient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.family.formula import Compiled, FormulaPlane, Terms, check_side
from ssim_viewer.metrics.family.linear_maps import (
    between_zeros,
    every,
    filtered,
    filtered_by,
    filtered_inside,
    padded,
    started_at,
)
from ssim_viewer.metrics.family.nlpd_compiled import KERNELS, CompiledNlpd
from ssim_viewer.metrics.family.plane_settings import PlaneSettings
from ssim_viewer.metrics.family.tape import Node, constant, magnitude, mean, root
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import color_in_words
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

SMALLEST_SIDE = 33
"""The fourth halving still has three samples to mirror."""
_BINOMIAL = np.array([1, 4, 6, 4, 1]) / 16
_SIGMAS = (0.0248, 0.0185, 0.0179, 0.0191, 0.0220, 0.2782)
_NEIGHBOURS = (  # above, left, right, far right, below
    (0.1011, 0.1493, 0.1460, 0.0072, 0.1015),
    (0.0757, 0.1986, 0.1846, 0.0, 0.0837),
    (0.0477, 0.2138, 0.2243, 0.0, 0.0467),
    (0.0, 0.2503, 0.2616, 0.0, 0.0),
    (0.0, 0.2598, 0.2552, 0.0, 0.0),
    (0.0, 0.2215, 0.0717, 0.0, 0.0),
)


@dataclass(frozen=True, slots=True)
class Nlpd(PlaneSettings):
    """Settings of the normalized Laplacian pyramid distance; 0 is best."""

    higher_is_better: ClassVar[bool] = False
    bytes_per_sample: ClassVar[tuple[int, int]] = (60, 180)

    def plane(self, x: NDArray[Any], /) -> FormulaPlane:
        """Return one plane of the reference."""
        check_side(x.shape, SMALLEST_SIDE, "NLPD")
        reference = [scale.value for scale in self._normalized(constant(x))]
        compiled = CompiledNlpd(reference, _SIGMAS, _NEIGHBOURS, 1 / self.data_range)
        return FormulaPlane(
            lambda y: self._terms(reference, self._normalized(y)),
            Compiled(KERNELS, compiled.measure),
        )

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr(
            "6 scales, {color}, L = {data_range:g}",
            color=color_in_words(self.color),
            data_range=self.data_range,
        )

    def _normalized(self, plane: Node) -> list[Node]:
        """Return the scales, each divided by the activity around, the finest first."""
        rest, scales = plane / self.data_range, []
        for _ in _SIGMAS[1:]:
            small = every(filtered_inside(padded(rest, 2, 2, "reflect-101"), _BINOMIAL), 2)
            scales.append(rest - _enlarged(small, rest.value.shape))
            rest = small
        scales.append(rest)
        return [
            z / (filtered_by(magnitude(z), _kernel(near)) + sigma)
            for z, sigma, near in zip(scales, _SIGMAS, _NEIGHBOURS, strict=True)
        ]

    def _terms(self, x: list[Array], y: list[Node]) -> Terms:
        sum_ = constant(0.0)
        layers: dict[str, Layer] = {}
        for number, (a, b) in enumerate(zip(x, y, strict=True)):
            square = (b - a) ** 2
            sum_ = sum_ + root(mean(square))
            place = MapGeometry(0.5 - 2**number / 2, 2**number)
            layers[tr("squared distance, scale {scale}", scale=number + 1)] = Layer(
                square.value, place
            )
        return Terms(sum_ / len(x), layers)


def _enlarged(small: Node, shape: tuple[int, ...]) -> Node:
    wide = between_zeros(padded(small, 1, 1, "reflect-101"))
    return started_at(filtered(wide, 2 * _BINOMIAL), 2, (shape[0], shape[1]))


def _kernel(near: tuple[float, ...]) -> Array:
    kernel = np.zeros((5, 5))
    kernel[1, 2], kernel[2, 1], kernel[2, 3], kernel[2, 4], kernel[3, 2] = near
    return kernel
