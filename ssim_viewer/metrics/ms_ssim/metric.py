"""MS-SSIM: SSIM over several scales, with its maps and exact gradient; one scale is `reference`'s.

Wang, Simoncelli, Bovik: Multi-scale structural similarity for image quality assessment. 37th
Asilomar Conference on Signals, Systems and Computers, 2003.

    v_j = mean of c s at the scales 1 to M - 1,    v_M = mean of SSIM at the last scale M
    MS-SSIM = v_1^w_1 · ... · v_M^w_M

Between scales the images are shrunk to half their sides (`halving`). With g_j the gradient of v_j
at its own scale and D^T the adjoint of the shrinking, the gradient runs from coarse to fine:

    G_M = p_M g_M,    G_j = p_j g_j + D^T G_(j+1),    p_j = d MS-SSIM / d v_j

Conventions
-----------
- A negative mean has no real power. With "clamp" it counts as 0, and so do the product and its
  gradient; so TensorFlow and pytorch-msssim do. With "shifted" every factor is ((1 + v) / 2)^w:
  raising any factor never lowers the product, and the gradient does not vanish below 0. With
  "signed" a factor is sign(v) |v|^w, of which two negative ones make a good score.
- A climb of the clamped score follows the shifted product (`objective_and_gradient`).
- v^w and |v|^w have no derivative at v = 0 for w < 1; it is taken as 0 there.
- A scale is used when the smallest side, halved that often, is not below the window: 176 pixels
  for 5 scales and 11 taps, as in Wang's code. Smaller images have fewer scales, the weights of
  which are divided by their sum.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.compute.tiles import in_threads, unequal_tiles
from ssim_viewer.metrics.backend import computing
from ssim_viewer.metrics.counting import NO_WINDOW, centred, windows_that_count
from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.ms_ssim.compiled import kernels
from ssim_viewer.metrics.ms_ssim.contrast_structure import ContrastStructure
from ssim_viewer.metrics.ms_ssim.dyadic_downsampling import add_adjoint_halved, half_shape, halve
from ssim_viewer.metrics.per_plane import BoundPlanes
from ssim_viewer.metrics.planes import FAR, fits_single, size_text
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.bound import check_room_for_window
from ssim_viewer.metrics.ssim.compiled import kernels as ssim_kernels
from ssim_viewer.metrics.ssim.local_statistics import ReferencePlane
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.pass_outputs import Filling, Wanted
from ssim_viewer.metrics.ssim.settings import (
    Border,
    Covariance,
    Precision,
    WindowShape,
    check_stable,
    stabilised,
)
from ssim_viewer.metrics.ssim.shared_settings import SHARED
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.luma import Color
    from ssim_viewer.metrics.ssim.local_statistics import Pass
    from ssim_viewer.metrics.ssim.pass_outputs import Sums

    Plane = NDArray[np.float64]

TINY = sys.float_info.min  # a mean below it counts as 0, whose power has no slope
Negative = Literal["clamp", "shifted", "signed"]
Pooling = Literal["product", "sum"]
WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


@dataclass(frozen=True, slots=True)
class MsSsim:
    """Settings of multi-scale SSIM; the defaults are those of Wang et al. (2003).

    Parameters
    ----------
    data_range, k1, k2, window, window_size, sigma, border, covariance, color, precision, taps
        As for `Ssim`, at every scale. The "mean" is of the channels' MS-SSIM.
    weights
        The exponent of each scale, from fine to coarse, all above 0; their number is that of the
        scales.
    negative
        What a negative mean counts as: "clamp", 0; "shifted", every factor is ((1 + v) / 2)^w; or
        "signed", sign(v) |v|^w.
    pooling
        "product" of the powers, or "sum": the weighted mean of the means, "wtd_sum" in Wang's
        `msssim.m`, where negative means need no rule.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = ASSUMED
    k1: float = field(default=0.01, metadata=SHARED["k1"])
    k2: float = field(default=0.03, metadata=SHARED["k2"])
    window: WindowShape = field(default="gaussian", metadata=SHARED["window"])
    window_size: int = field(default=11, metadata=SHARED["window_size"])
    sigma: float = field(default=1.5, metadata=SHARED["sigma"])
    border: Border = field(default="valid", metadata=SHARED["border"])
    covariance: Covariance = field(default="population", metadata=SHARED["covariance"])
    color: Color = field(default="mean", metadata=SHARED["color"])
    weights: tuple[float, ...] = field(
        default=WEIGHTS,
        metadata={
            "title": tr("Weights"),
            "meaning": tr(
                "The exponents of the scales, from fine to coarse, one for each scale. "
                "The image is halved from one scale to the next."
            ),
            "low": 0.0,
            "high": 10.0,
        },
    )
    negative: Negative = field(
        default="clamp",
        metadata={
            "title": tr("Negatives"),
            "meaning": "What a negative mean, which has no real power, counts as: 0; factors are "
            "((1 + v) / 2)^w; or its sign is kept.",
            "choices": (
                (tr("Count as 0"), "clamp"),
                (tr("Shifted factors"), "shifted"),
                (tr("Signed"), "signed"),
            ),
        },
    )
    precision: Precision = "double"
    taps: tuple[float, ...] = field(default=(), metadata=SHARED["taps"])
    pooling: Pooling = field(
        default="product",
        metadata={
            "title": tr("Pooling"),
            "meaning": tr(
                "Product: the means of the scales to their weights, multiplied. Sum: their "
                "weighted mean."
            ),
            "choices": ((tr("Product"), "product"), (tr("Weighted sum"), "sum")),
        },
    )

    def __post_init__(self) -> None:
        for name, value in _shared(self.last_scale()).items():
            object.__setattr__(self, name, value)
        check_stable(self.last_scale(), "MS-SSIM")
        object.__setattr__(self, "weights", _weights(self.weights))
        if str(self.negative) not in _RULES:
            raise MetricError(
                tr(
                    "negative is one of {names}, not {negative!r}.",
                    names=", ".join(_RULES),
                    negative=self.negative,
                )
            )
        if str(self.pooling) not in ("product", "sum"):
            raise MetricError(
                tr("pooling is one of product, sum, not {pooling!r}.", pooling=self.pooling)
            )

    @classmethod
    def of(cls, ssim: Ssim, negative: Negative = "clamp") -> MsSsim:
        """Return multi-scale SSIM with the window, constants and border of a convention of SSIM.

        Exponents and downsampling are left behind: the scales take their place. So are constants
        of 0, with which the means of scales have no gradient.
        """
        return cls(**_shared(stabilised(ssim)), negative=negative)

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundMsSsim:
        """Return the metric with the reference's statistics at every scale computed.

        `BoundPlanes.notes` says when the image has room for fewer scales.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or is smaller than the window.
        """
        return BoundMsSsim(self, reference, channel_axis=channel_axis)

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
        words = [
            tr("{count} scales", count=count) if count > 1 else tr("1 scale"),
            self.last_scale().describe(),
        ]
        if self.weights != WEIGHTS:
            weights = ", ".join(f"{weight:g}" for weight in self.weights)
            words.append(tr("weights {weights}", weights=weights))
        rule = _RULES[self.negative] if self.pooling == "product" else tr("weighted sum of scales")
        return joined(", ", [*words, rule])


