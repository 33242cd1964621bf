"""Measuring the errors of each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks
from ssim_viewer.features.channel_errors.state import (
    ChannelErrors,
    Found,
    PlaneErrors,
    found_on_screen,
)
from ssim_viewer.images.color import LUMA_WEIGHTS
from ssim_viewer.metrics import MetricError
from ssim_viewer.metrics.counting import within
from ssim_viewer.metrics.pixel_errors import psnr_of
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.state import Session

_COLORS = (tr("red"), tr("green"), tr("blue"))


@dataclass(frozen=True, slots=True, eq=False)
class ChannelJob:
    """Measure MSE, PSNR and MAE of luma and of each channel."""

    reference: NDArray[np.generic]
    distorted: NDArray[np.generic]
    data_range: float
    mask: NDArray[np.bool_] | None = None
    crop: int = 0

    def __call__(self) -> Found:
        """Return the errors."""
        counts = within(self.crop, self.reference.shape, self.mask)
        if counts is not None and not counts.any():
            raise MetricError(tr("The border that is left out leaves no pixel that counts."))
        squares, magnitudes = plane_errors(self.reference, self.distorted, counts)
        names = (tr("all channels"), tr("luma"), *_COLORS) if len(squares) > 1 else (tr("grey"),)
        rows = (
            PlaneErrors(name, float(mse), psnr_of(float(mse), self.data_range), float(mae))
            for name, mse, mae in zip(names, squares, magnitudes, strict=True)
        )
        pair = self.reference, self.distorted
        return Found(*pair, self.data_range, tuple(rows), self.mask, self.crop)

    def is_same_job(self, other: object) -> bool:
        """Whether another job would bring the same result."""
        return (
            isinstance(other, ChannelJob)
            and other.reference is self.reference
            and other.distorted is self.distorted
            and other.mask is self.mask
            and (other.data_range, other.crop) == (self.data_range, self.crop)
        )


def plane_errors(
    reference: NDArray[Any], distorted: NDArray[Any], counts: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean squares and mean magnitudes: over all, of luma, then of each channel.

    Of (H, W) images there is one of each. With `counts`, (H, W), they are over the pixels that
    count.
    """
    color = reference.ndim == 3
    weights = np.concatenate([[LUMA_WEIGHTS], np.eye(3)]).T if color else None

    def sums(rows: slice) -> NDArray[np.float64]:
        error = np.subtract(distorted[rows], reference[rows], dtype=np.float64)
        error = error if counts is None else error[counts[rows]]
        planes = error.reshape(-1, 1) if weights is None else error.reshape(-1, 3) @ weights
        return np.stack([np.einsum("ij,ij->j", planes, planes), np.abs(planes).sum(axis=0)])

    parts = in_threads(sums, row_blocks(reference.shape))
    pixels = np.prod(reference.shape[:2]) if counts is None else np.count_nonzero(counts)
    means = np.sum(parts, axis=0) / pixels
    if color:
        means = np.concatenate([means[:, 1:].mean(axis=1, keepdims=True), means], axis=1)
    return means[0], means[1]


def missing_errors(state: ChannelErrors, session: Session) -> ChannelJob | None:
    """Return the job for the images on screen, while the window is open and their errors."""
    document = session.document
    if not state.open or document.pair is None or document.shown is None:
        return None
    if session.playing or found_on_screen(state, session) is not None:
        return None
    reference = document.pair.reference.pixels
    if reference.ndim == 3 and reference.shape[2] != len(_COLORS):
        return None
    metric, mask = document.metric, document.pair.mask
    return ChannelJob(reference, document.shown, metric.data_range, mask, metric.crop)
