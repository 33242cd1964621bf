"""JPEG XL: one picture through OpenImageIO, frames of an animation through imagecodecs."""

from dataclasses import replace

from ssim_viewer.images.codecs import oiio
from ssim_viewer.images.codecs.apart import decoded_apart
from ssim_viewer.images.codecs.decoded import BadFile, Decoded, chosen, numbered
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

_SHORTEST = 128
_DECODE = "jpegxl_decode"
_SIDES = (9, 13, 18, 30)
"""Bits of a side, by two bits before it."""


def read(data: bytes, which: str | None) -> Decoded:
    """Decode 8 or 16 bits or float; libjxl turns the picture upright itself."""
    first = _first(data)
    if not is_animated(data):
        chosen(names(data), which, "frames")
        return first
    pixels, count = decoded_apart(_DECODE, data, 0)
    at = chosen(numbered(tr("Frame"), count), which, "frames")
    if at:
        pixels, _ = decoded_apart(_DECODE, data, at)
    # Of an animation OpenImageIO shows the last frame; what the samples mean it says rightly.
    return replace(first, pixels=_picture(pixels, first), page=at + 1, page_count=count)


def names(data: bytes) -> tuple[str, ...]:
    """Return the numbers of the frames."""
    count = decoded_apart(_DECODE, data, 0)[1] if is_animated(data) else 1
    return numbered(tr("Frame"), count)


def _first(data: bytes) -> Decoded:
    # OpenImageIO takes no file of fewer than 105 bytes; what follows the picture is not read.
    with oiio.opened(data.ljust(_SHORTEST, b"\0"), ".jxl") as source:
        spec = source.spec()
        channels = spec.nchannels
        alpha = spec.alpha_channel == channels - 1
        shown = channels if channels in {1, 3} or (alpha and channels in {2, 4}) else 0
        shown = shown or (3 if channels > 3 else 1)
        rest = channels - shown
        notes = (tr("{rest} extra bands are not shown.", rest=rest),) if rest else ()
        pixels = oiio.pixels_of(source, 0, shown)
        return Decoded(pixels, profile=oiio.profile_of(spec), notes=notes)


def _picture(pixels: Pixels, first: Decoded) -> Pixels:
    """Return the channels of a frame that are those of the first picture."""
    shape = first.pixels.shape
    if pixels.shape[:2] != shape[:2]:
        raise BadFile(tr("holds frames of several sizes; save the frame by itself"))
    if len(shape) == 2:
        return pixels if pixels.ndim == 2 else pixels[:, :, 0]
    return pixels[:, :, : shape[2]]


def is_animated(data: bytes) -> bool:
    """Whether the header says that frames follow the first (ISO/IEC 18181-1, ImageMetadata)."""
    bits = _Bits(_codestream(data))
    try:
        _skip_size(bits)
        if bits.take(1):  # all is as usual
            return False
        if not bits.take(1):
            return False
        bits.take(3)  # orientation
        if bits.take(1):
            _skip_size(bits)
        return bool(bits.take(1) or bits.take(1))  # a preview hides where it is said: look
    except IndexError:
        return False


def _skip_size(bits: "_Bits") -> None:
    small = bits.take(1)
    bits.take(5 if small else _SIDES[bits.take(2)])
    if bits.take(3) == 0:
        bits.take(5 if small else _SIDES[bits.take(2)])


class _Bits:
    """Bits of a codestream, the lowest of each byte first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 16  # behind its two bytes FF 0A

    def take(self, count: int) -> int:
        """Return the next bits as a number; IndexError at the end."""
        value = 0
        for i in range(count):
            at = self._at + i
            value |= (self._data[at // 8] >> at % 8 & 1) << i
        self._at += count
        return value


def _codestream(data: bytes) -> bytes:
    """Return the codestream, or its first part, out of the boxes of a container."""
    if data[:2] == b"\xff\x0a":
        return data
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if kind in {b"jxlc", b"jxlp"}:
            return data[at + head + 4 * (kind == b"jxlp") :]
        if size < head:
            return b""
        at += size
    return b""
