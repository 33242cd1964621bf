"""What the first bytes of an image file say, read without decoding it.

Decoders are trusted with pixels only. The size (before any memory is asked for), the orientation,
the number of frames, the value of white and whether the file is whole are read here.
"""

import struct
from collections.abc import Callable

from ssim_viewer.images.headers.binary import read_bmp, read_gif, read_png, read_ras, read_webp
from ssim_viewer.images.headers.boxes import read_avif, read_jpeg2000
from ssim_viewer.images.headers.header import BadHeader, Header
from ssim_viewer.images.headers.jpeg import read_jpeg
from ssim_viewer.images.headers.text import read_hdr, read_pam, read_pfm, read_pnm
from ssim_viewer.images.headers.tiff import read_tiff

__all__ = ["BadHeader", "Header", "read_header"]

_READERS: tuple[tuple[tuple[bytes, ...], Callable[[bytes], Header]], ...] = (
    ((b"\x89PNG\r\n\x1a\n",), read_png),
    ((b"\xff\xd8\xff",), read_jpeg),
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), read_tiff),
    ((b"BM",), read_bmp),
    ((b"GIF87a", b"GIF89a"), read_gif),
    ((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), read_jpeg2000),
    ((b"P1", b"P2", b"P3", b"P4", b"P5", b"P6"), read_pnm),
    ((b"P7",), read_pam),
    ((b"PF", b"Pf"), read_pfm),
    ((b"#?RADIANCE", b"#?RGBE"), read_hdr),
    ((b"\x59\xa6\x6a\x95",), read_ras),
)


def read_header(data: bytes) -> Header | None:
    """Read the header of a file.

    Parameters
    ----------
    data
        The whole file.

    Returns
    -------
    Header or None
        None for what is no image of a kind known here.

    Raises
    ------
    BadHeader
        The end of a sentence whose subject is the file.
    """
    reader = _reader(data)
    if reader is None:
        return None
    try:
        return reader(data)
    except (struct.error, IndexError, KeyError):
        raise BadHeader("is cut off in its header; copy or download it again") from None
    except (ValueError, ArithmeticError) as error:
        if isinstance(error, BadHeader):
            raise
        raise BadHeader("has a damaged header; copy or download it again") from None


def _reader(data: bytes) -> Callable[[bytes], Header] | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return read_webp
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis", b"mif1", b"miaf"}:
        return read_avif
    return next((reader for magics, reader in _READERS if data.startswith(magics)), None)
