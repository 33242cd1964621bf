"""TIFF and BigTIFF through tifffile with imagecodecs; OpenImageIO for a few colour spaces."""

import io
import logging
import math
import struct
import zlib
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images.codecs import oiio
from ssim_viewer.images.codecs.decoded import (
    CMYK_NOTE,
    DAMAGED,
    LARGEST_SIZE,
    TRUNCATED,
    BadFile,
    Decoded,
    chosen,
    cmyk_to_rgb,
    require_size,
)
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tifffile import TiffFile, TiffPage

_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _MASK, _CMYK, _YCBCR = 0, 1, 2, 3, 4, 5, 6
_NAMED = {
    32803: tr("a camera's raw mosaic (CFA)"),
    34892: tr("a camera's linear raw data"),
    51177: tr("depth"),
}
_BY_OPENIMAGEIO = frozenset({8, 9, 10, 32844, 32845})  # Lab, ICC Lab, ITU Lab, LogL, LogLuv
_OLD_JPEG, _JPEG = 6, frozenset({7, 33007, 34892})
_ASSOCIATED, _UNASSOCIATED = 1, 2
_REDUCED = 1
_MOST_PAGES = 10_000
_MOST_BYTES = 2**32
# How many times smaller compression can make anything: PackBits, LZW, Deflate, and others.
_MOST_RATIOS = {32773: 64, 5: 1400, 8: 1032, 32946: 1032}
_MOST_RATIO = 100_000
_SMALL = 2**26  # bytes that are not worth a doubt


def read(data: bytes, which: str | None) -> Decoded:
    """Decode one page; reduced copies of a page and thumbnails are no pages."""
    with _opened(data) as (file, pages):
        titles = _titles(pages)
        at = chosen(titles, which, "pages")
        page, plane = pages[at]
        require_size(page.imagewidth, page.imagelength)
        photometric = int(page.photometric)
        if photometric in _NAMED:
            raise BadFile(
                tr("holds {named}; develop it and save it as RGB", named=_NAMED[photometric])
            )
        subsampled = photometric == _YCBCR and int(page.compression) not in _JPEG
        if photometric in _BY_OPENIMAGEIO or subsampled or int(page.compression) == _OLD_JPEG:
            decoded = _by_openimageio(data, file, page, at, len(pages))
        else:
            _require_whole(page, len(data))
            decoded = _decoded(page, _values(page, plane), at, len(pages))
        return replace(decoded, names=titles)


def names(data: bytes) -> tuple[str, ...]:
    """Return the pages with their sizes."""
    with _opened(data) as (_, pages):
        return _titles(pages)


@contextmanager
def _opened(data: bytes) -> "Iterator[tuple[TiffFile, list[tuple[TiffPage, int | None]]]]":
    import tifffile

    logger = logging.getLogger("tifffile")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            yield file, _pages(file)
    except BadFile:
        raise
    except MemoryError:
        raise
    except (struct.error, EOFError, zlib.error) as error:
        cut = "requires a buffer" in str(error) or isinstance(error, EOFError)
        raise BadFile(TRUNCATED if cut else DAMAGED) from None
    except Exception:
        # tifffile and the codecs that it calls raise nearly anything on damaged files.
        raise BadFile(DAMAGED) from None


def _pages(file: "TiffFile") -> "list[tuple[TiffPage, int | None]]":
    """Return the full-size pages, each with its plane where one page holds a stack of ImageJ's."""
    found: list[Any] = []
    try:
        for page in file.pages:
            found.append(page.aspage())
            if len(found) >= _MOST_PAGES:
                break
    except Exception:  # a later page that is damaged does not keep the first from being read
        if not found:
            raise
    if not found:
        raise BadFile(tr("holds no picture; choose another file"))
    full = [page for page in found if not int(page.subfiletype) & _REDUCED]
    children = [child for page in found for child in (page.pages or ())]
    if not full:
        full = [c.aspage() for c in children if not int(c.aspage().subfiletype) & _REDUCED]
    full = full or found
    if file.is_imagej and len(full) == 1:
        planes = int((file.imagej_metadata or {}).get("images", 1))
        needed = full[0].dataoffsets[0] + planes * full[0].nbytes
        if planes > 1 and full[0].compression == 1 and needed <= file.filehandle.size:
            return [(full[0], plane) for plane in range(min(planes, _MOST_PAGES))]
    return [(page, None) for page in full]


def _titles(pages: "list[tuple[TiffPage, int | None]]") -> tuple[str, ...]:
    return tuple(
        tr(
            "Page {n}, {imagewidth}×{imagelength}",
            n=n,
            imagewidth=page.imagewidth,
            imagelength=page.imagelength,
        )
        for n, (page, _) in enumerate(pages, 1)
    )


