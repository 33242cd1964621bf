"""SSIMULACRA 2: errors of structure, artefacts and lost detail in XYB, at six scales.

Sneyers: SSIMULACRA 2.1, Cloudinary 2023, as in libjxl's `ssimulacra2.cc`. At each scale, halved in
linear light, for X, Y and B - Y brought to positive numbers, with means in a Gaussian of σ 1.5:

    structure = max(0, 1 - (1 - (μx - μy)²) (2 σxy + C₂) / (σx² + σy² + C₂)),     C₂ = 0.0009
    r = (1 + |y - μy|) / (1 + |x - μx|) - 1
    artefact = max(0, r),   lost = max(0, -r)

The mean and the mean of fourth powers, to the power ¼, of these 54 maps are summed by 108 weights
fitted to judgements of people, and the sum e becomes a score of at most 100:

    t = 0.956… e,   u = 2.327… t - 0.0209… t² + 0.0000625… t³,   score = 100 - 10 u^0.6276…

Conventions
-----------
- Colours are sRGB; a grey image has three equal channels.
- libjxl's recursive Gaussian is one of 9 taps, sums of three cosines (Charalampidis 2016), with
  zeros outside: here it is applied as such, in double precision instead of single.
- Scales with a side under 8 are left out. The weights are used up in turn all the same, as there:
  an image with a side under 225 is scored with weights that were fitted to other scales.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.downsampling import adjoint_downsampled, downsample
from ssim_viewer.metrics.family.color import mixed
from ssim_viewer.metrics.family.formula import (
    BoundFormula,
    Compiled,
    FormulaPlane,
    Terms,
    check_side,
)
from ssim_viewer.metrics.family.linear_maps import correlated
from ssim_viewer.metrics.family.ssimulacra2_compiled import KERNELS, Ssimulacra2Passes
from ssim_viewer.metrics.family.ssimulacra2_weights import WEIGHTS
from ssim_viewer.metrics.family.tape import (
    Node,
    constant,
    cube_root,
    gradient,
    largest,
    leaf,
    linear,
    where,
)
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.planes import channel_weights
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.settings import positive
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.family.tape import Array

SMALLEST_SIDE = 8
C2 = 0.0009
CHANNELS = ("X", "Y", "B − Y")
KINDS = (tr("structure"), tr("artefacts"), tr("lost detail"))
_OPSIN = np.array(
    [
        [0.30, 1 - 0.30 - 0.078, 0.078],
        [0.23, 1 - 0.23 - 0.078, 0.078],
        [
            0.24342268924547819,
            0.20476744424496821,
            1 - 0.24342268924547819 - 0.20476744424496821,
        ],
    ]
)
_BIAS = 0.0037930732552754493
_BIAS_ROOT: float = _BIAS ** (1 / 3)
_FLAT = np.reshape(WEIGHTS, (-1, 2, len(KINDS)))
"""Weights of means and of powers by kind, in the order in which they are used up."""


@dataclass(frozen=True, slots=True)
class Ssimulacra2:
    """Settings of SSIMULACRA 2; 100 is best, and there is no worst.

    Parameters
    ----------
    data_range
        L, the distance between black and white.

    Raises
    ------
    MetricError
        The data range is out of range.
    """

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (110, 310)

    data_range: float = ASSUMED

    def __post_init__(self) -> None:
        object.__setattr__(self, "data_range", positive("data_range", self.data_range))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundFormula:
        """Return the metric with a reference, (H, W) or (H, W, 3) of at least 8 × 8."""
        return BoundFormula(self, reference, channel_axis=channel_axis)

    def plane(self, reference: NDArray[Any], /) -> FormulaPlane:
        """Return the score of images of this reference's shape as a formula."""
        check_side(reference.shape, SMALLEST_SIDE, "SSIMULACRA 2")
        channel_weights(reference.shape, "luma")  # one channel or three
        scales = self._scales(constant(reference))
        x = [None if plane is None else _Plane.of(plane) for scale in scales for plane in scale]
        passes = Ssimulacra2Passes(
            reference,
            data_range=self.data_range,
            scales=len(scales),
            weights=lambda channel, scale: _FLAT[channel * len(scales) + scale],
            score=_score_and_slope,
            taps=_TAPS,
            opsin=_OPSIN,
        )
        compiled = Compiled(KERNELS, passes.measure)
        return FormulaPlane(lambda y: _terms(x, self._scales(y)), compiled)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("XYB, 6 scales, version 2.1, L = {data_range:g}", data_range=self.data_range)

    def _scales(self, image: Node) -> list[list[Node | None]]:
        """Return X, Y and B - Y at each scale, the finest first; None where that is the same."""
        light = [_linear_light(plane) for plane in _channels(image / self.data_range)]
        scales = []
        for _ in WEIGHTS[0]:
            if min(light[0].value.shape) < SMALLEST_SIDE:
                break
            scales.append(_xyb(light))
            light = [_halved(plane) for plane in light]
        return scales


