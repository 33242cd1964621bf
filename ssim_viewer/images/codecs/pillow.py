"""8-bit formats through Pillow: JPEG, GIF, WebP, AVIF, PNG, BMP, JPEG 2000, TGA, ICO, QOI, Sun."""

import io
import struct
import warnings
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.images.codecs.decoded import (
    CMYK_NOTE,
    DAMAGED,
    LARGEST_SIZE,
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    cmyk_to_rgb,
    numbered,
    require_size,
)
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_ORIENTATION = 274
_MOST_FRAMES = 100_000


def read(data: bytes, which: str | None, kinds: tuple[str, ...]) -> Decoded:
    """Decode one frame; `kinds` are Pillow's names of the formats that may be tried."""
    with opened(data, kinds) as image:
        frame = select(image, which)
        image.load()
        pixels, premultiplied, notes = pixels_of(image)
        return replace(
            described(image, frame), pixels=pixels, premultiplied=premultiplied, notes=notes
        )


def names(data: bytes, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the frames."""
    with opened(data, kinds) as image:
        return numbered(tr("Frame"), _frame_count(image))


def described(image: "Image", frame: int) -> Decoded:
    """Return what Pillow says about an opened and loaded image, without its pixels."""
    orientation = image.getexif().get(_ORIENTATION, 1)
    if not isinstance(orientation, int) or not 1 <= orientation <= 8:
        orientation = 1
    profile = image.info.get("icc_profile")
    return Decoded(
        np.empty(0),
        orientation=orientation,
        profile=profile if isinstance(profile, bytes) else None,
        page=frame + 1,
        page_count=_frame_count(image),
    )


def select(image: "Image", which: str | None) -> int:
    """Go to the frame that is meant, and return its index."""
    frame = chosen(numbered(tr("Frame"), _frame_count(image)), which, "frames")
    if frame:
        image.seek(frame)
    return frame


@contextmanager
def opened(data: bytes, kinds: tuple[str, ...]) -> "Iterator[Image]":
    """Open lazily; turn all that Pillow may raise on damaged files into `BadFile`."""
    from PIL import Image, UnidentifiedImageError

    # Its guard against absurd sizes is set to the one of this program.
    Image.MAX_IMAGE_PIXELS = LARGEST_SIZE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=kinds) as image:
                require_size(*image.size)
                yield image
        except Image.DecompressionBombError:
            raise BadFile(
                tr(
                    "claims to be more than the {largest_size} million pixels that can be "
                    "opened; save a smaller part of it",
                    largest_size=LARGEST_SIZE // 10**6,
                )
            ) from None
        except BadFile:
            raise
        except UnidentifiedImageError:
            raise BadFile(DAMAGED) from None
        except (OSError, EOFError, struct.error) as error:
            cut = isinstance(error, EOFError) or "truncated" in str(error)
            raise BadFile(TRUNCATED if cut else DAMAGED) from None
        except (SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, RuntimeError,
                AttributeError, AssertionError):  # fmt: skip
            raise BadFile(DAMAGED) from None


def _frame_count(image: "Image") -> int:
    return min(max(1, int(getattr(image, "n_frames", 1))), _MOST_FRAMES)


def pixels_of(image: "Image") -> tuple[Pixels, bool, tuple[str, ...]]:
    """Return the pixels, whether they are premultiplied, and what was done to them."""
    transparent = "transparency" in image.info
    if image.mode in {"P", "PA"}:
        transparent = transparent or image.mode == "PA" or image.palette is None
        mode = "RGBA" if transparent or _palette_has_alpha(image) else "RGB"
        return np.asarray(image.convert(mode)), False, ()
    if image.mode in {"1", "L"}:
        return np.asarray(image.convert("LA" if transparent else "L")), False, ()
    if image.mode in {"RGB", "RGBX", "YCbCr", "LAB", "HSV"}:
        return np.asarray(image.convert("RGBA" if transparent else "RGB")), False, ()
    if image.mode == "CMYK":
        return cmyk_to_rgb(np.asarray(image)), False, (CMYK_NOTE,)
    if image.mode in {"RGBa", "La"}:
        return np.asarray(image), True, ()
    if image.mode in {"LA", "RGBA", "I", "F"} or image.mode.startswith("I;16"):
        pixels = np.asarray(image)
        return (pixels.astype(np.uint16) if image.mode == "I" else pixels), False, ()
    raise BadFile(tr("holds pixels of the kind {mode}; save it as PNG", mode=image.mode))


def _palette_has_alpha(image: "Image") -> bool:
    return image.palette is not None and image.palette.mode == "RGBA"
