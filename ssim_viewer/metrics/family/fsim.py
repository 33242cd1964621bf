"""FSIM and FSIMc: similarity of phase congruency and of gradients, weighted by the former.

Zhang, Zhang, Mou, Zhang: FSIM: a feature similarity index for image quality assessment. IEEE
Transactions on Image Processing 20(8), 2011. With Scharr's gradient magnitudes G of Y of YIQ:

    S_PC = (2 PCx PCy + T₁) / (PCx² + PCy² + T₁),      T₁ = 0.85
    S_G  = (2 Gx Gy + T₂) / (Gx² + Gy² + T₂),          T₂ = 160
    FSIM = Σ S_PC S_G PC / Σ PC,      PC = max(PCx, PCy)

FSIMc multiplies by (S_I S_Q)^λ, the same similarity of I and Q, with T₃ = T₄ = 200 and λ = 0.03.

Conventions
-----------
- All numbers are for 8 bits: other images are brought to 0 to 255.
- Images whose smaller side is f · 256 or so are first shrunk to means of f × f.
- What would divide by 0 is steadied by a rounding unit, as in piq; the published code has 10⁻⁴.
- Where S_I S_Q is negative its absolute value is taken; the published code takes the real part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.downsampling import automatic_factor
from ssim_viewer.metrics.family.color import yiq_planes
from ssim_viewer.metrics.family.formula import (
    BoundFormula,
    Compiled,
    FormulaPlane,
    Terms,
    check_side,
)
from ssim_viewer.metrics.family.fsim_compiled import KERNELS, shrunk
from ssim_viewer.metrics.family.linear_maps import every, filtered
from ssim_viewer.metrics.family.phase_congruency import PhaseCongruency
from ssim_viewer.metrics.family.tape import Node, constant, largest, leaf, magnitude, root, total
from ssim_viewer.metrics.family.tape import gradient as derivative
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import ArrayLike, NDArray

SMALLEST_SIDE = 8
T1, T2, T3, CHROMA_EXPONENT = 0.85, 160.0, 200.0, 0.03
_ACROSS, _DOWN = np.array([-1.0, 0.0, 1.0]), np.array([3.0, 10.0, 3.0]) / 16


@dataclass(frozen=True, slots=True)
class Fsim:
    """Settings of the feature similarity index; 1 is best.

    Parameters
    ----------
    data_range
        L, the distance between black and white.
    chroma
        Whether colour images are compared by FSIMc, or by FSIM of their luma.

    Raises
    ------
    MetricError
        The data range is out of range.
    """

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (160, 200)  # large images are shrunk first

    data_range: float = ASSUMED
    chroma: bool = field(
        default=True,
        metadata={"title": tr("Chroma"), "meaning": tr("FSIMc for colour, or FSIM of Y of YIQ.")},
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "data_range", positive("data_range", self.data_range))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundFormula:
        """Return the metric with a reference, (H, W) or (H, W, 3) of at least 8 × 8."""
        return BoundFormula(self, reference, channel_axis=channel_axis)

    def plane(self, reference: NDArray[Any], /) -> FormulaPlane:
        """Return the score of images of this reference's shape as a formula."""
        check_side(reference.shape, SMALLEST_SIDE, "FSIM")
        factor = automatic_factor(reference.shape[0], reference.shape[1])
        planes = self._planes(constant(reference), factor)
        height, width = planes[0].value.shape
        phase = PhaseCongruency((height, width))

        def features(image: Node, kernels: ModuleType | None = None) -> _Features:
            planes = self._planes(image, factor, kernels)
            return _Features(phase.of(planes[0], kernels), _edges(planes[0]), planes[1:])

        x = features(constant(reference)).fixed()
        place = MapGeometry(first_pixel(factor), factor)

        def measure(
            kernels: ModuleType, y: NDArray[Any], *, gradient: bool
        ) -> tuple[float, NDArray[np.float64]]:
            by = leaf(y) if gradient else constant(y)
            score = _terms(x, features(by, kernels), place).score
            slope = derivative(score, by) if gradient else np.empty(0)
            return float(score.value), np.require(slope, np.float64, ("C", "W"))

        return FormulaPlane(lambda y: _terms(x, features(y), place), Compiled(KERNELS, measure))

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        color = "YIQ" if self.chroma else tr("Y of YIQ")
        return tr(
            "log-Gabor 4 × 4, Scharr, {color}, L = {data_range:g}",
            color=color,
            data_range=self.data_range,
        )

    def _planes(self, image: Node, factor: int, kernels: ModuleType | None = None) -> list[Node]:
        levels = 255 / self.data_range
        if factor > 1 and kernels is not None:
            planes = yiq_planes(image, chroma=self.chroma)
            return [shrunk(plane, factor, levels, kernels) for plane in planes]
        planes = yiq_planes(image * levels, chroma=self.chroma)
        if factor == 1:
            return planes
        box = np.full(factor, 1 / factor)
        return [every(filtered(plane, box), factor) for plane in planes]


@dataclass(frozen=True, slots=True)
class _Features:
    phase: Node
    edges: Node
    chroma: list[Node]

    def fixed(self) -> _Features:
        """Return them without the way they were made."""
        chroma = [constant(plane.value) for plane in self.chroma]
        return _Features(constant(self.phase.value), constant(self.edges.value), chroma)


def first_pixel(factor: int) -> float:
    """Return where the box of the first sample begins, at or before the edge of the image."""
    return float(-((factor - 1) // 2))


def _edges(plane: Node) -> Node:
    across, down = filtered(plane, _ACROSS, _DOWN), filtered(plane, _DOWN, _ACROSS)
    return root(across * across + down * down)


def _terms(x: _Features, y: _Features, place: MapGeometry) -> Terms:
    phase = _similarity(x.phase, y.phase, T1)
    edges = _similarity(x.edges, y.edges, T2)
    weight = largest(x.phase, y.phase)
    local = phase * edges
    layers = {
        tr("feature similarity"): local,
        tr("phase congruency"): phase,
        tr("gradients"): edges,
    }
    if y.chroma:
        i, q = (_similarity(a, b, T3) for a, b in zip(x.chroma, y.chroma, strict=True))
        chroma = layers[tr("chroma")] = magnitude(i * q) ** CHROMA_EXPONENT
        local = local * chroma
    layers |= {tr("feature similarity"): local, tr("weight"): weight}
    return Terms(
        total(local * weight) / total(weight),
        {name: Layer(node.value, place, similarity=True) for name, node in layers.items()},
    )


def _similarity(a: Node, b: Node, steady: float) -> Node:
    return (a * b * 2.0 + steady) / (a * a + b * b + steady)
