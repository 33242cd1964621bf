"""What the room accepts: finite pixels, and a pixel range that holds the reference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.synthesis.errors import SphereError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray


def finite_pixels(array: ArrayLike, name: str, work: DTypeLike = np.float64) -> NDArray[np.float64]:
    """Return a private read-only copy, or say in one sentence why there is none.

    The copy is float64, or float32 where `work` is float32 and holds every value of the type
    given. An array that already is all this is its own copy.
    """
    given = np.asarray(array)
    exact = np.can_cast(given.dtype, work, "safe")
    dtype = np.dtype(work if exact else np.float64)
    if given.dtype == dtype and given.base is None and not given.flags.writeable:
        pixels = given
    else:
        pixels = np.array(given, dtype=dtype, order="C")
        pixels.flags.writeable = False
    if pixels.ndim not in {2, 3} or pixels.size == 0:
        raise SphereError(
            f"The {name} must have shape (H, W) or (H, W, C) and hold pixels, not {pixels.shape}."
        )
    # One sum finds every NaN and infinity; where the sum itself overflows, all are looked at.
    if not math.isfinite(float(pixels.sum(dtype=np.float64))) and not np.isfinite(pixels).all():
        raise SphereError(f"The {name} holds values that are not finite.")
    return pixels


def check_same_shape(image: NDArray[np.float64], reference: NDArray[np.float64]) -> None:
    """Raise SphereError unless both have the same shape."""
    if image.shape != reference.shape:
        raise SphereError(
            f"The image has shape {image.shape}, the reference {reference.shape}: "
            "both must be the same."
        )


def check_range(reference: NDArray[np.float64], pixel_range: tuple[float, float]) -> None:
    """Raise SphereError unless the range is one and the reference lies inside it."""
    low, high = pixel_range
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise SphereError(f"A pixel range needs two finite ends, the lower first: {pixel_range}.")
    if reference.min() < low or reference.max() > high:
        raise SphereError(
            f"The reference has pixels from {reference.min():g} to {reference.max():g}, outside "
            f"{low:g} to {high:g}; give its own pixel range, or none."
        )
