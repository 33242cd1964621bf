"""Making a step of a run ready for a film, on the worker that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.jobs.bindings import bound_metric
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.film import SIDE
from ssim_viewer.reports.films import map_colors
from ssim_viewer.session.film_steps import FilmStep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import BoundMetric, Metric


class FilmCamera:
    """Takes small pictures of images and their SSIM maps against one reference.

    Parameters
    ----------
    metric
        SSIM, of what counts.
    reference
        (H, W) or (H, W, 3).
    data_range
        The value of white.
    """

    def __init__(self, metric: Metric, reference: NDArray[np.generic], data_range: float) -> None:
        self._metric, self._reference, self._white = metric, reference, data_range
        self._bound: BoundMetric | None = None

    def step(self, number: int, image: NDArray[Any]) -> FilmStep:
        """Return a step with its picture and its map, no larger than a page shows them."""
        if self._bound is None:
            self._bound = bound_metric(self._metric, self._reference)
        return FilmStep(
            number,
            _small(displayed(image, self._white)),
            _small(map_colors(self._bound, image)),
        )


def _small(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    scale = SIDE / max(height, width)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    picture = np.array(picture)
    picture.flags.writeable = False
    return picture
