"""JPEG XR by imagecodecs in a child process: 8, 16 bits, half, float; grey, RGB, RGBA."""

import struct

from ssim_viewer.images.codecs.apart import decoded_apart
from ssim_viewer.images.codecs.decoded import (
    DAMAGED,
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    require_size,
)

# ITU-T T.832, annex A: a directory of entries as in TIFF.
_WIDTH, _HEIGHT = 0xBC80, 0xBC81
_PICTURE, _ALPHA = (0xBCC0, 0xBCC1), (0xBCC2, 0xBCC3)
"""Where the picture and its alpha begin, and how many bytes each has."""
_FORMATS = {"uint8", "uint16", "float16", "float32"}


def read(data: bytes, which: str | None) -> Decoded:
    """Decode the picture; its size is looked at before."""
    chosen(names(data), which, "frames")
    facts = _facts(data)
    require_size(facts.get(_WIDTH, 0), facts.get(_HEIGHT, 0))
    ends = sum(facts.get(tag, 0) for tag in _PICTURE)
    # jxrlib writes where alpha ends in place of its length.
    if max(ends, *(facts.get(tag, 0) for tag in _ALPHA)) > len(data):
        raise BadFile(TRUNCATED)
    pixels, _ = decoded_apart("jpegxr_decode", data)  # damaged files crash jxrlib
    if pixels.dtype.name not in _FORMATS or pixels.ndim not in {2, 3}:
        raise BadFile(f"holds {pixels.dtype.name} samples of JPEG XR; save it in 8 or 16 bits")
    if pixels.shape[:2] != (facts[_HEIGHT], facts[_WIDTH]):
        raise BadFile(DAMAGED)
    notes: tuple[str, ...] = ()
    if pixels.ndim == 3 and pixels.shape[2] > 4:
        notes = (f"{pixels.shape[2] - 3} extra bands are not shown.",)
        pixels = pixels[:, :, :3]
    return Decoded(pixels, stored=pixels.dtype.name, notes=notes)


def names(data: bytes) -> tuple[str, ...]:  # noqa: ARG001 - every codec takes the data
    """Return one name."""
    return ("Frame 1",)


def _facts(data: bytes) -> dict[int, int]:
    """Return the numbers of the first directory, by tag."""
    try:
        at = struct.unpack_from("<I", data, 4)[0]
        count = struct.unpack_from("<H", data, at)[0]
        entries = (struct.unpack_from("<HHII", data, at + 2 + 12 * i) for i in range(count))
        return {
            tag: value & 0xFFFF if kind == 3 else value
            for tag, kind, number, value in entries
            if number == 1 and kind in {3, 4}
        }
    except struct.error:
        raise BadFile(TRUNCATED) from None
