"""What can be said of a pair that is too small for SSIM's window: all that needs no window."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.evaluation import Evaluation, Scores
from ssim_viewer.metrics.geometry import MapGeometry
from ssim_viewer.metrics.maps.builtin_maps import BUILT_IN_MAPS, Quantity
from ssim_viewer.metrics.maps.spec import MapInputs
from ssim_viewer.metrics.pixel_errors import errors, psnr_of
from ssim_viewer.metrics.planes import as_image
from ssim_viewer.metrics.ssim.bound import check_room_for_window
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.ssim.metric import Ssim


def lack_of_room(metric: Ssim, shape: tuple[int, ...]) -> str:
    """Return why an image of this shape has no SSIM, or "" where it has room for the window."""
    factor = metric.factor(shape)
    seen = metric.cropped(shape)
    small = (math.ceil(seen[0] / factor), math.ceil(seen[1] / factor))
    if metric.pools:
        small = (seen[0] // factor, seen[1] // factor)
    try:
        check_room_for_window(seen, small, metric.window_size)
    except MetricError as error:
        return tr("{error} MSE, PSNR and MAE need none; SSIM has no value.", error=error)
    return ""


def evaluate_windowless(
    metric: Ssim, reference: ArrayLike, distorted: ArrayLike, quantities: Collection[Quantity] = ()
) -> Evaluation:
    """Return the scores and maps of a pair that need no window; all others are not numbers.

    Raises
    ------
    MetricError
        If the shapes differ or a value is not finite.
    """
    x, y = as_image(reference), as_image(distorted)
    squared, absolute = errors(x, y)
    scores = Scores(
        mse=squared,
        psnr=psnr_of(squared, metric.data_range),
        mae=absolute,
        ssim=math.nan,
        luminance=math.nan,
        contrast=math.nan,
        structure=math.nan,
    )
    inputs = MapInputs(x, y, metric)
    maps = {q: _map(q, inputs) for q in Quantity if q in quantities}
    note = lack_of_room(metric, x.shape)
    return Evaluation(
        scores, MappingProxyType(maps), MapGeometry(0.0, 1), metric, (note,) if note else ()
    )


def _map(quantity: Quantity, inputs: MapInputs) -> NDArray[Any]:
    spec, shape = BUILT_IN_MAPS[quantity], inputs.reference.shape[:2]
    found = np.full(shape, np.nan, np.float32) if spec.output else spec.layer(inputs).values
    found = found.view()
    found.setflags(write=False)
    return found
