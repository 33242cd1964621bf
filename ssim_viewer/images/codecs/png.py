"""PNG and animated PNG: 8 bits through Pillow, 16 bits through OpenImageIO."""

import struct
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ssim_viewer.images.codecs import oiio, pillow
from ssim_viewer.images.codecs.decoded import TRUNCATED, BadFile, Decoded, chosen, require_size
from ssim_viewer.text import tr

_KINDS = ("PNG",)


class _Header(NamedTuple):
    depth: int
    colour: int
    bits: int | None
    transparent: bytes | None
    whole: bool


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one frame."""
    header = _header(data)
    if not header.whole:
        raise BadFile(TRUNCATED)
    small_transparent_grey = header.colour == 0 and header.depth < 8 and header.transparent
    if header.depth == 16 or small_transparent_grey:
        return _by_openimageio(data, which, header)
    try:
        return replace(pillow.read(data, which, _KINDS), bits=header.bits)
    except BadFile:
        if which not in {None, "1"}:
            raise
        # Pillow refuses a wrong checksum even where it covers only a text.
        return _by_openimageio(data, which, header)


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the frames of an animation."""
    try:
        return pillow.names(data, _KINDS)
    except BadFile:
        return (tr("Frame 1"),)


def _by_openimageio(data: bytes, which: str | None, header: _Header) -> Decoded:
    frames = names(data)
    at = chosen(frames, which, "frames")
    if at:
        raise BadFile(tr("is an animation of 16 bits, of which only the first frame can be read"))
    with oiio.opened(data, ".png") as source:
        spec = source.spec()
        pixels = oiio.pixels_of(source, 0, spec.nchannels)
        pixels = _keyed(pixels, header)
        return Decoded(
            pixels,
            orientation=_orientation(data),
            profile=oiio.profile_of(spec),
            bits=header.bits,
            page_count=len(frames),
        )


def _keyed(pixels: np.ndarray, header: _Header) -> np.ndarray:
    """Keep grey grey: a transparent colour may have made it three channels and alpha."""
    if header.colour in {0, 4} and pixels.ndim == 3 and pixels.shape[2] >= 3:
        return pixels[:, :, [0, 3] if pixels.shape[2] == 4 else [0]]
    return pixels


def _header(data: bytes) -> _Header:
    depth, colour, bits, transparent, whole = 0, 0, None, None, False
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", body)
            require_size(width, height)
        elif kind == b"sBIT" and body and colour != 3:
            bits = max(body[:3] if colour in {2, 6} else body[:1])
        elif kind == b"tRNS":
            transparent = body
        elif kind == b"IEND":
            whole = True
    if not depth:
        raise BadFile(tr("is cut off in its header; copy or download it again"))
    return _Header(depth, colour, bits if bits and bits < depth else None, transparent, whole)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks with their bodies, except those of pixels."""
    found, at = [], 8
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = b"" if kind in {b"IDAT", b"fdAT"} else data[at + 8 : at + 8 + length]
        if kind == b"IHDR" and len(body) < 13:
            break
        found.append((kind, body))
        at += 12 + length
        if kind == b"IEND":
            break
    return found


def _orientation(data: bytes) -> int:
    from PIL import Image

    exif = Image.Exif()
    for kind, body in _chunks(data):
        if kind == b"eXIf":
            try:
                exif.load(b"Exif\0\0" + body)
            except (SyntaxError, ValueError, struct.error, OSError):
                return 1
    value = exif.get(274, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
