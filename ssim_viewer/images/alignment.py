"""Two images made comparable: one size, one number of channels, one data range."""

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images.errors import ImageError, SizeMismatch
from ssim_viewer.images.image import Image, Pair
from ssim_viewer.images.types import Pixels

Alignment = Literal["crop", "pad", "resize"]


def align_pair(reference: Image, distorted: Image, how: Alignment | None = None) -> Pair:
    """Bring two images to one shape and one data range; images that match stay as they are.

    Grey beside colour is repeated into three channels. A distorted image of another data range is
    rescaled to the reference's. Both are said in the notes.

    Parameters
    ----------
    reference, distorted
        Any two images.
    how
        What to do about different sizes. "crop" keeps the common part from the top left corner;
        "pad" repeats the right and bottom edges of whichever image is smaller; "resize" brings
        the distorted image to the size of the reference (area average where it shrinks, bicubic
        where it grows).

    Returns
    -------
    Pair
        The aligned images and what was done to them.

    Raises
    ------
    SizeMismatch
        If the sizes differ and `how` is None.
    """
    pair = _same_range(_same_channels(Pair(reference, distorted)))
    if pair.reference.pixels.shape == pair.distorted.pixels.shape:
        return pair
    if how is None:
        raise SizeMismatch((reference.width, reference.height), (distorted.width, distorted.height))
    if how == "crop":
        return _crop(pair)
    if how == "pad":
        return _pad(pair)
    if how == "resize":
        return _resize(pair)
    raise ImageError(f"Alignment “{how}” is unknown; choose crop, pad or resize.")


def _same_channels(pair: Pair) -> Pair:
    reference, distorted = pair.reference, pair.distorted
    if reference.channels == distorted.channels:
        return pair
    if reference.channels == 1:
        reference, grey = _grey_to_rgb(reference), "reference"
    else:
        distorted, grey = _grey_to_rgb(distorted), "distorted image"
    note = f"The {grey} is grey and was repeated into three channels."
    return Pair(reference, distorted, (*pair.notes, note))


def _grey_to_rgb(image: Image) -> Image:
    return replace(image, pixels=np.repeat(image.pixels[:, :, None], 3, axis=2))


def _same_range(pair: Pair) -> Pair:
    white, other = pair.reference.data_range, pair.distorted.data_range
    if white == other:
        return pair
    # float64 keeps every 16-bit value apart when it is brought to 0…255.
    pixels = pair.distorted.pixels.astype(np.float64) * (white / other)
    note = f"The distorted image was rescaled from the data range {other:g} to {white:g}."
    return Pair(
        pair.reference,
        replace(pair.distorted, pixels=pixels, data_range=white),
        (*pair.notes, note),
    )


def _crop(pair: Pair) -> Pair:
    height = min(pair.reference.height, pair.distorted.height)
    width = min(pair.reference.width, pair.distorted.width)
    reference, distorted = (
        replace(image, pixels=image.pixels[:height, :width].copy())
        for image in (pair.reference, pair.distorted)
    )
    note = f"Both were cropped to their common part, {width}×{height} from the top left corner."
    return Pair(reference, distorted, (*pair.notes, note))


def _pad(pair: Pair) -> Pair:
    height = max(pair.reference.height, pair.distorted.height)
    width = max(pair.reference.width, pair.distorted.width)
    reference, distorted = (
        replace(image, pixels=_padded(image.pixels, height, width))
        for image in (pair.reference, pair.distorted)
    )
    note = f"Both were padded to {width}×{height} by repeating their right and bottom edges."
    return Pair(reference, distorted, (*pair.notes, note))


def _padded(pixels: Pixels, height: int, width: int) -> Pixels:
    below, right = height - pixels.shape[0], width - pixels.shape[1]
    rest = ((0, 0),) * (pixels.ndim - 2)
    return np.pad(pixels, ((0, below), (0, right), *rest), mode="edge")


def _resize(pair: Pair) -> Pair:
    width, height = pair.reference.width, pair.reference.height
    image = pair.distorted
    note = f"The distorted image was resized from {image.size_text} to {width}×{height}."
    resized = replace(image, pixels=_resized(image, width, height))
    return Pair(pair.reference, resized, (*pair.notes, note))


def _resized(image: Image, width: int, height: int) -> NDArray[np.float64]:
    """Shrink the axes that shrink by area, then grow those that grow by bicubic interpolation."""
    pixels = image.pixels.astype(np.float64)
    smaller = (min(width, image.width), min(height, image.height))
    low, high = float(pixels.min()), float(pixels.max())
    if smaller != (image.width, image.height):
        pixels = cv2.resize(pixels, smaller, interpolation=cv2.INTER_AREA).astype(np.float64)
    if smaller != (width, height):
        pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC).astype(
            np.float64
        )
    # Bicubic overshoots at edges: keep to what can be shown, and to what was there already.
    return np.clip(pixels, min(low, 0.0), max(high, image.data_range))
