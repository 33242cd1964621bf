"""Image files in memory, made by writers other than the program's own: Pillow and tifffile."""

import io
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image as Pillow

HEIGHT, WIDTH = 36, 52
Array = NDArray[Any]


def _scene() -> Array:
    """Return a smooth picture without any symmetry, so that no turn of it is missed."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    planes = (rows * 4 + columns, columns * 4 + rows * 2, 250 - rows * 2 - columns * 2)
    return np.stack(planes, axis=2).clip(0, 255).astype(np.uint8)


RGB = _scene()
GREY = RGB[:, :, 0].copy()
ALPHA = np.ascontiguousarray(RGB[::-1, :, 1])
RGBA = np.dstack([RGB, ALPHA])
GREY16 = GREY.astype(np.uint16) * 256 + RGB[:, :, 1]
RGB16 = RGB.astype(np.uint16) * 256 + RGB[:, :, ::-1]
GREY32 = (GREY16 / 65535).astype(np.float32)
RGB32 = (RGB16 / 65535).astype(np.float32)


def pillow(pixels: Array | Pillow.Image, kind: str, **options: Any) -> bytes:
    """Encode with Pillow."""
    image = pixels if isinstance(pixels, Pillow.Image) else Pillow.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def tiff(pixels: Array, **options: Any) -> bytes:
    """Encode with tifffile."""
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, **options)
    return file.getvalue()


def palette() -> Pillow.Image:
    return Pillow.fromarray(RGB).quantize(16)


def pnm(magic: str, pixels: Array, maximum: int) -> bytes:
    """Encode as binary PGM or PPM, by hand."""
    head = f"{magic}\n# a remark\n{pixels.shape[1]} {pixels.shape[0]}\n{maximum}\n"
    return head.encode() + pixels.astype(pixels.dtype.newbyteorder(">")).tobytes()


def pfm(pixels: Array) -> bytes:
    """Encode as portable float map, by hand: rows from the bottom, little-endian."""
    head = f"{'PF' if pixels.ndim == 3 else 'Pf'}\n{pixels.shape[1]} {pixels.shape[0]}\n-1.0\n"
    return head.encode() + pixels[::-1].astype("<f4").tobytes()


def radiance(pixels: Array) -> bytes:
    """Encode as flat (not run-length) Radiance RGBE, by hand."""
    peak = np.maximum(pixels.max(axis=2), 1e-9)
    mantissa, exponent = np.frexp(peak)
    coded = np.dstack([pixels * (mantissa * 256 / peak)[:, :, None], exponent + 128])
    head = f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {pixels.shape[0]} +X {pixels.shape[1]}\n"
    return head.encode() + coded.astype(np.uint8).tobytes()


def tiff_with_bits(pixels: Array, bits: int) -> bytes:
    """Encode as grey TIFF of 10, 12 or 14 bits, by hand."""
    rows = ("".join(f"{value:0{bits}b}" for value in row) for row in pixels)
    padded = (row + "0" * (-len(row) % 8) for row in rows)
    strip = b"".join(int(row, 2).to_bytes(len(row) // 8, "big") for row in padded)
    height, width = pixels.shape
    fields = {256: width, 257: height, 258: bits, 259: 1, 262: 1, 277: 1, 278: height}
    start = 8 + 2 + 9 * 12 + 4
    fields |= {273: start, 279: len(strip)}
    entries = b"".join(struct.pack("<HHII", t, 4, 1, fields[t]) for t in sorted(fields))
    head = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(fields))
    return head + entries + struct.pack("<I", 0) + strip


def animation(kind: str, frames: int, **options: Any) -> bytes:
    """Encode differing frames, of which the first is RGB."""
    rest = [Pillow.fromarray(np.roll(RGB, 5 * n, axis=1)) for n in range(1, frames)]
    return pillow(RGB, kind, save_all=True, append_images=rest, **options)


WHOLE_FILES: dict[str, Callable[[], bytes]] = {
    "8-bit grey PNG": lambda: pillow(GREY, "PNG"),
    "8-bit RGBA PNG": lambda: pillow(RGBA, "PNG"),
    "palette PNG": lambda: pillow(palette(), "PNG", transparency=3),
    "1-bit PNG": lambda: pillow(Pillow.fromarray(GREY > 100), "PNG"),
    "animated PNG": lambda: animation("PNG", 3),
    "16-bit grey PNG": lambda: pillow(GREY16, "PNG"),
    "JPEG": lambda: pillow(RGB, "JPEG", quality=90),
    "progressive JPEG": lambda: pillow(RGB, "JPEG", quality=90, progressive=True),
    "CMYK JPEG": lambda: pillow(Pillow.fromarray(RGB).convert("CMYK"), "JPEG", quality=95),
    "8-bit TIFF": lambda: tiff(RGB, photometric="rgb"),
    "16-bit TIFF": lambda: tiff(RGB16, photometric="rgb", compression="zlib"),
    "float TIFF": lambda: tiff(RGB32, photometric="rgb"),
    "BigTIFF": lambda: tiff(GREY16, bigtiff=True),
    "BMP": lambda: pillow(RGB, "BMP"),
    "WebP": lambda: pillow(RGBA, "WEBP", lossless=True),
    "animated WebP": lambda: animation("WEBP", 3, lossless=True),
    "AVIF": lambda: pillow(RGB, "AVIF", quality=95),
    "JPEG 2000": lambda: pillow(RGB, "JPEG2000", num_resolutions=3),
    "GIF": lambda: pillow(palette(), "GIF"),
    "animated GIF": lambda: animation("GIF", 3),
    "PBM": lambda: pillow(Pillow.fromarray(GREY > 100), "PPM"),
    "PGM": lambda: pnm("P5", GREY, 255),
    "16-bit PPM": lambda: pnm("P6", RGB16, 65535),
    "PFM": lambda: pfm(RGB32),
    "HDR": lambda: radiance(RGB32),
}


@cache
def whole_file(name: str) -> bytes:
    """Return one of the files of `WHOLE_FILES`."""
    return WHOLE_FILES[name]()
