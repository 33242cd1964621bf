"""MS-SSIM at one place: the window of every scale there, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.borders import border_index
from ssim_viewer.metrics.ms_ssim.dyadic_downsampling import half_shape
from ssim_viewer.metrics.planes import as_image, channel_weights, check_same_shape, finishing, split
from ssim_viewer.metrics.ssim.window_inspection import InspectedWindow, inspected, plane_names

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ms_ssim.metric import MsSsim

    Plane = NDArray[np.float64]
    Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class InspectedScale:
    """The window of one scale.

    Attributes
    ----------
    scale
        From 1, the finest.
    weight
        The exponent of the scale.
    windows
        The window of each plane; none where the scale has no window there.
    value
        What the map of the scale holds: c s, or S at the last scale; None without a window.
    """

    scale: int
    weight: float
    windows: tuple[InspectedWindow, ...]
    value: float | None


def inspect_scales(
    metric: MsSsim, reference: ArrayLike, distorted: ArrayLike, x: float, y: float
) -> tuple[InspectedScale, ...]:
    """Return the window of every scale whose sample is at a position of the image.

    Raises
    ------
    MetricError
        A sample under a window is not a finite number.
    """
    pair = as_image(reference), as_image(distorted)
    check_same_shape(*pair)
    shape = pair[0].shape
    count = metric.scales(shape)
    weights = metric.weights[:count]
    whole = sum(weights) if count < len(metric.weights) else 1.0
    shapes = [shape[:2]]
    while len(shapes) < count:
        shapes.append(half_shape(shapes[-1]))
    found = []
    for j, weight in enumerate(weights):
        place = metric.last_scale().geometry(shapes[j]).sample_at(x / 2**j, y / 2**j)
        windows = _windows(metric, pair, shapes[: j + 1], place)
        last = j == count - 1
        values = [w.ssim if last else w.contrast * w.structure for w in windows]
        value = sum(values) / len(values) if values else None
        found.append(InspectedScale(j + 1, weight / whole, windows, value))
    return tuple(found)


def _windows(
    metric: MsSsim,
    pair: tuple[NDArray[Any], NDArray[Any]],
    shapes: list[tuple[int, int]],
    sample: tuple[int, int],
) -> tuple[InspectedWindow, ...]:
    """Return the window of each plane at the last of some scales, or none off its map."""
    ssim = metric.last_scale()
    window = ssim.kernel()
    places = []
    for axis, start in enumerate(sample):
        small = border_index(shapes[-1][axis], *window.margins, metric.border)
        if not 0 <= start <= len(small) - window.size:
            return ()
        places.append(_at_full_size(small[start : start + window.size], [s[axis] for s in shapes]))
    weights = channel_weights(pair[0].shape, metric.color)
    finish = finishing(weights, metric.color, metric.data_range)
    names = plane_names(metric, pair[0].shape)
    patches = [
        [_halved(plane, len(shapes) - 1) for plane in split(seen, weights, 1, finish=finish)]
        for seen in (image[np.ix_(*places)] for image in pair)
    ]
    similarity = ssim.similarity()
    return tuple(
        inspected(name, x, y, window, similarity)
        for name, x, y in zip(names, *patches, strict=True)
    )


def _at_full_size(places: Places, lengths: list[int]) -> Places:
    """Return the samples of the finest scale that samples of the coarsest one are means of."""
    for length in lengths[-2::-1]:
        pairs = np.stack([2 * places, 2 * places + 1], axis=-1).ravel()
        places = np.minimum(pairs, length - 1)  # an odd side is extended by its last sample
    return places


def _halved(plane: NDArray[Any], times: int) -> Plane:
    found: Plane = plane.astype(np.float64)
    for _ in range(times):
        height, width = found.shape[0] // 2, found.shape[1] // 2
        found = found.reshape(height, 2, width, 2).mean(axis=(1, 3))
    return found
