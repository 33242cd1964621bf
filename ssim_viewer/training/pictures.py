"""Images as training takes them: one grey plane, float32 in [0, 1]; shrinking and enlarging.

Super-resolution is measured on Y as published: of colour images Y = 16 + 219 times BT.601 luma,
over 255, as MATLAB's rgb2ycbcr has it. Grey images stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image as Pillow

from ssim_viewer.images import ImageError, read_image, to_luma, with_range
from ssim_viewer.metrics.counting import not_numbers
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.training.settings import TrainingSettings

    Plane = NDArray[np.float32]


def read_picture(file: Path, settings: TrainingSettings) -> Image:
    """Return the image of a file as the settings say.

    Raises
    ------
    ImageError
        The file is no image, or holds pixels that are not a number: nothing is learnt from, or
        measured on, values that are made up.
    """
    image = read_image(file, background=settings.background, profile=settings.profile)
    if settings.data_range:
        image = with_range(image, settings.data_range)
    bad = np.count_nonzero(not_numbers(image.pixels))
    if bad:
        raise ImageError(
            tr(
                "“{name}” has {count} pixels that are not a number (NaN); a network can neither "
                "learn from them nor be measured on them.",
                name=image.name,
                count=bad,
            )
        )
    return image


def luma(image: Image) -> Plane:
    """Return the luma of an image, (H, W) in [0, 1]."""
    plane = to_luma(image.pixels) / image.data_range
    return np.clip(plane, 0.0, 1.0).astype(np.float32)


def studio_luma(image: Image) -> Plane:
    """Return Y from 16/255 to 235/255 of a colour image, and a grey image as it is."""
    plane = luma(image)
    if image.pixels.ndim == 2:
        return plane
    return (np.float32(16 / 255) + np.float32(219 / 255) * plane).astype(np.float32)


def cropped_to_multiple(plane: Plane, factor: int) -> Plane:
    """Return the largest part from the top left whose sides are multiples of a factor."""
    height, width = (side - side % factor for side in plane.shape)
    return plane[:height, :width]


def enlarged_again(plane: Plane, factor: int) -> Plane:
    """Shrink and enlarge by cubic interpolation (a = -0.5, smoothed while shrinking).

    The weights are those of MATLAB's imresize; nothing is rounded. The sides are multiples of the
    factor.
    """
    height, width = plane.shape
    image = Pillow.fromarray(np.ascontiguousarray(plane))
    small = image.resize((width // factor, height // factor), Pillow.Resampling.BICUBIC)
    large = small.resize((width, height), Pillow.Resampling.BICUBIC)
    return np.clip(np.asarray(large, np.float32), 0.0, 1.0)


def resized(plane: Plane, side: int) -> Plane:
    """Return the largest middle square of a plane, at another size."""
    height, width = plane.shape
    least = min(height, width)
    top, left = (height - least) // 2, (width - least) // 2
    square = plane[top : top + least, left : left + least]
    if least == side:
        return square
    way = cv2.INTER_AREA if least > side else cv2.INTER_CUBIC
    return np.clip(cv2.resize(square, (side, side), interpolation=way), 0, 1).astype(np.float32)
