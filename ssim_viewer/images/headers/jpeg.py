"""The header of a JPEG (ITU-T T.81, annex B): frame, EXIF orientation, and its end."""

import struct

from ssim_viewer.images.headers.exif import exif_orientation
from ssim_viewer.images.headers.header import TRUNCATED, BadHeader, Header

# SOF0 to SOF15 without DHT, JPG and DAC; decoders know the Huffman-coded ones among them.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_START_OF_SCAN = 0xDA
# Huffman coding spends at least a bit on each block of 64 pixels.
_MOST_PIXELS_PER_BYTE = 512
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


def read_jpeg(data: bytes) -> Header:
    """Read a JPEG up to its first scan, and see that an end-of-image marker follows.

    A header that claims more pixels than the file can hold is a truncated file as well.
    """
    orientation, size, components, at = 1, (0, 0), 0, 2
    while True:
        marker, at = _marker(data, at)
        if marker == _START_OF_SCAN:
            break
        if marker in _BARE:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        body = data[at + 2 : at + length]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            orientation = exif_orientation(body)
        elif marker in _FRAMES:
            height, width, components = struct.unpack_from(">HHB", body, 1)
            size = (width, height)
        at += length
    if data.rfind(b"\xff\xd9") < at or size[0] * size[1] > _MOST_PIXELS_PER_BYTE * len(data):
        raise BadHeader(TRUNCATED)
    notes = ("CMYK was converted to RGB without a colour profile.",) if components == 4 else ()
    return Header(*size, orientation, notes=notes)


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at a position, past any fill bytes, and the position after it."""
    if data[at] != 0xFF:
        raise ValueError(at)
    while data[at] == 0xFF:
        at += 1
    return data[at], at + 1
