"""OpenImageIO: 16-bit PNG, OpenEXR, Radiance HDR, JPEG XL, and what others refuse.

Its binding takes a path only, so the bytes go through a temporary file.
"""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images.codecs.decoded import DAMAGED, TRUNCATED, BadFile, require_size
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from OpenImageIO import ImageInput, ImageSpec

_MOST_MEMORY = 2**32  # bytes of one decoded picture with all its channels


@contextmanager
def opened(data: bytes, suffix: str) -> "Iterator[ImageInput]":
    """Open bytes as a file with this suffix, which chooses the decoder."""
    import OpenImageIO as oiio

    oiio.attribute("limits:imagesize_MB", _MOST_MEMORY // 2**20)
    with _as_file(data, suffix) as path:
        settings = oiio.ImageSpec()
        settings.attribute("oiio:UnassociatedAlpha", 1)
        source = oiio.ImageInput.open(path, settings)
        if source is None:
            raise BadFile(_reason(oiio.geterror()))
        try:
            yield source
        finally:
            source.close()


def flattened(data: bytes, suffix: str) -> "tuple[Pixels, ImageSpec]":
    """Return a deep picture with the samples of each pixel laid over each other, (H, W, C)."""
    import OpenImageIO as oiio

    with _as_file(data, suffix) as path:
        deep = oiio.ImageBuf(path)
        spec = deep.spec()
        require_size(spec.width, spec.height)
        require_memory(spec, spec.nchannels)
        flat = oiio.ImageBufAlgo.flatten(deep)
        pixels = None if flat.has_error else flat.get_pixels(oiio.FLOAT)
        if pixels is None:
            raise BadFile(_reason(flat.geterror()))
        return np.asarray(pixels), flat.spec()


@contextmanager
def _as_file(data: bytes, suffix: str) -> "Iterator[str]":
    """Write bytes into a file that is there for a while; name it as OpenImageIO wants it."""
    descriptor, path = tempfile.mkstemp(suffix=suffix)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        yield path
    except (UnicodeDecodeError, RuntimeError):
        raise BadFile(DAMAGED) from None
    finally:
        Path(path).unlink(missing_ok=True)


def pixels_of(source: "ImageInput", first: int, end: int, subimage: int = 0) -> Pixels:
    """Decode the channels from `first` to before `end`, in the type that the file holds."""
    spec = source.spec()
    require_size(spec.width, spec.height)
    require_memory(spec, end - first)
    pixels = source.read_image(subimage, 0, first, end, _type_name(spec))
    if pixels is None or source.has_error:
        raise BadFile(_reason(source.geterror()))
    pixels = np.asarray(pixels)
    if pixels.ndim == 4:  # a volume: its first slice
        pixels = pixels[0]
    return pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels


def require_memory(spec: "ImageSpec", channels: int) -> None:
    """Refuse a picture that decodes to more than 4 GB."""
    if spec.width * spec.height * max(1, spec.depth) * channels * spec.format.size() > _MOST_MEMORY:
        raise BadFile(tr("needs more than 4 GB decoded; save a smaller part of it"))


def attribute(spec: "ImageSpec", name: str) -> Any:
    """Return a metadatum, or None; some damaged files make the binding raise."""
    try:
        return spec.getattribute(name)
    except (UnicodeDecodeError, RuntimeError, ValueError):
        return None


def profile_of(spec: "ImageSpec") -> bytes | None:
    """Return the ICC profile."""
    found = attribute(spec, "ICCProfile")
    return None if found is None else np.asarray(found, np.uint8).tobytes()


def orientation_of(spec: "ImageSpec") -> int:
    """Return the EXIF orientation, 1 to 8."""
    found = attribute(spec, "Orientation")
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _type_name(spec: "ImageSpec") -> str:
    return {"half": "float", "uint8": "uint8", "uint16": "uint16"}.get(str(spec.format), "float")


def _reason(words: str) -> str:
    words = words.lower()
    cut = ("premature", "truncated", "end of file", "eof", "short read", "too short")
    return TRUNCATED if any(word in words for word in cut) else DAMAGED
