"""JPEG 2000: up to 8 bits through Pillow, more through imagecodecs."""

import struct
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import DAMAGED, BadFile, Decoded, chosen, require_size
from ssim_viewer.text import tr

_KINDS = ("JPEG2000",)


class _Header(NamedTuple):
    bits: int
    signed: bool


def read(data: bytes, which: str | None) -> Decoded:
    """Decode the picture."""
    chosen(names(data), which, "frames")
    header = _header(data)
    if header.bits <= 8 and not header.signed:
        return pillow.read(data, None, _KINDS)
    return _by_imagecodecs(data, header)


def names(data: bytes) -> tuple[str, ...]:  # noqa: ARG001 - every codec takes the data
    """Return one name: the format holds one picture."""
    return (tr("Frame 1"),)


def _header(data: bytes) -> _Header:
    """Read the SIZ marker segment, which follows the start of the codestream at once."""
    try:
        at = data.index(b"\xff\x4f\xff\x51") + 8
        right, bottom, left, top = struct.unpack_from(">4I", data, at)
        (count,) = struct.unpack_from(">H", data, at + 32)
        depths = [data[at + 34 + 3 * component] for component in range(min(count, 4))]
        bits = max((depth & 0x7F) + 1 for depth in depths)
    except (ValueError, IndexError, struct.error):
        raise BadFile(tr("is cut off in its header; copy or download it again")) from None
    require_size(right - left, bottom - top)
    if bits > 16:
        raise BadFile(tr("holds {bits}-bit integers in JPEG 2000; save it as 16 bits", bits=bits))
    return _Header(bits, any(depth & 0x80 for depth in depths))


def _by_imagecodecs(data: bytes, header: _Header) -> Decoded:
    import imagecodecs

    try:
        pixels = np.asarray(imagecodecs.jpeg2k_decode(data))
    except (ValueError, RuntimeError, TypeError, OSError):
        raise BadFile(DAMAGED) from None
    facts = Decoded(pixels)
    try:
        with pillow.opened(data, _KINDS) as image:
            facts = pillow.described(image, 0)
    except BadFile:
        pass
    white = (1 << header.bits) - 1
    notes: tuple[str, ...] = ()
    if header.signed:
        half = 1 << (header.bits - 1)
        pixels = (pixels.astype(np.int64) + half).astype(np.uint16 if white > 255 else np.uint8)
        notes = (tr("Its signed integers were shifted up by {half}.", half=half),)
    full = int(np.iinfo(pixels.dtype).max)
    return replace(
        facts,
        pixels=pixels,
        white=None if white == full else white,
        bits=header.bits if header.bits != 16 else None,
        orientation=1,
        notes=notes,
    )
