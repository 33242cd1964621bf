"""OpenEXR of luma and subsampled chroma, which OpenImageIO does not read: by OpenEXR's own library.

The picture is Y with RY = (R - Y) / Y and BY = (B - Y) / Y at half the rows and columns ("Technical
introduction to OpenEXR", luminance/chroma images), in scan lines of any compression: tiles cannot
be subsampled. Chroma is enlarged linearly from where its samples stand.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images.codecs.apart import exr_planes_apart
from ssim_viewer.images.codecs.decoded import DAMAGED, TRUNCATED, BadFile, Decoded, require_size

Plane = NDArray[np.float32]

_ROWS = {0: 1, 1: 1, 2: 1, 3: 16, 4: 32, 5: 16, 6: 32, 7: 32, 8: 32, 9: 256, 10: 256, 11: 32}
"""Rows of a block by the kind of compression, from none to HTJ2K; of later ones none are known."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # Rec. 709, the primaries of files that name none
_STEP = 2  # pixels from one sample of chroma to the next, along each axis
_HALF = 1  # the number of the type half in a list of channels


class _Channel(NamedTuple):
    name: str
    kind: int
    step: int


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
        channels, height, width = _header(data)
    except (struct.error, IndexError, ValueError, KeyError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(DAMAGED) from None
    found = exr_planes_apart(data, tuple(channels))
    planes = {}
    for name, channel in channels.items():
        plane = np.asarray(found[name], np.float32)
        if plane.shape != (height // channel.step, width // channel.step):
            raise BadFile(DAMAGED)
        planes[name] = plane if channel.step == 1 else _enlarged(plane)
    y = planes["Y"]
    red, blue = ((planes[name] + 1) * y for name in ("RY", "BY"))
    first, second, third = _WEIGHTS
    green = (y - first * red - third * blue) / second
    shown = [red, green, blue, *([planes["A"]] if "A" in planes else [])]
    return Decoded(
        np.dstack(shown).astype(np.float32),
        premultiplied=True,
        scene_referred=True,
        stored="float16" if channels["Y"].kind == _HALF else "float32",
        notes=("Its luma and subsampled chroma were converted to RGB by Rec. 709.",),
    )


def _header(data: bytes) -> tuple[dict[str, _Channel], int, int]:
    """Return the channels that make the picture, its height and its width."""
    version = struct.unpack_from("<I", data, 4)[0]
    if version & 0x1A00:  # tiles, deep data, several parts
        raise BadFile("is an OpenEXR image of luma and chroma in tiles or parts; save it as RGB")
    attributes, end = _attributes(data)
    left, top, right, bottom = struct.unpack("<4i", attributes["dataWindow"])
    width, height = right - left + 1, bottom - top + 1
    require_size(width, height)
    rows = _ROWS.get(attributes["compression"][0])
    if rows is not None:
        _require_blocks(data, end, -(-height // rows))
    channels = {each.name: each for each in _channels(attributes["channels"])}
    wanted: tuple[str, ...] = ("Y", "RY", "BY", "A")
    return {name: channels[name] for name in wanted if name in channels}, height, width


def _require_blocks(data: bytes, at: int, count: int) -> None:
    """Raise BadFile if the file ends before one of its blocks does."""
    for offset in struct.unpack_from(f"<{count}Q", data, at):
        if offset + 8 > len(data):
            raise BadFile(TRUNCATED)
        size = struct.unpack_from("<i", data, offset + 4)[0]
        if size < 0 or offset + 8 + size > len(data):
            raise BadFile(TRUNCATED)


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
        if across != down or across not in {1, _STEP}:
            raise BadFile("is an OpenEXR image of a rare kind of subsampling; save it as RGB")
        yield _Channel(name, kind, across)


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(0, at)
    return data[at:end].decode("latin-1"), end + 1


def _enlarged(plane: Plane) -> Plane:
    """Return a channel at every pixel: linear between its samples, the last one beyond them."""
    for axis in (0, 1):
        samples = plane.shape[axis]
        at = np.minimum(np.arange(_STEP * samples) / _STEP, samples - 1)
        low = np.floor(at).astype(np.intp)
        high = np.minimum(low + 1, samples - 1)
        share = (at - low).astype(np.float32)
        share = share[:, np.newaxis] if axis == 0 else share
        plane = plane.take(low, axis) * (1 - share) + plane.take(high, axis) * share
    return plane
