"""What the room accepts: finite pixels, and a pixel range that holds the reference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.synthesis.errors import SphereError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray


def reference_type(array: ArrayLike, work: DTypeLike) -> DTypeLike:
    """Return the type in which a reference loses nothing and takes the least memory.

    That is float64 where the work is done in float64.
    """
    given = np.asarray(array).dtype
    if np.dtype(work) == np.float64 or not np.can_cast(given, work, "safe"):
        return np.float64
    return np.uint8 if given == np.uint8 else work


def finite_pixels(array: ArrayLike, name: str, kind: DTypeLike = np.float64) -> NDArray[Any]:
    """Return a private read-only copy of a type, or say in one sentence why there is none.

    An array that already is all this is its own copy.
    """
    given = np.asarray(array)
    dtype = np.dtype(kind)
    if given.dtype == dtype and given.base is None and not given.flags.writeable:
        pixels = given
    else:
        pixels = np.array(given, dtype=dtype, order="C")
        pixels.flags.writeable = False
    if pixels.ndim not in {2, 3} or pixels.size == 0:
        raise SphereError(
            tr(
                "The {name} must have shape (H, W) or (H, W, C) and hold pixels, not {shape}.",
                name=name,
                shape=pixels.shape,
            )
        )
    # One sum finds every NaN and infinity; where the sum itself overflows, all are looked at.
    whole = dtype.kind in "ui" or math.isfinite(float(pixels.sum(dtype=np.float64)))
    if not whole and not np.isfinite(pixels).all():
        raise SphereError(tr("The {name} holds values that are not finite.", name=name))
    return pixels


def inward(pixel_range: tuple[float, float] | None, kind: DTypeLike) -> tuple[float, float] | None:
    """Return the widest range inside a pixel range whose ends a type of pixels can hold."""
    if pixel_range is None:
        return None
    low, high = pixel_range
    lowest, highest = np.array(pixel_range, kind)
    return (
        float(lowest if float(lowest) >= low else np.nextafter(lowest, highest)),
        float(highest if float(highest) <= high else np.nextafter(highest, lowest)),
    )


def check_same_shape(image: NDArray[Any], reference: NDArray[Any]) -> None:
    """Raise SphereError unless both have the same shape."""
    if image.shape != reference.shape:
        raise SphereError(
            tr(
                "The image has shape {shape}, the reference {shape_2}: both must be the same.",
                shape=image.shape,
                shape_2=reference.shape,
            )
        )


def check_range(reference: NDArray[Any], pixel_range: tuple[float, float]) -> None:
    """Raise SphereError unless the range is one and the reference lies inside it."""
    low, high = pixel_range
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise SphereError(
            tr(
                "A pixel range needs two finite ends, the lower first: {pixel_range}.",
                pixel_range=pixel_range,
            )
        )
    if reference.min() < low or reference.max() > high:
        raise SphereError(
            tr(
                "The reference has pixels from {min:g} to {max:g}, outside "
                "{low:g} to {high:g}; give its own pixel range, or none.",
                min=reference.min(),
                max=reference.max(),
                low=low,
                high=high,
            )
        )
