"""What ``ssim-viewer score`` can be asked for: pairs, forms of the result, who does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.pairing_options import EACH
from ssim_viewer.cli.pairs import written_maps
from ssim_viewer.cli.values import count_from_one, typed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SCORE_EPILOG = """\
Two folders are searched with all below them. A distorted image belongs to the reference with the
same path inside its folder (b/c.png to b/c.png), else to the only one whose path is the same but
for the suffix (b/c.jpg to b/c.png). References without a distorted image are left out.

A table for --pairs has the columns reference and distorted; relative paths in it start at its own
folder.

Of images named one by one, the first that cannot be scored ends the command and nothing is printed.
With folders, --pairs or --output each row is written as it comes, a bad pair is told in a line at
the end, and Ctrl+C keeps what was done.

Exit status: 0 when done, 1 when some of many pairs failed, 2 with one line on standard error when
nothing could begin, 130 after Ctrl+C.
"""


def add_score_options(parser: ArgumentParser) -> None:
    """Add the pairs, the forms of the result, and who does the work."""
    add = parser.add_argument
    add("reference", type=Path, nargs="?", metavar="REF", help="an image, or a folder of images")
    add("distorted", type=Path, nargs="*", metavar="DIST", help="as many as there are, likewise")
    add("--pairs", type=Path, metavar="FILE.csv", help="score the pairs of a table")
    add(
        "--json",
        action="store_true",
        help="always an array, one object a distorted image, at full precision; "
        "the infinite PSNR of identical images is null",
    )
    add(
        "--conventions",
        action="store_true",
        help="the score under every convention there is, by the program that has it, and what "
        "differs; of images named one by one",
    )
    add(
        "--matching",
        type=typed,
        metavar="NUMBER",
        help="with --conventions, only those that agree with a number in all its digits",
    )
    add("--csv", action="store_true", help="with a header, at full precision")
    add("--output", type=Path, metavar="FILE.csv", help="write CSV into a file as scores come")
    add(
        "--resume",
        action="store_true",
        help="go on with the file of --output: pairs in it are left out; choose the same metric",
    )
    add(
        "--metric",
        action="append",
        default=[],
        metavar="NAME",
        help="score by this metric instead of the usual ones; may be given again; all: by every "
        "one there is (see --list-metrics); settings may follow: ms-ssim:negative=signed",
    )
    add("--maps", type=Path, metavar="FOLDER", help="write float32 TIFF maps of SSIM and l, c, s")
    add(
        "--map",
        action="append",
        default=[],
        metavar="NAME",
        help="with --maps, write this map instead of those; may be given again; all: every one "
        f"there is: {', '.join(name.replace(' ', '-') for name in written_maps())}",
    )
    workers = parser.add_mutually_exclusive_group()
    workers.add_argument(
        "--jobs",
        type=count_from_one,
        metavar="N",
        help="processes that score at the same time (default: one for each core)",
    )
    workers.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="let a running Dask cluster score; its workers see the same files by the same paths",
    )


def require_sense(options: Namespace) -> None:
    """Make sure that the options go together.

    Raises
    ------
    CommandError
        Naming what does not.
    """
    if options.pairs is not None and options.reference is not None:
        raise CommandError("Give images or folders, or a table with --pairs, not both.")
    if options.pairs is None and not options.distorted:
        missing = "REF, DIST" if options.reference is None else "DIST"
        raise CommandError(
            f"the following arguments are required: {missing} (see ssim-viewer score --help)"
        )
    if options.json and (options.csv or options.output is not None):
        other = "--csv" if options.csv else "--output, which writes CSV"
        raise CommandError(f"--json is not allowed with {other}.")
    if options.matching is not None and not options.conventions:
        raise CommandError("--matching chooses among --conventions; give both.")
    if options.conventions:
        for name in ("pairs", "output", "maps", "dask"):
            if getattr(options, name) is not None:
                raise CommandError(f"--conventions is not allowed with --{name}.")
        if options.metric:
            raise CommandError("--conventions is not allowed with --metric.")
    _require_one_channel(options)
    if options.resume and options.output is None:
        raise CommandError("--resume goes on with a file; name it with --output FILE.csv.")


def _require_one_channel(options: Namespace) -> None:
    if options.channel == EACH and (options.conventions or options.maps is not None):
        other = "--conventions" if options.conventions else "--maps"
        raise CommandError(f"--channel each is not allowed with {other}; choose one channel.")
