"""How images are read and become a pair, as options; what they mean is the images room's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ssim_viewer.cli.metric_options import given_range, range_as_options
from ssim_viewer.cli.terminal import say
from ssim_viewer.cli.values import background
from ssim_viewer.images import Alignment, Channel, Pair, Pairing, mask_from_image, read_image
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
    add_mask_option(parser)


def add_mask_option(parser: ArgumentParser, *, changes: bool = True) -> None:
    """Add the mask; what does not count may change too where it is not `changes`."""
    what = "count, and change," if changes else "count"
    parser.add_argument(
        "--mask",
        type=Path,
        metavar="FILE",
        help=f"an image of the size of the reference: only pixels {what} that are above 0 in it",
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
    """Return the image of a file as it is measured, as a pair with itself, and with its notes."""
    return pairing_from(options).alone(read_image(path, profile=options.profile))


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