def _channels(image: Node) -> list[Node]:
    if image.value.ndim == 2:
        return [image]
    count = image.value.shape[2]
    return [mixed(image, np.eye(count)[channel % count]) for channel in range(3)]


def _linear_light(plane: Node) -> Node:
    """Undo sRGB's transfer curve, IEC 61966-2-1."""
    dark = plane.value <= 0.04045
    bright = ((largest(plane, 0.04045) + 0.055) / 1.055) ** 2.4
    return where(dark, plane / 12.92, bright)


def _halved(plane: Node) -> Node:
    shape = (plane.value.shape[0], plane.value.shape[1])
    return linear(
        plane, lambda a: downsample(a, 2), lambda slope: adjoint_downsampled(slope, 2, shape)
    )


def _xyb(light: list[Node]) -> list[Node | None]:
    if len(light) == 1:  # of grey all cones see the same
        return [None, _cone(light[0] + _BIAS) + 0.01, None]
    cones = []
    for row in _OPSIN:
        mix = light[0] * row[0] + light[1] * row[1] + light[2] * row[2] + _BIAS
        cones.append(_cone(mix))
    x, y = (cones[0] - cones[1]) * 0.5, (cones[0] + cones[1]) * 0.5
    return [x * 14.0 + 0.42, y + 0.01, cones[2] - y + 0.55]


def _cone(mix: Node) -> Node:
    return cube_root(largest(mix, 0.0)) - _BIAS_ROOT


def gaussian_taps(sigma: float = 1.5) -> Array:
    """Return the taps of libjxl's recursive Gaussian, which sum to 1.

    Charalampidis: Recursive implementation of the Gaussian filter using truncated cosine
    functions. IEEE Transactions on Signal Processing 64(14), 2016; equations as numbered there.
    """
    radius = round(3.2795 * sigma + 0.2546)  # (57)
    omega = np.array([1, 3, 5]) * math.pi / (2 * radius)
    sign = np.array([1, -1, 1])
    p = sign / np.tan(omega / 2)  # (37)
    r = sign * p**2 / np.sin(omega)  # (44)
    rho = np.exp(-0.5 * sigma**2 * omega**2) / radius  # (50)
    zeta_15 = (p[1] * r[2] - r[1] * p[2]) / (p[0] * r[1] - r[0] * p[1])  # (52)
    zeta_35 = (p[2] * r[0] - r[2] * p[0]) / (p[0] * r[1] - r[0] * p[1])
    system = np.array([p, r, [zeta_15, zeta_35, 1]])
    known = [1, radius**2 - sigma**2, zeta_15 * rho[0] + zeta_35 * rho[1] + rho[2]]
    beta = np.linalg.solve(system, known)  # (53), (54)
    n = np.arange(1 - radius, radius)
    taps: Array = (beta[:, np.newaxis] * np.cos(omega[:, np.newaxis] * n)).sum(axis=0)  # (33)
    return taps


_TAPS = gaussian_taps()


def _blur(plane: Array) -> Array:
    """Return means in the Gaussian; as its taps are even, it is its own adjoint."""
    return correlated(plane, _TAPS)


class _Plane(NamedTuple):
    """One channel of the reference at one scale, with its means in the Gaussian."""

    plane: Array
    mean: Array
    variance: Array
    edges: Array

    @classmethod
    def of(cls, node: Node) -> _Plane:
        x, mean = node.value, _blur(node.value)
        variance = _blur(x * x) - mean * mean
        return cls(x, mean, variance, 1 + np.abs(x - mean))


