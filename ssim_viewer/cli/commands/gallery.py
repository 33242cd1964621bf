"""``ssim-viewer gallery``: many distortions at one MSE, on one contact sheet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_options import add_metric_options, metric_from
from ssim_viewer.cli.pairing_options import (
    add_mask_option,
    add_reading_options,
    range_cells,
    read_alone,
    tell_of,
)
from ssim_viewer.cli.progress import tracked
from ssim_viewer.cli.terminal import display_path, say, write_result
from ssim_viewer.cli.values import count, number, positive
from ssim_viewer.distortions import catalogue, get_distortion
from ssim_viewer.images import write_bytes, write_text
from ssim_viewer.reports.contact_sheet import contact_sheet
from ssim_viewer.reports.gallery import (
    CLASSIC,
    by_quality,
    gallery,
    gallery_rows,
    reference_panel,
)
from ssim_viewer.session.range_words import convention
from ssim_viewer.session.report import table_as_csv

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ssim_viewer.reports.gallery import Measure


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    level = parser.add_mutually_exclusive_group(required=True)
    level.add_argument("--mse", type=positive, metavar="M", help="the MSE of every image")
    level.add_argument("--ssim", type=number, metavar="V", help="the MSSIM of every image")
    add(
        "--types",
        default="classic",
        metavar="NAMES",
        help="names joined by commas, classic (six, the default), or all",
    )
    add("--seed", type=count, default=0, metavar="N", help="of random types (default 0)")
    add("--columns", type=count, default=0, metavar="N", help="of pictures (chosen by default)")
    add("--no-maps", action="store_true", help="leave the SSIM maps out")
    add("--output", type=Path, required=True, metavar="FILE.png", help="the contact sheet")
    add("--table", type=Path, metavar="FILE.csv", help="the numbers")
    add("--force", action="store_true", help="overwrite files that exist")
    add_reading_options(parser)
    add_mask_option(parser, changes=False)
    add_metric_options(parser)


def run(options: Namespace) -> int:
    """Make the gallery and write it."""
    if options.output.suffix.lower() != ".png":
        raise CommandError("--output needs a name that ends in .png.")
    targets = (path for path in (options.output, options.table) if path is not None)
    require_writable(targets, force=options.force)
    pair = read_alone(options, options.reference)
    reference = pair.reference
    metric = metric_from(options, reference.data_range)
    measure: Measure = "mse" if options.mse is not None else "ssim"
    level = options.mse if options.mse is not None else options.ssim
    names = _names(options.types, colored=reference.channels == 3)
    panels = tracked(
        gallery(
            reference,
            names,
            level,
            metric,
            measure=measure,
            seed=options.seed,
            counts=pair.mask,
        ),
        len(names),
        "Distorting",
    )
    found = [reference_panel(reference, metric, pair.mask), *by_quality(panels)]
    symbol = "MSE" if measure == "mse" else "MSSIM"
    sheet = contact_sheet(
        found,
        reference.data_range,
        title=f"{reference.name} at {symbol} {level:g}",
        subtitle=convention(metric, reference.pixels.shape, pair.range_source, pair.mask),
        columns=options.columns,
        maps=not options.no_maps,
    )
    stream = io.BytesIO()
    sheet.save(stream, "PNG")
    write_bytes(options.output, stream.getvalue())
    if options.table is not None:
        columns, told = range_cells(pair)
        head, *rows = gallery_rows(found)
        write_text(options.table, table_as_csv([*head, *columns], *([*row, *told] for row in rows)))
    made = sum(panel.pixels is not None for panel in found) - 1
    write_result(f"{made} images at {symbol} {level:g} in “{display_path(options.output)}”.\n")
    for panel in found:
        if panel.problem:
            say(panel.problem)
    tell_of(pair)
    return DONE


def _names(words: str, *, colored: bool) -> list[str]:
    if words == "classic":
        return [*CLASSIC]
    if words == "all":
        return [name for name, kind in catalogue().items() if colored or not kind.needs_color]
    return [get_distortion(word.strip()).name for word in words.split(",")]


COMMAND = Command(
    "gallery",
    "many distortions of one image at one MSE, on one sheet",
    "Distort an image in many ways, all at one MSE or MSSIM, and draw a contact sheet of them with "
    "their SSIM maps, from the best to the worst.",
    add_options,
    run,
)
