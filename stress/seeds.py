"""Whole files of many kinds, small, from which mutated ones are made."""

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import imagecodecs
import Imath
import numpy as np
import OpenEXR
import OpenImageIO
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
    return files | _by_others(rgb, grey16)


def _by_others(rgb: NDArray[np.uint8], grey16: NDArray[np.uint16]) -> dict[str, bytes]:
    """Return files of the formats and depths that Pillow and tifffile do not write."""
    stream, archive = io.BytesIO(), io.BytesIO()
    np.save(stream, grey16)
    np.savez(archive, grey=grey16, rgb=rgb)
    files = {
        "made.npy": stream.getvalue(),
        "made.npz": archive.getvalue(),
        "made.qoi": imagecodecs.qoi_encode(rgb),
        "made.jls": imagecodecs.jpegls_encode(rgb),
        "made-lossless.jpg": imagecodecs.ljpeg_encode(grey16),
        "made-12.jpg": imagecodecs.jpeg_encode(grey16 >> 4, bitspersample=12),
        "made-12.jp2": imagecodecs.jpeg2k_encode(grey16 >> 4, bitspersample=12, level=0),
        "made-12.avif": imagecodecs.avif_encode(grey16 >> 4, bitspersample=12, level=100),
        "made.jxl": imagecodecs.jpegxl_encode(rgb),
        "made-16.jxl": imagecodecs.jpegxl_encode(grey16, lossless=True),
        "made-frames.jxl": imagecodecs.jpegxl_encode(np.stack([rgb, rgb[::-1]]), lossless=True),
        "made.jxr": imagecodecs.jpegxr_encode(rgb, level=1.0),
        "made-half.jxr": imagecodecs.jpegxr_encode((rgb / 255).astype(np.float16), level=0.9),
        "made-16.png": imagecodecs.png_encode(grey16),
        "made.exr": _exr(rgb),
        "made-chroma.exr": _chroma_exr(),
    }
    heic = Path(__file__).parents[1] / "tests" / "images" / "ramp.heic"
    if heic.exists():
        files["ramp.heic"] = heic.read_bytes()
    return {name: bytes(data) for name, data in files.items()}


def _exr(rgb: NDArray[np.uint8]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.exr")
        height, width, channels = rgb.shape
        output = OpenImageIO.ImageOutput.create(str(path))
        if output is None:
            raise OSError(OpenImageIO.geterror())
        output.open(str(path), OpenImageIO.ImageSpec(width, height, channels, "half"))
        output.write_image((rgb / 255).astype(np.float32))
        output.close()
        return path.read_bytes()


def _chroma_exr() -> bytes:
    """Return luma at every pixel and chroma at every second, in half floats compressed by PIZ."""
    height, width, half = 12, 16, Imath.PixelType(Imath.PixelType.HALF)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "made.exr"))
        header = OpenEXR.Header(width, height)
        header["compression"] = Imath.Compression(Imath.Compression.PIZ_COMPRESSION)
        steps = {"Y": 1, "RY": 2, "BY": 2}
        header["channels"] = {name: Imath.Channel(half, step, step) for name, step in steps.items()}
        output = OpenEXR.OutputFile(path, header)
        for top in range(0, height, 2):  # the binding takes two rows of subsampled channels
            luma = np.linspace(0.1, 0.9, 2 * width).astype(np.float16) * np.float16(1 - top / 99)
            chroma = np.linspace(-0.2, 0.2, width // 2).astype(np.float16).tobytes()
            output.writePixels({"Y": luma.tobytes(), "RY": chroma, "BY": chroma}, 2)
        output.close()
        return Path(path).read_bytes()


def _by_pillow(rgb: NDArray[np.uint8], kind: str) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, kind)
    return stream.getvalue()
