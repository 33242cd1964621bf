"""Every format that is read: how it is known, what is read from it, by what, how it was checked.

``docs/formats.md`` and the filter of the file dialog are made of this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from ssim_viewer.images.codecs.decoded import Decoded


class Codec(Protocol):
    """What a module in ``codecs`` offers."""

    def read(self, data: bytes, which: str | None) -> Decoded:
        """Decode the picture of this number (from 1) or name; None means the first."""
        ...

    def names(self, data: bytes) -> tuple[str, ...]:
        """Return the names of all pictures in the file."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table.

    Parameters
    ----------
    name
        What people call it.
    suffixes
        Of its files, with the dot, in lower case.
    starts
        The first bytes of its files, any of these.
    codec
        The module in ``codecs`` that reads it, and of Pillow's formats the name there.
    holds
        What is read from it.
    decoder
        The library that decodes.
    checked
        The independent ways in which its pixels were checked.
    """

    name: str
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...]
    codec: str
    holds: str
    decoder: str
    checked: str

    def load(self) -> Codec:
        """Import the codec."""
        module, _, kind = self.codec.partition(":")
        codec = import_module(f"ssim_viewer.images.codecs.{module}")
        return _PillowCodec(codec.read, codec.names, kind) if kind else codec


@dataclass(frozen=True, slots=True)
class _PillowCodec:
    """Pillow's reader, held to one format."""

    _read: Callable[[bytes, str | None, tuple[str, ...]], Decoded]
    _names: Callable[[bytes, tuple[str, ...]], tuple[str, ...]]
    _kind: str

    def read(self, data: bytes, which: str | None) -> Decoded:
        """Decode one picture."""
        return self._read(data, which, (self._kind,))

    def names(self, data: bytes) -> tuple[str, ...]:
        """Return the names of all pictures."""
        return self._names(data, (self._kind,))


