"""PBM, PGM, PPM, PAM and PFM (Netpbm's formats), read here: no library reads all of them right."""

import re
from typing import NamedTuple

import numpy as np

from ssim_viewer.images.codecs.decoded import TRUNCATED, BadFile, Decoded, chosen, require_size
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

_TOKEN = re.compile(rb"(?:\s+|#[^\n]*\n)*([^\s#]+)")
_COMMENT = re.compile(rb"#[^\n]*")
_CUT_HEADER = tr("is cut off in its header; copy or download it again")


class _Header(NamedTuple):
    """Size, channels, value of white, and where the samples begin."""

    width: int
    height: int
    channels: int
    white: int
    start: int


def read(data: bytes, which: str | None) -> Decoded:
    """Decode the first picture, or the one that is meant of several behind each other."""
    places = _places(data)
    at = chosen(tuple(map(str, places)), which, "pictures") if which else 0
    data = data[places[at] :]
    try:
        decoded = _one(data)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(tr("has a damaged header; copy or download it again")) from None
    return Decoded(
        decoded.pixels, decoded.white, stored=decoded.stored, page=at + 1, page_count=len(places)
    )


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the pictures that lie behind each other."""
    return tuple(tr("Picture {n}", n=n) for n in range(1, len(_places(data)) + 1))


def _places(data: bytes) -> list[int]:
    """Return where each picture begins; only binary ones can follow each other."""
    places = [0]
    try:
        while data[places[-1] : places[-1] + 2] in {b"P4", b"P5", b"P6", b"P7"}:
            end = places[-1] + _length(data[places[-1] :])
            if not re.match(rb"P[4-7]\s", data[end : end + 3]) or len(places) > 9999:
                break
            places.append(end)
    except ValueError:
        pass
    return places


def _length(data: bytes) -> int:
    header = _pam(data) if data[:2] == b"P7" else _pnm(data)
    if data[:2] == b"P4":
        return header.start + (header.width + 7) // 8 * header.height
    size = header.width * header.height * header.channels
    return header.start + size * (1 if header.white < 256 else 2)


def _one(data: bytes) -> Decoded:
    magic = data[:2]
    if magic in {b"PF", b"Pf"} or data[:3] == b"PF4":
        return _float_map(data)
    header = _pam(data) if magic == b"P7" else _pnm(data)
    require_size(header.width, header.height)
    if not 0 < header.white < 65536:
        raise BadFile(tr("says that white is {white}; that must be 1 to 65535", white=header.white))
    if magic in {b"P1", b"P2", b"P3"}:
        samples = _plain(data[header.start :], header, bits=magic == b"P1")
    elif magic == b"P4":
        samples = _packed_bits(data[header.start :], header)
    else:
        samples = _binary(data[header.start :], header)
    if magic in {b"P1", b"P4"}:
        samples = 1 - samples  # 1 is black
    shape = (header.height, header.width, header.channels)
    pixels = samples.reshape(shape if header.channels > 1 else shape[:2])
    full = 255 if header.white < 256 else 65535
    if magic in {b"P1", b"P4"} or (magic == b"P7" and header.white == 1):
        return Decoded(pixels * np.uint8(255))
    return Decoded(pixels, None if header.white == full else header.white)


def _tokens(data: bytes, count: int) -> tuple[list[bytes], int]:
    tokens, at = [], 0
    for _ in range(count):
        match = _TOKEN.match(data, at)
        if match is None:
            raise BadFile(_CUT_HEADER)
        tokens.append(match[1])
        at = match.end()
    return tokens, at


def _pnm(data: bytes) -> _Header:
    bits = data[:2] in {b"P1", b"P4"}
    tokens, at = _tokens(data, 3 if bits else 4)
    channels = 3 if data[:2] in {b"P3", b"P6"} else 1
    white = 1 if bits else int(tokens[3])
    return _Header(int(tokens[1]), int(tokens[2]), channels, white, at + 1)


def _pam(data: bytes) -> _Header:
    head, mark, _ = data[:65536].partition(b"ENDHDR")
    if not mark:
        raise BadFile(_CUT_HEADER)
    lines = (line.split(None, 1) for line in head.splitlines()[1:] if not line.startswith(b"#"))
    fields = {line[0]: line[1] for line in lines if len(line) == 2}
    try:
        width, height, depth, white = (
            int(fields[name]) for name in (b"WIDTH", b"HEIGHT", b"DEPTH", b"MAXVAL")
        )
    except KeyError:
        raise BadFile(_CUT_HEADER) from None
    if depth not in {1, 2, 3, 4}:
        raise BadFile(
            tr("has {depth} channels; save it as grey, RGB or RGB with alpha", depth=depth)
        )
    return _Header(width, height, depth, white, data.index(b"\n", len(head)) + 1)


def _count(header: _Header) -> int:
    return header.width * header.height * header.channels


def _plain(text: bytes, header: _Header, *, bits: bool) -> Pixels:
    text = _COMMENT.sub(b" ", text)
    words = re.findall(rb"[01]", text) if bits else text.split()
    if len(words) < _count(header):
        raise BadFile(TRUNCATED)
    samples = np.array([int(word) for word in words[: _count(header)]], np.int64)
    return _checked(samples, header).astype(np.uint8 if header.white < 256 else np.uint16)


def _packed_bits(data: bytes, header: _Header) -> Pixels:
    stride = (header.width + 7) // 8
    if len(data) < stride * header.height:
        raise BadFile(TRUNCATED)
    rows = np.frombuffer(data, np.uint8, stride * header.height).reshape(header.height, stride)
    return np.unpackbits(rows, axis=1)[:, : header.width].ravel()


def _binary(data: bytes, header: _Header) -> Pixels:
    kind = np.dtype(np.uint8) if header.white < 256 else np.dtype(">u2")
    if len(data) < _count(header) * kind.itemsize:
        raise BadFile(TRUNCATED)
    samples = np.frombuffer(data, kind, _count(header)).astype(kind.newbyteorder("="))
    return _checked(samples, header)


def _checked(samples: Pixels, header: _Header) -> Pixels:
    if samples.size and (samples.max() > header.white or samples.min() < 0):
        raise BadFile(
            tr("holds values beyond its white, {white}; it is damaged", white=header.white)
        )
    return samples


def _float_map(data: bytes) -> Decoded:
    """Rows run from the bottom; the sign of the scale tells the order of the bytes."""
    tokens, at = _tokens(data, 4)
    width, height, scale = int(tokens[1]), int(tokens[2]), float(tokens[3])
    require_size(width, height)
    channels = {b"Pf": 1, b"PF": 3, b"PF4": 4}.get(tokens[0], 0)
    if not channels:
        raise BadFile(tr("has a damaged header; copy or download it again"))
    count = width * height * channels
    if len(data) < at + 1 + 4 * count:
        raise BadFile(TRUNCATED)
    kind = np.dtype("<f4" if scale < 0 else ">f4")
    samples = np.frombuffer(data, kind, count, at + 1).astype(np.float32)
    shape = (height, width, channels) if channels > 1 else (height, width)
    return Decoded(np.ascontiguousarray(samples.reshape(shape)[::-1]))
