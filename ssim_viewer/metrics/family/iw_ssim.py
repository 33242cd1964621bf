"""IW-SSIM: multi-scale SSIM in which windows count by the information in them.

Wang, Li: Information content weighting for perceptual image quality assessment. IEEE Transactions
on Image Processing 20(5), 2011. The bands of a Laplacian pyramid of five scales are compared by
SSIM's contrast and structure (with its luminance at the coarsest), each window weighted by the
information that reference and distorted band share in it with the eye (equation 28):

    w = Σₖ log₂(1 + ((σv² + (1 + g²) σn²) s λₖ + σn² σv²) / σn⁴),     σn² = 0.4
    g = σxy / σx²,   σv² = σy² - g σxy       (in boxes of 3 × 3)
    IW-SSIM = Πⱼ |Σ w cs / Σ w|ⱼ^βⱼ,      β of MS-SSIM over their sum

λₖ are the eigenvalues of the covariance C of the reference's neighbourhoods u, 3 × 3 and the parent
in the next coarser band, and s = uᵀ C⁻¹ u / N. They depend on the reference alone.

Conventions
-----------
- All numbers are for 8 bits: other images are brought to 0 to 255. C₁ and C₂ are SSIM's.
- Windows of SSIM are 11 × 11, σ 1.5, inside the band; the coarsest scale is weighted evenly.
- The pyramid's filter is (1, 4, 6, 4, 1) √2 / 16, so that each scale is twice as large in numbers
  as the one before; it mirrors without repeating the outermost sample.
- Parents are enlarged bilinearly, as in piq.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import cv2
import numpy as np

from ssim_viewer.metrics.family.formula import Compiled, FormulaPlane, Terms, check_side
from ssim_viewer.metrics.family.iw_ssim_compiled import KERNELS, IwBand, IwPasses
from ssim_viewer.metrics.family.linear_maps import (
    between_zeros,
    every,
    filtered,
    filtered_inside,
    inside,
    inside_adjoint,
    padded,
    started_at,
)
from ssim_viewer.metrics.family.plane_settings import PlaneSettings
from ssim_viewer.metrics.family.tape import (
    Node,
    constant,
    gradient,
    leaf,
    magnitude,
    mean,
    total,
)
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import color_in_words
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.window import gaussian_kernel
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.family.tape import Array

_PUBLISHED = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
WEIGHTS = tuple(weight / sum(_PUBLISHED) for weight in _PUBLISHED)
SMALLEST_SIDE = 10 * 2 ** (len(WEIGHTS) - 1) + 1
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
NOISE = 0.4
_WINDOW, _BOX = gaussian_kernel(11, 1.5), np.full(3, 1 / 3)
_BINOMIAL = np.array([1, 4, 6, 4, 1]) / 16 * np.sqrt(2)
_BORDER = 4
"""How many boxes of 3 × 3 stand outside the first window of 11 × 11."""
_TINY = float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True)
class IwSsim(PlaneSettings):
    """Settings of information content weighted SSIM; 1 is best."""

    higher_is_better: ClassVar[bool] = True
    bytes_per_sample: ClassVar[tuple[int, int]] = (160, 380)

    def plane(self, x: NDArray[Any], /) -> FormulaPlane:
        """Return one plane of the reference."""
        check_side(x.shape, SMALLEST_SIDE, "IW-SSIM")
        levels = 255 / self.data_range
        bands = [band.value for band in _bands(constant(x) * levels)]
        reference = [_Band.of(bands, number) for number in range(len(bands))]

        def formula(y: Node) -> Terms:
            return _terms(reference, _bands(y * levels))

        passes = IwPasses(
            [_compiled_band(x) for x in reference[:-1]],
            taps=_BINOMIAL,
            window=_WINDOW,
            weights=WEIGHTS,
            levels=levels,
            coarsest=partial(_coarsest, reference[-1]),
            formula=FormulaPlane(formula).value_and_gradient,
        )
        return FormulaPlane(formula, Compiled(KERNELS, passes.measure))

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr(
            "5 scales, σn² = {noise:g}, {color}, L = {data_range:g}",
            noise=NOISE,
            color=color_in_words(self.color),
            data_range=self.data_range,
        )


def _bands(plane: Node) -> list[Node]:
    """Return the Laplacian pyramid: four bands and what is left, the finest first."""
    rest, bands = plane, []
    for _ in WEIGHTS[1:]:
        small = every(filtered_inside(padded(rest, 2, 2, "reflect-101"), _BINOMIAL), 2)
        wide = padded(between_zeros(small), 2, 2, "reflect-101")
        shape = rest.value.shape
        enlarged = started_at(filtered(wide, _BINOMIAL), 2, (shape[0], shape[1]))
        bands.append(rest - enlarged)
        rest = small
    return [*bands, rest]


class _Band(NamedTuple):
    """A band of the reference with all that is known of it before the distorted one comes."""

    plane: Array
    mean: Array
    variance: Array
    box_mean: Array
    box_variance: Array
    distance: Array
    """s, how far the neighbourhood of each sample lies from 0 in units of its deviation."""
    eigenvalues: Array

    @classmethod
    def of(cls, bands: list[Array], number: int) -> _Band:
        plane = bands[number]
        moments = _moments(plane, _WINDOW), _moments(plane, _BOX)
        if number == len(bands) - 1:
            return cls(plane, *moments[0], *moments[1], np.empty(0), np.empty(0))
        parent = bands[number + 1] if number < len(bands) - 2 else None
        return cls(plane, *moments[0], *moments[1], *_mixture(plane, parent))


def _moments(plane: Array, kernel: Array) -> tuple[Array, Array]:
    x = constant(plane)
    mean = filtered_inside(x, kernel).value
    return mean, np.maximum(filtered_inside(x * x, kernel).value - mean * mean, 0)


def _mixture(plane: Array, parent: Array | None) -> tuple[Array, Array]:
    """Return s and λ of the Gaussian scale mixture that a band's neighbourhoods are taken for."""
    height, width = plane.shape
    shape = (height - 2, width - 2)
    around = [
        plane[2 - i : 2 - i + shape[0], 2 - j : 2 - j + shape[1]]
        for i in range(3)
        for j in range(3)
    ]
    if parent is not None:
        around.append(_parents(parent)[1 : 1 + shape[0], 1 : 1 + shape[1]])
    u = np.stack([part.ravel() for part in around], axis=1)
    values, vectors = np.linalg.eigh(u.T @ u / len(u))
    positive = np.where(values > 0, values, 0)
    eigenvalues = positive * values.sum() / (positive.sum() or 1)
    inverse = np.divide(1, eigenvalues, out=np.zeros_like(eigenvalues), where=eigenvalues > 0)
    distance = ((u @ vectors) ** 2 @ inverse / u.shape[1]).reshape(shape)
    return distance, eigenvalues


