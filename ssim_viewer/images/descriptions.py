"""Words inside image files that say how they were made: a text chunk of PNG, a tag of TIFF."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ssim_viewer.images.types import Pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(_SIGNATURE) + 8 + 13 + 4
"""Where the first chunk of a PNG ends, which must be its header."""

SOFTWARE = "ssim_viewer"


def described_png(data: bytes, description: str) -> bytes:
    """Return an encoded PNG with a description in an international text chunk.

    Bytes that are no PNG, and those without a description, are returned as they are.
    """
    if not description or not data.startswith(_SIGNATURE):
        return data
    chunks = _text("Description", description) + _text("Software", SOFTWARE)
    return data[:_HEADER_END] + chunks + data[_HEADER_END:]


def encoded_tiff(pixels: Pixels, description: str) -> bytes:
    """Return an array, (H, W) or (H, W, 3) RGB, as TIFF with a description in UTF-8."""
    import tifffile  # like every decoder, only when it is needed

    file = io.BytesIO()
    tifffile.imwrite(
        file,
        np.ascontiguousarray(pixels),
        photometric="rgb" if pixels.ndim == 3 else "minisblack",
        compression="zlib" if pixels.dtype == np.uint8 else None,
        description=description.encode() or None,
        software=SOFTWARE,
        metadata=None,
    )
    return file.getvalue()


def _text(keyword: str, text: str) -> bytes:
    """Return a chunk of type iTXt: keyword, not compressed, no language, text in UTF-8."""
    kind = b"iTXt"
    content = keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
