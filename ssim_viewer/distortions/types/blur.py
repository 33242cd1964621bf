"""Blur: the picture keeps its place and loses detail. Beyond its edges the image is mirrored."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy import ndimage

from ssim_viewer.distortions.spec import Parameter, Pixels, described
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

FAMILY = tr("Blur")


def filtered(pixels: Pixels, kernel: NDArray[np.float64]) -> Pixels:
    """Return pixels filtered with a kernel that sums to 1, mirrored at the edges."""
    result = cv2.filter2D(pixels, -1, kernel, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(result, dtype=np.float64)


@described(
    title=tr("Gaussian blur"),
    meaning=tr("Average every pixel with its neighbours, under a Gaussian."),
    family=FAMILY,
    measure=tr("standard deviation"),
    unit=tr("pixels"),
    largest=32.0,
    typical=2.0,
    known_as=(tr("TID2013: Gaussian blur"), tr("KADID-10k: Gaussian blur")),
)
def gaussian_blur(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Average every pixel with its neighbours, under a Gaussian."""
    sigma = (strength, strength, 0.0)[: pixels.ndim]
    return ndimage.gaussian_filter(pixels, sigma, mode="mirror", truncate=4.0)


@described(
    title=tr("Motion blur"),
    meaning=tr("Move the camera along a line while the shutter is open."),
    family=FAMILY,
    measure=tr("length of the path"),
    unit=tr("pixels"),
    largest=64.0,
    typical=9.0,
    parameters=(Parameter("angle", tr("Direction"), 0.0, -180.0, 180.0, "°"),),
    known_as=(tr("KADID-10k: motion blur"),),
)
def motion_blur(
    pixels: Pixels, strength: float, _random: np.random.Generator, /, *, angle: float = 0.0
) -> Pixels:
    """Move the camera along a line while the shutter is open."""
    reach = math.ceil(strength / 2) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float64)
    turn = math.radians(angle)
    along = np.abs(x * math.cos(turn) - y * math.sin(turn))
    across = np.abs(x * math.sin(turn) + y * math.cos(turn))
    kernel = np.clip(strength / 2 + 0.5 - along, 0, 1) * np.clip(1 - across, 0, 1)
    return filtered(pixels, kernel / kernel.sum())


@described(
    title=tr("Defocus blur"),
    meaning=tr("Spread every point over a disc, as a lens out of focus does."),
    family=FAMILY,
    measure=tr("radius of the disc"),
    unit=tr("pixels"),
    largest=32.0,
    typical=3.0,
    known_as=(tr("KADID-10k: lens blur"),),
)
def defocus_blur(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Spread every point over a disc, as a lens out of focus does."""
    reach = math.ceil(strength) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float64)
    kernel = np.clip(strength + 0.5 - np.hypot(x, y), 0, 1)
    return filtered(pixels, kernel / kernel.sum())


@described(
    title=tr("Median filter"),
    meaning=tr(
        "Take the median of each square window. Between two odd sides the results are mixed."
    ),
    family=FAMILY,
    measure=tr("side of the window, less one"),
    unit=tr("pixels"),
    largest=24.0,
    typical=4.0,
)
def median_filter(pixels: Pixels, strength: float, _random: np.random.Generator, /) -> Pixels:
    """Take the median of each square window. Between two odd sides the results are mixed."""
    half = strength / 2
    small, part = int(half), half - int(half)
    first = _median(pixels, 2 * small + 1)
    return first if part == 0 else first + part * (_median(pixels, 2 * small + 3) - first)


def _median(pixels: Pixels, side: int) -> Pixels:
    if side == 1:
        return pixels
    levels = np.rint(pixels * 255)
    if np.allclose(levels, pixels * 255, atol=1e-9):  # 8 bits: a histogram that moves along
        pad = [(side // 2, side // 2)] * 2 + [(0, 0)] * (pixels.ndim - 2)
        padded = np.pad(levels.astype(np.uint8), pad, mode="reflect")
        median = cv2.medianBlur(padded, side)
        inside = slice(side // 2, -(side // 2))
        return np.asarray(median[inside, inside], dtype=np.float64) / 255
    size = (side, side, 1)[: pixels.ndim]
    return ndimage.median_filter(pixels, size=size, mode="mirror")


TYPES = (gaussian_blur, motion_blur, defocus_blur, median_filter)
