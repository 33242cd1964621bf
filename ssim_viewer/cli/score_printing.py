"""Scores on standard output: a table for reading, JSON, or CSV."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, Self

from rich.table import Table
from rich.text import Text

from ssim_viewer.cli.metric_names import symbol_of
from ssim_viewer.cli.terminal import result_console, write_result
from ssim_viewer.session.report import SCORE_COLUMNS, psnr_in_words, scores_as_csv, scores_as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.cli.scorer import Scored

Form = Literal["table", "json", "csv"]


class Report(Protocol):
    """Where scores go; entered to begin, left to end."""

    def add(self, scored: Scored) -> None:
        """Take the scores of a pair."""

    def finish(self) -> None:
        """Bring out what was kept back until all are there."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Printed:
    """Scores on standard output: all at the end, or CSV line by line when it is streamed."""

    def __init__(
        self, form: Form, *, streamed: bool, columns: Sequence[str] = SCORE_COLUMNS
    ) -> None:
        self._form, self._columns = form, columns
        self._streamed = streamed and form == "csv"
        self._kept: list[Scored] = []

    def __enter__(self) -> Self:
        if self._streamed:
            write_result(scores_as_csv([], columns=self._columns))
        return self

    def __exit__(self, *_: object) -> None: ...

    def add(self, scored: Scored) -> None:
        """Print the scores, or keep them until all are there."""
        if self._streamed:
            write_result(scores_as_csv([scored.row], header=False))
        else:
            self._kept.append(scored)

    def finish(self) -> None:
        """Print what was kept."""
        rows = [each.row for each in self._kept]
        if self._form == "json":
            write_result(scores_as_json(rows))
        elif self._form == "table":
            _print_table(self._kept)
        elif not self._streamed:
            write_result(scores_as_csv(rows, columns=self._columns))


def _print_table(scored: Sequence[Scored]) -> None:
    """Print the scores under their convention; a single reference stands in the title."""
    if not scored:
        return
    references = {each.row.reference for each in scored}
    title = "; ".join(dict.fromkeys(each.convention for each in scored))
    if len(references) == 1:
        title = f"{Path(*references).name} — {title}"
    table = Table(title=Text(title), title_justify="left")
    if len(references) > 1:
        table.add_column("reference", overflow="fold")
    table.add_column("distorted", overflow="fold")
    for heading in ("size", *_headings(scored[0])):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in scored:
        names = (each.row.reference, each.row.distorted)
        table.add_row(*map(Text, names if len(references) > 1 else names[1:]), *_cells(each))
    result_console().print(table)


def _headings(each: Scored) -> list[str]:
    if isinstance(each.row.scores, Mapping):
        return [symbol_of(name) for name in each.row.scores]
    return ["MSE", "PSNR", "MAE", "MSSIM", "l", "c", "s"]


def _cells(each: Scored) -> list[str]:
    row, scores = each.row, each.row.scores
    if isinstance(scores, Mapping):
        return [f"{row.width}×{row.height}", *(f"{value:.6g}" for value in scores.values())]
    parts = (scores.ssim, scores.luminance, scores.contrast, scores.structure)
    return [
        f"{row.width}×{row.height}",
        f"{scores.mse:.6g}",
        psnr_in_words(scores.psnr),
        f"{scores.mae:.6g}",
        *("–" if math.isnan(part) else f"{part:.4f}" for part in parts),
    ]
