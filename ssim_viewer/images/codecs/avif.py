"""AVIF: 8 bits through Pillow, 10 and 12 bits through imagecodecs. HEIC through pi-heif."""

from dataclasses import replace

import numpy as np

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import DAMAGED, BadFile, Decoded, chosen
from ssim_viewer.text import tr

_KINDS = ("AVIF",)
# By the bits high_bitdepth and twelve_bit of av1C (AV1 in ISOBMFF, 2.3.3).
_DEPTHS = (8, 8, 10, 12)


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one frame."""
    bits = _bits(data)
    if bits == 8:
        return pillow.read(data, which, _KINDS)
    with pillow.opened(data, _KINDS) as image:
        frames = pillow.names(data, _KINDS)
        if chosen(frames, which, "frames"):
            raise BadFile(tr("is a sequence of 10 or 12 bits, of which only the first can be read"))
        facts = pillow.described(image, 0)
    return replace(facts, pixels=_deep(data), white=(1 << bits) - 1, bits=bits)


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the frames."""
    return pillow.names(data, _KINDS)


def _bits(data: bytes) -> int:
    at = data.find(b"av1C")
    return _DEPTHS[data[at + 6] >> 5 & 3] if 0 <= at < len(data) - 6 else 8


def _deep(data: bytes) -> np.ndarray:
    import imagecodecs

    try:
        # Never with an index: on sequences that writes out of bounds in imagecodecs 2026.3.6.
        pixels = np.asarray(imagecodecs.avif_decode(data))
    except (ValueError, RuntimeError, TypeError, OSError):
        raise BadFile(DAMAGED) from None
    return pixels[0] if pixels.ndim == 4 else pixels
