"""Two images made comparable: one size, one number of channels, one data range."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ssim_viewer.images.channels import of_channel
from ssim_viewer.images.errors import ImageError, SizeMismatch
from ssim_viewer.images.image import Image, Pair, over_background, with_range
from ssim_viewer.images.luma import Channel
from ssim_viewer.images.masks import Mask, not_numbers
from ssim_viewer.images.pair_range import PairRange, pair_range
from ssim_viewer.images.profiles import difference
from ssim_viewer.images.ranges import NOTHING_GIVEN, GivenRange
from ssim_viewer.images.recipe import SourceRecipe
from ssim_viewer.images.registering import registered_pair
from ssim_viewer.images.transparency import opacity, shade
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr

Alignment = Literal["crop", "pad", "resize", "register", "register-whole"]

MID_GREY = 0.5
BLACK_WHITE = (0.0, 1.0)
"""The backgrounds over which images are compared whose transparency differs."""

_STRIP = 512


def align_pair(
    reference: Image,
    distorted: Image,
    how: Alignment | None = None,
    given: GivenRange = NOTHING_GIVEN,
    *,
    background: float | None = None,
    mask: Mask | None = None,
    channel: Channel = "all",
    report: Callable[[float], None] | None = None,
) -> Pair:
    """Bring two images to one shape and one data range; images that match stay as they are.

    Grey beside colour is repeated into three channels. A distorted image whose type has another
    white is rescaled to the reference's. The range of floats is guessed once, from the peaks of
    both, and a guess rescales nothing. All of it is said in the notes.

    Parameters
    ----------
    reference, distorted
        Any two images.
    how
        What to do about different sizes. "crop" keeps the common part from the top left corner;
        "pad" repeats the right and bottom edges of whichever image is smaller; "resize" brings
        the distorted image to the size of the reference (area average where it shrinks, bicubic
        where it grows). "register" moves the distorted image to where it lies on the reference,
        also where both have one size, and crops both to their common part (see
        `images.registering`); "register-whole" moves it by whole pixels alone.
    given
        What is known of the range: it takes the place of types and guesses.
    background
        The grey under transparency, as a fraction of white. None takes mid-grey where both images
        are transparent in the same way, else black or white, whichever gives the larger MSE.
    mask
        The pixels of the reference that count, cropped or padded with it. Samples that are not a
        number are left out besides.
    channel
        One channel, or a luma, to which both are reduced.
    report
        Called with the fraction of a registration that is done; what it raises ends that.

    Returns
    -------
    Pair
        The aligned images and what was done to them.

    Raises
    ------
    SizeMismatch
        If the sizes differ and `how` is None.
    NoRegistration
        If the place of the distorted image is wanted and not found.
    """
    if mask is not None:
        mask.require_size_of(reference)
    found = pair_range(reference, distorted, given)
    align = partial(_aligned, found=found, how=how, report=report)
    pair = _over_background(reference, distorted, found, background, align)
    pair = _masked(_with_true_recipes(pair, reference, distorted), mask, how)
    return of_channel(pair, channel)


def _with_true_recipes(pair: Pair, reference: Image, distorted: Image) -> Pair:
    """Take the recipe of a source away where other pixels, or another white, came of it."""
    first = _with_true_recipe(pair.reference, reference)
    same = pair.distorted is pair.reference
    second = first if same else _with_true_recipe(pair.distorted, distorted)
    return replace(pair, reference=first, distorted=second)


def _with_true_recipe(image: Image, source: Image) -> Image:
    as_it_was = image.pixels is source.pixels and image.data_range == source.data_range
    if as_it_was or not isinstance(image.recipe, SourceRecipe):
        return image
    return replace(image, recipe=None)


def _over_background(
    reference: Image,
    distorted: Image,
    found: PairRange,
    background: float | None,
    align: Callable[[Pair], Pair],
) -> Pair:
    notes = difference(reference.profile, distorted.profile)
    if reference.with_alpha is None and distorted.with_alpha is None:
        return align(Pair(reference, distorted, notes))
    alike = same_opacity(reference, distorted)
    if background is None and not alike:
        pairs = [align(_over(reference, distorted, grey, found, notes)) for grey in BLACK_WHITE]
        errors = [_squared_error(pair) for pair in pairs]
        worse = int(errors[1] > errors[0])
        return _with_note(
            pairs[worse],
            tr(
                "Their transparency differs: they were compared over black and over white, and "
                "this is the worse of both, over {shade}.",
                shade=shade(BLACK_WHITE[worse]),
            ),
        )
    grey = MID_GREY if background is None else background
    pair = align(_over(reference, distorted, grey, found, notes))
    if alike:
        return pair
    return _with_note(
        pair,
        tr(
            "Their transparency differs; this is how they differ over {shade} alone.",
            shade=shade(grey),
        ),
    )


def _masked(pair: Pair, mask: Mask | None, how: Alignment | None) -> Pair:
    """Return the pair with the pixels that count, and what is to be said of them."""
    found = (not_numbers(each) for each in (pair.reference, pair.distorted))
    lost = [bad for bad in found if bad is not None]
    if mask is None and not lost:
        return pair
    height, width = pair.reference.height, pair.reference.width
    counts = np.ones((height, width), np.bool_)
    if mask is not None:
        place = pair.registered
        top, left = (0, 0) if place is None else (place.top, place.left)
        counts = mask.pixels[top : top + height, left : left + width].copy()
        if how == "pad":
            below, right = height - counts.shape[0], width - counts.shape[1]
            counts = np.pad(counts, ((0, below), (0, right)))
        share = counts.mean()
        pair = _with_note(
            pair,
            tr(
                "Only the {share:.2%} of pixels count that the mask “{name}” names.",
                share=share,
                name=mask.name,
            ),
        )
    if lost:
        bad = np.logical_or.reduce(lost)
        counts &= ~bad
        pair = _with_note(
            pair,
            tr(
                "{count_nonzero} pixels are not a number (NaN): they and the windows that "
                "touch them are left out.",
                count_nonzero=np.count_nonzero(bad),
            ),
        )
    if not counts.any():
        raise ImageError(tr("No pixel is left to measure: choose another mask or other images."))
    counts.flags.writeable = False
    return replace(pair, mask=counts)


def same_opacity(reference: Image, distorted: Image) -> bool:
    """Whether two images are transparent in the same places by the same share."""
    shares = [
        1.0 if image.with_alpha is None else opacity(image.with_alpha, image.data_range)
        for image in (reference, distorted)
    ]
    shapes = {share.shape for share in shares if isinstance(share, np.ndarray)}
    return len(shapes) == 1 and bool(np.all(shares[0] == shares[1]))


def _over(
    reference: Image, distorted: Image, grey: float, found: PairRange, notes: tuple[str, ...]
) -> Pair:
    first, second = (
        over_background(image, grey, found.data_range / scale)
        for image, scale in zip((reference, distorted), found.scales, strict=True)
    )
    return Pair(first, first if distorted is reference else second, notes)


def _with_note(pair: Pair, note: str) -> Pair:
    return replace(pair, notes=(*pair.notes, note))


def _squared_error(pair: Pair) -> float:
    """Return the sum of squared errors, a strip of rows at a time."""
    x, y = pair.reference.pixels, pair.distorted.pixels
    strips = (slice(top, top + _STRIP) for top in range(0, len(x), _STRIP))
    return sum(
        float(np.nansum(np.square(np.subtract(y[r], x[r], dtype=np.float64)))) for r in strips
    )


def _aligned(
    pair: Pair,
    found: PairRange,
    how: Alignment | None,
    report: Callable[[float], None] | None,
) -> Pair:
    pair = _same_range(_same_channels(pair), found)
    reference, distorted = pair.reference, pair.distorted
    if how in {"register", "register-whole"} and reference is not distorted:
        return registered_pair(pair, whole=how == "register-whole", report=report)
    if reference.pixels.shape == distorted.pixels.shape:
        return pair
    if how is None:
        raise SizeMismatch((reference.width, reference.height), (distorted.width, distorted.height))
    if how == "crop":
        return _crop(pair)
    if how == "pad":
        return _pad(pair)
    if how == "resize":
        return _resize(pair)
    raise ImageError(
        tr("Alignment “{how}” is unknown; choose crop, pad, resize or register.", how=how)
    )


def _same_channels(pair: Pair) -> Pair:
    reference, distorted = pair.reference, pair.distorted
    if reference.channels == distorted.channels:
        return pair
    if reference.channels == 1:
        reference, grey = _grey_to_rgb(reference), tr("reference")
    else:
        distorted, grey = _grey_to_rgb(distorted), tr("distorted image")
    note = tr("The {which} is grey and was repeated into three channels.", which=grey)
    return replace(pair, reference=reference, distorted=distorted, notes=(*pair.notes, note))


def _grey_to_rgb(image: Image) -> Image:
    return replace(image, pixels=np.repeat(image.pixels[:, :, None], 3, axis=2))


def _same_range(pair: Pair, found: PairRange) -> Pair:
    reference, distorted = (
        _in_range(image, scale, found)
        for image, scale in zip((pair.reference, pair.distorted), found.scales, strict=True)
    )
    return replace(
        pair,
        reference=reference,
        distorted=reference if pair.distorted is pair.reference else distorted,
        notes=pair.notes + found.notes,
        range_source=found.source,
        offer=found.offer,
    )


def _in_range(image: Image, scale: float, found: PairRange) -> Image:
    if scale != 1:
        # float64 keeps every 16-bit value apart when it is brought to 0…255.
        image = replace(image, pixels=image.pixels.astype(np.float64) * scale)
    guessed = image.guessed_from is not None and found.source == "guess"
    if image.data_range == found.data_range and (image.guessed_from is None or guessed):
        # What was said of this image alone is said of the pair.
        return image if not guessed or found.data_range == 1 else _with_range_note(image, found)
    return _with_range_note(image, found) if guessed else with_range(image, found.data_range)


def _with_range_note(image: Image, found: PairRange) -> Image:
    """Return the image with the guess for the pair, which another pairing finds again."""
    peak = image.guessed_from if found.peak is None else found.peak
    return replace(with_range(image, found.data_range), guessed_from=peak)


def _crop(pair: Pair) -> Pair:
    height = min(pair.reference.height, pair.distorted.height)
    width = min(pair.reference.width, pair.distorted.width)
    reference, distorted = (
        replace(image, pixels=image.pixels[:height, :width].copy())
        for image in (pair.reference, pair.distorted)
    )
    note = tr(
        "Both were cropped to their common part, {width}×{height} from the top left corner.",
        width=width,
        height=height,
    )
    return replace(pair, reference=reference, distorted=distorted, notes=(*pair.notes, note))


def _pad(pair: Pair) -> Pair:
    height = max(pair.reference.height, pair.distorted.height)
    width = max(pair.reference.width, pair.distorted.width)
    reference, distorted = (
        replace(image, pixels=_padded(image.pixels, height, width))
        for image in (pair.reference, pair.distorted)
    )
    note = tr(
        "Both were padded to {width}×{height} by repeating their right and bottom edges.",
        width=width,
        height=height,
    )
    return replace(pair, reference=reference, distorted=distorted, notes=(*pair.notes, note))


def _padded(pixels: Pixels, height: int, width: int) -> Pixels:
    below, right = height - pixels.shape[0], width - pixels.shape[1]
    rest = ((0, 0),) * (pixels.ndim - 2)
    return np.pad(pixels, ((0, below), (0, right), *rest), mode="edge")


def _resize(pair: Pair) -> Pair:
    width, height = pair.reference.width, pair.reference.height
    image = pair.distorted
    note = tr(
        "The distorted image was resized from {size_text} to {width}×{height}.",
        size_text=image.size_text,
        width=width,
        height=height,
    )
    resized = replace(image, pixels=_resized(image, width, height))
    return replace(pair, distorted=resized, notes=(*pair.notes, note))


def _resized(image: Image, width: int, height: int) -> NDArray[np.float64]:
    """Shrink the axes that shrink by area, then grow those that grow by bicubic interpolation."""
    pixels = image.pixels.astype(np.float64)
    smaller = (min(width, image.width), min(height, image.height))
    low, high = float(np.nanmin(pixels)), float(np.nanmax(pixels))
    if smaller != (image.width, image.height):
        pixels = cv2.resize(pixels, smaller, interpolation=cv2.INTER_AREA).astype(np.float64)
    if smaller != (width, height):
        pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC).astype(
            np.float64
        )
    # Bicubic overshoots at edges: keep to what can be shown, and to what was there already.
    return np.clip(pixels, min(low, 0.0), max(high, image.data_range))