FORMATS: tuple[Format, ...] = (
    Format(
        "PNG", (".png", ".apng"), (b"\x89PNG\r\n\x1a\n",), "png",
        "1 to 16 bits, grey, RGB, palette, alpha or one transparent colour, interlaced, animated "
        "(frames of 8 bits), orientation wherever EXIF stands",
        "Pillow (8 bits), OpenImageIO (16 bits)",
        "files written by Pillow, OpenCV, imagecodecs; collected cases",
    ),
    Format(
        "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".jls"), (b"\xff\xd8\xff",), "jpeg",
        "8 and 12 bits, lossless, JPEG-LS; grey, YCbCr, RGB, CMYK, YCCK; progressive; stray bytes; "
        "pictures of an MPO",
        "Pillow (8 bits), imagecodecs (12 bits, lossless, JPEG-LS)",
        "files written by Pillow and imagecodecs; collected cases",
    ),
    Format(
        "TIFF", (".tif", ".tiff", ".btf"), (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "tiff",
        "1 to 64 bits, signed, unsigned, floating (16 to 64); strips and tiles; planes together or "
        "apart; palettes; alpha; extra bands (left out); CMYK, YCbCr, Lab, LogLuv; none, PackBits, "
        "LZW, Deflate, ZSTD, LZMA, WebP, JPEG, fax; BigTIFF; pages, ImageJ stacks",
        "tifffile with imagecodecs; OpenImageIO for Lab, LogLuv, old JPEG, subsampled YCbCr",
        "files written by tifffile, Pillow, OpenCV, OpenImageIO and byte by byte; collected cases",
    ),
    Format(
        "WebP", (".webp",), (b"RIFF",), "pillow:WEBP",
        "8 bits, lossy and lossless, alpha, animated", "Pillow",
        "files written by Pillow and OpenCV; collected cases",
    ),
    Format(
        "AVIF", (".avif", ".avifs"), (), "avif",
        "8, 10 and 12 bits, alpha, orientation; frames of 8 bits",
        "Pillow (8 bits), imagecodecs (10 and 12 bits)",
        "files written by Pillow and imagecodecs; collected cases",
    ),
    Format(
        "HEIC", (".heic", ".heif", ".hif"), (), "heif",
        "8, 10 and 12 bits, alpha, several pictures; needs the extra `heif`", "pi-heif",
        "a file written by libheif; a sentence where the extra is missing",
    ),
    Format(
        "JPEG 2000", (".jp2", ".j2k", ".j2c", ".jpf", ".jpx", ".jph"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), "jpeg2000",
        "1 to 16 bits, signed too, alpha", "Pillow (8 bits), imagecodecs (more)",
        "files written by Pillow and imagecodecs; collected cases",
    ),
    Format(
        "JPEG XL", (".jxl",), (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"), "jxl",
        "8 and 16 bits and floats, alpha, frames of an animation",
        "OpenImageIO; imagecodecs in a child process (animations)",
        "files written by imagecodecs",
    ),
    Format(
        "JPEG XR", (".jxr", ".wdp", ".hdp"), (b"II\xbc\x01",), "jxr",
        "8 and 16 bits, half and float, grey, RGB, RGBA",
        "imagecodecs in a child process", "files written by imagecodecs",
    ),
    Format(
        "OpenEXR", (".exr",), (b"v/1\x01",), "exr",
        "half and float, every part, layer and channel by number or name; deep images, flattened; "
        "luma with subsampled chroma in any compression",
        "OpenImageIO; OpenEXR in a child process (subsampled chroma)",
        "files written by OpenImageIO, by OpenEXR and byte by byte",
    ),
    Format(
        "Radiance HDR", (".hdr", ".pic", ".rgbe"), (b"#?RADIANCE", b"#?RGBE"), "hdr",
        "RGBE in any of the eight orders of rows and columns; EXPOSURE is not divided out",
        "OpenImageIO", "files written byte by byte and by OpenCV; collected cases",
    ),
    Format(
        "PBM, PGM, PPM", (".pbm", ".pgm", ".ppm", ".pnm"),
        (b"P1", b"P2", b"P3", b"P4", b"P5", b"P6"), "pnm",
        "plain and binary, any white up to 65535, several pictures behind each other", "own",
        "files written by Pillow and byte by byte; collected cases",
    ),
    Format(
        "PAM", (".pam",), (b"P7",), "pnm",
        "grey and RGB with or without alpha, any white up to 65535", "own",
        "files written byte by byte and by OpenCV; collected cases",
    ),
    Format(
        "PFM", (".pfm",), (b"PF", b"Pf"), "pnm", "grey and RGB floats of both byte orders", "own",
        "files written byte by byte and by OpenCV; collected cases",
    ),
    Format(
        "BMP", (".bmp", ".dib"), (b"BM",), "bmp",
        "1 to 32 bits, any masks, run lengths, every version of the header",
        "own (16 and 32 bits), Pillow",
        "files written by Pillow, OpenCV and byte by byte; collected cases",
    ),
    Format(
        "GIF", (".gif",), (b"GIF87a", b"GIF89a"), "gif",
        "transparency, interlaced, frames as they are shown", "Pillow",
        "files written by Pillow; collected cases",
    ),
    Format(
        "NumPy", (".npy", ".npz"), (b"\x93NUMPY", b"PK\x03\x04"), "arrays",
        "numbers of any type, (H, W) or (H, W, channels); images of a stack; arrays of an archive",
        "NumPy", "arrays saved by NumPy",
    ),
    Format(
        "Targa", (".tga",), (), "pillow:TGA", "8 to 32 bits, run lengths, palettes", "Pillow",
        "files written by Pillow and OpenImageIO",
    ),
    Format(
        "ICO", (".ico",), (b"\0\0\1\0",), "pillow:ICO", "the largest picture", "Pillow",
        "files written by Pillow",
    ),
    Format(
        "QOI", (".qoi",), (b"qoif",), "pillow:QOI", "RGB and RGBA", "Pillow",
        "files written by imagecodecs",
    ),
    Format(
        "Sun raster", (".ras", ".sr"), (b"\x59\xa6\x6a\x95",), "pillow:SUN",
        "1, 8, 24 and 32 bits", "Pillow", "files written by OpenCV",
    ),
)  # fmt: skip

READABLE_SUFFIXES: tuple[str, ...] = tuple(suffix for known in FORMATS for suffix in known.suffixes)

_AVIF = frozenset({b"avif", b"avis"})
_HEIF = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_BY_NAME = {known.name: known for known in FORMATS}


def format_of(data: bytes, name: str) -> Format | None:
    """Return the format of a file by its first bytes; of one that has no mark, by its suffix."""
    if data[:4] == b"RIFF":
        return _BY_NAME["WebP"] if data[8:12] == b"WEBP" else None
    if data[4:8] == b"ftyp":
        return _boxed(data)
    for known in FORMATS:
        if known.starts and data.startswith(known.starts):
            return known
    targa = name.lower().endswith(_BY_NAME["Targa"].suffixes) or b"TRUEVISION-XFILE" in data[-26:]
    return _BY_NAME["Targa"] if targa else None


def _boxed(data: bytes) -> Format | None:
    """Tell AVIF from HEIC by the brands in the first box."""
    length = int.from_bytes(data[:4], "big")
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(length, 256), 4))}
    if brands & _AVIF:
        return _BY_NAME["AVIF"]
    if brands & _HEIF:
        return _BY_NAME["AVIF" if b"av1C" in data[:4096] else "HEIC"]
    return None
