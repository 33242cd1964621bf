"""SSIM with its reference bound: the value, maps and exact gradient for distorted images."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssim_viewer.compute.buffer_pool import BufferPool
from ssim_viewer.metrics.backend import computing
from ssim_viewer.metrics.data_range import is_doubtful, refuse_doubtful
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.per_plane import frozen_image, rebind
from ssim_viewer.metrics.planes import (
    FAR,
    as_image,
    channel_weights,
    check_same_shape,
    finishing,
    fits_single,
    join,
    size_text,
    split,
    with_axis,
)
from ssim_viewer.metrics.protocol import Layer, PassResult
from ssim_viewer.metrics.reduced_map import SIDE, ReducedMap
from ssim_viewer.metrics.ssim.compiled import kernels
from ssim_viewer.metrics.ssim.local_statistics import ReferencePlane, dtype_of_planes
from ssim_viewer.metrics.ssim.pass_outputs import PARTS, Filling, Wanted
from ssim_viewer.metrics.ssim.volume import Volume
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from types import ModuleType

    from numpy.typing import ArrayLike, DTypeLike, NDArray

    from ssim_viewer.metrics.ssim.pass_outputs import Sums, Whole
    from ssim_viewer.metrics.ssim.settings import SsimSettings


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Everything that one forward pass gives; maps are the mean over channels.

    Attributes
    ----------
    luminance, contrast, structure
        The maps of l, c and s, without their exponents.
    ssim
        The map of l^alpha c^beta s^gamma.
    value
        The mean of the SSIM map.
    clamped
        In how many windows a negative l or s counted as 0, since its exponent is fractional.
    """

    luminance: NDArray[np.float64]
    contrast: NDArray[np.float64]
    structure: NDArray[np.float64]
    ssim: NDArray[np.float64]
    value: float
    clamped: int


@dataclass(frozen=True, slots=True, eq=False)
class SsimPass:
    """The results of one pass over a distorted image, those that were asked for."""

    means: dict[str, float]
    clamped: int
    maps: dict[str, NDArray[Any]]
    gradient: NDArray[Any] | None
    reduced: dict[str, ReducedMap] = dataclasses.field(default_factory=dict)


