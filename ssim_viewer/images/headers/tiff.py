"""The header of a TIFF (TIFF 6.0, BigTIFF): size, kind, and what OpenCV would get wrong.

OpenCV applies the orientation of a TIFF itself. It is not let near planes stored apart in more
than 8 bits, two channels, or half floats: it garbles the first and drops the second's alpha.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from ssim_viewer.images.headers.exif import ORIENTATION, directories, layout_of
from ssim_viewer.images.headers.header import LARGEST_SIZE, TRUNCATED, TURNED, BadHeader, Header

_WHITE_IS_ZERO, _SEPARATED, _YCBCR, _LAB = 0, 5, 6, {8, 9, 10}
_ASSOCIATED, _UNASSOCIATED = 1, 2
_SIGNED, _FLOAT = 2, 3
_MOST_FRAMES = 10_000


def read_tiff(data: bytes) -> Header:
    """Read the first directory, and count the others."""
    pages = islice(directories(data, layout_of(data)), _MOST_FRAMES)
    fields = next(pages, None)
    if fields is None:
        raise BadHeader("holds no picture; choose another file")
    _require_readable(fields)
    _require_whole(fields, len(data))
    bits, kind = _first(fields, 258, 1), _first(fields, 339, 1)
    extra = _first(fields, 338, 0) if _first(fields, 277, 1) == 4 else 0
    return Header(
        _first(fields, 256),
        _first(fields, 257),
        # The decoder shifts 10, 12 and 14 bits up to 16, which leaves white short of 65535.
        white=(2**bits - 1) << (16 - bits) if bits in {10, 12, 14} else None,
        inverted=_first(fields, 262, 1) == _WHITE_IS_ZERO and bits > 8 and kind != _FLOAT,
        # libtiff multiplies 8-bit colour by its alpha.
        premultiplied=extra == _ASSOCIATED or (extra == _UNASSOCIATED and bits == 8),
        frames=1 + _count(pages),
        notes=_notes(fields),
    )


def _first(fields: dict[int, tuple[int, ...]], tag: int, default: int | None = None) -> int:
    values = fields.get(tag, ())
    if values:
        return values[0]
    if default is None:
        raise KeyError(tag)
    return default


def _require_readable(fields: dict[int, tuple[int, ...]]) -> None:
    bits, channels = _first(fields, 258, 1), _first(fields, 277, 1)
    photometric, kind = _first(fields, 262, 1), _first(fields, 339, 1)
    if channels not in {1, 3, 4}:
        what = f"has {channels} channels; save it as grey, RGB or RGB with alpha"
    elif channels > 1 and bits > 8 and _first(fields, 284, 1) == 2:
        what = "stores its channels in planes apart; save it with interleaved channels"
    elif photometric in _LAB:
        what = "is in the CIE L*a*b* colour space; save it as RGB"
    elif photometric == _SEPARATED and bits != 8:
        what = f"is a CMYK image of {bits} bits; save it as RGB"
    elif kind == _SIGNED:
        what = f"holds signed {bits}-bit integers; save it as 8 or 16 bits without sign, or floats"
    elif kind != _FLOAT and bits > 16:
        what = f"holds {bits}-bit integers; save it as 8 or 16 bits, or floats"
    elif kind == _FLOAT and bits < 32:
        what = "holds half-precision floats; save it as 32-bit floats"
    else:
        return
    raise BadHeader(what)


def _count(pages: Iterator[dict[int, tuple[int, ...]]]) -> int:
    """Count directories up to the first that is damaged: the picture shown needs none of them."""
    count = 0
    with suppress(struct.error):
        for _ in pages:
            count += 1
    return count


def _require_whole(fields: dict[int, tuple[int, ...]], length: int) -> None:
    """Uncompressed pixels take their room: a file without it is cut off, or claims too much."""
    size, bits = _first(fields, 256) * _first(fields, 257), _first(fields, 258, 1)
    subsampled = _first(fields, 262, 1) == _YCBCR
    if _first(fields, 259, 1) != 1 or subsampled or size > LARGEST_SIZE:
        return
    if size * _first(fields, 277, 1) * bits > length * 8:
        raise BadHeader(TRUNCATED)


def _notes(fields: dict[int, tuple[int, ...]]) -> tuple[str, ...]:
    turned = (TURNED,) if _first(fields, ORIENTATION, 1) in range(2, 9) else ()
    if _first(fields, 262, 1) == _SEPARATED:
        return (*turned, "CMYK was converted to RGB without a colour profile.")
    return turned
