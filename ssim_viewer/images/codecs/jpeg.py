"""JPEG: 8 bits through Pillow; 12 bits, lossless and JPEG-LS through imagecodecs."""

import struct
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from ssim_viewer.images.codecs import pillow
from ssim_viewer.images.codecs.decoded import (
    DAMAGED,
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    require_size,
)
from ssim_viewer.images.stderr_capture import capture_c_stderr
from ssim_viewer.text import tr

_KINDS = ("JPEG", "MPO")
# SOF0 to SOF15 without DHT, JPG and DAC; SOF55 is JPEG-LS.
_FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC})
_LOSSLESS, _JPEG_LS = 0xC3, 0xF7
_RARE = frozenset({0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF})
_START_OF_SCAN = 0xDA
_BARE = frozenset({0x00, 0x01, *range(0xD0, 0xD9), 0xFF})
# Huffman coding spends at least a bit on each block of 64 pixels.
_MOST_PIXELS_PER_BYTE = 512


class _Header(NamedTuple):
    kind: int
    bits: int
    width: int
    height: int
    scan: int


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one picture; a multi-picture file (MPO) may hold several."""
    header = _header(data)
    if header.kind in _RARE:
        raise BadFile(tr("is a hierarchical or arithmetically coded lossless JPEG; save it as PNG"))
    if header.height:  # 0 when it is told behind the first scan
        require_size(header.width, header.height)
    huffman = header.kind in {0xC0, 0xC1, 0xC2}
    too_large = header.width * header.height > _MOST_PIXELS_PER_BYTE * len(data)
    if data.rfind(b"\xff\xd9") < header.scan or (huffman and too_large):
        raise BadFile(TRUNCATED)
    if header.bits != 8 or header.kind in {_LOSSLESS, _JPEG_LS}:
        return _by_imagecodecs(data, which, header)
    decoded = pillow.read(data, which, _KINDS)
    return replace(decoded, notes=(*decoded.notes, *_damage(data)))


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the pictures."""
    header = _header(data)
    if header.bits != 8 or header.kind in {_LOSSLESS, _JPEG_LS}:
        return (tr("Frame 1"),)
    return pillow.names(data, _KINDS)


def _header(data: bytes) -> _Header:
    """Read markers up to the first scan, past stray bytes between them."""
    frame, at = None, 2
    try:
        while True:
            at = data.index(b"\xff", at) + 1
            marker = data[at]
            if marker in _BARE:
                at += marker != 0xFF
                continue
            if marker == _START_OF_SCAN:
                break
            (length,) = struct.unpack_from(">H", data, at + 1)
            if marker in _FRAMES and frame is None:
                bits, height, width = struct.unpack_from(">BHH", data, at + 3)
                frame = (marker, bits, width, height)
            at += 1 + length
    except (ValueError, IndexError, struct.error):
        raise BadFile(tr("is cut off in its header; copy or download it again")) from None
    if frame is None:
        raise BadFile(tr("has a damaged header; copy or download it again"))
    return _Header(*frame, at)


def _damage(data: bytes) -> tuple[str, ...]:
    """Ask libjpeg, by OpenCV, for the complaints that Pillow keeps to itself.

    A thumbnail of one eighth needs the whole entropy-coded data and little else.
    """
    encoded = np.frombuffer(data, np.uint8)
    try:
        _, said = capture_c_stderr(lambda: cv2.imdecode(encoded, cv2.IMREAD_REDUCED_GRAYSCALE_8))
    except cv2.error:
        return ()
    complaints = [line for line in said.splitlines() if "Corrupt JPEG data" in line]
    if "premature end of JPEG" in said or any("premature end" in line for line in complaints):
        raise BadFile(TRUNCATED)
    if any("extraneous bytes" not in line for line in complaints):
        return (tr("The file is damaged; parts of the image may be wrong."),)
    return ()


def _by_imagecodecs(data: bytes, which: str | None, header: _Header) -> Decoded:
    import imagecodecs

    chosen((tr("Frame 1"),), which, "frames")
    # libjpeg-turbo decodes lossless JPEG too; imagecodecs' ljpeg_decode reads out of bounds.
    name = "jpegls_decode" if header.kind == _JPEG_LS else "jpeg8_decode"
    try:
        pixels = np.asarray(getattr(imagecodecs, name)(data))
    except (ValueError, RuntimeError, TypeError, OSError):
        raise BadFile(DAMAGED) from None
    full = int(np.iinfo(pixels.dtype).max)
    white = (1 << header.bits) - 1
    return Decoded(pixels, None if white == full else white, bits=header.bits)
