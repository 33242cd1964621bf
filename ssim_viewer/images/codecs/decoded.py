"""What every codec returns, and the error that it raises."""

from dataclasses import dataclass

import numpy as np

from ssim_viewer.images.types import Pixels
from ssim_viewer.text import SentenceError, joined, tr

# A header can claim anything: this is 16384×16384, or 268 million pixels.
LARGEST_SIZE = 2**28
TRUNCATED = tr("is truncated: its end is missing; copy or download it again")
DAMAGED = tr(
    "cannot be decoded: it is truncated, damaged or of a rare kind; copy it again or save it as PNG"
)
CMYK_NOTE = tr("CMYK was converted to RGB without a colour profile.")


class BadFile(SentenceError):  # noqa: N818 - its text ends a sentence about the file
    """A file that gives no image; the text continues a sentence that names the file."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as its file stores it, and what is still to be done to it.

    Parameters
    ----------
    pixels
        (H, W) grey, (H, W, 2) grey and alpha, (H, W, 3) RGB or (H, W, 4) RGB and alpha. Bands
        that are not alpha never stand in the place of alpha.
    white
        The value of white where it is not the largest value of the type; the samples are scaled.
    premultiplied
        Whether the colour is already multiplied by its alpha.
    scene_referred
        Whether the samples count light, in which white is 1.
    orientation
        EXIF orientation 1 to 8 still to be applied; 1 is upright.
    turned
        Whether the decoder has already turned the picture.
    profile
        An ICC profile.
    bits
        Bits of a sample that the file says are used, where it says so.
    stored
        The number type of the samples in the file, where the codec had to change it.
    page, page_count
        Which picture of the file this is, from 1, and how many there are.
    frames
        What the pictures of the file are called: "frames", "pages", "layers" or "arrays".
    names
        Of all pictures, where they have more than a number.
    notes
        Sentences on what was done.
    """

    pixels: Pixels
    white: int | None = None
    premultiplied: bool = False
    scene_referred: bool = False
    orientation: int = 1
    turned: bool = False
    profile: bytes | None = None
    bits: int | None = None
    stored: str = ""
    page: int = 1
    page_count: int = 1
    frames: str = "frames"
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def require_size(width: int, height: int) -> None:
    """Refuse a picture without pixels, or with more than can be held, before it is decoded."""
    size = f"{width}×{height}"
    if width <= 0 or height <= 0:
        raise BadFile(tr("has no pixels ({size}); choose another file", size=size))
    if width * height > LARGEST_SIZE:
        raise BadFile(
            tr(
                "claims to be {size} pixels, more than the {largest_size} million that can "
                "be opened; save a smaller part of it",
                size=size,
                largest_size=LARGEST_SIZE // 10**6,
            )
        )


def chosen(names: tuple[str, ...], which: str | None, frames: str) -> int:
    """Return the index of the picture that is meant: by its number from 1, or by its name."""
    if which is None:
        return 0
    if which in names:
        return names.index(which)
    if which.isascii() and which.isdigit() and 1 <= int(which) <= len(names):
        return int(which) - 1
    if len(names) == 1:
        raise BadFile(
            tr("has no “{which}”: it holds one picture; leave out “#{which}”", which=which)
        )
    raise BadFile(
        tr(
            "has no “{which}” among its {count} {frames}; choose 1 to {count}",
            which=which,
            count=len(names),
            frames=frames,
        )
    )


def numbered(word: str, count: int) -> tuple[str, ...]:
    """Return the names of pictures that have only a number."""
    return tuple(joined(" ", (word, str(n))) for n in range(1, count + 1))


def cmyk_to_rgb(pixels: Pixels) -> Pixels:
    """Convert (H, W, 4) CMYK of 8 or 16 bits, 0 for no ink: each colour times what black leaves."""
    full = int(np.iinfo(pixels.dtype).max)
    light = full - pixels.astype(np.int64)
    rgb = (light[:, :, :3] * light[:, :, 3:] + full // 2) // full
    return rgb.astype(pixels.dtype)
