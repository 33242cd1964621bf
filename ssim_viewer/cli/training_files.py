"""How the files of a training are read, as options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.cli.values import background, positive

if TYPE_CHECKING:
    from argparse import ArgumentParser

READING = ("data_range", "background", "profile")
"""The options, which are settings of a run."""


def add_file_options(parser: ArgumentParser) -> None:
    """Add the options; without one a new run takes the usual, and an old one what it was given."""
    group = parser.add_argument_group("files", "How the images of a folder are read.")
    add = group.add_argument
    add(
        "--data-range",
        type=positive,
        metavar="L",
        help="white in every file (default: from the type of each; of floats it is guessed)",
    )
    add(
        "--background",
        type=background,
        metavar="GREY",
        help="under transparency: black, grey (the default), white or a share of white",
    )
    add(
        "--profile",
        choices=["keep", "convert"],
        help="of files with an ICC profile: keep their numbers (the default), or convert to sRGB",
    )
