"""What every distortion can do, and what all of them ask of an image."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ssim_viewer.distortions.errors import DistortionError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Distortion(Protocol):
    """Settings of a distortion."""

    def apply(self, image: ArrayLike, /, data_range: float = 255.0) -> NDArray[np.float64]:
        """Return the distorted image, float64 within [0, `data_range`]."""
        ...


def as_image(image: ArrayLike) -> NDArray[np.float64]:
    """Return an image of (H, W) or (H, W, C) as float64, copied where it is none.

    Raises
    ------
    DistortionError
        It has another shape, or no pixels.
    """
    pixels: NDArray[Any] = np.asarray(image)
    if pixels.ndim not in (2, 3) or pixels.size == 0:
        raise DistortionError(
            tr(
                "An image has the shape (H, W) or (H, W, C) and some pixels, not {shape}.",
                shape=pixels.shape,
            )
        )
    return pixels.astype(np.float64, copy=False)


def in_range(image: NDArray[np.float64], data_range: float) -> NDArray[np.float64]:
    """Return an image that can be shown: values beyond black and white are those."""
    clipped: NDArray[np.float64] = np.clip(image, 0.0, data_range)
    return clipped


def finite(name: str, value: float, *, least: float = -math.inf) -> float:
    """Return a setting as a float.

    Raises
    ------
    DistortionError
        It is no finite number, or below the least one.
    """
    if not math.isfinite(value) or value < least:
        floor = "" if least == -math.inf else tr(" of at least {least:g}", least=least)
        raise DistortionError(
            tr(
                "{name} is a finite number{floor}, not {value!r}.",
                name=name,
                floor=floor,
                value=value,
            )
        )
    return float(value)