class BoundSsim:
    """SSIM against one reference, whose statistics are computed once.

    One object may serve several threads at once: nothing in it changes after it is made.

    Attributes
    ----------
    metric
        The settings.
    reference
        The reference, read-only, of (H, W) or (H, W, C).
    channel_axis
        Which axis of images counts channels, None for the last one, of 1 or 3.
    notes
        Sentences that a person should read beside the scores.
    """

    __slots__ = (
        "__weakref__",
        "_buffers",
        "_doubtful",
        "_factor",
        "_finish",
        "_planes",
        "_volume",
        "channel_axis",
        "metric",
        "notes",
        "reference",
        "weights",
    )

    def __init__(
        self, metric: SsimSettings, reference: ArrayLike, *, channel_axis: int | None = None
    ) -> None:
        image = frozen_image(reference, channel_axis)
        self.metric = metric
        self.channel_axis = channel_axis
        self._doubtful = is_doubtful(metric.data_range, image)
        self.reference: NDArray[Any] = image
        self._buffers = BufferPool()
        self.notes: tuple[str, ...] = ()
        if metric.precision == "single" and not fits_single(image, metric.data_range):
            metric, self.notes = dataclasses.replace(metric, precision="double"), (FAR,)
        seen = self.cropped(image)
        check_room_for_window(seen.shape, seen.shape[:2], metric.window_size)
        self._factor = metric.factor(image.shape)
        self.weights = channel_weights(image.shape, metric.color)
        self._finish = finishing(self.weights, metric.color, metric.data_range)
        planes = self._split(seen, dtype_of_planes(metric))
        check_room_for_window(seen.shape, planes[0].shape, metric.window_size)
        self._volume = Volume(metric, planes) if metric.across_channels and planes[1:] else None
        self._planes = [] if self._volume else [ReferencePlane.of(x, metric) for x in planes]

    def shared(self) -> BoundSsim:
        """Return the same for somebody else: with these statistics, and memory of its own."""
        other = object.__new__(type(self))
        for name in self.__slots__:
            if name not in ("__weakref__", "_buffers"):
                setattr(other, name, getattr(self, name))
        other._buffers = BufferPool()
        return other

    __copy__ = shared

    def __deepcopy__(self, memo: object) -> BoundSsim:
        """Return `shared`: all that a bound metric holds besides its buffers never changes."""
        return self.shared()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle settings and reference; the statistics are computed anew."""
        return rebind, (type(self), self.metric, self.reference, self.channel_axis)

    def cropped(self, image: NDArray[Any]) -> NDArray[Any]:
        """Return the part of an image, (H, W) or (H, W, C), that is measured."""
        crop = self.metric.crop
        height, width = self.metric.cropped(image.shape)
        return image[crop : crop + height, crop : crop + width] if crop else image

    def _split(self, image: NDArray[Any], dtype: DTypeLike) -> list[NDArray[Any]]:
        pools = self.metric.pools
        return split(image, self.weights, self._factor, dtype, self._finish, pools=pools)

    @property
    def map_shape(self) -> tuple[int, int]:
        """The height and width of the map."""
        height, width = self._windows_shape
        return -(-height // self.metric.stride), -(-width // self.metric.stride)

    @property
    def _windows_shape(self) -> tuple[int, int]:
        """How many windows there are, those included that a stride passes over."""
        return (self._volume or self._planes[0]).map_shape

    def value(self, distorted: ArrayLike) -> float:
        """Return MSSIM, the mean of the map."""
        return self.measure(distorted).means["ssim"]

    def map(self, distorted: ArrayLike) -> NDArray[np.float64]:
        """Return the SSIM of every window, the mean over channels; `Ssim.geometry` places it."""
        return self.measure(distorted, maps=("ssim",)).maps["ssim"]

    def components(self, distorted: ArrayLike) -> Components:
        """Return the maps of luminance, contrast, structure and SSIM, and MSSIM."""
        found = self.measure(distorted, maps=(*PARTS, "ssim"), parts=True)
        return Components(**found.maps, value=found.means["ssim"], clamped=found.clamped)

    def value_and_gradient(self, distorted: ArrayLike) -> tuple[float, NDArray[np.float64]]:
        """Return MSSIM and its exact derivative with respect to every sample of the image."""
        found = self.measure(distorted, gradient=True)
        assert found.gradient is not None  # noqa: S101  it was asked for
        return found.means["ssim"], found.gradient

    def layers(self, distorted: ArrayLike) -> dict[str, Layer]:
        """Return the maps of SSIM, luminance, contrast and structure with their places."""
        found = self.measure(distorted, maps=("ssim", *PARTS), parts=True).maps
        place = self.metric.geometry(self.reference.shape)
        return {name: Layer(found[key], place) for name, key in _LAYERS.items()}

    def one_pass(
        self,
        distorted: ArrayLike,
        /,
        *,
        maps: Collection[str] | None = None,
        gradient: bool = False,
        report: Callable[[float], None] | None = None,
        grown: Callable[[Mapping[str, Layer]], None] | None = None,
        coarse: bool = False,
    ) -> PassResult:
        """Return MSSIM, the means of l, c and s, and what else is asked for: see the protocol.

        See `measure` for `coarse`; what is told of growing maps is coarse, too.
        """
        names = {key: name for name, key in _LAYERS.items() if maps is None or name in maps}
        place, height = self.metric.geometry(self.reference.shape), self.map_shape[0]
        if coarse and self.reduces:
            place, height = place.coarser(SIDE), height // SIDE

        def placed(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Layer]:
            return {
                name: Layer(arrays[key], place, missing=height - len(arrays[key]))
                for key, name in names.items()
                if key in arrays
            }

        def tell(arrays: Mapping[str, NDArray[Any]]) -> None:
            if grown is not None:
                grown(placed(arrays))

        found = self.measure(
            distorted,
            maps=tuple(names),
            parts=True,
            gradient=gradient,
            dtype=np.float32,
            report=report,
            grown=None if grown is None else tell,
            coarse=coarse,
        )
        parts = {part: found.means[part] for part in PARTS}
        notes = (*self.notes, *_notes(found))
        reduced = {names[key]: each for key, each in found.reduced.items()}
        value = found.means["ssim"]
        return PassResult(value, placed(found.maps), parts, found.gradient, notes, reduced)

    @property
    def reduces(self) -> bool:
        """Whether maps can be reduced while they are made: those that are no mean over planes."""
        return self.metric.stride == 1 and len(self._planes) == 1

    def measure(
        self,
        distorted: ArrayLike,
        *,
        maps: Collection[str] = (),
        parts: bool = False,
        gradient: bool = False,
        dtype: DTypeLike = np.float64,
        report: Callable[[float], None] | None = None,
        grown: Callable[[Mapping[str, NDArray[Any]]], None] | None = None,
        windows: NDArray[np.bool_] | None = None,
        coarse: bool = False,
    ) -> SsimPass:
        """Return all that is asked for from one pass over the distorted image.

        Parameters
        ----------
        distorted
            An image shaped like the reference.
        maps
            Which maps to keep: "ssim", or with `parts` any of "luminance", "contrast", "structure".
        parts, gradient
            Whether to compute the parts, and the gradient of MSSIM.
        dtype
            Of the maps and the gradient; `Ssim.precision` says what they are computed in.
        report
            Called on the calling thread, every few milliseconds of work, with the fraction done.
            What it raises ends the measurement.
        grown
            Called as `report` is, with the maps as far as they are done: read-only views of their
            first rows. Maps that are a mean over planes have none before the end.
        windows
            Which samples of the map count: means and gradient are of those alone. By array code.
        coarse
            Whether maps are reduced while they are made, where that can be (`reduces`).

        Raises
        ------
        MetricError
            The image has another shape than the reference, or holds NaN or infinity.
        """
        image = as_image(distorted, self.channel_axis)
        check_same_shape(self.reference, image)
        if self._doubtful:
            refuse_doubtful(self.reference, image)
        if self.metric.stride > 1:
            grown = None  # its rows are those of the map only when the map is whole
        kind, reduces = np.dtype(dtype), coarse and self.reduces
        wanted = _Order(tuple(maps), parts, gradient, kind, report, grown, windows, reduces)
        ready = kernels()
        with computing(ready):
            found = self._measured(image, wanted, ready)
        if not math.isfinite(found.means["ssim"]):  # float32 ends at 3e38: look again in float64
            found = self._measured(image, wanted, None)
        if not math.isfinite(found.means["ssim"]):
            raise MetricError(tr("The distorted image holds NaN or infinity."))
        return found

    def _measured(
        self, image: NDArray[Any], order: _Order, compiled: ModuleType | None
    ) -> SsimPass:
        shape = self._windows_shape
        kept: dict[str, NDArray[Any]] = {}
        reduced: dict[str, ReducedMap] = {}
        for name in order.maps:
            if order.coarse:
                reduced[name] = ReducedMap(shape)
            else:
                kept[name] = self._buffers.array(shape, order.dtype)
        count = len(self.weights)
        windows = self._counting(order.windows)
        counted = math.prod(self.map_shape) if windows is None else np.count_nonzero(windows)
        weight = 1 / (count * counted)
        seen = self.cropped(image)
        into = _Into({**kept, **reduced}, windows, weight)
        if self._volume is not None:
            sums, slopes = self._in_volume(self._volume, seen, order, into)
        else:
            sums, slopes = self._by_plane(seen, order, into, compiled)
        means = {name: weight * sum(each.maps[name] for each in sums) for name in sums[0].maps}
        for name, whole in kept.items():
            if count > 1:
                np.divide(whole, count, out=whole)
            if self.metric.stride > 1:
                kept[name] = np.ascontiguousarray(whole[self._steps])
        joined = self._joined(slopes, seen.shape) if slopes else None
        clamped = sum(each.clamped for each in sums)
        settled = {name: each.settled() for name, each in reduced.items()}
        return SsimPass(means, clamped, kept, joined, settled)

    @property
    def _steps(self) -> tuple[slice, slice]:
        """Which windows count."""
        return (slice(None, None, self.metric.stride),) * 2

    def _counting(self, windows: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """Return which windows count, of all there are; None for all of them."""
        if self.metric.stride == 1:
            return windows
        counting = np.zeros(self._windows_shape, np.bool_)
        counting[self._steps] = True if windows is None else windows
        return counting

    def _in_volume(
        self,
        volume: Volume,
        seen: NDArray[Any],
        order: _Order,
        into: _Into,
    ) -> tuple[list[Sums], list[NDArray[Any]]]:
        """Return the sums and gradients of all planes, whose windows see all of them."""
        kept, windows, weight = into
        planes = self._split(seen, np.float64)
        height, width = (side + volume.window.size - 1 for side in volume.map_shape)
        slopes = [self._buffers.array((height, width), order.dtype) for _ in planes]
        wanted = [
            Wanted(
                kept, bool(c), order.parts, each if order.gradient else None, weight, Filling({})
            )
            for c, each in enumerate(slopes)
        ]
        sums = volume.measure(planes, wanted, windows, order.report)
        if not order.gradient:
            return sums, []
        shape = planes[0].shape
        return sums, [np.ascontiguousarray(volume.window.fold(each, shape)) for each in slopes]

    def _by_plane(
        self,
        seen: NDArray[Any],
        order: _Order,
        into: _Into,
        compiled: ModuleType | None,
    ) -> tuple[list[Sums], list[NDArray[Any]]]:
        """Return the sums and gradients of plane after plane."""
        kept, windows, weight = into
        sums: list[Sums] = []
        slopes = []
        count = len(self._planes)
        planes = self._split(seen, self._planes[0].dtype)
        for x, plane in zip(self._planes, planes, strict=True):
            slope = self._buffers.array(x.x.shape, order.dtype) if order.gradient else None
            filling = Filling(kept)
            wanted = Wanted(kept, bool(sums), order.parts, slope, weight, filling)
            report = order.share(len(sums), count, filling)
            sums.append(x.begin(plane, wanted, compiled, windows=windows).run(report))
            if slope is not None:
                slopes.append(x.window.fold(slope, plane.shape))
        return sums, slopes

    def _joined(self, slopes: list[NDArray[Any]], shape: tuple[int, ...]) -> NDArray[Any]:
        """Return the gradient by the whole image, from those of the planes of what was seen."""
        gradient = join(slopes, self.weights, self._factor, shape, pools=self.metric.pools)
        if self.metric.crop:
            whole = np.zeros(self.reference.shape, gradient.dtype)
            self.cropped(whole)[...] = gradient
            gradient = whole
        return with_axis(gradient, self.channel_axis)


class _Into(NamedTuple):
    """Where maps go, which windows count, None for all, and the weight of each."""

    kept: dict[str, Whole]
    windows: NDArray[np.bool_] | None
    weight: float


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked of `BoundSsim.measure`."""

    maps: tuple[str, ...]
    parts: bool
    gradient: bool
    dtype: np.dtype[Any]
    report: Callable[[float], None] | None
    grown: Callable[[Mapping[str, NDArray[Any]]], None] | None
    windows: NDArray[np.bool_] | None
    coarse: bool = False

    def share(self, done: int, count: int, filling: Filling) -> Callable[[float], None] | None:
        """Return the report of one of `count` planes, or None where nobody listens."""
        report, grown = self.report, self.grown if count == 1 else None
        if report is None and grown is None:
            return None

        def tell(fraction: float) -> None:
            if report is not None:
                report((done + fraction) / count)
            if grown is not None and (first := filling.first_rows()):
                grown(first)

        return tell


def _notes(found: SsimPass) -> tuple[str, ...]:
    if not found.clamped:
        return ()
    return (
        tr(
            "Luminance or structure is negative in {clamped} windows; a negative number has no "
            "real power with a fractional exponent, so it counts as 0 there.",
            clamped=found.clamped,
        ),
    )


_LAYERS = {"SSIM": "ssim"} | {part: part for part in PARTS}


def check_room_for_window(shape: tuple[int, ...], small: tuple[int, ...], size: int) -> None:
    """Raise MetricError if an image of this shape, shrunk to another, has no room for a window."""
    if min(small) >= size:
        return
    shrunk = (
        ""
        if small == shape[:2]
        else tr(" ({size_text} after downsampling)", size_text=size_text(small))
    )
    raise MetricError(
        tr(
            "The image, {size_text}{shrunk}, is smaller than the window, {size}×{size}.",
            size_text=size_text(shape[:2]),
            shrunk=shrunk,
            size=size,
        )
    )
