"""``ssim-viewer distort``: one distortion of an image, at a strength or a wanted MSE or MSSIM."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_options import add_metric_options, metric_from
from ssim_viewer.cli.pairing_options import add_reading_options, read_alone, tell_of
from ssim_viewer.cli.terminal import display_path, result_console, write_result
from ssim_viewer.cli.values import count, number, positive
from ssim_viewer.distortions import (
    apply,
    catalogue,
    get_distortion,
    mse_between,
    solve_for_level,
    solve_for_mse,
    to_8_bit,
)
from ssim_viewer.images import write_image
from ssim_viewer.session.range_words import convention

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim

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
    strength, pixels = _distorted(options, reference, metric)
    written: NDArray[np.generic] = pixels
    white = reference.data_range
    if options.output.suffix.lower() in EIGHT_BITS:
        written, white = to_8_bit(pixels, reference.pixels, white), 255.0
        write_image(options.output, written, white, depth="uint8")
        written = written * (reference.data_range / 255.0)
    else:
        write_image(options.output, pixels, white, depth="float32")
    bound = metric.bind(reference.pixels)
    words = convention(metric, reference.pixels.shape, pair.range_source)
    kind = get_distortion(options.type)
    write_result(
        f"{kind.title}, strength {strength:.6g} {kind.unit}".rstrip() + ". "
        f"MSE {mse_between(written, reference.pixels):.6g}, "
        f"MSSIM {float(bound.value(written)):.6f} of “{display_path(options.output)}” as written.\n"
        f"{words}.\n"
    )
    tell_of(pair)
    return DONE


def _distorted(
    options: Namespace, reference: Image, metric: Ssim
) -> tuple[float, NDArray[np.float64]]:
    parameters = dict(_parameter(word) for word in options.set)
    name, pixels, white = options.type, reference.pixels, reference.data_range
    if options.mse is not None:
        found = solve_for_mse(
            name, pixels, options.mse, options.seed, data_range=white, parameters=parameters
        )
        return float(found), found.image
    if options.ssim is not None:
        bound = metric.bind(pixels)
        found = solve_for_level(
            name,
            pixels,
            options.ssim,
            lambda image: float(bound.value(image)),
            options.seed,
            measure="an MSSIM",
            data_range=white,
            parameters=parameters,
        )
        return float(found), found.image
    kind = get_distortion(name)
    strength = kind.typical if options.strength is None else options.strength
    distorted = apply(name, pixels, strength, options.seed, data_range=white, parameters=parameters)
    return strength, distorted


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
