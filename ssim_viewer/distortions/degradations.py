"""Blur and noise: the picture keeps its place and loses something."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.distortions.protocol import as_image, finite, in_range
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

REACH = 4.0
"""Standard deviations at which the Gaussian of the blur ends."""


@dataclass(frozen=True, slots=True)
class Blur:
    """A Gaussian blur; beyond its edges the image is mirrored.

    Parameters
    ----------
    sigma
        Standard deviation in pixels; 0 leaves the image as it is.

    Raises
    ------
    DistortionError
        The standard deviation is no finite number of at least 0.
    """

    sigma: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "sigma", finite("sigma", self.sigma, least=0.0))

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> Array:
        """Return the blurred image, float64 within [0, `data_range`]."""
        pixels = as_image(image)
        if self.sigma == 0:
            return in_range(pixels, data_range)
        side = 2 * math.ceil(REACH * self.sigma) + 1
        blurred = cv2.GaussianBlur(
            pixels, (side, side), self.sigma, borderType=cv2.BORDER_REFLECT_101
        )
        return in_range(blurred.astype(np.float64, copy=False), data_range)


@dataclass(frozen=True, slots=True)
class Noise:
    """White Gaussian noise, independent in every sample of every channel.

    Parameters
    ----------
    sigma
        Standard deviation in units of the image, before clipping.
    seed
        The same seed brings the same pattern, only stronger, at every standard deviation.

    Raises
    ------
    DistortionError
        The standard deviation is no finite number of at least 0, or the seed is below 0.
    """

    sigma: float
    seed: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "sigma", finite("sigma", self.sigma, least=0.0))
        if self.seed < 0:
            raise DistortionError(
                tr("A seed is a whole number of at least 0, not {seed!r}.", seed=self.seed)
            )

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> Array:
        """Return the noisy image, float64 within [0, `data_range`]."""
        pixels = as_image(image)
        pattern = np.random.default_rng(self.seed).standard_normal(pixels.shape)
        pattern *= self.sigma
        pattern += pixels
        return in_range(pattern, data_range)
