"""``ssim-viewer score``: the numbers of distorted images, and their maps as files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ssim_viewer.cli.files import make_folder, notes_of, read_pair, require_writable
from ssim_viewer.cli.metric_options import metric_from
from ssim_viewer.cli.terminal import (
    display_path,
    progress_console,
    result_console,
    say,
    write_result,
)
from ssim_viewer.images import read_image, write_array
from ssim_viewer.metrics import Evaluation, Quantity, evaluate
from ssim_viewer.session.report import ScoreRow, psnr_in_words, scores_as_csv, scores_as_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from ssim_viewer.images import Image

MAPS = (Quantity.SSIM, Quantity.LUMINANCE, Quantity.CONTRAST, Quantity.STRUCTURE)


@dataclass(frozen=True, slots=True)
class Scored:
    """One distorted image: its row, the convention in words, and what a person should know."""

    row: ScoreRow
    convention: str
    notes: tuple[str, ...]


def run_score(options: Namespace) -> int:
    """Score every distorted image, then print: nothing is printed unless all could be scored."""
    targets = _map_files(options)
    reference = read_image(options.reference)
    if options.maps is not None:
        make_folder(options.maps)
    require_writable((file for files in targets for file in files.values()), force=options.force)
    with progress_console().status("Scoring …"):
        scored = list(_scored(options, reference, targets))
    rows = [each.row for each in scored]
    if options.json:
        write_result(scores_as_json(rows))
    elif options.csv:
        write_result(scores_as_csv(rows))
    else:
        _print_table(reference, scored)
    for note in dict.fromkeys([*notes_of(reference), *(n for each in scored for n in each.notes)]):
        say(note)
    return 0


def _scored(
    options: Namespace, reference: Image, targets: list[dict[Quantity, Path]]
) -> Iterator[Scored]:
    bound, bound_to = None, None
    for path, files in zip(options.distorted, targets, strict=True):
        pair = read_pair(reference, path, options.align)
        if bound is None or bound_to is not pair.reference:
            metric = metric_from(options, pair.reference.data_range)
            bound, bound_to = metric.bind(pair.reference.pixels), pair.reference
        found = evaluate(bound, pair.distorted.pixels, files)
        for quantity, file in files.items():
            write_array(file, found.maps[quantity])
        yield _entry(options, path, pair.distorted, found, (*pair.notes, *found.notes))


def _entry(
    options: Namespace, path: Path, image: Image, found: Evaluation, notes: tuple[str, ...]
) -> Scored:
    row = ScoreRow(
        display_path(options.reference),
        display_path(path),
        image.width,
        image.height,
        found.scores,
    )
    said = (*notes_of(image), *(f"{image.name}: {note}" for note in notes))
    return Scored(row, found.metric.describe(image.pixels.shape), said)


def _map_files(options: Namespace) -> list[dict[Quantity, Path]]:
    """Return the file of each map of each distorted image; equal names get a number."""
    if options.maps is None:
        return [{} for _ in options.distorted]
    taken: set[str] = set()
    files = []
    for path in options.distorted:
        stem, number = path.stem, 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{path.stem}-{number}"
        taken.add(stem.casefold())
        files.append({q: options.maps / f"{stem}-{q.lower()}.tif" for q in MAPS})
    return files


def _print_table(reference: Image, scored: list[Scored]) -> None:
    conventions = dict.fromkeys(each.convention for each in scored)
    table = Table(title=Text(f"{reference.name} — {'; '.join(conventions)}"), title_justify="left")
    table.add_column("distorted", overflow="fold")
    for heading in ("size", "MSE", "PSNR", "MAE", "MSSIM", "l", "c", "s"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in scored:
        scores = each.row.scores
        parts = (scores.ssim, scores.luminance, scores.contrast, scores.structure)
        table.add_row(
            Text(each.row.distorted),
            f"{each.row.width}×{each.row.height}",
            f"{scores.mse:.6g}",
            psnr_in_words(scores.psnr),
            f"{scores.mae:.6g}",
            *(f"{part:.4f}" for part in parts),
        )
    result_console().print(table)
