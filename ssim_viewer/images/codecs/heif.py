"""HEIC and HEIF through pi-heif, which is an optional extra."""

from typing import Any

import numpy as np

from ssim_viewer.images.codecs.decoded import DAMAGED, BadFile, Decoded, numbered, require_size
from ssim_viewer.text import tr

_MISSING = tr(
    "is a HEIC picture, which needs the optional extra: install it with "
    "`pip install ssim-viewer[heif]`, or save it as PNG"
)


def read(data: bytes, which: str | None) -> Decoded:
    """Decode the primary picture, or the one that is meant; it comes out upright."""
    file = _opened(data)
    count = len(file)
    if not count:
        raise BadFile(tr("holds no picture; choose another file"))
    if which is None:
        at = int(file.primary_index)
    elif which.isascii() and which.isdigit() and 1 <= int(which) <= count:
        at = int(which) - 1
    else:
        raise BadFile(tr("has no “{which}”; choose 1 to {count}", which=which, count=count))
    try:
        picture = file[at]
        require_size(*picture.size)
        pixels = np.array(picture)  # copied: its own memory ends with it
    except (ValueError, RuntimeError, OSError, EOFError, SyntaxError, LookupError):
        raise BadFile(DAMAGED) from None
    bits = int(picture.info.get("bit_depth", 8))
    if pixels.dtype == np.uint16 and bits < 16:
        # libheif's samples lie in the upper bits; the lowest repeat nothing.
        pixels = pixels >> (16 - bits)
    profile = picture.info.get("icc_profile")
    return Decoded(
        pixels,
        white=(1 << bits) - 1 if bits not in {8, 16} else None,
        premultiplied=bool(picture.premultiplied_alpha),
        profile=profile if isinstance(profile, bytes) else None,
        bits=bits if bits not in {8, 16} else None,
        page=at + 1,
        page_count=count,
        frames="pictures",
    )


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the pictures, without their thumbnails."""
    return numbered(tr("Picture"), len(_opened(data)))


def _opened(data: bytes) -> Any:
    try:
        import pi_heif
    except ImportError:
        raise BadFile(_MISSING) from None
    try:
        return pi_heif.open_heif(data, convert_hdr_to_8bit=False)
    except (ValueError, RuntimeError, OSError, EOFError, SyntaxError, LookupError):
        raise BadFile(DAMAGED) from None