def _require_whole(page: "TiffPage", length: int) -> None:
    """Every strip or tile lies within the file; tifffile would read short ones as zeros."""
    for offset, count in zip(page.dataoffsets, page.databytecounts, strict=False):
        if count and offset + count > length:
            raise BadFile(TRUNCATED)
    if not any(page.databytecounts) or not page.dtype:
        raise BadFile(tr("holds no pixels that can be decoded; choose another file"))
    if page.imagewidth * page.imagelength > LARGEST_SIZE or page.nbytes > _MOST_BYTES:
        raise BadFile(tr("needs more than 4 GB decoded; save a smaller part of it"))
    uncompressed = int(page.compression) == 1
    packed = page.size * page.bitspersample // 8
    if uncompressed and sum(page.databytecounts) < packed:
        raise BadFile(TRUNCATED)
    _require_plausible(page)


def _require_plausible(page: "TiffPage") -> None:
    """Refuse strips or tiles that hold more than their compressed bytes can say."""
    counts = [count for count in page.databytecounts if count]
    if len(page.databytecounts) < math.prod(page.chunked):
        raise BadFile(tr("names fewer strips or tiles than its size needs; it is damaged"))
    if page.dtype is None:
        return
    decoded = len(counts) * math.prod(page.chunks) * page.dtype.itemsize
    ratio = _MOST_RATIOS.get(int(page.compression), _MOST_RATIO)
    if decoded > _SMALL and decoded > ratio * sum(counts):
        raise BadFile(tr("claims more pixels than its bytes can hold; it is damaged"))


def _values(page: "TiffPage", plane: int | None) -> Pixels:
    """Return (H, W) or (H, W, samples) as stored."""
    if plane and page.dtype:
        handle = page.parent.filehandle
        handle.seek(page.dataoffsets[0] + plane * page.nbytes)
        kind = page.dtype.newbyteorder(page.parent.byteorder)
        values = np.frombuffer(handle.read(page.nbytes), kind).reshape(page.shape)
        values = values.astype(page.dtype)
    else:
        values = np.asarray(page.asarray(maxworkers=1))
    if values.size == 0 or values.shape != tuple(page.shape):
        raise BadFile(DAMAGED)
    axes = page.axes
    while axes and axes[0] not in "SYX":  # depth: the first slice
        values, axes = values[0], axes[1:]
    if axes == "SYX":
        values = np.moveaxis(values, 0, 2)
    elif axes not in {"YX", "YXS"}:
        raise BadFile(tr("has axes of the kind {axes}; save it as grey or RGB", axes=axes))
    return values


def _decoded(page: "TiffPage", values: Pixels, at: int, count: int) -> Decoded:
    photometric, notes = int(page.photometric), tuple[str, ...]()
    alpha, premultiplied = _alpha(page)
    bits = int(page.bitspersample)
    if photometric == _PALETTE and page.colormap is not None:
        values, bits = _palette(values, page.colormap), 16
        values = (values >> 8).astype(np.uint8) if _is_8_bit(page.colormap) else values
        bits = values.itemsize * 8
    else:
        values, notes = _bands(values, photometric, alpha=alpha)
    stored = np.dtype(page.dtype).name
    values, white, remark = _as_unsigned(values, bits)
    if photometric == _WHITE_IS_ZERO and values.dtype.kind == "u":
        values = _inverted(values, white, alpha=alpha)
    profile = page.tags.valueof(34675)
    if photometric == _CMYK:
        values = cmyk_to_rgb(values)
        remark = (*remark, CMYK_NOTE)
    return Decoded(
        values,
        white,
        premultiplied=premultiplied,
        orientation=_orientation(page),
        profile=profile if isinstance(profile, bytes) else None,
        bits=_declared_bits(page),
        stored=stored,
        page=at + 1,
        page_count=count,
        frames="pages",
        notes=(*notes, *remark),
    )


def _alpha(page: "TiffPage") -> tuple[bool, bool]:
    """Return whether a band behind the colours is alpha, and whether they are multiplied by it."""
    first = int(page.extrasamples[0]) if page.extrasamples else 0
    return first in {_ASSOCIATED, _UNASSOCIATED}, first == _ASSOCIATED


