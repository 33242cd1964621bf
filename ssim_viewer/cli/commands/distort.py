"""``ssim-viewer distort``: one distortion of an image, at a strength or a wanted MSE or MSSIM."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_options import add_metric_options, metric_from
from ssim_viewer.cli.pairing_options import (
    add_mask_option,
    add_reading_options,
    read_alone,
    tell_of,
)
from ssim_viewer.cli.terminal import display_path, result_console, write_result
from ssim_viewer.cli.values import count, number, positive
from ssim_viewer.distortions import apply, catalogue, get_distortion, to_8_bit
from ssim_viewer.distortions.solving import solve
from ssim_viewer.images import not_numbers, write_image
from ssim_viewer.metrics import Mse, restricted_metric
from ssim_viewer.metrics.counting import within
from ssim_viewer.session.range_words import convention

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics.protocol import BoundMetric

EIGHT_BITS = {".png", ".bmp"}


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("reference", type=Path, nargs="?", metavar="REF")
    add("--list", action="store_true", help="list every distortion and exit")
    add("--type", metavar="NAME", help="the distortion, such as gaussian_blur")
    level = parser.add_mutually_exclusive_group()
    level.add_argument("--strength", type=number, metavar="S", help="in the unit of the type")
    level.add_argument("--mse", type=positive, metavar="M", help="find the strength of this MSE")
    level.add_argument("--ssim", type=number, metavar="V", help="find the strength of this MSSIM")
    add("--seed", type=count, default=0, metavar="N", help="of a random type (default 0)")
    add("--set", action="append", default=[], metavar="NAME=VALUE", help="another parameter")
    add("--output", type=Path, metavar="FILE", help=".png or .bmp: 8 bits; .tif: float32")
    add("--force", action="store_true", help="overwrite files that exist")
    add_reading_options(parser)
    add_mask_option(parser)
    add_metric_options(parser)


def run(options: Namespace) -> int:
    """Distort and write, or list the types."""
    if options.list:
        _list()
        return DONE
    for name, value in (("REF", options.reference), ("--type", options.type)):
        if value is None:
            raise CommandError(f"distort needs {name}; see ssim-viewer distort --help.")
    if options.output is None:
        raise CommandError("distort needs --output FILE.")
    require_writable([options.output], force=options.force)
    pair = read_alone(options, options.reference)
    reference = pair.reference
    metric = metric_from(options, reference.data_range)
    if options.output.suffix.lower() in EIGHT_BITS:
        _require_numbers(reference)
    counts = within(metric.crop, reference.pixels.shape, pair.mask)
    mse = restricted_metric(Mse(), counts).bind(reference.pixels)
    ssim = restricted_metric(metric, pair.mask).bind(reference.pixels)
    opacity = None if options.mask is None else pair.mask
    strength, pixels = _distorted(options, reference, mse, ssim, opacity)
    written: NDArray[np.generic] = pixels
    white = reference.data_range
    if options.output.suffix.lower() in EIGHT_BITS:
        written, white = to_8_bit(pixels, reference.pixels, white), 255.0
        write_image(options.output, written, white, depth="uint8")
        written = written * (reference.data_range / 255.0)
    else:
        write_image(options.output, pixels, white, depth="float32")
    words = convention(metric, reference.pixels.shape, pair.range_source, pair.mask)
    kind = get_distortion(options.type)
    write_result(
        f"{kind.title}, strength {strength:.6g} {kind.unit}".rstrip() + ". "
        f"MSE {float(mse.value(written)):.6g}, "
        f"MSSIM {float(ssim.value(written)):.6f} of “{display_path(options.output)}” as written.\n"
        f"{words}.\n"
    )
    tell_of(pair)
    return DONE


def _require_numbers(reference: Image) -> None:
    """Raise CommandError if 8 bits cannot hold what the image holds."""
    bad = not_numbers(reference)
    if bad is not None:
        raise CommandError(
            f"{np.count_nonzero(bad)} pixels are not a number (NaN), which 8 bits cannot hold; "
            "give --output a name that ends in .tif."
        )


def _distorted(
    options: Namespace,
    reference: Image,
    mse: BoundMetric,
    ssim: BoundMetric,
    mask: NDArray[np.bool_] | None,
) -> tuple[float, NDArray[np.float64]]:
    parameters = dict(_parameter(word) for word in options.set)
    kind, pixels, white = get_distortion(options.type), reference.pixels, reference.data_range
    opacity = None if mask is None else mask.astype(np.float64)

    def at(strength: float) -> NDArray[np.float64]:
        return apply(
            kind.name,
            pixels,
            strength,
            options.seed,
            data_range=white,
            opacity=opacity,
            parameters=parameters,
        )

    levels = ((options.mse, mse, "an MSE"), (options.ssim, ssim, "an MSSIM"))
    for level, bound, words in levels:
        if level is not None:
            found = solve(kind, at, level, bound.value, measure=words)
            return float(found), found.image
    strength = kind.typical if options.strength is None else options.strength
    return strength, at(strength)


def _parameter(word: str) -> tuple[str, float]:
    name, _, value = word.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise CommandError(f"--set takes NAME=VALUE with a number, not “{word}”.") from None


def _list() -> None:
    from rich.table import Table  # noqa: PLC0415 - only this option needs it

    table = Table("name", "family", "strength", "largest", "parameters", box=None, pad_edge=False)
    for name, kind in catalogue().items():
        measure = f"{kind.measure} / {kind.unit}" if kind.unit else kind.measure
        parameters = ", ".join(f"{each.name}={each.default:g}" for each in kind.parameters)
        table.add_row(name, kind.family, measure, f"{kind.largest:g}", parameters)
    result_console().print(table)


COMMAND = Command(
    "distort",
    "distort an image, at a strength or at a wanted MSE or MSSIM",
    "Distort an image by one type of distortion and write it. Without --strength, --mse or --ssim "
    "the strength is one that is clearly seen.",
    add_options,
    run,
)
