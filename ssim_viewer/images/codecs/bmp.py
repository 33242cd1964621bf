"""BMP: 16 and 32 bits with any masks read here, all else through Pillow."""

import struct
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import (
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    require_size,
)
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

_RGB, _JPEG, _PNG = 0, 4, 5
_BIT_FIELDS = frozenset({3, 6})
_DEFAULT_MASKS = {16: (0x7C00, 0x3E0, 0x1F, 0), 32: (0xFF0000, 0xFF00, 0xFF, 0)}


class _Header(NamedTuple):
    start: int
    size: int
    width: int
    height: int
    depth: int
    method: int


def read(data: bytes, which: str | None) -> Decoded:
    """Decode the picture; a negative height means rows from the top."""
    chosen(names(data), which, "frames")
    try:
        header = _header(data)
        require_size(header.width, abs(header.height))
        if header.method in {_JPEG, _PNG} and header.size >= 40:
            raise BadFile(
                tr("is a BMP with a JPEG or PNG inside, made for printers; save it as PNG")
            )
        masked = header.method == _RGB or header.method in _BIT_FIELDS
        if header.depth in _DEFAULT_MASKS and masked and header.size >= 40:
            return _masked(data, header)
    except struct.error:
        raise BadFile(tr("is cut off in its header; copy or download it again")) from None
    return _grey_if_grey(pillow.read(data, None, ("BMP", "DIB")), header)


def _grey_if_grey(decoded: Decoded, header: _Header) -> Decoded:
    """Return a palette of greys as grey, which the format has no other word for."""
    pixels = decoded.pixels
    if header.depth <= 8 and pixels.ndim == 3 and pixels.shape[2] == 3:
        grey = pixels[:, :, :1]
        if (pixels == grey).all():
            return replace(decoded, pixels=grey[:, :, 0])
    return decoded


def names(data: bytes) -> tuple[str, ...]:  # noqa: ARG001 - every codec takes the data
    """Return one name: the format holds one picture."""
    return (tr("Frame 1"),)


def _header(data: bytes) -> _Header:
    start, size = struct.unpack_from("<II", data, 10)
    if size == 12:
        width, height, _, depth = struct.unpack_from("<HHHH", data, 18)
        return _Header(start, size, width, height, depth, _RGB)
    width, height, _, depth = struct.unpack_from("<iiHH", data, 18)
    method = struct.unpack_from("<I", data, 30)[0] if size >= 20 else _RGB
    return _Header(start, size, width, height, depth, method)


def _masks(data: bytes, header: _Header) -> tuple[int, ...]:
    """Return the masks of red, green, blue and alpha."""
    if header.method == _RGB:
        return _DEFAULT_MASKS[header.depth]
    # The first version of the header is followed by masks; later versions hold them.
    alpha = header.size >= 56 or header.method == 6
    masks = struct.unpack_from("<4I" if alpha else "<3I", data, 54)
    return masks if alpha else (*masks, 0)


def _masked(data: bytes, header: _Header) -> Decoded:
    masks = _masks(data, header)
    width, rows = header.width, abs(header.height)
    stride = (width * header.depth // 8 + 3) // 4 * 4
    if len(data) < header.start + stride * rows:
        raise BadFile(TRUNCATED)
    kind = f"<u{header.depth // 8}"
    packed = np.frombuffer(data, np.uint8, stride * rows, header.start).reshape(rows, stride)
    words = np.ascontiguousarray(packed[:, : width * header.depth // 8]).view(kind)
    if header.height > 0:
        words = words[::-1]
    used = masks if masks[3] else masks[:3]
    bits = max(_width(mask) for mask in used)
    notes = (
        (tr("Its channels of {bits} bits were rounded to 8 bits.", bits=bits),) if bits > 8 else ()
    )
    return Decoded(np.dstack([_channel(words, mask) for mask in used]), notes=notes)


def _channel(words: Pixels, mask: int) -> Pixels:
    """Return the bits under a mask, scaled to 8 bits as the readers of BMP do."""
    if not mask:
        return np.zeros(words.shape, np.uint8)
    low = (mask & -mask).bit_length() - 1
    values = (words.astype(np.int64) & mask) >> low
    scaled: Pixels = np.rint(values * (255 / (mask >> low))).astype(np.uint8)
    return scaled


def _width(mask: int) -> int:
    return (mask // (mask & -mask)).bit_length() if mask else 0
