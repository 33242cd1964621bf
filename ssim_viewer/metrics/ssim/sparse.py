"""SSIM and its parts at every so many windows: the same values as those of the whole maps there.

A whole map costs as many windows as there are pixels; one window in 64 shows where images differ
at once. Means are plain sums in float32 of centred images: values are off by about 1e-5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from ssim_viewer.compute.tiles import in_threads
from ssim_viewer.metrics.borders import border_index
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.planes import as_image, channel_weights, check_same_shape
from ssim_viewer.metrics.ssim.similarity import Statistics, power

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.settings import SsimSettings
    from ssim_viewer.metrics.ssim.similarity import Similarity
    from ssim_viewer.metrics.ssim.window import Window

    Plane = NDArray[np.float64]

_ROWS = 2  # rows of windows that a thread takes at once


class SparseMaps(NamedTuple):
    """The maps by name, (h, w) float32: "ssim", "luminance", "contrast", "structure".

    Attributes
    ----------
    geometry
        Where their samples stand on the image; each covers a square of as many pixels as windows
        were passed over.
    """

    maps: dict[str, NDArray[np.float32]]
    geometry: MapGeometry


def sparse_maps(
    metric: SsimSettings, reference: ArrayLike, distorted: ArrayLike, stride: int
) -> SparseMaps | None:
    """Return the maps of every `stride`-th window each way, or None where that gains nothing.

    Images that are shrunk take a fraction of the time anyway; windows across channels, maps of
    fewer windows and constants of 0 are not known here.

    Raises
    ------
    MetricError
        The images differ in shape.
    """
    x, y = as_image(reference), as_image(distorted)
    check_same_shape(x, y)
    if metric.factor(x.shape) != 1 or not metric.every_window or metric.border == "zero":
        return None
    weights = channel_weights(x.shape, metric.color).astype(np.float32)
    window, similarity = metric.kernel(), metric.similarity()
    found: dict[str, NDArray[np.float32]] = {}
    for row in weights:
        statistics = _statistics(x, y, row, window, stride, metric.data_range / 2, similarity.k)
        for name, plane in _maps(statistics, similarity).items():
            part = (plane / len(weights)).astype(np.float32)
            found[name] = found[name] + part if name in found else part
    offset = metric.geometry(x.shape).offset + (1 - stride) / 2
    return SparseMaps(found, MapGeometry(offset, stride))


def _statistics(  # noqa: PLR0917 - the two images, and all that says how to look at them
    x: NDArray[Any],
    y: NDArray[Any],
    weights: NDArray[np.float32],
    window: Window,
    stride: int,
    centre: float,
    k: float,
) -> Statistics:
    """Return the local statistics of one plane at every `stride`-th window each way."""
    height, width = x.shape[:2]
    rows, columns = (border_index(n, *window.margins, window.border) for n in (height, width))
    tops = np.arange(0, len(rows) - window.size + 1, stride)
    kernel = window.kernel.astype(np.float32)
    moments = np.empty((len(tops), 5, width), np.float32)

    def fill(part: slice) -> None:
        first = tops[part.start]
        seen = rows[first : tops[part.stop - 1] + window.size]
        products = _products(*(_plane(image[seen], weights, centre) for image in (x, y)))
        for i in range(part.start, part.stop):
            top = tops[i] - first
            moments[i] = [kernel @ each[top : top + window.size] for each in products]

    in_threads(fill, list(_parts(len(tops))))
    mu_x, mu_y, xx, yy, xy = np.moveaxis(
        _across(moments, columns, kernel, stride).astype(np.float64), 1, 0
    )
    s_xx, s_yy = (k * np.maximum(a - mu**2, 0) for a, mu in ((xx, mu_x), (yy, mu_y)))
    return Statistics(mu_x + centre, mu_y + centre, s_xx, s_yy, k * (xy - mu_x * mu_y))


def _products(a: NDArray[np.float32], b: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    return a, b, a * a, b * b, a * b


def _plane(image: NDArray[Any], weights: NDArray[np.float32], centre: float) -> NDArray[np.float32]:
    """Return one plane of some rows, less the middle of the range."""
    if image.ndim == 2:
        return image.astype(np.float32) - np.float32(centre)
    values = cv2.transform(image.astype(np.float32), weights[np.newaxis])
    return np.asarray(values, np.float32) - np.float32(centre)


def _across(
    moments: NDArray[np.float32],
    columns: NDArray[np.intp],
    kernel: NDArray[np.float32],
    stride: int,
) -> NDArray[np.float32]:
    """Return the sums over the columns of each window as well."""
    count = (len(columns) - len(kernel)) // stride + 1
    total = np.zeros((*moments.shape[:2], count), np.float32)
    for tap, weight in enumerate(kernel):
        total += weight * moments[..., columns[tap : tap + stride * (count - 1) + 1 : stride]]
    return total


def _maps(of: Statistics, similarity: Similarity) -> dict[str, Plane]:
    C1, C2 = similarity.C1, similarity.C2
    s_x_s_y = np.sqrt(of.s_xx * of.s_yy)
    lum = (2 * of.mu_x * of.mu_y + C1) / (of.mu_x**2 + of.mu_y**2 + C1)
    c = (2 * s_x_s_y + C2) / (of.s_xx + of.s_yy + C2)
    s = (of.s_xy + C2 / 2) / (s_x_s_y + C2 / 2)
    ssim = power(lum, similarity.alpha) * power(c, similarity.beta) * power(s, similarity.gamma)
    return {"ssim": ssim, "luminance": lum, "contrast": c, "structure": s}


def _parts(count: int) -> Iterator[slice]:
    return (slice(i, min(i + _ROWS, count)) for i in range(0, count, _ROWS))
