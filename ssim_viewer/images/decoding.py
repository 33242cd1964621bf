"""The bytes of an image file to an image: a codec decodes, the same steps follow for every format.

The steps: samples scaled to the range of their type, alpha split off, colours brought to sRGB,
the picture turned upright.
"""

from dataclasses import replace

import numpy as np

from ssim_viewer.images.codecs import salvage
from ssim_viewer.images.codecs.decoded import BadFile, Decoded, numbered
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.formats import FORMATS, Codec, format_of
from ssim_viewer.images.image import Image, image_from_array
from ssim_viewer.images.profiles import Profile, to_srgb
from ssim_viewer.images.stderr_capture import capture_c_stderr
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

_TURNED = tr("Turned upright as its orientation tag says.")
_NO_MEMORY = tr("needs more memory than there is; save a smaller part of it")


def decode_image(
    data: bytes,
    name: str,
    *,
    background: float = 0.5,
    which: str | None = None,
    profile: Profile = "keep",
    damaged: bool = False,
) -> Image:
    """Decode the bytes of an image file.

    Parameters
    ----------
    data
        A whole file.
    name
        What the person calls it.
    background
        The grey under transparency, as a fraction of the data range.
    which
        The page, frame, layer or array of a file that holds several: its number from 1, or its
        name. None takes the first (of a HEIC the primary) picture.
    profile
        "keep" leaves the numbers of a file with an ICC profile as stored; "convert" brings its
        colours to sRGB. The notes say which, unless the profile is sRGB.
    damaged
        Whether a damaged file is read as far as it goes, with a note, instead of refused.

    Returns
    -------
    Image
        Upright, grey or RGB, with its data range from its type; without a path.

    Raises
    ------
    ImageError
        One sentence for whatever keeps the bytes from being an image.
    """
    try:
        codec = _codec(data, name)
        decoded, _ = capture_c_stderr(lambda: codec.read(data, which))
    except BadFile as error:
        if not damaged:
            raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=error)) from None
        return _finished(_salvaged(data, name), name, background, profile)
    except MemoryError:
        raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=_NO_MEMORY)) from None
    return _finished(decoded, name, background, profile)


def _salvaged(data: bytes, name: str) -> Decoded:
    """Return what is left of a damaged file, with a note."""
    try:
        decoded, _ = capture_c_stderr(lambda: salvage.salvaged(data))
    except BadFile as error:
        raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=error)) from None
    return replace(decoded, notes=(salvage.NOTE, *decoded.notes))


def picture_names(data: bytes, name: str) -> tuple[str, ...]:
    """Return the names of the pages, frames, layers or arrays in the bytes of a file.

    Raises
    ------
    ImageError
        One sentence if it is no image file.
    """
    try:
        codec = _codec(data, name)
        return capture_c_stderr(lambda: codec.names(data))[0]
    except BadFile as error:
        raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=error)) from None
    except MemoryError:
        raise ImageError(tr("“{name}” {trouble}.", name=name, trouble=_NO_MEMORY)) from None


def _codec(data: bytes, name: str) -> Codec:
    if not data:
        raise BadFile(tr("is empty; choose another file"))
    known = format_of(data, name)
    if known is None:
        *most, last = (known.name for known in FORMATS)
        raise BadFile(
            tr(
                "is not an image of a kind that can be read here; choose a file of the kind "
                "{names} or {last}",
                names=", ".join(most),
                last=last,
            )
        )
    return known.load()


def _finished(decoded: Decoded, name: str, background: float, profile: Profile) -> Image:
    pixels, notes = _full_range(decoded)
    turned = decoded.orientation != 1
    if turned:
        pixels = upright(pixels, decoded.orientation)
    notes += (_TURNED,) if turned or decoded.turned else ()
    if decoded.page_count > 1:
        notes += (_which_of(decoded),)
    icc, white = None, None
    if decoded.profile:
        pixels, icc, white, remarks = _in_srgb(pixels, decoded.profile, profile)
        notes += remarks
    image = image_from_array(
        pixels,
        name,
        data_range=white,
        background=background,
        premultiplied=decoded.premultiplied,
        scene_referred=decoded.scene_referred,
        notes=(*notes, *decoded.notes),
    )
    return replace(
        image,
        bits=decoded.bits,
        stored=decoded.stored or decoded.pixels.dtype.name,
        page=decoded.page,
        page_count=decoded.page_count,
        page_names=_names(decoded),
        profile=icc,
    )


def _in_srgb(
    pixels: Pixels, icc: bytes, wish: Profile
) -> tuple[Pixels, bytes | None, float | None, tuple[str, ...]]:
    """Convert the colours, which alpha does not touch; where they change, tell the white too."""
    transparent = pixels.ndim == 3 and pixels.shape[2] in {2, 4}
    colour = pixels[:, :, :-1] if transparent else pixels
    colour = colour[:, :, 0] if colour.ndim == 3 and colour.shape[2] == 1 else colour
    white = float(np.iinfo(pixels.dtype).max) if pixels.dtype.kind == "u" else 1.0
    converted, kept, notes = to_srgb(colour, icc, white, wish)
    if converted is colour:
        return pixels, kept, None, notes
    if transparent:  # floats have an alpha from 0 to 1
        converted = np.dstack([converted, (pixels[:, :, -1:] / white).astype(np.float32)])
    return converted, None, white, notes


def _names(decoded: Decoded) -> tuple[str, ...]:
    if decoded.page_count == 1:
        return ()
    return decoded.names or numbered(_one(decoded).capitalize(), decoded.page_count)


def _one(decoded: Decoded) -> str:
    return decoded.frames.removesuffix("s")


def _which_of(decoded: Decoded) -> str:
    if decoded.page == 1:
        return tr(
            "First of {page_count} {frames}.", page_count=decoded.page_count, frames=decoded.frames
        )
    return tr(
        "{what} {page} of {page_count}.",
        what=_one(decoded).capitalize(),
        page=decoded.page,
        page_count=decoded.page_count,
    )


def _full_range(decoded: Decoded) -> tuple[Pixels, tuple[str, ...]]:
    """Bring white to the largest value of the type."""
    pixels, white = decoded.pixels, decoded.white
    if white is None or pixels.dtype.kind != "u":
        return pixels, ()
    full = int(np.iinfo(pixels.dtype).max)
    scaled = np.rint(pixels.astype(np.float64) * full / white).clip(0, full).astype(pixels.dtype)
    if white == 1:
        return scaled, ()
    return scaled, (
        tr(
            "Its values, 0 to {white}, were scaled to {itemsize} bits.",
            white=white,
            itemsize=pixels.itemsize * 8,
        ),
    )


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn pixels as EXIF says: what the orientation 1 to 8 calls row 0 comes to the top.

    CIPA DC-008 (EXIF 2.32), 4.6.4, tag 274.
    """
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    return pixels
