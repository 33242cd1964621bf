"""Whole files of many kinds, small, from which mutated ones are made."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

_CASES = Path(__file__).parents[2] / "shared" / "cases" / "files"
_LARGEST = 40_000  # bytes: small files are damaged in more telling places, and quickly


@cache
def seed_files() -> dict[str, bytes]:
    """Return files by name: made here, and those of ../shared/cases where that is there."""
    found = {
        path.name: path.read_bytes()
        for path in sorted(_CASES.glob("*"))
        if path.suffix != ".npz" and path.stat().st_size <= _LARGEST
    }
    return _made() | found


def _made() -> dict[str, bytes]:
    rows, columns = np.mgrid[:12, :17]
    rgb = np.stack([rows * 20, columns * 15, 250 - rows * 5 - columns * 5], axis=2).astype(np.uint8)
    grey16 = rgb[:, :, 0].astype(np.uint16) * 257
    files = {
        f"made.{suffix}": _by_pillow(rgb, kind)
        for suffix, kind in (
            ("png", "PNG"), ("jpg", "JPEG"), ("bmp", "BMP"), ("gif", "GIF"), ("webp", "WEBP"),
            ("avif", "AVIF"), ("jp2", "JPEG2000"), ("tif", "TIFF"), ("ppm", "PPM"),
        )
    }  # fmt: skip
    kinds: dict[str, dict[str, Any]] = {
        "deflate": {"compression": "zlib"},
        "tiled": {"tile": (16, 16)},
        "big": {"bigtiff": True},
        "planar": {"planarconfig": "separate", "photometric": "rgb"},
    }
    for name, options in kinds.items():
        stream = io.BytesIO()
        pixels = grey16 if name != "planar" else rgb.transpose(2, 0, 1)
        tifffile.imwrite(stream, np.ascontiguousarray(pixels), **options)
        files[f"made-{name}.tif"] = stream.getvalue()
    return files


def _by_pillow(rgb: NDArray[np.uint8], kind: str) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, kind)
    return stream.getvalue()
