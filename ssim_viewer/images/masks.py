"""Masks: which pixels of a pair count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images.errors import ImageError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.images.image import Image

    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """The pixels of the reference that count.

    Attributes
    ----------
    pixels
        (H, W) of booleans, read-only.
    name
        What the person calls it: the file's name, or the place of a region.
    """

    pixels: Bools
    name: str

    def __post_init__(self) -> None:
        pixels = np.ascontiguousarray(self.pixels, np.bool_).view()
        if pixels.ndim != 2 or not pixels.any():
            raise ImageError(tr("The mask “{name}” leaves no pixel to measure.", name=self.name))
        pixels.flags.writeable = False
        object.__setattr__(self, "pixels", pixels)

    def require_size_of(self, reference: Image) -> None:
        """Raise ImageError unless the mask has the size of a reference."""
        height, width = self.pixels.shape
        if (width, height) != (reference.width, reference.height):
            raise ImageError(
                tr(
                    "The mask “{name}” is {width}×{height} and the reference "
                    "{size_text}; give a mask of its size.",
                    name=self.name,
                    width=width,
                    height=height,
                    size_text=reference.size_text,
                )
            )


def mask_from_image(image: Image) -> Mask:
    """Return the mask of an image: pixels count whose value is above 0 in any channel."""
    above = image.pixels > 0
    return Mask(np.asarray(above if above.ndim == 2 else above.any(axis=2)), image.name)


def not_numbers(image: Image) -> Bools | None:
    """Return the pixels of which a sample is NaN, (H, W), or None where there are none."""
    if image.pixels.dtype.kind != "f":
        return None
    samples = np.isnan(image.pixels)
    found = np.asarray(samples if samples.ndim == 2 else samples.any(axis=2))
    return found if found.any() else None