def _bands(values: Pixels, photometric: int, *, alpha: bool) -> tuple[Pixels, tuple[str, ...]]:
    """Keep the colours, and the band behind them if it is alpha; say which bands are left out."""
    if values.ndim == 2:
        return values, ()
    colours = {_RGB: 3, _YCBCR: 3, _CMYK: 4}.get(photometric, 1)
    samples = values.shape[2]
    if samples < colours:
        raise BadFile(
            tr(
                "has {samples} channels where its kind has {colours}; it is damaged",
                samples=samples,
                colours=colours,
            )
        )
    kept = colours + (alpha and samples > colours and photometric != _CMYK)
    rest, notes = samples - kept, tuple[str, ...]()
    if rest == 1:
        notes = (
            tr("Band {samples} is not shown: it is not said to be transparency.", samples=samples),
        )
    elif rest > 1:
        notes = (tr("Bands {kept} to {samples} are not shown.", kept=kept + 1, samples=samples),)
    values = values[:, :, :kept]
    return (values[:, :, 0] if kept == 1 else values), notes


def _palette(indices: Pixels, colormap: Pixels) -> Pixels:
    if indices.ndim == 3:
        indices = indices[:, :, 0]
    if indices.size and int(indices.max()) >= colormap.shape[1]:
        raise BadFile(tr("names colours that its palette has not; it is damaged"))
    table = colormap if colormap.max() > 255 else colormap * np.uint16(256)
    return np.ascontiguousarray(np.moveaxis(table[:, indices], 0, 2)).astype(np.uint16)


def _is_8_bit(colormap: Pixels) -> bool:
    """Whether the palette holds 8-bit colours: unscaled, times 256, or times 257."""
    low, high = colormap & 255, colormap >> 8
    return bool(colormap.max() <= 255 or (low == 0).all() or (low == high).all())


def _as_unsigned(values: Pixels, bits: int) -> tuple[Pixels, int | None, tuple[str, ...]]:
    """Bring integers to 8 or 16 bits without sign where they fit, else to doubles."""
    kind = values.dtype.kind
    if values.dtype == np.bool_:
        return values.astype(np.uint8), 1, ()
    if kind == "i" and bits in {8, 16}:
        half = 1 << (bits - 1)
        target = np.uint8 if bits == 8 else np.uint16
        shifted = (values.astype(np.int32) + half).astype(target)
        return (
            shifted,
            None,
            (
                tr(
                    "Its signed {bits}-bit integers were shifted up by {half}.",
                    bits=bits,
                    half=half,
                ),
            ),
        )
    if kind in "iu" and (bits > 16 or kind == "i"):
        note = tr("Its {bits}-bit integers were read as floats.", bits=bits)
        if kind == "i":
            note = tr("Its signed {bits}-bit integers were read as floats.", bits=bits)
        return values.astype(np.float64), None, (note,)
    if kind == "u":
        full = int(np.iinfo(values.dtype).max)
        white = (1 << bits) - 1
        return values, None if white == full else white, ()
    if values.dtype == np.float16:
        return values.astype(np.float32), None, ()
    if kind == "f":
        return values, None, ()
    raise BadFile(tr("holds values of the type {name}; save real numbers", name=values.dtype.name))


def _inverted(values: Pixels, white: int | None, *, alpha: bool) -> Pixels:
    full: Pixels = np.array(white or np.iinfo(values.dtype).max, values.dtype)
    if alpha and values.ndim == 3:
        return np.dstack([full - values[:, :, :-1], values[:, :, -1:]])
    return full - values


def _orientation(page: "TiffPage") -> int:
    value = page.tags.valueof(274, default=1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _declared_bits(page: "TiffPage") -> int | None:
    """Return the bits that MaxSampleValue leaves in use."""
    most = page.tags.valueof(281)
    most = max(most) if isinstance(most, tuple) and most else most
    if not isinstance(most, int) or most <= 0:
        bits = int(page.bitspersample)
        return bits if bits not in {8, 16, 32, 64} else None
    used = int(most).bit_length()
    return used if used < page.bitspersample else None


def _by_openimageio(
    data: bytes, file: "TiffFile", page: "TiffPage", at: int, count: int
) -> Decoded:
    _require_size_of_strips(page, len(data))
    index = next((n for n, other in enumerate(file.pages) if other.offset == page.offset), 0)
    with oiio.opened(data, ".tif") as source:
        if not source.seek_subimage(index, 0):
            raise BadFile(DAMAGED)
        spec = source.spec()
        channels = 3 if spec.nchannels >= 3 else 1
        pixels = oiio.pixels_of(source, 0, channels, index)
        return Decoded(
            pixels,
            orientation=_orientation(page),
            profile=oiio.profile_of(spec),
            page=at + 1,
            page_count=count,
            frames="pages",
            notes=(tr("Its colour space was converted to RGB."),),
        )


def _require_size_of_strips(page: "TiffPage", length: int) -> None:
    for offset, count in zip(page.dataoffsets, page.databytecounts, strict=False):
        if count and offset + count > length:
            raise BadFile(TRUNCATED)
