"""Headers written as text: PBM, PGM, PPM, PAM, PFM and Radiance HDR."""

import re

from ssim_viewer.images.headers.header import Header

_TOKEN = re.compile(rb"(?:\s+|#[^\n]*\n)*([^\s#]+)")
_RESOLUTION = re.compile(rb"^[-+][XY] +(\d{1,9}) +[-+][XY] +(\d{1,9})\s", re.MULTILINE)


def _tokens(data: bytes, count: int) -> list[bytes]:
    tokens, at = [], 0
    for _ in range(count):
        match = _TOKEN.match(data, at)
        if match is None:
            raise IndexError(at)
        tokens.append(match[1])
        at = match.end()
    return tokens


def read_pnm(data: bytes) -> Header:
    """Read PBM, PGM or PPM: its size and the value of white."""
    magic, width, height = _tokens(data, 3)
    if magic in {b"P1", b"P4"}:
        return Header(int(width), int(height))
    maximum = int(_tokens(data, 4)[3])
    # The decoder itself stretches plain-text samples of up to 8 bits.
    stretched = magic in {b"P2", b"P3"} and maximum < 256
    return Header(int(width), int(height), white=None if stretched else _white(maximum))


def read_pam(data: bytes) -> Header:
    """Read a PAM: its size and the value of white."""
    end = data.index(b"ENDHDR")
    fields = dict(line.split(None, 1) for line in data[:end].splitlines()[1:] if b" " in line)
    return Header(
        int(fields[b"WIDTH"]), int(fields[b"HEIGHT"]), white=_white(int(fields[b"MAXVAL"]))
    )


def _white(maximum: int) -> int | None:
    if not 0 < maximum < 65536:
        raise ValueError(maximum)
    return None if maximum in {255, 65535} else maximum


def read_pfm(data: bytes) -> Header:
    """Read a portable float map: its size."""
    _, width, height = _tokens(data, 3)
    return Header(int(width), int(height))


def read_hdr(data: bytes) -> Header:
    """Read a Radiance picture: its size."""
    match = _RESOLUTION.search(data[:65536])
    if match is None:
        raise IndexError
    return Header(int(match[2]), int(match[1]))
