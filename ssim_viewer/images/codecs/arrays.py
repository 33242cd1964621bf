"""NumPy's NPY and NPZ: arrays without a word about what they mean."""

import io
import tokenize
import zipfile
import zlib
from typing import IO

import numpy as np

from ssim_viewer.images.codecs.decoded import (
    DAMAGED,
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    require_size,
)
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

_MOST_PLANES = 100_000
_ERRORS = (ValueError, EOFError, OSError, KeyError, zipfile.BadZipFile, zlib.error,
           NotImplementedError, RuntimeError, SyntaxError, TypeError, OverflowError,
           UnicodeDecodeError, tokenize.TokenError)  # fmt: skip


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one array, or one image of a stack (N, H, W) or (N, H, W, channels)."""
    try:
        if data.startswith(b"PK"):
            return _from_archive(data, which)
        with io.BytesIO(data) as file:
            return _picture(file, which)
    except BadFile:
        raise
    except _ERRORS as error:
        raise BadFile(TRUNCATED if "cannot reshape" in str(error) else DAMAGED) from None


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of the arrays of an archive, or the numbers of the images of a stack."""
    try:
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _arrays(archive)
        with io.BytesIO(data) as file:
            return _planes(_header(file)[0])
    except BadFile:
        raise
    except _ERRORS:
        raise BadFile(DAMAGED) from None


def _from_archive(data: bytes, which: str | None) -> Decoded:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        arrays = _arrays(archive)
        if not arrays:
            raise BadFile(tr("is an archive without arrays; choose an NPZ file"))
        at = chosen(arrays, which, "arrays")
        with archive.open(f"{arrays[at]}.npy") as file:
            decoded = _picture(file, None)
    return Decoded(
        decoded.pixels, stored=decoded.stored, page=at + 1, page_count=len(arrays),
        frames="arrays",
        names=arrays, notes=decoded.notes,
    )  # fmt: skip


def _arrays(archive: zipfile.ZipFile) -> tuple[str, ...]:
    return tuple(n.removesuffix(".npy") for n in archive.namelist() if n.endswith(".npy"))


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype]:
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        return np.lib.format.read_array_header_1_0(file)
    return np.lib.format.read_array_header_2_0(file)


def _planes(shape: tuple[int, ...]) -> tuple[str, ...]:
    """Return the images of a stack; a last axis of 1 to 4 holds channels."""
    stacked = len(shape) == 4 or (len(shape) == 3 and shape[2] not in {1, 2, 3, 4})
    if not stacked:
        return (tr("Array"),)
    return tuple(tr("Image {n}", n=n) for n in range(1, min(shape[0], _MOST_PLANES) + 1))


def _picture(file: IO[bytes], which: str | None) -> Decoded:
    shape, fortran, kind = _header(file)
    if kind.hasobject or kind.kind not in "buif":
        raise BadFile(tr("holds values of the type {kind}; save numbers", kind=kind))
    if not 2 <= len(shape) <= 4:
        raise BadFile(tr("has {count} dimensions; an image has two, or three", count=len(shape)))
    planes = _planes(shape)
    inner = shape[1:] if len(planes) > 1 or len(shape) == 4 else shape
    require_size(inner[1], inner[0])
    if int(np.prod(shape, dtype=object)) * kind.itemsize > 2**32:
        raise BadFile(tr("needs more than 4 GB; save a smaller part of it"))
    at = chosen(planes, which, "images")
    values = _values(file, shape, kind, fortran=fortran)
    stacked = len(shape) == 4 or (len(shape) == 3 and shape[2] not in {1, 2, 3, 4})
    pixels, notes = _bands(values[at] if stacked else values)
    return Decoded(
        pixels, stored=kind.name, page=at + 1, page_count=len(planes), frames="images", notes=notes
    )


def _values(file: IO[bytes], shape: tuple[int, ...], kind: np.dtype, *, fortran: bool) -> Pixels:
    count = int(np.prod(shape))
    raw = file.read(count * kind.itemsize)
    if len(raw) < count * kind.itemsize:
        raise BadFile(TRUNCATED)
    values = np.frombuffer(raw, kind, count).reshape(shape, order="F" if fortran else "C")
    wide = kind.kind == "i" or (kind.kind == "u" and kind.itemsize > 2) or kind.itemsize > 8
    return values.astype(np.float64) if wide else values


def _bands(pixels: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    """Drop a second or fourth band: nothing says that it is alpha."""
    bands = pixels.shape[2] if pixels.ndim == 3 else 1
    if bands == 1:
        return pixels.reshape(pixels.shape[:2]), ()
    if bands in {2, 4}:
        note = tr(
            "Band {bands} of the array is not shown: nothing says that it is transparency.",
            bands=bands,
        )
        return (pixels[:, :, :3] if bands == 4 else pixels[:, :, 0]), (note,)
    if bands > 4:
        raise BadFile(tr("has {bands} channels; save it as grey or RGB", bands=bands))
    return pixels, ()
