"""MS-SSIM: SSIM over several scales, with its maps and exact gradient; one scale is `bound`'s.

Wang, Simoncelli, Bovik: Multi-scale structural similarity for image quality assessment. 37th
Asilomar Conference on Signals, Systems and Computers, 2003.

    v_j = mean of c s at the scales 1 to M - 1,    v_M = mean of SSIM at the last scale M
    MS-SSIM = v_1^w_1 · ... · v_M^w_M

Between scales the images are shrunk to half their sides (`halving`). With g_j the gradient of v_j
at its own scale and D^T the adjoint of the shrinking, the gradient runs from coarse to fine:

    G_M = p_M g_M,    G_j = p_j g_j + D^T G_(j+1),    p_j = d MS-SSIM / d v_j

Conventions
-----------
- A negative mean has no real power. With "signed" it keeps its sign, sign(v) |v|^w, which climbs
  can follow below 0; with "clamp" it counts as 0, and so do the product and its gradient.
- The signed power has no derivative at v = 0 for w < 1; it is taken as 0 there.
- A scale is used when the smallest side, halved that often, is not below the window: 176 pixels
  for 5 scales and 11 taps, as in Wang's code. Smaller images have fewer scales, the weights of
  which are divided by their sum.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

import numpy as np

from ssim_viewer.metrics.contrast_structure import ContrastStructure
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.halving import add_spread_halved, half_shape, halve
from ssim_viewer.metrics.planes import size_text
from ssim_viewer.metrics.planewise import BoundPlanes
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.shelf import Shelf
from ssim_viewer.metrics.ssim import Border, Color, Covariance, Precision, Ssim, WindowShape
from ssim_viewer.metrics.tiles import ALONE, in_threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.bound import BoundSsim

    Plane = NDArray[np.float64]
    Scale = tuple[BoundSsim, NDArray[Any]]

Result = TypeVar("Result")

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


@dataclass(frozen=True, slots=True)
class MsSsim:
    """Settings of multi-scale SSIM; the defaults are those of Wang et al. (2003).

    Parameters
    ----------
    data_range, k1, k2, window, window_size, sigma, border, covariance, color, precision
        As for `Ssim`, at every scale. The "mean" is of the channels' MS-SSIM.
    weights
        The exponent of each scale, from fine to coarse, all above 0; their number is that of the
        scales.
    negative
        What a negative mean counts as: "signed", sign(v) |v|^w, or "clamp", 0.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = 255.0
    k1: float = 0.01
    k2: float = 0.03
    window: WindowShape = "gaussian"
    window_size: int = 11
    sigma: float = 1.5
    border: Border = "valid"
    covariance: Covariance = "population"
    color: Color = "mean"
    weights: tuple[float, ...] = WEIGHTS
    negative: Literal["signed", "clamp"] = "signed"
    precision: Precision = "double"

    def __post_init__(self) -> None:
        for name, value in _shared(self.last_scale()).items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "weights", _weights(self.weights))
        if self.negative not in ("signed", "clamp"):
            raise MetricError(f"negative is one of signed, clamp, not {self.negative!r}.")

    @classmethod
    def of(cls, ssim: Ssim) -> MsSsim:
        """Return multi-scale SSIM with the window, constants and border of a convention of SSIM.

        Exponents and downsampling are left behind: the scales take their place.
        """
        return cls(**_shared(ssim))

    def bind(self, reference: ArrayLike) -> BoundPlanes:
        """Return the metric with the reference's statistics at every scale computed.

        `BoundPlanes.notes` says when the image has room for fewer scales.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or is smaller than the window.
        """
        return BoundPlanes(self, reference)

    def plane(self, x: NDArray[Any], /) -> _Scales:
        """Return one plane of the reference at every scale."""
        return _Scales(self, x)

    def last_scale(self) -> Ssim:
        """Return the SSIM of the last scale."""
        return Ssim(**{name: getattr(self, name) for name in _SHARED})

    def scales(self, shape: tuple[int, ...]) -> int:
        """Return how many scales an image of this shape has room for, at most all, at least 1."""
        room = min(shape[:2]) / self.window_size
        return max(1, min(len(self.weights), math.floor(math.log2(max(room, 1))) + 1))

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        count = len(self.weights)
        words = [f"{count} scale{'s' * (count > 1)}", self.last_scale().describe()]
        if self.weights != WEIGHTS:
            words.append("weights " + ", ".join(f"{weight:g}" for weight in self.weights))
        rule = "keep their sign" if self.negative == "signed" else "count as 0"
        return ", ".join([*words, f"negative means {rule}"])


