"""Which pixels of a pair count, and which samples of a map do that are made from them.

A sample counts whose window is centred on a pixel that counts and touches none that is not a
number. What a mask leaves out is seen by windows at its edge, as beside a region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ssim_viewer.metrics.downsampling import downsample, pool
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.ssim.window import Window, uniform_kernel
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics.geometry import MapGeometry
    from ssim_viewer.metrics.ssim.settings import SsimSettings

    Bools = NDArray[np.bool_]

NO_WINDOW = tr("No window is centred in the mask and free of what is not a number.")


def not_numbers(image: NDArray[Any]) -> Bools:
    """Return the pixels of which a sample is NaN or infinite."""
    if image.dtype.kind != "f":
        return np.zeros(image.shape[:2], np.bool_)
    bad = ~np.isfinite(image)
    return np.asarray(bad if bad.ndim == 2 else bad.any(axis=2))


def require_numbers(*images: NDArray[Any]) -> None:
    """Raise MetricError if a sample is NaN or infinite: for what has no means to leave it out."""
    bad = sum(int(np.count_nonzero(not_numbers(image))) for image in images)
    if bad:
        raise MetricError(
            tr(
                "{count} pixels are not a number (NaN), which this experiment cannot leave out; "
                "open a pair without them.",
                count=bad,
            )
        )


def over_channels(pixels: Bools, image: NDArray[Any]) -> Bools:
    """Return pixels, (H, W), so that they broadcast to an image of (H, W) or (H, W, C)."""
    return pixels if image.ndim == 2 else pixels[:, :, np.newaxis]


def filled(image: NDArray[Any], bad: Bools) -> NDArray[Any]:
    """Return the image with the mean of the others, by channel, at pixels that are no numbers."""
    if not bad.any():
        return image
    kept = image[~bad]
    mean = kept.mean(axis=0, dtype=np.float64) if len(kept) else 0.0
    return np.where(over_channels(bad, image), np.asarray(mean, image.dtype), image)


def within(crop: int, shape: tuple[int, ...], counts: Bools | None) -> Bools | None:
    """Return the pixels that count and lie within a border, (H, W); None where that is all."""
    if not crop:
        return counts
    height, width = shape[:2]
    inside = np.zeros((height, width), np.bool_)
    inside[crop : max(crop, height - crop), crop : max(crop, width - crop)] = True
    return inside if counts is None else inside & counts


def centred(geometry: MapGeometry, shape: tuple[int, ...], pixels: Bools) -> Bools:
    """Return which samples of a map of this shape have their middles on one of some pixels."""
    rows, columns = (
        np.clip(
            np.floor(geometry.offset + (np.arange(count) + 0.5) * geometry.scale).astype(np.intp),
            0,
            length - 1,
        )
        for count, length in zip(shape, pixels.shape, strict=True)
    )
    return np.asarray(pixels[np.ix_(rows, columns)])


def near(pixels: Bools, reach: int) -> Bools:
    """Return the pixels that are at most `reach` away from one of some, along each axis."""
    if not (reach and pixels.any()):
        return pixels
    box = np.ones((2 * reach + 1,) * 2, np.uint8)
    return np.asarray(cv2.dilate(pixels.astype(np.uint8), box)) > 0


def windows_that_count(metric: SsimSettings, bad: Bools, counts: Bools) -> Bools:
    """Return which samples of the map of SSIM count.

    Parameters
    ----------
    bad, counts
        (H, W): the pixels that are no numbers, and those that count.
    """
    whole, factor = bad.shape, metric.factor(bad.shape)
    height, width = metric.cropped(whole)
    bad = bad[metric.crop : metric.crop + height, metric.crop : metric.crop + width]
    small = bad.astype(np.float64)
    if factor > 1:
        small = pool(small, factor) if metric.pools else downsample(small, factor)
    padded = Window(metric.kernel().kernel, metric.border).pad(small)
    window = Window(uniform_kernel(metric.window_size), "valid")
    share = window.mean(padded, np.empty_like(padded))
    touched = share[:: metric.stride, :: metric.stride] > 0.5 / (factor * metric.window_size) ** 2
    return centred(metric.geometry(whole), touched.shape, counts) & ~touched


def some(windows: Bools, least: int = 1) -> Bools:
    """Return windows, or raise MetricError where fewer count than a metric needs."""
    if np.count_nonzero(windows) < least:
        raise MetricError(NO_WINDOW)
    return windows
