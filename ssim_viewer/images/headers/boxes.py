"""Headers in boxes: AVIF (ISO/IEC 14496-12, 23008-12) and JPEG 2000 (ISO/IEC 15444-1)."""

import struct

from ssim_viewer.images.headers.header import Header

# By the bits high_bitdepth and twelve_bit of av1C (AV1 in ISOBMFF, 2.3.3).
_AV1_DEPTHS = (8, 8, 10, 12)
# Quarter turns anticlockwise, then a mirror (None, top to bottom, left to right): as EXIF says it.
_ORIENTATIONS = {
    (0, None): 1, (1, None): 8, (2, None): 3, (3, None): 6,
    (0, 0): 4, (1, 0): 5, (2, 0): 2, (3, 0): 7,
    (0, 1): 2, (1, 1): 7, (2, 1): 4, (3, 1): 5,
}  # fmt: skip


def read_avif(data: bytes) -> Header:
    """Read an AVIF: the largest picture in it, its depth, and how to turn it."""
    start = data.index(b"meta")
    (length,) = struct.unpack_from(">I", data, start - 4)
    properties = data[start : start - 4 + length]
    sizes = [struct.unpack_from(">II", properties, at + 8) for at in _all(properties, b"ispe")]
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    (flags,) = struct.unpack_from("B", properties, properties.index(b"av1C") + 6)
    depth = _AV1_DEPTHS[flags >> 5 & 3]
    turn, mirror = properties.find(b"irot"), properties.find(b"imir")
    quarters = properties[turn + 4] & 3 if turn >= 0 else 0
    axis = properties[mirror + 4] & 1 if mirror >= 0 else None
    white = None if depth == 8 else 2**depth - 1
    return Header(width, height, _ORIENTATIONS[quarters, axis], white)


def _all(data: bytes, word: bytes) -> list[int]:
    found, at = [], data.find(word)
    while at >= 0:
        found.append(at)
        at = data.find(word, at + 1)
    return found


def read_jpeg2000(data: bytes) -> Header:
    """Read the SIZ marker segment, which follows the start of the codestream at once."""
    at = data.index(b"\xff\x4f\xff\x51") + 8
    right, bottom, left, top = struct.unpack_from(">4I", data, at)
    (precision,) = struct.unpack_from("B", data, at + 34)
    bits = (precision & 0x7F) + 1
    white = None if bits in {8, 16} or bits > 16 else 2**bits - 1
    return Header(right - left, bottom - top, white=white)
