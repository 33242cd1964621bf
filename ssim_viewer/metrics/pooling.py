"""Pooling: how the map of SSIM becomes one number, besides its mean.

Moorthy, Bovik: Visual importance pooling for image quality assessment. IEEE Journal of Selected
Topics in Signal Processing 3(2), 2009: the mean of the worst p per cent of the map.

Xue, Zhang, Mou, Bovik: Gradient magnitude similarity deviation. IEEE Transactions on Image
Processing 23(2), 2014: the standard deviation of the map.

Wang, Shang: Spatial pooling strategies for perceptual image quality assessment. ICIP 2006:
Minkowski pooling, and weights by the information content of the windows.

Wang, Simoncelli: Maximum differentiation (MAD) competition. Journal of Vision 8(12):8, 2008: the
weights w = log((1 + s_x² / C2) (1 + s_y² / C2)).

Wang, Bovik, Simoncelli: Structural approaches to image quality assessment. Handbook of Image and
Video Processing, 2nd edition, 2005: the weights w = s_x² + s_y² + C2.

A weighted mean is sum w S / sum w. Of several planes, w is the mean over planes, as S is. Windows
whose S is not a number are left out everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.borders import border_index
from ssim_viewer.metrics.counting import filled, not_numbers
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.planes import as_image, channel_weights, check_same_shape, finishing, split
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.metric import Ssim

    Plane = NDArray[np.float64]

STRIP = 128
"""Rows of the map whose weights are computed at once."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled value.

    Attributes
    ----------
    name
        What it is called.
    value
        The value; NaN of a map without any number.
    source
        Who proposed it.
    best
        The value for identical images.
    """

    name: str
    value: float
    source: str
    best: float


def worst_mean(values: ArrayLike, percent: float) -> float:
    """Return the mean of the lowest `percent` per cent of a map, of one sample at the least."""
    found = _numbers(values)
    if not 0 < percent <= 100:
        raise MetricError(
            tr(
                "The share of the worst is above 0 and at most 100 %, not {percent:g}.",
                percent=percent,
            )
        )
    count = max(1, round(found.size * percent / 100))
    if not found.size:
        return math.nan
    return float(np.partition(found, count - 1)[:count].mean(dtype=np.float64))


def deviation(values: ArrayLike) -> float:
    """Return the standard deviation of a map."""
    found = _numbers(values)
    return float(found.std(dtype=np.float64)) if found.size else math.nan


def minkowski(values: ArrayLike, exponent: float) -> float:
    """Return (mean of |1 - S|^p)^(1/p), the Minkowski mean of the distortion 1 - S."""
    found = _numbers(values)
    if not (math.isfinite(exponent) and exponent > 0):
        raise MetricError(
            tr("A Minkowski exponent is a number above 0, not {exponent!r}.", exponent=exponent)
        )
    if not found.size:
        return math.nan
    return float(np.mean(np.abs(1 - found.astype(np.float64)) ** exponent) ** (1 / exponent))


def weighted_means(
    metric: Ssim,
    reference: ArrayLike,
    distorted: ArrayLike,
    similarity: NDArray[Any],
    report: Callable[[float], None] | None = None,
) -> tuple[float, float]:
    """Return the means of a map weighted by information content, and by variance.

    They are not numbers where nothing of the map is one.

    Parameters
    ----------
    reference, distorted
        (H, W) or (H, W, C).
    similarity
        The map of the metric for them.
    report
        Called with the fraction done; what it raises ends the work.
    """
    plain = _numbers(similarity)
    if not plain.size:  # such as the map of a mask around less than a window
        return math.nan, math.nan
    sums = np.zeros((2, 2))
    of = metric.similarity()
    # S is not a number wherever a window touches what is filled here.
    x, y = (filled(each, not_numbers(each)) for each in map(as_image, (reference, distorted)))
    for top, s_xx, s_yy in _variances(metric, x, y, report):
        part = similarity[top : top + s_xx.shape[1]].astype(np.float64)
        kept = np.isfinite(part)
        information = (_information(s_xx, of.C2) + _information(s_yy, of.C2)).mean(axis=0)
        variance = (s_xx + s_yy).mean(axis=0) + of.C2
        for i, w in enumerate((information, variance)):
            sums[i] += (w[kept] * part[kept]).sum(), w[kept].sum()
    mean = float(plain.mean(dtype=np.float64))
    first, second = (mean if total == 0 else weighted / total for weighted, total in sums.tolist())
    return first, second


def _information(variance: Plane, C2: float) -> Plane:
    """Return log(1 + s² / C2); without C2 what it tends to, up to a factor: 1 where s² is not 0."""
    if C2 == 0:
        return (variance > 0).astype(np.float64)
    with np.errstate(over="ignore", divide="ignore"):
        ratio = variance / C2
        return np.where(np.isinf(ratio), np.log(variance) - math.log(C2), np.log1p(ratio))


def poolings(
    metric: Ssim,
    reference: ArrayLike,
    distorted: ArrayLike,
    similarity: NDArray[Any],
    *,
    percent: float = 5.0,
    exponent: float = 2.0,
    report: Callable[[float], None] | None = None,
) -> tuple[Pooled, ...]:
    """Return every pooling of the map of SSIM."""
    found = _numbers(similarity)
    mean = float(found.mean(dtype=np.float64)) if found.size else math.nan
    least = float(found.min()) if found.size else math.nan
    information, variance = weighted_means(metric, reference, distorted, similarity, report)
    shang = tr("Wang & Shang 2006")
    return (
        Pooled(tr("Mean"), mean, tr("Wang et al. 2004"), 1.0),
        Pooled(
            tr("Mean of the worst {percent:g} %", percent=percent),
            worst_mean(found, percent),
            tr("percentile pooling, Moorthy & Bovik 2009"),
            1.0,
        ),
        Pooled(tr("Minimum"), least, tr("the worst window"), 1.0),
        Pooled(
            tr("Standard deviation"),
            deviation(found),
            tr("deviation pooling, Xue et al. 2014"),
            0.0,
        ),
        Pooled(
            tr("Minkowski of 1 − SSIM, p = {exponent:g}", exponent=exponent),
            minkowski(found, exponent),
            shang,
            0.0,
        ),
        Pooled(
            tr("Information content weights"),
            information,
            tr("{shang}; Wang & Simoncelli 2008", shang=shang),
            1.0,
        ),
        Pooled(tr("Variance weights"), variance, tr("Wang, Bovik & Simoncelli 2005"), 1.0),
    )


def _numbers(values: ArrayLike) -> NDArray[Any]:
    array = np.asarray(values)
    found: NDArray[Any] = array[np.isfinite(array)]
    return found


def _variances(
    metric: Ssim,
    x: NDArray[Any],
    y: NDArray[Any],
    report: Callable[[float], None] | None,
) -> Iterator[tuple[int, Plane, Plane]]:
    """Yield strips of the local variances of both images: first row of the map, (planes, h, w)."""
    check_same_shape(x, y)
    weights = channel_weights(x.shape, metric.color)
    finish = finishing(weights, metric.color, metric.data_range)
    crop, (height, width) = metric.crop, metric.cropped(x.shape)
    pair = [
        split(image[crop : crop + height, crop : crop + width], weights, factor, finish=finish)
        for image, factor in ((x, metric.factor(x.shape)), (y, metric.factor(y.shape)))
    ]
    window = metric.kernel()
    rows, columns = (
        border_index(side, *window.margins, metric.border) for side in pair[0][0].shape
    )
    count = len(rows) - window.size + 1
    for top in range(0, count, STRIP):
        seen = np.ix_(rows[top : min(top + STRIP, count) + window.size - 1], columns)
        strips = [np.stack([_variance(metric, plane[seen]) for plane in p]) for p in pair]
        step, first = metric.stride, -top % metric.stride
        kept = [each[:, first::step, ::step] for each in strips]
        yield (top + first) // step, kept[0], kept[1]
        if report is not None:
            report(min(top + STRIP, count) / count)


def _variance(metric: Ssim, seen: NDArray[Any]) -> Plane:
    window = metric.kernel()
    plane = seen.astype(np.float64)
    plane -= plane.mean()
    mean = window.mean(plane, np.empty_like(plane)).copy()
    squares = window.mean(plane**2, np.empty_like(plane))
    return np.maximum(metric.similarity().k * (squares - mean**2), 0)
