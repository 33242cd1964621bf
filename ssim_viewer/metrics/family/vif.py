"""VIF in the pixel domain: the share of the reference's information that is left in the image.

Sheikh, Bovik: Image information and visual quality. IEEE Transactions on Image Processing 15(2),
2006; in the pixel domain by its authors' `vifp_mscale.m`. At four scales, with windows of 17, 9, 5
and 3 samples, Gaussian with σ of a fifth of them, inside the plane:

    g = σxy / σx²,   σv² = σy² - g σxy        (y = g x + v in the window)
    VIF = Σ log₁₀(1 + g² σx² / (σv² + σn²)) / Σ log₁₀(1 + σx² / σn²),     σn² = 2

Between scales the plane is filtered by the next window and every second sample is kept.

Conventions
-----------
- All numbers are for 8 bits: other images are brought to 0 to 255.
- Where g is negative or a variance is below 1e-10, nothing of the reference is left, as there.
- More contrast than in the reference gives more than 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ssim_viewer.metrics.family.formula import Compiled, FormulaPlane, Terms, check_side
from ssim_viewer.metrics.family.linear_maps import every, filtered_inside
from ssim_viewer.metrics.family.plane_settings import PlaneSettings
from ssim_viewer.metrics.family.tape import Node, constant, largest, logarithm, total, where
from ssim_viewer.metrics.family.vif_compiled import KERNELS, VifPasses, VifScale
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import color_in_words
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.metrics.ssim.window import gaussian_kernel
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

SMALLEST_SIDE = 41
"""The third filtered plane still holds one window of 3 × 3."""
_TINY = 1e-10
_WINDOWS = tuple(gaussian_kernel(size, size / 5) for size in (17, 9, 5, 3))


@dataclass(frozen=True, slots=True)
class Vif(PlaneSettings):
    """Settings of visual information fidelity in the pixel domain; 1 is as the reference.

    Parameters
    ----------
    noise
        σn², the variance of the noise of seeing, for 8 bits; 2 in the published code.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (110, 350)

    noise: float = field(
        default=2.0,
        metadata={
            "title": tr("Noise σn²"),
            "meaning": tr("Variance of the noise of seeing, in grey levels of 8 bits."),
            "low": 0.01,
            "high": 100.0,
            "logarithmic": True,
        },
    )

    def __post_init__(self) -> None:
        PlaneSettings.__post_init__(self)
        object.__setattr__(self, "noise", positive("noise", self.noise))

    def plane(self, x: NDArray[Any], /) -> FormulaPlane:
        """Return one plane of the reference."""
        check_side(x.shape, SMALLEST_SIDE, "VIF")
        levels = 255 / self.data_range
        reference = [
            _scale(plane, window)
            for plane, window in zip(_pyramid(constant(x) * levels), _WINDOWS, strict=True)
        ]
        held = sum(float(self._held(each).sum()) for each in reference)
        passes = VifPasses(reference, levels=levels, noise=self.noise, held=held)
        return FormulaPlane(
            lambda y: self._terms(reference, y * levels), Compiled(KERNELS, passes.measure)
        )

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr(
            "pixel domain, σn² = {noise:g}, {color}, L = {data_range:g}",
            noise=self.noise,
            color=color_in_words(self.color),
            data_range=self.data_range,
        )

    def _terms(self, reference: list[VifScale], y: Node) -> Terms:
        kept, held = constant(0.0), 0.0
        layers: dict[str, Layer] = {}
        for number, (x, plane) in enumerate(zip(reference, _pyramid(y), strict=True)):
            left = self._information(x, plane)
            there = self._held(x)
            kept, held = kept + total(left), held + float(there.sum())
            share = np.divide(left.value, there, out=np.ones_like(there), where=there > 0)
            layers[tr("information kept, scale {scale}", scale=number + 1)] = Layer(
                share, _geometry(number), similarity=True
            )
        # A flat reference holds nothing that could be lost.
        return Terms(kept / held if held else kept + 1.0, layers)

    def _held(self, x: VifScale) -> Array:
        """Return the information that the reference holds in every window."""
        held: Array = np.log10(1 + x.variance / self.noise)
        return held

    def _information(self, x: VifScale, y: Node) -> Node:
        """Return log₁₀(1 + g² σx² / (σv² + σn²)) for every window."""
        mean = filtered_inside(y, x.taps)
        variance = largest(filtered_inside(y * y, x.taps) - mean * mean, 0.0)
        covariance = filtered_inside(y * x.plane, x.taps) - mean * x.mean
        gain = covariance / (x.variance + _TINY)
        rest = variance - gain * covariance
        none = (x.variance < _TINY) | (variance.value < _TINY)
        rest = where(variance.value < _TINY, 0.0, where(x.variance < _TINY, variance, rest))
        against = where(none, 0.0, gain).value < 0
        gain = where(none | against, 0.0, gain)
        rest = largest(where(against, variance, rest), _TINY)
        fidelity = gain * gain * x.variance / (rest + self.noise)
        return logarithm(fidelity + 1.0) / math.log(10)


def _scale(plane: Node, window: Array) -> VifScale:
    """Return one scale of the reference."""
    mean = filtered_inside(plane, window).value
    variance = np.maximum(filtered_inside(plane * plane, window).value - mean * mean, 0)
    variance[variance < _TINY] = 0
    return VifScale(plane.value, window, mean, variance)


def _pyramid(plane: Node) -> list[Node]:
    """Return the plane at each scale, filtered by that scale's window first."""
    planes = [plane]
    for window in _WINDOWS[1:]:
        planes.append(every(filtered_inside(planes[-1], window), 2))
    return planes


def _geometry(number: int) -> MapGeometry:
    """Return where the windows of a scale stand on the image."""
    first = 0
    for coarser, window in enumerate(_WINDOWS[1 : number + 1]):
        first += len(window) // 2 * 2**coarser
    step = 2**number
    first += len(_WINDOWS[number]) // 2 * step
    return MapGeometry(first + 0.5 - step / 2, step)