class _Compared:
    """One channel of the distorted image at one scale: three maps, and what they weigh.

    With means over windows and all symbols as above, l = (1 - (μx - μy)²) a / b is what structure
    takes from 1; the derivatives follow the maps back by hand, as a tape of them would be long.
    """

    def __init__(self, x: _Plane, y: Array, weights: Array) -> None:
        self._x, self._y, self._weights = x, y, weights
        self._mean = _blur(y)
        self._above = 2 * (_blur(y * x.plane) - self._mean * x.mean) + C2
        self._below = _blur(y * y) - self._mean * self._mean + x.variance + C2
        maps = self.maps()
        self._fourth = [float(np.mean((each * each) ** 2)) for each in maps]
        parts = zip(maps, self._fourth, weights[0], weights[1], strict=True)
        self.error = sum(a * float(each.mean()) + b * p**0.25 for each, p, a, b in parts)

    def maps(self) -> tuple[Array, Array, Array]:
        """Return the errors of structure, the artefacts and the lost detail."""
        ratio = self._ratio()
        return np.maximum(self._raw(), 0), np.maximum(ratio, 0), np.maximum(-ratio, 0)

    def slope(self, by: Array) -> Array:
        """Return the derivative of the error by every sample, times a number."""
        x, y, mean = self._x, self._y, self._mean
        raw, ratio = self._raw(), self._ratio()
        structure = np.where(raw < 0, 0, self._kind(0, np.maximum(raw, 0)))
        artefact = np.where(ratio < 0, 0, self._kind(1, np.maximum(ratio, 0)))
        artefact -= np.where(ratio > 0, 0, self._kind(2, np.maximum(-ratio, 0)))
        moved = mean - x.mean
        share = structure / self._below  # of -l, by what stands above or below
        likeness = (1 - moved * moved) * share
        by_mean = 2 * moved * self._above * share
        by_variance = likeness * self._above / self._below
        by_covariance = -2 * likeness
        by_mean -= 2 * mean * by_variance + x.mean * by_covariance
        by_edge = artefact / x.edges * np.sign(y - mean)
        by_mean -= by_edge
        total = by_edge + _blur(by_mean)
        total += 2 * y * _blur(by_variance)
        total += x.plane * _blur(by_covariance)
        total *= by
        return total

    def _raw(self) -> Array:
        moved = self._mean - self._x.mean
        return 1 - (1 - moved * moved) * self._above / self._below

    def _ratio(self) -> Array:
        return (np.abs(self._y - self._mean) + 1) / self._x.edges - 1

    def _kind(self, kind: int, values: Array) -> Array:
        """Return the derivative of what one map weighs by its samples."""
        plain, power = self._weights[:, kind]
        fourth = self._fourth[kind]
        steep = power * fourth**-0.75 if fourth > 0 else 0.0
        slope: Array = (steep * values * values * values + plain) / values.size
        return slope


def _terms(x: list[_Plane | None], y: list[list[Node | None]]) -> Terms:
    error = constant(0.0)
    layers: dict[str, Layer] = {}
    maps: tuple[Array, ...]
    for channel, scale, plane in _in_turn(y):
        reference = x[3 * scale + channel]
        if plane is None or reference is None:  # grey images have one colour
            maps = _zeros(y[scale][1])
        else:
            found = _Compared(reference, plane.value, _FLAT[channel * len(y) + scale])
            error = error + Node(found.error, ((plane, found.slope),))
            maps = () if plane.traced else found.maps()  # nobody looks at those of a gradient
        for kind, values in zip(KINDS, maps, strict=False):
            name = tr(
                "{kind} of {channel}, scale {scale}",
                kind=kind,
                channel=CHANNELS[channel],
                scale=scale + 1,
            )
            layers[name] = Layer(values, MapGeometry(0.0, 2**scale))
    return Terms(_score(error), layers)


def _zeros(plane: Node | None) -> tuple[Array, ...]:
    """Return three maps without an error; none while a gradient is taken."""
    return () if plane is None or plane.traced else (np.zeros(plane.value.shape),) * len(KINDS)


def _in_turn(y: list[list[Node | None]]) -> Iterator[tuple[int, int, Node | None]]:
    """Yield channel, scale and plane; Y, which counts most, comes first."""
    for scale, planes in enumerate(y):
        for channel in (1, 0, 2):
            yield channel, scale, planes[channel]


def _score(error: Node) -> Node:
    t = error * 0.9562382616834844
    u = t * 2.326765642916932 - t * t * 0.020884521182843837 + t * t * t * 6.248496625763138e-05
    return 100.0 - largest(u, 0.0) ** 0.6276336467831387 * 10.0


def _score_and_slope(error: float) -> tuple[float, float]:
    """Return the score of an error and its derivative."""
    by = leaf(np.array(error))
    score = _score(by)
    return float(score.value), float(gradient(score, by))