def _parents(parent: Array) -> Array:
    """Return a band enlarged to twice its size: bilinear to 4 n - 3, its edges continued."""
    height, width = parent.shape
    inner = cv2.resize(parent, (4 * width - 3, 4 * height - 3), interpolation=cv2.INTER_LINEAR)
    wide = np.pad(inner, 1, "reflect", reflect_type="odd")
    return np.asarray(wide[::2, ::2], np.float64)


def _compiled_band(x: _Band) -> IwBand:
    """Return a band of the reference as the kernels take it."""
    inner = np.s_[_BORDER : _BORDER + x.mean.shape[0], _BORDER : _BORDER + x.mean.shape[1]]
    variance = x.box_variance[inner]
    over = np.where(variance < _TINY, 0, 1 / (variance + _TINY))
    boxes = x.box_mean[inner], over, x.distance[inner]
    mixture = np.zeros(12)
    mixture[0], mixture[11] = 1, len(x.eigenvalues)
    for eigenvalue in x.eigenvalues:
        mixture[1:11] += eigenvalue * mixture[:10]
    return IwBand(x.plane, (x.mean, x.variance + C2, *boxes), mixture).ready()


def _coarsest(x: _Band, y: Array) -> tuple[float, Array]:
    """Return the mean similarity of what is left of a plane, and its gradient."""
    by = leaf(y)
    pooled = mean(_similarity(x, by, whole=True))
    return float(pooled.value), gradient(pooled, by)


