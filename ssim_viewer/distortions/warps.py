"""Translation, rotation and scaling: the picture stays, its place changes.

Conventions
-----------
- Beyond its edges the image is continued by its mirror image about the middle of the edge pixels
  (reflect 101), so that no new edges come in.
- A translation interpolates with a Lanczos kernel of eight pixels at the exact fraction; by whole
  pixels nothing is interpolated. Rotation and scaling leave it to OpenCV's Lanczos kernel, whose
  places are rounded to 1/32 of a pixel.
- Lanczos overshoots at edges; the result is clipped into the range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.distortions.protocol import as_image, finite, in_range

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

LOBES = 4
"""Half the width of the Lanczos kernel in pixels, as OpenCV has it."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The picture moves to the right and down.

    Parameters
    ----------
    right, down
        In pixels; fractions and negative numbers are fine.

    Raises
    ------
    DistortionError
        A setting is no finite number.
    """

    right: float
    down: float = 0.0

    def __post_init__(self) -> None:
        for name in ("right", "down"):
            object.__setattr__(self, name, finite(name, getattr(self, name)))

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> Array:
        """Return the moved image, float64 within [0, `data_range`]."""
        moved = _moved(_moved(as_image(image), self.right, axis=1), self.down, axis=0)
        return in_range(moved, data_range)


@dataclass(frozen=True, slots=True)
class Rotation:
    """The picture turns about its middle.

    Parameters
    ----------
    degrees
        Counter-clockwise.

    Raises
    ------
    DistortionError
        The angle is no finite number.
    """

    degrees: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "degrees", finite("degrees", self.degrees))

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> Array:
        """Return the turned image, float64 within [0, `data_range`]."""
        return in_range(_warped(as_image(image), self.degrees, 1.0), data_range)


@dataclass(frozen=True, slots=True)
class Scaling:
    """The picture grows or shrinks about its middle; the image keeps its size.

    Parameters
    ----------
    factor
        Above 1 it grows.

    Raises
    ------
    DistortionError
        The factor is below 1/16, which no filter here is made for, or no finite number.
    """

    factor: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "factor", finite("factor", self.factor, least=1 / 16))

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> Array:
        """Return the scaled image, float64 within [0, `data_range`]."""
        return in_range(_warped(as_image(image), 0.0, self.factor), data_range)


def _moved(image: Array, distance: float, *, axis: int) -> Array:
    """Return the image of which pixel i is what stood at i - distance along an axis."""
    whole = math.floor(distance)
    fraction = distance - whole
    if fraction == 0:
        return image if whole == 0 else _taken(image, whole, axis)
    taps = np.arange(1 - LOBES, LOBES + 1)
    weights = np.sinc(fraction - taps) * np.sinc((fraction - taps) / LOBES)
    weights /= weights.sum()
    moved = np.zeros_like(image)
    for tap, weight in zip(taps.tolist(), weights.tolist(), strict=True):
        moved += weight * _taken(image, whole + tap, axis)
    return moved


def _taken(image: Array, distance: int, axis: int) -> Array:
    """Return the image moved by whole pixels, mirrored at its edges."""
    size = image.shape[axis]
    if size == 1:
        return image
    period = 2 * (size - 1)
    places = (np.arange(size) - distance) % period
    taken: Array = image.take(np.minimum(places, period - places), axis=axis)
    return taken


def _warped(image: Array, degrees: float, factor: float) -> Array:
    if degrees % 360 == 0 and factor == 1:
        return image
    height, width = image.shape[:2]
    middle = ((width - 1) / 2, (height - 1) / 2)
    onto = cv2.getRotationMatrix2D(middle, degrees, factor)
    return cv2.warpAffine(
        image,
        onto,
        (width, height),
        flags=cv2.INTER_LANCZOS4,
        borderMode=cv2.BORDER_REFLECT_101,
    ).astype(np.float64, copy=False)
