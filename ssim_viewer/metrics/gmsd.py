"""GMSD: how unevenly the similarity of gradient magnitudes is spread over the image.

Xue, Zhang, Mou, Bovik: Gradient magnitude similarity deviation: a highly efficient perceptual
image quality index. IEEE Transactions on Image Processing 23(2), 2014. As in its published code:

    Y = means of boxes of 2 × 2, every second sample from the first
    m = sqrt(gx² + gy²),  gx, gy from Prewitt's filters, of thirds of -1, 0, 1
    q = (2 m_x m_y + c) / (m_x² + m_y² + c),    c = 170 (L / 255)²
    GMSD = V = standard deviation of q, with N - 1 under the root

    dV/dq = (q - mean q) / ((N - 1) V),    dq/dm_y = 2 (m_x - q m_y) / (m_x² + m_y² + c)

Conventions
-----------
- Outside the image all samples are 0, as for MATLAB's `conv2`, so its border counts as an edge.
- m has a kink at 0, and V where q is the same everywhere: their derivatives are taken as 0 there.
"""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import cv2
import numpy as np

from ssim_viewer.metrics.counting import centred, near, some
from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.luma import Color, color_in_words
from ssim_viewer.metrics.per_plane import BoundPlanes
from ssim_viewer.metrics.planes import size_text
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.settings import (
    Covariance,
    positive,
)
from ssim_viewer.metrics.ssim.shared_settings import COLOR
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Plane = NDArray[np.float64]

SMALLEST_SIDE = 3
_BOX = np.full(3, 1 / 3)
_DIFFERENCE = np.array([-1.0, 0.0, 1.0])
_PLACE = MapGeometry(0.0, 2)


