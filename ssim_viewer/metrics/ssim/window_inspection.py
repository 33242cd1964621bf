"""One window of SSIM taken apart: its patches, weights, statistics and factors.

What is found for a window is what the maps hold for it, in double precision. Only the samples under
the window are read, so that it costs the same on images of any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.borders import border_index
from ssim_viewer.metrics.downsampling import box_samples
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, channel_weights, check_same_shape, finishing, split
from ssim_viewer.metrics.ssim.similarity import Similarity, Statistics
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.settings import SsimSettings
    from ssim_viewer.metrics.ssim.window import Window

    Plane = NDArray[np.float64]

_CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True, slots=True, eq=False)
class InspectedWindow:
    """A window of one plane of a pair.

    Attributes
    ----------
    plane
        What the plane is: "grey", "luma", or the name of a channel.
    x, y
        The samples under the window of the reference and of the distorted image, (n, n).
    weights
        The weights of the window, (n, n), which sum to 1.
    mu_x, mu_y, s_xx, s_yy, s_xy
        The weighted means, variances and covariance.
    luminance, contrast, structure, ssim
        l, c, s without their exponents, and S.
    similarity
        The constants and exponents.
    """

    plane: str
    x: Plane
    y: Plane
    weights: Plane
    mu_x: float
    mu_y: float
    s_xx: float
    s_yy: float
    s_xy: float
    luminance: float
    contrast: float
    structure: float
    ssim: float
    similarity: Similarity

    @property
    def sigma_x(self) -> float:
        """The weighted standard deviation of the reference."""
        return float(np.sqrt(self.s_xx))

    @property
    def sigma_y(self) -> float:
        """The weighted standard deviation of the distorted image."""
        return float(np.sqrt(self.s_yy))

    @property
    def slope(self) -> float | None:
        """The slope of the weighted regression of y on x, or None where x is flat."""
        return self.s_xy / self.s_xx if self.s_xx > self.similarity.flat else None


def map_shape(metric: SsimSettings, shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the height and width of the map of an image of this shape."""
    factor = metric.factor(shape)
    less = metric.window_size - 1 if metric.border == "valid" else 0
    height, width = (-(-side // factor) - less for side in metric.cropped(shape))
    return max(height, 0), max(width, 0)


def inspect_window(
    metric: SsimSettings, reference: ArrayLike, distorted: ArrayLike, sample: tuple[int, int]
) -> tuple[InspectedWindow, ...]:
    """Return the window of a sample (row, column) of the map, for each plane that is measured.

    Their mean is the map's value there.

    Raises
    ------
    MetricError
        The map has no such sample, or a sample under the window is not a finite number.
    """
    x, y = as_image(reference), as_image(distorted)
    check_same_shape(x, y)
    places = window_places(metric, x.shape, sample)
    weights = channel_weights(x.shape, metric.color)
    finish = finishing(weights, metric.color, metric.data_range)
    factor = metric.factor(x.shape)
    patches = []
    for image in (x, y):
        planes = split(image[np.ix_(*places)], weights, 1, finish=finish)
        patches.append([_boxes(plane, factor) for plane in planes])
    names = plane_names(metric, x.shape)
    pairs = zip(names, *patches, strict=True)
    window, similarity = metric.kernel(), metric.similarity()
    return tuple(inspected(name, a, b, window, similarity) for name, a, b in pairs)


def inspected(
    name: str, x: Plane, y: Plane, window: Window, similarity: Similarity
) -> InspectedWindow:
    """Return the statistics and the factors of two patches under a window."""
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise MetricError(tr("The window touches samples that are no numbers."))
    w = np.outer(window.kernel, window.kernel)
    mu_x, mu_y = float((w * x).sum()), float((w * y).sum())
    dx, dy = x - mu_x, y - mu_y
    s_xx, s_yy, s_xy = (
        similarity.k * float((w * a * b).sum()) for a, b in ((dx, dx), (dy, dy), (dx, dy))
    )
    of = Statistics(*(np.full((1, 1), each) for each in (mu_x, mu_y, s_xx, s_yy, s_xy)))
    with np.errstate(divide="ignore", invalid="ignore"):  # constants may be next to nothing
        terms = similarity.terms(of, _new, parts=True)
        assert terms.c is not None  # noqa: S101 - parts were asked for
        structure = float(terms.cs[0, 0] / terms.c[0, 0])
        ssim = float(similarity.map(terms, _new)[0, 0])
    return InspectedWindow(
        plane=name,
        x=x,
        y=y,
        weights=w,
        mu_x=mu_x,
        mu_y=mu_y,
        s_xx=s_xx,
        s_yy=s_yy,
        s_xy=s_xy,
        luminance=float(terms.lum[0, 0]),
        contrast=float(terms.c[0, 0]),
        structure=structure,
        ssim=ssim,
        similarity=similarity,
    )


def window_places(
    metric: SsimSettings, shape: tuple[int, ...], sample: tuple[int, int]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and the columns of the image that a window sees, in its order.

    At a border that is extended, some stand there more than once.
    """
    height, width = map_shape(metric, shape)
    if not (0 <= sample[0] < height and 0 <= sample[1] < width):
        raise MetricError(tr("There is no window here: windows stay inside the image."))
    factor, crop = metric.factor(shape), metric.crop
    window, found = metric.kernel(), []
    for place, length in zip(sample, metric.cropped(shape), strict=True):
        boxes = box_samples(length, factor).reshape(-1, factor)
        small = border_index(len(boxes), *window.margins, metric.border)
        found.append(crop + boxes[small[place : place + window.size]].ravel())
    return found[0], found[1]


def plane_names(metric: Any, shape: tuple[int, ...]) -> tuple[str, ...]:
    """Return what the planes of an image are that a metric measures."""
    channels = shape[2] if len(shape) == 3 else 1
    if channels == 1:
        return ("grey",)
    return _CHANNELS[:channels] if metric.color == "mean" else ("luma",)


def _boxes(plane: NDArray[Any], factor: int) -> Plane:
    rows, columns = (side // factor for side in plane.shape)
    found: Plane = plane.reshape(rows, factor, columns, factor).mean(axis=(1, 3), dtype=np.float64)
    return found


def _new() -> Plane:
    return np.empty((1, 1))
