"""What an image and a pair of images are: read-only pixels with their data range and their story.

Reading, writing and aligning live in modules of their own.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.luma import Channel
from ssim_viewer.images.ranges import GivenRange, RangeSource, guess_note, guess_range
from ssim_viewer.images.recipe import Recipe
from ssim_viewer.images.transparency import COMPOSITED, composite
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.images.registration import Registered

_KINDS = {"uint8": "8-bit", "uint16": "16-bit", "float32": "float", "float64": "float"}


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A grey or RGB image: pixels that nobody changes.

    Parameters
    ----------
    pixels
        (H, W) grey or (H, W, 3) RGB, of uint8, uint16, float32 or float64; kept C-contiguous and
        read-only. A writeable array is not copied, so do not write to it afterwards.
    data_range
        The value of white, in the unit of the pixels: 255, 65535 or 1.0 by type.
    name
        What the person calls it: the file's name, "Clipboard", "Sample: camera".
    path
        The file, when there is one.
    notes
        Sentences saying what reading did to the pixels.
    bits
        Bits of a sample that its file says are used, such as 12 in 16; None where it says nothing
        but the type, and for floats.
    stored
        The number type of the samples in the file, such as "int16" or "float16", where `pixels`
        may hold another one; empty without a file.
    page, page_count
        Which picture of the file this is, from 1, and how many it holds.
    with_alpha
        What `pixels` were composited from, (H, W, 2) or (H, W, 4) with alpha last, so that another
        background can be taken; None where nothing is transparent.
    premultiplied
        Whether its colour is already multiplied by its alpha.
    page_names
        What the pictures of the file are called, where it holds several.
    profile
        The ICC profile of colours that are kept as stored and are not sRGB; else None.
    guessed_from
        The largest magnitude of floats whose data range was guessed from it; None where the type
        or the caller said what white is.
    scene_referred
        Whether its file counts light, as OpenEXR and Radiance HDR do: white is then taken to be 1,
        however far its values go.
    recipe
        How the image was made from others; None for one that was read as it is.

    Raises
    ------
    ImageError
        If the array is no image.
    """

    pixels: Pixels
    data_range: float
    name: str
    path: Path | None = None
    notes: tuple[str, ...] = ()
    bits: int | None = None
    stored: str = ""
    page: int = 1
    page_count: int = 1
    page_names: tuple[str, ...] = ()
    profile: bytes | None = None
    guessed_from: float | None = None
    with_alpha: Pixels | None = None
    premultiplied: bool = False
    scene_referred: bool = False
    recipe: Recipe | None = None

    def __post_init__(self) -> None:
        pixels = np.ascontiguousarray(self.pixels)
        if pixels.flags.writeable:  # what cannot change stays the same object, and is known again
            pixels = pixels.view()
        _require_image(pixels, self.name)
        if not (np.isfinite(self.data_range) and self.data_range > 0):
            raise ImageError(
                tr(
                    "The data range of “{name}” is {data_range:g}; give a positive number such as "
                    "255.",
                    name=self.name,
                    data_range=self.data_range,
                )
            )
        pixels.flags.writeable = False
        object.__setattr__(self, "pixels", pixels)
        object.__setattr__(self, "data_range", float(self.data_range))

    @property
    def arrays(self) -> tuple[Pixels, ...]:
        """Every array that it holds itself."""
        return (self.pixels,) if self.with_alpha is None else (self.pixels, self.with_alpha)

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def channels(self) -> int:
        """1 for grey, 3 for RGB."""
        return 1 if self.pixels.ndim == 2 else 3

    @property
    def size_text(self) -> str:
        """Width and height for reading, such as ``512×384``."""
        return f"{self.width}×{self.height}"

    @property
    def kind_text(self) -> str:
        """Depth and colour for reading, such as ``8-bit grey`` or ``float RGB``."""
        colour = "grey" if self.channels == 1 else "RGB"
        return f"{_KINDS[self.pixels.dtype.name]} {colour}"


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A reference and a distorted image of one shape and one data range.

    Parameters
    ----------
    reference, distorted
        The images, aligned.
    notes
        Sentences saying what aligning did.
    range_source
        Where the data range of the pair comes from.
    offer
        Another range that the values suggest, or None.
    mask
        (H, W): the pixels that count; None counts all. Samples that are not a number never do.
    registered
        How the distorted image was moved onto the reference, or None where it was not.
    channel
        Which channel, or luma, of colour images this is; "all" for the images as they are.
    """

    reference: Image
    distorted: Image
    notes: tuple[str, ...] = ()
    range_source: RangeSource = "type"
    offer: GivenRange | None = None
    mask: NDArray[np.bool_] | None = None
    registered: "Registered | None" = None
    channel: Channel = "all"


def image_from_array(
    pixels: ArrayLike,
    name: str,
    *,
    data_range: float | None = None,
    background: float = 0.5,
    premultiplied: bool = False,
    scene_referred: bool = False,
    notes: tuple[str, ...] = (),
) -> Image:
    """Make an image of an array that came from a clipboard, a decoder or a program.

    Parameters
    ----------
    pixels
        (H, W), (H, W, 1), (H, W, 2) grey with alpha, (H, W, 3) RGB or (H, W, 4) RGBA; copied.
        Booleans become 0 and 255.
    name
        What the person calls it.
    data_range
        The value of white; None takes it from the type: 255, 65535 or, for floats, a guess: 1.0
        (255 or 65535 when the values go far beyond 1, and a note says so).
    background
        The grey under transparency, as a fraction of the data range.
    premultiplied
        Whether the colour is already multiplied by its alpha.
    scene_referred
        As in `Image`.
    notes
        As in `Image`; notes made here are added.

    Returns
    -------
    Image
        Grey or RGB, read-only; without infinity, but perhaps with NaN.

    Raises
    ------
    ImageError
        If the shape, the type or a value is none that an image can have.
    """
    array = _known_type(np.asarray(pixels), name)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    _require_image(array, name, channels=(2, 3, 4))
    _require_numbers(array, name)
    transparent = array.ndim == 3 and array.shape[2] != 3
    guessed_from = None
    if data_range is None and array.dtype.kind == "u":
        data_range = float(np.iinfo(array.dtype).max)
    elif data_range is None:
        guessed_from = _peak(array[:, :, :-1] if transparent else array)
        data_range = guess_range(guessed_from, scene_referred=scene_referred)
        notes += () if data_range == 1 else (guess_note(guessed_from, data_range),)
    with_alpha = None
    if transparent:
        colour, remark = composite(array, data_range, background, premultiplied=premultiplied)
        with_alpha = np.array(array) if remark else None
        array, notes = colour, notes + remark
    return Image(
        np.array(array, order="C"),
        data_range,
        name,
        notes=notes,
        guessed_from=guessed_from,
        with_alpha=with_alpha,
        premultiplied=premultiplied,
        scene_referred=scene_referred,
    )


def over_background(image: Image, background: float, white: float) -> Image:
    """Return an image over another background, for good: what was transparent is so no more.

    Parameters
    ----------
    background
        The grey, as a fraction of white.
    white
        The value of white in the unit of the image.
    """
    if image.with_alpha is None:
        return image
    pixels, remark = composite(
        image.with_alpha, white, background, premultiplied=image.premultiplied
    )
    kept = tuple(note for note in image.notes if not note.startswith(COMPOSITED))
    return replace(image, pixels=pixels, notes=kept + remark, with_alpha=None)


def with_range(image: Image, data_range: float) -> Image:
    """Return the image with a data range that is given, without what was said of a guess."""
    if image.guessed_from is None:
        return replace(image, data_range=data_range)
    said = guess_note(image.guessed_from, image.data_range)
    notes = tuple(note for note in image.notes if note != said)
    return replace(image, data_range=data_range, notes=notes, guessed_from=None)


def _known_type(array: Pixels, name: str) -> Pixels:
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype == np.float16:
        return array.astype(np.float32)
    if array.dtype.name not in _KINDS and array.dtype.newbyteorder("=").name not in _KINDS:
        raise ImageError(
            tr(
                "“{name}” holds {kind} values; convert it to 8 or 16 bits without sign, or to "
                "floats.",
                name=name,
                kind=array.dtype.name,
            )
        )
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def _require_image(array: Pixels, name: str, channels: tuple[int, ...] = (3,)) -> None:
    if array.ndim not in {2, 3}:
        raise ImageError(
            tr(
                "“{name}” has {ndim} dimensions; an image has two, or three.",
                name=name,
                ndim=array.ndim,
            )
        )
    if array.ndim == 3 and array.shape[2] not in channels:
        raise ImageError(
            tr(
                "“{name}” has {channels} channels; convert it to grey, RGB or RGB with alpha.",
                name=name,
                channels=array.shape[2],
            )
        )
    if array.size == 0:
        raise ImageError(
            tr(
                "“{name}” has no pixels ({width}×{height}); choose another image.",
                name=name,
                width=array.shape[1],
                height=array.shape[0],
            )
        )
    if array.dtype.name not in _KINDS:
        raise ImageError(
            tr(
                "“{name}” holds {kind} values; convert it to 8 or 16 bits.",
                name=name,
                kind=array.dtype.name,
            )
        )


def _require_numbers(array: Pixels, name: str) -> None:
    """Refuse infinity; single samples that are not a number (NaN) are left out of scores."""
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return
    if np.isinf(array).any():
        raise ImageError(
            tr(
                "“{name}” holds values that are not finite (infinity); replace them by NaN, which "
                "is left out, and open it again.",
                name=name,
            )
        )
    if np.isnan(array).all():
        raise ImageError(
            tr("“{name}” holds not finite values only (NaN); choose another image.", name=name)
        )


def _peak(array: Pixels) -> float:
    return max(float(np.nanmax(array)), -float(np.nanmin(array)))