@dataclass(frozen=True, slots=True)
class Gmsd:
    """Settings of the gradient magnitude similarity deviation; 0 is best.

    Parameters
    ----------
    data_range
        L, the distance between black and white.
    color
        "mean" of the channels' GMSD, or GMSD of a luma, see `Ssim`.
    c
        The constant for a data range of 255, above 0; 170 in the paper.
    deviation
        "sample", N - 1 under the root as in the published code, or "population", N as in piq.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = False

    data_range: float = ASSUMED
    color: Color = field(default="mean", metadata=COLOR)
    c: float = field(
        default=170.0,
        metadata={
            "title": tr("Constant c"),
            "meaning": tr("Steadies places without edges; of 8 bits, it grows as the square of L."),
            "low": 1.0,
            "high": 10000.0,
            "logarithmic": True,
        },
    )
    deviation: Covariance = field(
        default="sample",
        metadata={
            "title": tr("Deviation"),
            "meaning": tr("Sample: N − 1 under the root, as in the published code. Population: N."),
            "choices": ((tr("Sample"), "sample"), (tr("Population"), "population")),
        },
    )

    def __post_init__(self) -> None:
        checked = Ssim(data_range=self.data_range, color=self.color, covariance=self.deviation)
        object.__setattr__(self, "data_range", checked.data_range)
        object.__setattr__(self, "c", positive("c", self.c))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPlanes:
        """Return the metric with the gradients of its reference, (H, W) or (H, W, C), computed.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or smaller than 3 × 3.
        """
        return BoundPlanes(self, reference, channel_axis=channel_axis)

    def plane(self, x: NDArray[Any], /) -> _Magnitudes:
        """Return one plane of the reference."""
        less = 1 if self.deviation == "sample" else 0
        return _Magnitudes(x, self.c * (self.data_range / 255) ** 2, less)

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        words = [tr("Prewitt, half size"), color_in_words(self.color), f"L = {self.data_range:g}"]
        if self.c != 170:
            words.append(f"c = {self.c:g}")
        if self.deviation == "population":
            words.append(tr("population deviation"))
        return joined(", ", words)


class _Edges(NamedTuple):
    """Derivatives of a plane along its rows and columns, and their magnitude."""

    gx: Plane
    gy: Plane
    m: Plane


class _Magnitudes:
    """One plane of the reference with its gradient magnitudes."""

    notes: tuple[str, ...] = ()

    def __init__(self, x: NDArray[Any], c: float, less: int = 1) -> None:
        if min(x.shape) < SMALLEST_SIDE:
            raise MetricError(
                tr(
                    "The image, {size_text}, is too small for GMSD; the smallest side is "
                    "{smallest_side}.",
                    size_text=size_text(x.shape),
                    smallest_side=SMALLEST_SIDE,
                )
            )
        self._c, self._less = c, less
        self._m = _edges(shrink(x)).m
        self._kept: NDArray[np.bool_] | None = None

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> _Magnitudes:
        """Return the plane whose deviation is over the samples that count."""
        other = copy(self)
        touched = near(shrink(bad) > 0, 1)
        other._kept = some(centred(_PLACE, self._m.shape, counts) & ~touched, 1 + self._less)  # noqa: SLF001  a copy
        return other

    def value(self, y: NDArray[Any], /) -> float:
        return self._deviation(self._similarity(_edges(shrink(y)).m))

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Plane]:
        edges = _edges(shrink(y))
        q = self._similarity(edges.m)
        value = self._deviation(q)
        if value == 0:
            return value, np.zeros(y.shape)
        pooled = q if self._kept is None else q[self._kept]
        slope = (q - pooled.mean()) / ((pooled.size - self._less) * value)
        if self._kept is not None:
            slope *= self._kept
        slope *= 2 * (self._m - q * edges.m) / (self._m**2 + edges.m**2 + self._c)
        np.divide(slope, edges.m, out=slope, where=edges.m > 0)  # m = 0 has gx = gy = 0 below
        small = -_filter(slope * edges.gx, _DIFFERENCE, _BOX)
        small -= _filter(slope * edges.gy, _BOX, _DIFFERENCE)
        return value, adjoint_shrunk(small, (y.shape[0], y.shape[1]))

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        q = self._similarity(_edges(shrink(y)).m)
        if self._kept is not None:
            q = np.where(self._kept, q, np.nan)
        return {tr("gradient similarity"): Layer(q, _PLACE, similarity=True)}

    def _deviation(self, q: Plane) -> float:
        return float(np.std(q if self._kept is None else q[self._kept], ddof=self._less))

    def _similarity(self, m: Plane) -> Plane:
        q: Plane = (2 * self._m * m + self._c) / (self._m**2 + m**2 + self._c)
        return q


def shrink(plane: NDArray[Any]) -> Plane:
    """Return means of 2 × 2, (H, W) -> (ceil(H / 2), ceil(W / 2)); outside samples are 0."""
    height, width = plane.shape
    small = np.zeros((math.ceil(height / 2), math.ceil(width / 2)))
    for i in range(2):
        for j in range(2):
            part = plane[i::2, j::2]
            small[: part.shape[0], : part.shape[1]] += part
    small /= 4
    return small


def adjoint_shrunk(small: Plane, shape: tuple[int, int]) -> Plane:
    """Apply the adjoint of `shrink` for a plane of this shape."""
    over_channels = np.empty(shape)
    for i in range(2):
        for j in range(2):
            part = over_channels[i::2, j::2]
            np.divide(small[: part.shape[0], : part.shape[1]], 4, out=part)
    return over_channels


def _edges(plane: Plane) -> _Edges:
    gx = _filter(plane, _DIFFERENCE, _BOX)
    gy = _filter(plane, _BOX, _DIFFERENCE)
    return _Edges(gx, gy, np.sqrt(gx**2 + gy**2))


def _filter(plane: Plane, along_rows: Plane, along_columns: Plane) -> Plane:
    """Return the correlation with a separable kernel of 3 × 3, zeros outside.

    A box is its own adjoint, the difference the negative of its own.
    """
    found = cv2.sepFilter2D(
        plane, cv2.CV_64F, along_rows, along_columns, borderType=cv2.BORDER_CONSTANT
    )
    return np.asarray(found, np.float64)
