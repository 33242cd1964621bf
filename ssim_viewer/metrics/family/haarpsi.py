"""HaarPSI: local similarity of Haar wavelet coefficients, weighted by the coarsest of them.

Reisenhofer, Bosse, Kutyniok, Wiegand: A Haar wavelet-based perceptual similarity index for image
quality assessment. Signal Processing: Image Communication 61, 2018. As in its authors' code, at
half size, with h₁ and h₂ the Haar filters of 2 × 2 and 4 × 4 across and down:

    s = mean over both scales of (2 |x h| |y h| + C²) / (|x h|² + |y h|² + C²),     C² = 30
    w = max(|x h₃|, |y h₃|),                                               h₃ of 8 × 8
    HaarPSI = (logit(Σ w σ(α s) / Σ w) / α)²,     σ(t) = 1 / (1 + exp(-t)),  α = 4.2

With colour, Y of YIQ is compared so, and I and Q by means of 2 × 2 with the mean of both weights.

Conventions
-----------
- All numbers are for 8 bits: other images are brought to 0 to 255.
- Outside the image all samples are 0, as for MATLAB's `conv2`.
- C² is 30 in the published code, not 30².
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.family.color import YIQ, yiq_planes
from ssim_viewer.metrics.family.formula import (
    BoundFormula,
    Compiled,
    FormulaPlane,
    Terms,
    check_side,
)
from ssim_viewer.metrics.family.haarpsi_compiled import KERNELS, CompiledHaarPsi
from ssim_viewer.metrics.family.linear_maps import filtered, halved
from ssim_viewer.metrics.family.tape import (
    Node,
    constant,
    largest,
    logarithm,
    magnitude,
    sigmoid,
    total,
)
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.family.tape import Array

SMALLEST_SIDE = 16
_PAIR = np.array([0.5, 0.5])
_WAYS = (
    (tr("similarity across"), tr("weight across")),
    (tr("similarity down"), tr("weight down")),
)
"""The maps of each way."""


@dataclass(frozen=True, slots=True)
class HaarPsi:
    """Settings of the Haar wavelet-based perceptual similarity; 1 is best.

    Parameters
    ----------
    data_range
        L, the distance between black and white.
    chroma
        Whether I and Q of colour images are compared too, as published, or their Y alone.
    c
        The constant of the similarity for 8 bits, 30 in the paper.
    alpha
        The steepness of the logistic function, 4.2 in the paper.

    Raises
    ------
    MetricError
        A number is not above 0.
    """

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (60, 180)

    data_range: float = ASSUMED
    chroma: bool = field(
        default=True,
        metadata={"title": tr("Chroma"), "meaning": tr("Compare I and Q too, or Y of YIQ alone.")},
    )
    c: float = field(
        default=30.0,
        metadata={
            "title": tr("Constant C"),
            "meaning": tr("Steadies places without detail."),
            "low": 1.0,
            "high": 1000.0,
            "logarithmic": True,
        },
    )
    alpha: float = field(
        default=4.2,
        metadata={
            "title": tr("Steepness α"),
            "meaning": tr("How fast the logistic function rises."),
            "low": 0.5,
            "high": 10.0,
            "step": 0.1,
        },
    )

    def __post_init__(self) -> None:
        for name in ("data_range", "c", "alpha"):
            object.__setattr__(self, name, positive(name, getattr(self, name)))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundFormula:
        """Return the metric with a reference, (H, W) or (H, W, 3) of at least 16 × 16."""
        return BoundFormula(self, reference, channel_axis=channel_axis)

    def plane(self, reference: NDArray[Any], /) -> FormulaPlane:
        """Return the score of images of this reference's shape as a formula."""
        check_side(reference.shape, SMALLEST_SIDE, "HaarPSI")
        x = [plane.value for plane in self._planes(constant(reference))]
        mix = YIQ[: len(x)] if reference.shape[2:] == (3,) else np.ones((1, 1))
        compiled = CompiledHaarPsi(reference, mix * (255 / self.data_range), self.c, self.alpha)
        return FormulaPlane(
            lambda y: self._terms([constant(p) for p in x], self._planes(y)),
            Compiled(KERNELS, compiled.measure),
        )

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        color = "YIQ" if self.chroma else tr("Y of YIQ")
        return tr(
            "half size, {color}, C = {c:g}, α = {alpha:g}, L = {data_range:g}",
            color=color,
            c=self.c,
            alpha=self.alpha,
            data_range=self.data_range,
        )

    def _planes(self, image: Node) -> list[Node]:
        """Return Y, or Y, I and Q, as means of 2 × 2 at every second sample."""
        planes = yiq_planes(image * (255 / self.data_range), chroma=self.chroma)
        return [halved(plane) for plane in planes]

    def _terms(self, x: list[Node], y: list[Node]) -> Terms:
        above, below = constant(0.0), constant(0.0)
        layers: dict[str, Layer] = {}
        weights = []
        for way, (likeness_map, weight_map) in enumerate(_WAYS):
            parts = [
                self._similarity(magnitude(_haar(x[0], scale, way)), _of(y[0], scale, way))
                for scale in (1, 2)
            ]
            likeness = (parts[0] + parts[1]) / 2
            weight = largest(_of(x[0], 3, way), _of(y[0], 3, way))
            weights.append(weight)
            above = above + total(sigmoid(likeness * self.alpha) * weight)
            below = below + total(weight)
            layers[likeness_map] = _layer(likeness)
            layers[weight_map] = _layer(weight)
        if len(x) == 3:
            i, q = (
                self._similarity(magnitude(_shifted(a)), magnitude(_shifted(b)))
                for a, b in zip(x[1:], y[1:], strict=True)
            )
            likeness, weight = (i + q) / 2, (weights[0] + weights[1]) / 2
            above = above + total(sigmoid(likeness * self.alpha) * weight)
            below = below + total(weight)
            layers[tr("similarity of chroma")] = _layer(likeness)
        tiny = np.finfo(float).eps
        share = (above + tiny) / (below + tiny)
        return Terms((logarithm(share / (1.0 - share)) / self.alpha) ** 2, layers)

    def _similarity(self, a: Node, b: Node) -> Node:
        return (a * b * 2.0 + self.c) / (a * a + b * b + self.c)


def _shifted(plane: Node) -> Node:
    """Return means of 2 × 2 from each sample on, zeros outside."""
    return filtered(plane, _PAIR)


def _of(plane: Node, scale: int, way: int) -> Node:
    return magnitude(_haar(plane, scale, way))


def _haar(plane: Node, scale: int, way: int) -> Node:
    """Return the coefficients of one scale, 1 the finest; `way` 0 differs across, 1 down."""
    size = 2**scale
    box: Array = np.full(size, 1.0)
    step = np.where(np.arange(size) < size // 2, 1.0, -1.0) / size
    return filtered(plane, step, box) if way == 0 else filtered(plane, box, step)


def _layer(node: Node) -> Layer:
    return Layer(node.value, MapGeometry(0.0, 2), similarity=True)