_SHARED = tuple(
    each.name for each in dataclasses.fields(MsSsim) if each.name not in ("weights", "negative")
)


class _Scales:
    """One plane of the reference at every scale."""

    def __init__(self, metric: MsSsim, x: NDArray[Any]) -> None:
        count = metric.scales(x.shape)
        self.notes = _notes(metric, count, x.shape)
        weights = np.array(metric.weights[:count])
        self._weights = weights if count == len(metric.weights) else weights / weights.sum()
        self._clamp = metric.negative == "clamp"
        last = metric.last_scale()
        finer = ContrastStructure(**dataclasses.asdict(last))
        self._shelf = Shelf()
        self._bounds: list[BoundSsim] = []
        plane = x
        for j in range(count):
            if j:
                plane = halve(plane, np.empty(half_shape(plane.shape)))
            plane.setflags(write=False)
            self._bounds.append((last if j == count - 1 else finer).bind(plane))

    def value(self, y: NDArray[Any], /) -> float:
        means = _together(lambda scale: scale[0].value(scale[1]), self._at_scales(y))
        return self._product(np.array(means))

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Plane]:
        found = _together(lambda scale: scale[0].value_and_gradient(scale[1]), self._at_scales(y))
        means = np.array([mean for mean, _ in found])
        slopes = self._slopes(means)
        total = slopes[-1] * found[-1][1]
        for p, (_, g) in zip(slopes[-2::-1], found[-2::-1], strict=True):
            add_spread_halved(total, p, g)
            total = g
        return self._product(means), total

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        layers = {}
        for j, (bound, plane) in enumerate(self._at_scales(y)):
            place = bound.metric.geometry(plane.shape)
            onto_image = MapGeometry(place.offset * 2**j, place.scale * 2**j)
            layers[f"scale {j + 1}"] = Layer(bound.map(plane), onto_image)
        return layers

    def _at_scales(self, y: NDArray[Any]) -> list[Scale]:
        planes = [y]
        while len(planes) < len(self._bounds):
            shape = half_shape(planes[-1].shape)
            planes.append(halve(planes[-1], self._shelf.array(shape, np.dtype(np.float64))))
        return list(zip(self._bounds, planes, strict=True))

    def _product(self, means: Plane) -> float:
        return float(np.prod(self._powers(means)))

    def _powers(self, means: Plane) -> Plane:
        kept: Plane = np.maximum(means, 0) if self._clamp else means
        return np.asarray(np.sign(kept) * np.abs(kept) ** self._weights, np.float64)

    def _slopes(self, means: Plane) -> Plane:
        """Return the derivative of the product by each mean."""
        powers = self._powers(means)
        others = np.array([np.prod(np.delete(powers, j)) for j in range(len(powers))])
        smooth = means > 0 if self._clamp else means != 0
        slopes = np.zeros_like(means)
        np.power(np.abs(means), self._weights - 1, out=slopes, where=smooth)
        slopes *= self._weights * others
        return slopes


def _together(task: Callable[[Scale], Result], scales: list[Scale]) -> list[Result]:
    """Return the task's result for every scale.

    Coarse scales are too small to be shared among threads; they are done beside the first one.
    """
    if scales[0][1].size <= ALONE:
        return [task(scale) for scale in scales]
    return in_threads(task, scales)


def _shared(ssim: Ssim) -> dict[str, Any]:
    """Return the settings of SSIM that hold at every scale."""
    return {name: getattr(ssim, name) for name in _SHARED}


def _notes(metric: MsSsim, count: int, shape: tuple[int, ...]) -> tuple[str, ...]:
    wanted = len(metric.weights)
    if count == wanted:
        return ()
    return (
        f"The image, {size_text(shape)}, has room for {count} of the {wanted} scales; "
        "their weights were divided by their sum.",
    )


def _weights(values: Any) -> tuple[float, ...]:
    try:
        weights = tuple(float(value) for value in values)
    except (TypeError, ValueError):
        weights = ()
    if not weights or not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise MetricError(f"weights are one number above 0 for each scale, not {values!r}.")
    return weights
