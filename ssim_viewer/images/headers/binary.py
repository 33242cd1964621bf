"""Headers of formats made of fixed fields and chunks: PNG, WebP, GIF, BMP, Sun raster."""

import struct
from collections.abc import Iterator

from ssim_viewer.images.headers.exif import exif_orientation
from ssim_viewer.images.headers.header import TRUNCATED, BadHeader, Header


def read_png(data: bytes) -> Header:
    """Read a PNG: size, eXIf orientation, transparent grey, frames of an APNG, and its end."""
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    chunks = dict(_png_chunks(data))
    if b"IEND" not in chunks:
        raise BadHeader(TRUNCATED)
    key = None
    if colour == 0 and b"tRNS" in chunks:
        (value,) = struct.unpack_from(">H", chunks[b"tRNS"])
        # The decoder widens 1, 2 and 4 bits to 8.
        key = value if depth >= 8 else value * 255 // (2**depth - 1)
    frames = struct.unpack_from(">I", chunks[b"acTL"])[0] if b"acTL" in chunks else 1
    orientation = exif_orientation(chunks.get(b"eXIf", b""))
    grey = colour in {0, 4}
    return Header(width, height, orientation, grey=grey, transparent_grey=key, frames=frames)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return
        # Pixels are the decoder's; only the small chunks are wanted.
        yield kind, b"" if kind == b"IDAT" else data[at + 8 : at + 8 + length]
        at += 12 + length


def read_webp(data: bytes) -> Header:
    """Read a WebP: size of its canvas, EXIF orientation, frames, and whether it is whole."""
    (length,) = struct.unpack_from("<I", data, 4)
    if len(data) < length + 8:
        raise BadHeader(TRUNCATED)
    chunks = list(_riff_chunks(data))
    width, height = _webp_size(*chunks[0])
    exif = next((body for kind, body in chunks if kind == b"EXIF"), b"")
    frames = sum(kind == b"ANMF" for kind, _ in chunks)
    return Header(width, height, exif_orientation(exif), frames=max(1, frames))


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        yield kind, data[at + 8 : at + 8 + (length if kind == b"EXIF" else min(length, 16))]
        at += 8 + length + length % 2


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(body[4:7], "little"),
            1 + int.from_bytes(body[7:10], "little"),
        )
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 1)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError(kind)


def read_gif(data: bytes) -> Header:
    """Read a GIF: the size of its screen and the number of its frames."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _gif_palette(flags)
    frames = 0
    while at < len(data) and data[at] in {0x21, 0x2C}:
        if data[at] == 0x2C:
            frames += 1
            at += 11 + _gif_palette(data[at + 9])
        else:
            at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    return Header(width, height, frames=max(1, frames))


def _gif_palette(flags: int) -> int:
    return 3 << (1 + (flags & 7)) if flags & 0x80 else 0


def read_bmp(data: bytes) -> Header:
    """Read a BMP: its size; a negative height means rows from the top."""
    (size,) = struct.unpack_from("<I", data, 14)
    layout = "<HH" if size == 12 else "<ii"
    width, height = struct.unpack_from(layout, data, 18)
    return Header(width, abs(height))


def read_ras(data: bytes) -> Header:
    """Read a Sun raster: its size."""
    width, height = struct.unpack_from(">II", data, 4)
    return Header(width, height)
