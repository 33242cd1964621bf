"""OpenEXR of luma and subsampled chroma, which OpenImageIO does not read.

The picture is Y with RY = (R - Y) / Y and BY = (B - Y) / Y at half the rows and columns ("Technical
introduction to OpenEXR", luminance/chroma images). Scan lines without compression, or with RLE or
ZIP, are read; chroma is enlarged linearly from where its samples stand.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images.codecs.decoded import DAMAGED, TRUNCATED, BadFile, Decoded, require_size

Plane = NDArray[np.float32]

_ROWS = {0: 1, 1: 1, 2: 1, 3: 16}
"""Rows of a block, by the kind of compression: none, RLE, ZIP of single rows, ZIP of 16."""
_TYPES = {0: "<u4", 1: "<f2", 2: "<f4"}
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # Rec. 709, the primaries of files that name none
_SAMPLED = (1, 2)


class _Channel(NamedTuple):
    name: str
    dtype: np.dtype[np.generic]
    step: int


class _Header(NamedTuple):
    channels: list[_Channel]
    compression: int
    left: int
    top: int
    width: int
    height: int
    end: int


def is_luma_chroma(data: bytes) -> bool:
    """Whether the header names channels of luma and chroma."""
    try:
        listed = _attributes(data)[0].get("channels", b"")
        found, at = set[str](), 0
        while listed and listed[at]:
            name, at = _text(listed, at)
            found.add(name)
            at += 16
    except (struct.error, IndexError, ValueError):
        return False
    return {"Y", "RY", "BY"} <= found


def read(data: bytes) -> Decoded:
    """Decode the picture as RGB, with its alpha if it has one."""
    try:
        header = _header(data)
        planes = _planes(data, header)
    except (struct.error, IndexError, ValueError, KeyError, zlib.error) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(DAMAGED) from None
    y = planes["Y"]
    red, blue = ((planes[name] + 1) * y for name in ("RY", "BY"))
    first, second, third = _WEIGHTS
    green = (y - first * red - third * blue) / second
    shown = [red, green, blue, *([planes["A"]] if "A" in planes else [])]
    stored = "float16" if header.channels[0].dtype.itemsize == 2 else "float32"
    return Decoded(
        np.dstack(shown).astype(np.float32),
        premultiplied=True,
        stored=stored,
        notes=("Its luma and subsampled chroma were converted to RGB by Rec. 709.",),
    )


def _header(data: bytes) -> _Header:
    version = struct.unpack_from("<I", data, 4)[0]
    if version & 0x1A00:  # tiles, deep data, several parts
        raise BadFile("is an OpenEXR image of luma and chroma in tiles or parts; save it as RGB")
    attributes, end = _attributes(data)
    compression = attributes["compression"][0]
    if compression not in _ROWS:
        raise BadFile(
            "is an OpenEXR image of luma and subsampled chroma with a compression other than RLE "
            "or ZIP; save it as RGB"
        )
    left, top, right, bottom = struct.unpack("<4i", attributes["dataWindow"])
    width, height = right - left + 1, bottom - top + 1
    require_size(width, height)
    channels = list(_channels(attributes["channels"]))
    return _Header(channels, compression, left, top, width, height, end)


def _attributes(data: bytes) -> tuple[dict[str, bytes], int]:
    """Return the attributes of the header, and where it ends."""
    attributes, at = {}, 8
    while data[at]:
        name, at = _text(data, at)
        _, at = _text(data, at)
        size = struct.unpack_from("<i", data, at)[0]
        if size < 0 or at + 4 + size > len(data):
            raise BadFile(TRUNCATED)
        attributes[name] = data[at + 4 : at + 4 + size]
        at += 4 + size
    return attributes, at + 1


def _channels(data: bytes) -> Iterator[_Channel]:
    at = 0
    while data[at]:
        name, at = _text(data, at)
        kind, _, across, down = struct.unpack_from("<iIii", data, at)
        at += 16
        if across != down or across not in _SAMPLED:
            raise BadFile("is an OpenEXR image of a rare kind of subsampling; save it as RGB")
        yield _Channel(name, np.dtype(_TYPES[kind]), across)


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(0, at)
    return data[at:end].decode("latin-1"), end + 1


def _planes(data: bytes, header: _Header) -> dict[str, Plane]:
    small = {
        each.name: np.zeros(
            (_count(header.top, header.height, each.step),
             _count(header.left, header.width, each.step)),
            np.float32,
        )
        for each in header.channels
    }  # fmt: skip
    rows = _ROWS[header.compression]
    blocks = -(-header.height // rows)
    offsets = struct.unpack_from(f"<{blocks}Q", data, header.end)
    for offset in offsets:
        _fill(small, data, int(offset), header)
    return {each.name: _enlarged(small[each.name], each.step, header) for each in header.channels}


def _count(first: int, length: int, step: int) -> int:
    """Return how many samples stand on multiples of a step."""
    return -(-(first + length) // step) - -(-first // step)


def _fill(small: dict[str, Plane], data: bytes, offset: int, header: _Header) -> None:
    """Decode one block of rows."""
    top, size = struct.unpack_from("<ii", data, offset)
    if size < 0 or offset + 8 + size > len(data):
        raise BadFile(TRUNCATED)
    last = header.top + header.height
    lines = range(top, min(top + _ROWS[header.compression], last))
    if not header.top <= top < last:
        raise BadFile(DAMAGED)
    here = [(y, each) for y in lines for each in header.channels if y % each.step == 0]
    width = {each.name: small[each.name].shape[1] for each in header.channels}
    expected = sum(width[each.name] * each.dtype.itemsize for _, each in here)
    raw = _unpacked(data[offset + 8 : offset + 8 + size], header.compression, expected)
    at = 0
    for y, each in here:
        count = width[each.name]
        row = np.frombuffer(raw, each.dtype, count, at)
        small[each.name][y // each.step - -(-header.top // each.step)] = row
        at += count * each.dtype.itemsize


def _unpacked(block: bytes, compression: int, expected: int) -> bytes:
    if compression == 0 or len(block) == expected:  # what does not shrink is stored as it is
        return _whole(block, expected)
    if compression == 1:
        packed = _run_lengths(block, expected)
    else:
        packed = zlib.decompressobj().decompress(block, expected)
    values = np.frombuffer(_whole(packed, expected), np.uint8).astype(np.int64)
    values[1:] -= 128
    values = (np.cumsum(values) & 255).astype(np.uint8)
    half = (expected + 1) // 2
    woven = np.empty(expected, np.uint8)
    woven[::2], woven[1::2] = values[:half], values[half:]
    return woven.tobytes()


def _run_lengths(block: bytes, expected: int) -> bytes:
    out, at = bytearray(), 0
    while at < len(block) and len(out) <= expected:
        count = block[at] - 256 if block[at] > 127 else block[at]
        if count < 0:
            out += block[at + 1 : at + 1 - count]
            at += 1 - count
        else:
            out += block[at + 1 : at + 2] * (count + 1)
            at += 2
    return bytes(out)


def _whole(block: bytes, expected: int) -> bytes:
    if len(block) != expected:
        raise BadFile(DAMAGED)
    return block


def _enlarged(plane: Plane, step: int, header: _Header) -> Plane:
    """Return a channel at every pixel: linear between its samples, the last one beyond them."""
    if step == 1:
        return plane
    for axis, (first, length) in enumerate(
        ((header.top, header.height), (header.left, header.width))
    ):
        places = -(-first // step) * step + step * np.arange(plane.shape[axis])
        wanted = np.arange(first, first + length)
        at = np.interp(wanted, places, np.arange(len(places)))
        low = np.floor(at).astype(np.intp)
        high = np.minimum(low + 1, len(places) - 1)
        share = (at - low).astype(np.float32)
        share = share[:, np.newaxis] if axis == 0 else share
        plane = plane.take(low, axis) * (1 - share) + plane.take(high, axis) * share
    return plane
