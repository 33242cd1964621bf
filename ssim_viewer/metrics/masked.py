"""Scores of a part of a pair: what a mask names, without samples that are no numbers.

MSE, MAE and PSNR are over all samples of the pixels that count. SSIM and its parts are means over
the windows that are centred on such a pixel and touch no sample that is not a number; what the
mask leaves out is seen by windows at its edge, as beside a region. The mean is Wang's, with weights
of 0 and 1.
"""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.counting import (
    filled,
    not_numbers,
    windows_that_count,
    within,
)
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.evaluation import Evaluation, Scores
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, SIMILARITY_MAPS, Quantity
from ssim_viewer.metrics.masked_ssim import MaskedSsim
from ssim_viewer.metrics.measuring import grey_gradient
from ssim_viewer.metrics.pixel_errors import psnr_of
from ssim_viewer.metrics.planes import as_image, check_same_shape
from ssim_viewer.metrics.windowless import lack_of_room
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.metric import Ssim

    Bools = NDArray[np.bool_]


def evaluate_masked(
    metric: Ssim,
    reference: ArrayLike,
    distorted: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    quantities: Collection[Quantity] = (),
    report: Callable[[float], None] | None = None,
) -> Evaluation:
    """Return the scores of what a mask names, and maps that are not numbers elsewhere.

    Parameters
    ----------
    reference, distorted
        (H, W) or (H, W, C); samples that are NaN or infinite are left out, in both images.
    mask
        (H, W) of booleans: the pixels that count; None counts all.
    quantities
        The maps to return.
    report
        Called with the fraction done; what it raises ends the work.

    Raises
    ------
    MetricError
        The shapes differ, or no pixel is left.
    """
    x, y = as_image(reference), as_image(distorted)
    check_same_shape(x, y)
    bad = not_numbers(x) | not_numbers(y)
    named = ~bad if mask is None else np.asarray(mask, np.bool_) & ~bad
    counts = within(metric.crop, x.shape, named)
    if counts is None or counts.shape != x.shape[:2] or not counts.any():
        raise MetricError(tr("The mask leaves no pixel to measure."))
    metric = replace(metric, precision="double")
    squared, absolute = _errors(x, y, counts)
    clean = [filled(each, bad) for each in (x, y)]
    lacking = lack_of_room(metric, x.shape)
    geometry = MapGeometry(0.0, 1) if lacking else metric.geometry(x.shape)
    slope: NDArray[Any] = np.zeros(x.shape[:2], np.float32)
    if lacking:
        maps = {q: np.full(x.shape[:2], np.nan) for q in SIMILARITY_MAPS}
        notes: tuple[str, ...] = (lacking,)
    else:
        maps, windows = _similarities(
            metric, clean[0], clean[1], bad=bad, counts=counts, report=report
        )
        notes = (tr("SSIM is the mean over {windows} windows that count.", windows=windows),)
        if Quantity.GRADIENT in quantities and windows:
            slope = _slope(metric, x, y, counts)
    means = {q: _mean(values) for q, values in maps.items()}
    scores = Scores(
        mse=squared,
        psnr=psnr_of(squared, metric.data_range),
        mae=absolute,
        ssim=means[Quantity.SSIM],
        luminance=means[Quantity.LUMINANCE],
        contrast=means[Quantity.CONTRAST],
        structure=means[Quantity.STRUCTURE],
    )
    shown = {q: _map(q, metric, (x, y), maps, slope) for q in Quantity if q in quantities}
    return Evaluation(scores, MappingProxyType(shown), geometry, metric, notes)


def _slope(metric: Ssim, x: NDArray[Any], y: NDArray[Any], counts: Bools) -> NDArray[np.float32]:
    """Return the gradient of the mean over the windows that count, summed over channels."""
    return grey_gradient(MaskedSsim(metric, counts).bind(x).value_and_gradient(y)[1])


def _similarities(
    metric: Ssim,
    x: NDArray[Any],
    y: NDArray[Any],
    *,
    bad: Bools,
    counts: Bools,
    report: Callable[[float], None] | None,
) -> tuple[dict[Quantity, NDArray[Any]], int]:
    """Return the maps, not numbers where windows do not count, and how many windows count."""
    names = [BUILT_IN_MAPS[quantity].output for quantity in SIMILARITY_MAPS]
    found = metric.bind(x).measure(y, maps=names, parts=True, report=report).maps
    kept = windows_that_count(metric, bad, counts)
    return (
        {
            q: np.where(kept, found[name], np.nan)
            for q, name in zip(SIMILARITY_MAPS, names, strict=True)
        },
        int(np.count_nonzero(kept)),
    )


def _map(
    quantity: Quantity,
    metric: Ssim,
    pair: tuple[NDArray[Any], NDArray[Any]],
    similar: dict[Quantity, NDArray[Any]],
    slope: NDArray[Any],
) -> NDArray[Any]:
    x, y = pair
    if quantity in similar:
        found: NDArray[Any] = similar[quantity].astype(np.float32)
    elif quantity in {Quantity.REFERENCE, Quantity.DISTORTED}:
        image = x if quantity is Quantity.REFERENCE else y
        found = displayed(np.nan_to_num(image), metric.data_range)
    elif quantity is Quantity.GRADIENT:
        found = slope
    else:
        error = np.subtract(y, x, dtype=np.float64)
        found = (error if error.ndim == 2 else error.mean(axis=2)).astype(np.float32)
        found = np.abs(found) if quantity is Quantity.ABSOLUTE_DIFFERENCE else found
    found.setflags(write=False)
    return found


def _errors(x: NDArray[Any], y: NDArray[Any], counts: Bools) -> tuple[float, float]:
    error = np.subtract(y[counts], x[counts], dtype=np.float64)
    return float(np.mean(error**2)), float(np.mean(np.abs(error)))


def _mean(values: NDArray[Any]) -> float:
    kept = values[np.isfinite(values)]
    return float(kept.mean()) if kept.size else math.nan
