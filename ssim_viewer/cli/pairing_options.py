"""How images are read and become a pair, as options; what they mean is the images room's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from ssim_viewer.cli.metric_options import given_range, range_as_options
from ssim_viewer.cli.terminal import say
from ssim_viewer.cli.values import background
from ssim_viewer.images import Alignment, Channel, Pair, Pairing, mask_from_image, read_image
from ssim_viewer.metrics.counting import filled, not_numbers
from ssim_viewer.session.report import RANGE_COLUMNS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


EACH = "each"
"""Not a channel but each of red, green and blue by itself."""


def add_reading_options(
    parser: ArgumentParser, *, profile: str | None = "keep", each: bool = False
) -> None:
    """Add what is done with transparency, colour profiles and channels of every image."""
    add = parser.add_argument
    add(
        "--background",
        type=background,
        metavar="GREY",
        help="under transparency: black, grey, white or a share of white; auto (the default) takes "
        "grey, and the worse of black and white where the transparency of two images differs",
    )
    add(
        "--profile",
        choices=["keep", "convert"],
        default=profile,
        help="of files with an ICC profile: keep their numbers, or convert them to sRGB "
        "(default keep)",
    )
    add(
        "--channel",
        choices=[*get_args(Channel), *([EACH] if each else [])],
        default="all",
        help="measure one channel of colour images, or a luma, in every score (default all)"
        + ("; each: red, green and blue one by one, a row for each" if each else ""),
    )


def add_pairing_options(
    parser: ArgumentParser, *, profile: str | None = "keep", each: bool = False
) -> None:
    """Add how two images become a pair."""
    add = parser.add_argument
    add(
        "--align",
        choices=get_args(Alignment),
        help="of different sizes: crop both to the common part, pad the smaller, or resize the "
        "distorted one; of any sizes: register, which moves the distorted image to where phase "
        "correlation finds it on the reference, to a part of a pixel or (register-whole) by whole "
        "pixels, and crops both to the common part",
    )
    add_reading_options(parser, profile=profile, each=each)
    add(
        "--mask",
        type=Path,
        metavar="FILE",
        help="an image of the size of the reference: only pixels count, and change, that are "
        "above 0 in it",
    )


def pairing_from(options: Namespace) -> Pairing:
    """Return how images become pairs; the mask is read.

    Raises
    ------
    ImageError
        The mask is no image, or leaves no pixel.
    """
    mask: Path | None = getattr(options, "mask", None)
    return Pairing(
        getattr(options, "align", None),
        given_range(options),
        options.background,
        None if mask is None else mask_from_image(read_image(mask)),
        options.channel,
    )


def read_alone(options: Namespace, path: Path) -> Pair:
    """Return the image of a file as it is measured, as a pair with itself, and with its notes.

    Samples that are not a number are replaced: what is made of an image needs all of them.
    """
    pair = pairing_from(options).alone(read_image(path, profile=options.profile))
    if pair.mask is None:
        return pair
    bad = not_numbers(pair.reference.pixels)
    whole = replace(pair.reference, pixels=filled(pair.reference.pixels, bad), recipe=None)
    said = (
        f"{np.count_nonzero(bad)} pixels are not a number (NaN): the mean of the others took their "
        "place."
    )
    return Pair(whole, whole, (*pair.notes[:-1], said), pair.range_source, pair.offer)


def tell_of(pair: Pair) -> None:
    """Say what was done to an image that was read alone."""
    for note in dict.fromkeys((*pair.reference.notes, *pair.notes)):
        say(note)
    if pair.offer is not None:
        say(f"The options for that: {range_as_options(pair.offer)}.")


def range_cells(pair: Pair) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """Return the columns and cells that tell a data range that does not go without saying."""
    if pair.range_source == "type":
        return (), ()
    return RANGE_COLUMNS, (pair.reference.data_range, pair.range_source)