def _terms(reference: list[_Band], bands: list[Node]) -> Terms:
    score = constant(1.0)
    layers: dict[str, Layer] = {}
    for number, (x, y, weight) in enumerate(zip(reference, bands, WEIGHTS, strict=True)):
        last = number == len(bands) - 1
        similarity = _similarity(x, y, whole=last)
        information = constant(np.ones(x.mean.shape)) if last else _information(x, y)
        if not information.value.any():  # no window says anything: all count alike
            information = constant(np.ones(x.mean.shape))
        pooled = total(similarity * information) / total(information)
        score = score * magnitude(pooled) ** weight
        step = 2**number
        place = MapGeometry((len(_WINDOW) // 2) * step + 0.5 - step / 2, step)
        layers[tr("similarity, scale {scale}", scale=number + 1)] = Layer(similarity.value, place)
        layers[tr("information, scale {scale}", scale=number + 1)] = Layer(
            information.value, place, similarity=True
        )
    return Terms(score, layers)


class _Moments:
    """Mean, variance and covariance with the reference, in windows that lie on a band."""

    def __init__(self, x: Array, mean_x: Array, y: Array, taps: Array) -> None:
        self._x, self._mean_x, self._y, self._taps = x, mean_x, y, taps
        self.mean = inside(y, taps)
        variance = inside(y * y, taps) - self.mean * self.mean
        self._counts = variance >= 0
        self.variance = np.maximum(variance, 0)
        self.covariance = inside(y * x, taps) - self.mean * mean_x

    def slope(self, by_variance: Array, by_covariance: Array, by_mean: Array | float = 0) -> Array:
        """Return the derivative by every sample of the band."""
        by_variance = np.where(self._counts, by_variance, 0)
        by_mean = by_mean - 2 * self.mean * by_variance - self._mean_x * by_covariance
        total = inside_adjoint(by_mean, self._taps)
        total += 2 * self._y * inside_adjoint(by_variance, self._taps)
        total += self._x * inside_adjoint(by_covariance, self._taps)
        return total


def _similarity(x: _Band, y: Node, *, whole: bool) -> Node:
    """Return contrast and structure in every window, and luminance too where `whole`."""
    of = _Moments(x.plane, x.mean, y.value, _WINDOW)
    below = of.variance + x.variance + C2
    structure = (of.covariance * 2.0 + C2) / below
    around = of.mean * of.mean + x.mean**2 + C1
    luminance = (of.mean * x.mean * 2.0 + C1) / around if whole else np.ones(1)

    def pull(slope: Array) -> Array:
        share = slope * luminance / below
        by_mean = 2 * slope * structure * (x.mean - of.mean * luminance) / around if whole else 0
        return of.slope(-share * structure, 2 * share, by_mean)

    return Node(structure * luminance, ((y, pull),))


def _information(x: _Band, y: Node) -> Node:
    """Return w for every window of 11 × 11, of the box of 3 × 3 in its middle."""
    of = _Moments(x.plane, x.box_mean, y.value, _BOX)
    flat, nothing = x.box_variance < _TINY, of.variance < _TINY
    usual = ~(flat | nothing)
    steepness = of.covariance / (x.box_variance + _TINY)
    gain = np.where(usual, steepness, 0)
    rest = np.where(nothing, 0, of.variance - gain * of.covariance)
    bits = _Bits((rest + (gain * gain + 1) * NOISE) * x.distance, rest, x, traced=y.traced)
    something = bits.value >= _TINY
    inner = np.s_[_BORDER : bits.value.shape[0] - _BORDER, _BORDER : bits.value.shape[1] - _BORDER]

    def pull(slope: Array) -> Array:
        by = np.zeros(bits.value.shape)
        by[inner] = slope
        by *= something
        by_seen = by * bits.by_seen * x.distance
        by_rest = by * bits.by_rest + by_seen
        by_variance = np.where(nothing, 0, by_rest)
        by_usual = np.where(usual, by_rest, 0)
        by_gain = 2 * NOISE * gain * by_seen - of.covariance * by_usual
        return of.slope(by_variance, by_gain / (x.box_variance + _TINY) - gain * by_usual)

    return Node(np.where(something, bits.value, 0)[inner], ((y, pull),))


class _Bits:
    """Σ log₂(1 + (seen λ + rest σn²) / σn⁴), as logarithms of products of five at most.

    Attributes
    ----------
    value
        The sum.
    by_seen, by_rest
        Its derivatives, 0 where they are not asked for.
    """

    def __init__(self, seen: Array, rest: Array, x: _Band, *, traced: bool) -> None:
        a, b = seen / NOISE**2, rest / NOISE + 1
        self.value, self.by_seen, self.by_rest = np.zeros((3, *a.shape))
        factor, product = np.empty((2, *a.shape))
        for first in range(0, len(x.eigenvalues), 5):
            product.fill(1)
            for eigenvalue in x.eigenvalues[first : first + 5]:
                np.multiply(a, eigenvalue, out=factor)
                factor += b
                product *= factor
                if traced:
                    np.divide(1, factor, out=factor)
                    self.by_rest += factor
                    factor *= eigenvalue
                    self.by_seen += factor
            self.value += np.log(product, out=product)
        self.value /= np.log(2)
        self.by_seen /= NOISE**2 * np.log(2)
        self.by_rest /= NOISE * np.log(2)
