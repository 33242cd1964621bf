"""``ssim-viewer score --conventions``: one pair, its scores under every convention."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ssim_viewer.cli.errors import DONE, CommandError
from ssim_viewer.cli.files import notes_of, read_pair
from ssim_viewer.cli.pairing_options import pairing_from
from ssim_viewer.cli.terminal import result_console, say, write_result
from ssim_viewer.images import read_image
from ssim_viewer.metrics.conventions import convention_scores, matching
from ssim_viewer.session.report import table_as_csv

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from ssim_viewer.metrics.conventions import ConventionScore

COLUMNS = ("distorted", "convention", "value", "differs", "origin")
DIGITS = 6


def run_conventions(options: Namespace) -> int:
    """Print the scores of every image under every convention, or those that agree with a number."""
    if options.reference.is_dir():
        raise CommandError("--conventions takes images named one by one, not folders.")
    found = {str(path): _scores(options, path) for path in options.distorted}
    rows = [(name, each) for name, scores in found.items() for each in scores]
    if options.json:
        write_result(json.dumps([_as_object(name, each) for name, each in rows], indent=2) + "\n")
    elif options.csv:
        write_result(table_as_csv(COLUMNS, *(_as_row(name, each) for name, each in rows)))
    else:
        for name, scores in found.items():
            _print(name, scores)
    if not rows and options.matching is not None:
        say("No convention agrees with this number in all its digits.")
    return DONE


def _scores(options: Namespace, path: Path) -> list[ConventionScore]:
    pair = read_pair(
        read_image(options.reference, profile=options.profile),
        path,
        pairing_from(options),
        profile=options.profile,
    )
    for note in (*notes_of(pair.reference, pair.distorted), *pair.notes):
        say(note)
    scores = list(
        convention_scores(
            pair.reference.pixels,
            pair.distorted.pixels,
            float(pair.reference.data_range),
            pair.mask,
        )
    )
    if options.matching is None:
        return scores
    names = matching(scores, options.matching)
    return [each for each in scores if each.convention.name in names]


def _print(name: str, scores: list[ConventionScore]) -> None:
    table = Table(title=Text(name), title_justify="left")
    table.add_column("convention", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("what differs")
    table.add_column("origin")
    for each in scores:
        value = "–" if math.isnan(each.value) else f"{each.value:.{DIGITS}f}"
        words = each.problem or each.convention.difference
        table.add_row(*map(Text, (each.convention.name, value, words, each.convention.origin)))
    result_console().print(table)


def _as_row(name: str, each: ConventionScore) -> tuple[object, ...]:
    value = "" if math.isnan(each.value) else each.value
    words = each.problem or each.convention.difference
    return name, each.convention.name, value, words, each.convention.origin


def _as_object(name: str, each: ConventionScore) -> dict[str, object]:
    return {
        "distorted": name,
        "convention": each.convention.name,
        "value": None if math.isnan(each.value) else each.value,
        "differs": each.problem or each.convention.difference,
        "origin": each.convention.origin,
        "settings": each.convention.metric.describe(),
    }
