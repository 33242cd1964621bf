"""``ssim-viewer report``: many candidates against one reference, as one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssim_viewer.cli.command import Command
from ssim_viewer.cli.errors import DONE, SOME_FAILED, CommandError
from ssim_viewer.cli.files import require_writable
from ssim_viewer.cli.metric_options import add_metric_options, metric_from
from ssim_viewer.cli.pairing_options import add_pairing_options, pairing_from
from ssim_viewer.cli.progress import tracked
from ssim_viewer.cli.terminal import display_path, say, write_result
from ssim_viewer.images import READABLE_SUFFIXES, ImageError, read_image, write_text
from ssim_viewer.metrics import MetricError
from ssim_viewer.reports.candidates import (
    ALWAYS,
    CandidateScores,
    candidate_rows,
    judge,
    similarity_map,
)
from ssim_viewer.reports.html_report import ReportEntry, html_report, report_entry
from ssim_viewer.session.report import table_as_csv

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import Ssim


def add_options(parser: ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("reference", type=Path, metavar="REF")
    add("candidates", type=Path, nargs="+", metavar="DIST|FOLDER")
    add("--output", type=Path, required=True, metavar="FILE.html", help="pictures inside")
    add("--table", type=Path, metavar="FILE.csv", help="the numbers")
    add("--metric", action="append", default=[], metavar="NAME", help="beside MSE, PSNR, MSSIM")
    add("--force", action="store_true", help="overwrite files that exist")
    add_pairing_options(parser)
    add_metric_options(parser)


def run(options: Namespace) -> int:
    """Judge every candidate and write the page; some that cannot be read are told at the end."""
    if options.output.suffix.lower() not in {".html", ".htm"}:
        raise CommandError("--output needs a name that ends in .html.")
    targets = (path for path in (options.output, options.table) if path is not None)
    require_writable(targets, force=options.force)
    reference = read_image(options.reference, profile=options.profile)
    metric = metric_from(options, reference.data_range)
    files = [*_files(options.candidates, options.reference)]
    if not files:
        raise CommandError("There is no image among the candidates.")
    entries = [*tracked(_entries(files, reference, metric, options), len(files), "Judging")]
    entries.sort(key=lambda entry: -entry.scores.values.get("ssim", -2.0))
    names = [*ALWAYS, *options.metric]
    said = (entry.scores.convention for entry in entries if entry.scores.convention)
    words = next(said, metric.describe(reference.pixels.shape))
    page = html_report(reference, entries, names, words)
    write_text(options.output, page)
    if options.table is not None:
        rows = candidate_rows([entry.scores for entry in entries], names)
        write_text(options.table, table_as_csv(*rows))
    failed = [entry.scores for entry in entries if not entry.scores.values]
    write_result(f"{len(entries) - len(failed)} candidates in “{display_path(options.output)}”.\n")
    _tell([entry.scores for entry in entries])
    for scores in failed:
        say(f"{scores.name}: {scores.problem}")
    return SOME_FAILED if failed else DONE


def _tell(candidates: list[CandidateScores]) -> None:
    """Say what is to be said of the pairs: once, and of whom where it is not of all."""
    for note in dict.fromkeys(note for scores in candidates for note in scores.notes):
        names = [scores.name for scores in candidates if note in scores.notes]
        say(note if len(names) == len(candidates) else f"{', '.join(names)}: {note}")


def _files(paths: list[Path], reference: Path) -> Iterator[Path]:
    """Yield the files, and the images of folders in order of their names."""
    for path in paths:
        if path.is_dir():
            suffixes = {each.lower() for each in READABLE_SUFFIXES}
            inside = (each for each in sorted(path.iterdir()) if each.suffix.lower() in suffixes)
            yield from (each for each in inside if each.resolve() != reference.resolve())
        else:
            yield path


def _entries(
    files: list[Path], reference: Image, metric: Ssim, options: Namespace
) -> Iterator[ReportEntry]:
    pairing = pairing_from(options)
    for file in files:
        try:
            image = read_image(file, profile=options.profile)
            pair = pairing.pair(reference, image)
            scores = judge(
                reference,
                image,
                metric,
                others=options.metric,
                pairing=pairing,
            )
            found = similarity_map(pair, metric)
        except (ImageError, MetricError) as error:
            yield ReportEntry(CandidateScores(file.name, file, problem=str(error)))
        else:
            yield report_entry(scores, pair.distorted.pixels, pair.reference.data_range, found)


COMMAND = Command(
    "report",
    "many candidates against one reference, as one HTML page",
    "Judge distorted images against their reference and write one HTML page with pictures, SSIM "
    "maps, scores and convention, from the best to the worst.",
    add_options,
    run,
)