_RULES: dict[Negative, str] = {
    "clamp": tr("negative means count as 0 (climbs follow ((1 + v) / 2)^w)"),
    "shifted": tr("factors ((1 + v) / 2)^w"),
    "signed": tr("negative means keep their sign"),
}

_SHARED = tuple(
    each.name
    for each in dataclasses.fields(MsSsim)
    if each.name not in ("weights", "negative", "pooling")
)


class BoundMsSsim(BoundPlanes):
    """Multi-scale SSIM against one reference."""

    __slots__ = ()

    def objective_and_gradient(
        self, distorted: ArrayLike
    ) -> tuple[float, float, NDArray[np.float64]]:
        """Return the score, the product that a climb follows, and the gradient of that product."""
        kept: list[float] = []

        def measured(x: Any, y: NDArray[Any]) -> tuple[float, Plane]:
            score, objective, gradient = x.objective_and_gradient(y)
            kept.append(score)
            return objective, gradient

        objective, gradient = self._gradient(distorted, measured)
        return sum(kept) / len(kept), objective, gradient


class _Scales:
    """One plane of the reference at every scale.

    Parameters
    ----------
    windows
        Which windows of each scale count, of as many scales as are used; empty for all of all.
    """

    def __init__(
        self, metric: MsSsim, x: NDArray[Any], windows: Sequence[NDArray[np.bool_]] = ()
    ) -> None:
        count = len(windows) or metric.scales(x.shape)
        self._metric, self._plane, self._windows = metric, x, windows
        self.notes = _notes(metric, count, x.shape, masked=bool(windows))
        weights = metric.weights[:count]
        whole = sum(weights) if count < len(metric.weights) else 1.0
        self._weights = [weight / whole for weight in weights]
        self._rule = metric.negative
        self._sums = metric.pooling == "sum"
        check_room_for_window(x.shape, x.shape, metric.window_size)
        last = metric.last_scale()
        finer = ContrastStructure(**dataclasses.asdict(last))
        if metric.precision == "single" and not fits_single(x, metric.data_range):
            metric = dataclasses.replace(metric, precision="double")
            self.notes = (*self.notes, FAR)
            last = metric.last_scale()
            finer = ContrastStructure(**dataclasses.asdict(last))
        self._buffers = BufferPool(
            4 * count
        )  # a plane, its map, its gradient and their sum at each scale
        self._shapes = [x.shape]
        while len(self._shapes) < count:
            self._shapes.append(half_shape(self._shapes[-1]))
        self._dtype = np.dtype(np.float32 if metric.precision == "single" else np.float64)
        self._settings = [*[finer] * (count - 1), last]
        planes = self._at_scales(x, self._dtype)
        self._scales = [
            ReferencePlane.of(plane, each)
            for plane, each in zip(planes, self._settings, strict=True)
        ]

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> _Scales:
        """Return the scales that have windows that count, as means of those."""
        windows = []
        for settings in self._settings:
            kept = windows_that_count(settings, bad, counts)
            if not kept.any():
                break
            windows.append(kept)
            half = MapGeometry(0.0, 2), half_shape(bad.shape)
            counts, bad = centred(*half, counts), halve(bad, np.empty(half[1])) > 0
        if not windows:
            raise MetricError(NO_WINDOW)
        return _Scales(self._metric, self._plane, windows)

    def value(self, y: NDArray[Any], /) -> float:
        return self._product(self._measured(y)[0], self._rule)

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Plane]:
        means, gradients = self._measured(y, gradient=True)
        return self._product(means, self._rule), self._chain(means, gradients, self._rule)

    def objective_and_gradient(self, y: NDArray[Any], /) -> tuple[float, float, Plane]:
        means, gradients = self._measured(y, gradient=True)
        rule: Negative = "shifted" if self._rule == "clamp" else self._rule
        return (
            self._product(means, self._rule),
            self._product(means, rule),
            self._chain(means, gradients, rule),
        )

    def _chain(
        self, means: Sequence[float], gradients: Sequence[NDArray[Any]], rule: Negative
    ) -> Plane:
        """Return the gradient of the product, from those of the means at their own scales."""
        slopes = self._slopes(means, rule)
        ready = kernels()
        total = gradients[-1] if len(gradients) > 1 else self._double(gradients[-1])
        np.multiply(gradients[-1], slopes[-1], out=total)
        for p, g in zip(slopes[-2::-1], gradients[-2::-1], strict=True):
            whole = self._double(g) if g is gradients[0] else g
            add_adjoint_halved(total, p, g, whole, ready)
            total = whole
        return total

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        maps = [
            self._buffers.array(scale.map_shape, np.dtype(np.float64)) for scale in self._scales
        ]
        self._measured(y, maps=maps)
        layers: dict[str, Layer] = {}
        for j, (metric, shape) in enumerate(zip(self._settings, self._shapes, strict=True)):
            place = metric.geometry(shape)
            onto_image = MapGeometry(place.offset * 2**j, place.scale * 2**j)
            kept = self._windows[j] if self._windows else True
            layers[tr("scale {scale}", scale=j + 1)] = Layer(
                np.where(kept, maps[j], np.nan), onto_image
            )
        return layers

    def _measured(
        self, y: NDArray[Any], *, gradient: bool = False, maps: Sequence[Plane] = ()
    ) -> tuple[list[float], list[NDArray[Any]]]:
        """Return the means of all scales and, if wanted, the gradient of each."""
        compiled = None if self._windows else ssim_kernels()
        with computing(compiled):
            found = self._pass(y, compiled, maps, gradient=gradient)
        if compiled and not all(map(math.isfinite, found[0])):  # float32 ends at 3e38
            found = self._pass(y, None, maps, gradient=gradient)
        return found

    def _pass(
        self, y: NDArray[Any], compiled: ModuleType | None, maps: Sequence[Plane], *, gradient: bool
    ) -> tuple[list[float], list[NDArray[Any]]]:
        """Measure the first scale tile by tile, and beside it all others, a third of its size."""
        dtype = self._dtype if compiled else np.dtype(np.float64)

        def begin(j: int, plane: NDArray[Any]) -> Pass:
            buffers, scale = self._buffers, self._scales[j]
            slope = buffers.array(scale.x.shape, dtype) if gradient else None
            kept = {"ssim": maps[j]} if maps else {}
            windows = self._windows[j] if self._windows else None
            counted = np.count_nonzero(windows) if windows is not None else scale.mu_x.size
            wanted = Wanted(kept, False, False, slope, 1 / counted, Filling(kept))
            return scale.begin(plane, wanted, compiled, unequal_tiles, windows)

        def coarse() -> list[tuple[Pass, Sums]]:
            planes = self._at_scales(y, dtype)[1:]
            passes = [begin(j, plane) for j, plane in enumerate(planes, 1)]
            return [(each, each.end([each.task(tile) for tile in each.tiles])) for each in passes]

        first = begin(0, y)
        tasks: list[Callable[[], Any]] = [coarse, *(partial(first.task, t) for t in first.tiles)]
        beside, *found = in_threads(_call, tasks)
        done = [(first, first.end(found)), *beside]
        means = [sums.maps["ssim"] * each.wanted.weight for each, sums in done]
        slopes = [each.wanted.gradient for each, _ in done]
        return means, [
            np.ascontiguousarray(self._scales[0].window.fold(slope, shape))
            for slope, shape in zip(slopes, self._shapes, strict=True)
            if slope is not None
        ]

    def _double(self, plane: NDArray[Any]) -> NDArray[Any]:
        """Return memory in double precision for a plane: its own, if it is."""
        double = np.dtype(np.float64)
        return plane if plane.dtype == double else self._buffers.array(plane.shape, double)

    def _at_scales(self, y: NDArray[Any], dtype: np.dtype[Any]) -> list[NDArray[Any]]:
        ready = kernels()
        planes = [y]
        for shape in self._shapes[1:]:
            planes.append(halve(planes[-1], self._buffers.array(shape, dtype), ready))
        return planes

    def _product(self, means: Sequence[float], rule: Negative) -> float:
        if self._sums:
            weighted = zip(self._weights, means, strict=True)
            return sum(w * v for w, v in weighted) / sum(self._weights)
        return math.prod(self._powers(means, rule))

    def _powers(self, means: Sequence[float], rule: Negative) -> list[float]:
        pairs = zip((_base(mean, rule) for mean in means), self._weights, strict=True)
        return [math.copysign(abs(v) ** w, v) for v, w in pairs]

    def _slopes(self, means: Sequence[float], rule: Negative) -> list[float]:
        """Return the derivative of the product by each mean."""
        if self._sums:
            return [weight / sum(self._weights) for weight in self._weights]
        powers = self._powers(means, rule)
        step = 0.5 if rule == "shifted" else 1.0
        slopes = []
        for j, (mean, w) in enumerate(zip(means, self._weights, strict=True)):
            v = abs(_base(mean, rule))
            others = math.prod(powers[:j] + powers[j + 1 :])
            slopes.append(step * w * v ** (w - 1) * others if v >= TINY else 0.0)
        return slopes


