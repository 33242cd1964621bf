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
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import cv2
import numpy as np

from ssim_viewer.metrics.family.formula import FormulaPlane, Terms, check_side
from ssim_viewer.metrics.family.linear_maps import (
    between_zeros,
    cropped,
    every,
    filtered,
    filtered_inside,
    padded,
    started_at,
)
from ssim_viewer.metrics.family.plane_settings import PlaneSettings
from ssim_viewer.metrics.family.tape import (
    Node,
    constant,
    largest,
    magnitude,
    total,
    where,
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
    bytes_per_sample: ClassVar[tuple[int, int]] = (150, 600)

    def plane(self, x: NDArray[Any], /) -> FormulaPlane:
        """Return one plane of the reference."""
        check_side(x.shape, SMALLEST_SIDE, "IW-SSIM")
        levels = 255 / self.data_range
        bands = [band.value for band in _bands(constant(x) * levels)]
        reference = [_Band.of(bands, number) for number in range(len(bands))]
        return FormulaPlane(lambda y: _terms(reference, _bands(y * levels)))

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
    adjoint: Array
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
    adjoint = ((u @ vectors) ** 2 @ inverse / u.shape[1]).reshape(shape)
    return adjoint, eigenvalues


def _parents(parent: Array) -> Array:
    """Return a band enlarged to twice its size: bilinear to 4 n - 3, its edges continued."""
    height, width = parent.shape
    inner = cv2.resize(parent, (4 * width - 3, 4 * height - 3), interpolation=cv2.INTER_LINEAR)
    wide = np.pad(inner, 1, "reflect", reflect_type="odd")
    return np.asarray(wide[::2, ::2], np.float64)


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


def _similarity(x: _Band, y: Node, *, whole: bool) -> Node:
    """Return contrast and structure in every window, and luminance too where `whole`."""
    mean = filtered_inside(y, _WINDOW)
    variance = largest(filtered_inside(y * y, _WINDOW) - mean * mean, 0.0)
    covariance = filtered_inside(y * x.plane, _WINDOW) - mean * x.mean
    similarity = (covariance * 2.0 + C2) / (variance + x.variance + C2)
    if whole:
        similarity = similarity * (mean * x.mean * 2.0 + C1) / (mean * mean + x.mean**2 + C1)
    return similarity


def _information(x: _Band, y: Node) -> Node:
    """Return w for every window of 11 × 11, of the box of 3 × 3 in its middle."""
    mean = filtered_inside(y, _BOX)
    variance = largest(filtered_inside(y * y, _BOX) - mean * mean, 0.0)
    covariance = filtered_inside(y * x.plane, _BOX) - mean * x.box_mean
    gain = covariance / (x.box_variance + _TINY)
    rest = variance - gain * covariance
    flat, nothing = x.box_variance < _TINY, variance.value < _TINY
    gain = where(flat | nothing, 0.0, gain)
    rest = where(nothing, 0.0, where(flat, variance, rest))
    seen = (rest + (gain * gain + 1.0) * NOISE) * x.adjoint
    bits = _bits(seen, rest, x.eigenvalues)
    bits = where(bits.value < _TINY, 0.0, bits)
    return cropped(bits, _BORDER, _BORDER, _BORDER, _BORDER)


def _bits(seen: Node, rest: Node, eigenvalues: Array) -> Node:
    """Return Σ log₂(1 + (seen λ + rest σn²) / σn⁴), the logarithm of products of five at most."""
    a, b = seen.value / NOISE**2, rest.value / NOISE + 1
    total, by_seen, by_rest = np.zeros_like(a), np.zeros_like(a), np.zeros_like(a)
    factor, product = np.empty_like(a), np.empty_like(a)
    for first in range(0, len(eigenvalues), 5):
        product.fill(1)
        for eigenvalue in eigenvalues[first : first + 5]:
            np.multiply(a, eigenvalue, out=factor)
            factor += b
            product *= factor
            if seen.traced or rest.traced:
                np.divide(1, factor, out=factor)
                by_rest += factor
                factor *= eigenvalue
                by_seen += factor
        total += np.log(product, out=product)
    total /= np.log(2)
    by_seen /= NOISE**2 * np.log(2)
    by_rest /= NOISE * np.log(2)
    return Node(total, ((seen, lambda s: s * by_seen), (rest, lambda s: s * by_rest)))
