"""``ssim-viewer sweep``: scores against the strength of one distortion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_names import named_metric
from ssim_viewer.cli.metric_options import add_metric_options, metric_from
from ssim_viewer.cli.pairing_options import (
    add_mask_option,
    add_reading_options,
    range_cells,
    read_alone,
    tell_of,
)
from ssim_viewer.cli.progress import tracked
from ssim_viewer.cli.recording import RECORD_HELP, recorded
from ssim_viewer.cli.terminal import display_path, say, write_result
from ssim_viewer.cli.values import count, number
from ssim_viewer.distortions import get_distortion
from ssim_viewer.images import write_text
from ssim_viewer.metrics import catalogue, restricted_metric
from ssim_viewer.reports.animation import check
from ssim_viewer.reports.films import sweep_film
from ssim_viewer.reports.sweep import strengths_of, sweep
from ssim_viewer.session.report import table_as_csv

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    add("--type", required=True, metavar="NAME", help="the distortion; `distort --list` has all")
    add("--points", type=count, default=33, metavar="N", help="strengths (default %(default)s)")
    add("--largest", type=number, metavar="S", help="the last strength")
    add("--seed", type=count, default=0, metavar="N", help="of a random type (default 0)")
    add(
        "--metric",
        action="append",
        metavar="NAME|all",
        help="may be given more than once (default mse, psnr, ssim)",
    )
    add("--output", type=Path, metavar="FILE.csv", help="by default the table is printed")
    add("--record", type=Path, metavar="FILE", help=RECORD_HELP)
    add("--force", action="store_true", help="overwrite files that exist")
    add_reading_options(parser)
    add_mask_option(parser, changes=False)
    add_metric_options(parser)


def run(options: Namespace) -> int:
    """Sweep and write the table."""
    if options.record is not None:
        check(options.record)
    targets = [path for path in (options.output, options.record) if path is not None]
    require_writable(targets, force=options.force)
    pair = read_alone(options, options.reference)
    reference = pair.reference
    ssim = metric_from(options, reference.data_range)
    names = options.metric or ["mse", "psnr", "ssim"]
    if "all" in names:
        names = [*catalogue()]
    kind = get_distortion(options.type)
    named = {name: named_metric(name, ssim) for name in names}
    bound = {
        name: restricted_metric(each.metric, pair.mask).bind(reference.pixels)
        for name, each in named.items()
    }
    strengths = strengths_of(kind.name, options.points, options.largest)
    points = list(
        tracked(
            sweep(reference, kind.name, strengths, bound, seed=options.seed),
            len(strengths),
            "Distorting",
        )
    )
    measure = f"{kind.measure} / {kind.unit}" if kind.unit else kind.measure
    columns, told = range_cells(pair)
    rows = [[point.strength, *point.values.values(), *told] for point in points]
    text = table_as_csv([measure, *names, *columns], *rows)
    if options.output is None:
        write_result(text)
    else:
        write_text(options.output, text)
        write_result(f"{len(rows)} strengths in “{display_path(options.output)}”.\n")
    if options.record is not None:
        shown = "ssim" if "ssim" in names else names[0]
        better = "higher" if named[shown].metric.higher_is_better else "lower"
        map_of = restricted_metric(ssim, pair.mask).bind(reference.pixels)
        film = sweep_film(
            reference,
            lambda: map_of,
            {kind.name: [(point.strength, point.values) for point in points]},
            seed=options.seed,
            y=shown,
            labels=(measure, f"{named[shown].symbol}, {better} is better"),
        )
        say(recorded(options.record, film))
    tell_of(pair)
    return DONE


COMMAND = Command(
    "sweep",
    "scores against the strength of one distortion, as CSV",
    "Distort an image more and more by one type of distortion, and measure it at each strength.",
    add_options,
    run,
)