def _base(mean: float, rule: Negative) -> float:
    """Return what is raised to the power of a scale."""
    if rule == "signed":
        return mean
    return max(mean if rule == "clamp" else (1 + mean) / 2, 0.0)


def _call(task: Callable[[], Any]) -> Any:
    return task()


def _shared(ssim: Ssim) -> dict[str, Any]:
    """Return the settings of SSIM that hold at every scale."""
    return {name: getattr(ssim, name) for name in _SHARED}


def _notes(
    metric: MsSsim, count: int, shape: tuple[int, ...], *, masked: bool = False
) -> tuple[str, ...]:
    wanted = len(metric.weights)
    if count == wanted:
        return ()
    what = (
        tr("What counts") if masked else tr("The image, {size_text},", size_text=size_text(shape))
    )
    return (
        tr(
            "{what} has room for {count} of the {wanted} scales; "
            "their weights were divided by their sum.",
            what=what,
            count=count,
            wanted=wanted,
        ),
    )


def _weights(values: Any) -> tuple[float, ...]:
    try:
        weights = tuple(float(value) for value in values)
    except (TypeError, ValueError, OverflowError):
        weights = ()
    if not weights or not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise MetricError(
            tr("weights are one number above 0 for each scale, not {values!r}.", values=values)
        )
    return weights
