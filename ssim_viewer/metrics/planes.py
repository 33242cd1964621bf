"""An image as the planes that are measured, and the way back for the gradient.

An image of (H, W) is one plane; of (H, W, C) it is C planes, or one plane of luma; all of them are
shrunk when the metric downsamples.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.compute.tiles import in_threads, row_blocks, scratch
from ssim_viewer.images.luma import LUMAS
from ssim_viewer.metrics.downsampling import adjoint_downsampled, adjoint_pooled, downsample, pool
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, DTypeLike, NDArray

    Plane = NDArray[np.float64]
    Finish = Callable[[NDArray[Any]], None]


def as_image(
    image: ArrayLike, channel_axis: int | None = None, *, pixels: bool = False
) -> NDArray[Any]:
    """Return the image as a real-valued array of (H, W) or (H, W, C), or raise MetricError.

    Parameters
    ----------
    image
        Of (H, W), or of three axes.
    channel_axis
        Which of three axes counts channels. Without it that is the last one, of 1 or 3 channels:
        stacks of images and alpha are not taken for colour.
    pixels
        Whether it does not matter which axis is which, since every sample counts alike.
    """
    array = _as_array(image)
    if array.dtype.kind not in "buif":
        raise MetricError(tr("An image holds real numbers, not {dtype}.", dtype=array.dtype))
    if array.ndim not in (2, 3) or array.size == 0:
        raise MetricError(
            tr("An image has the shape (H, W) or (H, W, C), not {shape}.", shape=array.shape)
        )
    if channel_axis is not None:
        if array.ndim != 3 or channel_axis not in range(-3, 3):
            raise MetricError(
                tr(
                    "An image of the shape {shape} has no axis {channel_axis!r}.",
                    shape=array.shape,
                    channel_axis=channel_axis,
                )
            )
        return np.moveaxis(array, channel_axis, -1)
    if array.ndim == 3 and array.shape[2] not in (1, 3) and not pixels:
        raise MetricError(
            tr(
                "An image of the shape {shape} needs channel_axis, the axis that counts its "
                "channels: without it there are 1 or 3 of them on the last axis. Luma needs 3"
                " channels.",
                shape=array.shape,
            )
        )
    return array


def with_axis(gradient: NDArray[Any], channel_axis: int | None) -> NDArray[Any]:
    """Return a gradient of (H, W, C) with its channels on the axis where the image had them."""
    if channel_axis is None or channel_axis in (2, -1):
        return gradient
    return np.ascontiguousarray(np.moveaxis(gradient, -1, channel_axis))


def _as_array(image: ArrayLike) -> NDArray[Any]:
    # By its attributes: asking `np.ma` would import it, and the first call waits for it.
    if hasattr(image, "filled") and np.any(getattr(image, "mask", False)):
        raise MetricError(tr("A masked array is no image: fill what is masked, or leave it out."))
    try:
        return np.asarray(image)
    except Exception as error:
        hint = ""
        if getattr(image, "requires_grad", False):
            hint = tr(" A tensor that needs a gradient is given as tensor.detach().")
        trouble = str(error).rstrip(". ")
        raise MetricError(
            tr("The image cannot be read as an array: {trouble}.{hint}", trouble=trouble, hint=hint)
        ) from error


def check_same_shape(reference: NDArray[Any], distorted: NDArray[Any]) -> None:
    """Raise a MetricError that names both sizes when they differ."""
    if reference.shape != distorted.shape:
        raise MetricError(
            tr(
                "The images differ in size: the reference is {size_text}, "
                "the distorted one {size_text_2}.",
                size_text=size_text(reference.shape),
                size_text_2=size_text(distorted.shape),
            )
        )


def size_text(shape: tuple[int, ...]) -> str:
    """Return width×height, and the number of channels of an (H, W, C) shape."""
    size = f"{shape[1]}×{shape[0]}"
    if len(shape) != 3:
        return size
    if shape[2] == 1:
        return tr("{size} with 1 channel", size=size)
    return tr("{size} with {count} channels", size=size, count=shape[2])


def channel_weights(shape: tuple[int, ...], color: str) -> Plane:
    """Return the (planes, channels) matrix that makes planes of the channels of an image."""
    channels = shape[2] if len(shape) == 3 else 1
    if color == "mean" or channels == 1:
        return np.eye(channels)
    if channels != 3:
        raise MetricError(
            tr("Luma needs 3 channels, red, green and blue, and not {channels}.", channels=channels)
        )
    return np.array([LUMAS[color].weights])


def finishing(weights: Plane, color: str, data_range: float) -> Finish | None:
    """Return what is done to a weighted sum of channels in place, or None where that is nothing."""
    luma = LUMAS.get(color)
    if luma is None or weights.shape != (1, 3) or not (luma.offset or luma.steps):
        return None
    return partial(luma.finish, data_range=data_range)


def split(
    image: NDArray[Any],
    weights: Plane,
    factor: int,
    dtype: DTypeLike = np.float64,
    finish: Finish | None = None,
    *,
    pools: bool = False,
) -> list[NDArray[Any]]:
    """Return the planes of an image, shrunk by `factor`; where nothing is to be done, as views.

    Luma comes in the type that is named; `finish` changes it in place. With `pools` only whole
    boxes from the first pixel are shrunk.
    """
    shrink = pool if pools else downsample
    channels = image[..., np.newaxis] if image.ndim == 2 else image
    planes = []
    for row in weights:
        used = np.flatnonzero(row)
        if len(used) == 1:
            plane = channels[..., used[0]]
        else:
            plane = _weighted(channels, row, dtype)
            if finish is not None:
                finish(plane)
        planes.append(shrink(plane, factor) if factor > 1 else plane)
    return planes


def join(
    gradients: Sequence[NDArray[Any]],
    weights: Plane,
    factor: int,
    shape: tuple[int, ...],
    *,
    pools: bool = False,
) -> NDArray[Any]:
    """Apply the adjoint of `split` to the gradients of the planes of an image of this shape."""
    size = (shape[0], shape[1])
    adjoint = adjoint_pooled if pools else adjoint_downsampled
    full = [adjoint(g, factor, size) if factor > 1 else g for g in gradients]
    if len(shape) == 2:
        return np.ascontiguousarray(full[0])
    joined = np.zeros(shape, gradients[0].dtype)

    def add(rows: slice) -> None:
        for row, gradient in zip(weights, full, strict=True):
            for channel in np.flatnonzero(row):
                joined[rows, :, channel] += row[channel] * gradient[rows]  # in double

    in_threads(add, row_blocks(shape))
    return joined


def centre_of(plane: NDArray[Any]) -> float:
    """Return about the mean of a plane, exact in single precision where that reaches so far.

    Every eighth sample of every eighth row is looked at: any number near the samples will do.
    """
    mean = float(plane[::8, ::8].mean(dtype=np.float64))
    if not math.isfinite(mean):
        return 0.0
    with np.errstate(over="ignore"):
        single = float(np.float32(mean))
    return single if math.isfinite(single) else mean


SINGLE_REACH = 16
"""How many data ranges from 0 samples may lie for single precision to tell them well apart."""


def fits_single(image: NDArray[Any], data_range: float) -> bool:
    """Return whether single precision knows all samples to a millionth of the data range."""
    low, high = float(image.min()), float(image.max())
    return max(-low, high) <= SINGLE_REACH * data_range


FAR = tr("Values lie far from the data range, so that double precision is used instead of single.")


def _weighted(channels: NDArray[Any], weights: Plane, dtype: DTypeLike) -> NDArray[Any]:
    total = np.empty(channels.shape[:2], dtype)

    def fill(rows: slice) -> None:
        scratch.clear()
        block, part = (scratch.array(total[rows].shape) for _ in range(2))
        np.multiply(channels[rows, :, 0], weights[0], out=block, dtype=np.float64)
        for channel, weight in enumerate(weights[1:], 1):
            block += np.multiply(channels[rows, :, channel], weight, out=part, dtype=np.float64)
        total[rows] = block

    in_threads(fill, row_blocks(channels.shape[:2]))
    return total
