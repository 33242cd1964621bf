"""Tables of a run: its own numbers, and the published ones beside them, marked as what they are."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.text import tr
from ssim_viewer.training.loss_terms import parse_loss
from ssim_viewer.training.scoring import SCORES, SYMBOLS, convention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssim_viewer.training.run_file import Run

SOURCE = "Snell et al., ICIP 2017"
PUBLISHED = {
    "Set5": ((28.44, 0.8097), (30.52, 0.8621), (29.57, 0.8350), (30.35, 0.8681)),
    "Set14": ((26.01, 0.7018), (27.53, 0.7512), (26.82, 0.7310), (27.47, 0.7610)),
    "BSD200": ((25.92, 0.6952), (26.87, 0.7378), (26.47, 0.7220), (26.84, 0.7484)),
}
"""PSNR and SSIM of super-resolution by 4, of the cubic interpolation and of three losses."""
PUBLISHED_ROWS = (tr("Bicubic"), "MSE", "MAE", "MS-SSIM")
DECIMALS = {"psnr": 2, "ssim": 4, "ms_ssim": 4, "mse": 2, "mae": 3}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its method, whose numbers these are, and a text for each column."""

    method: str
    source: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a note about what is measured."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str


def table_of(run: Run) -> Table:
    """Return the latest scores of a run, and beside super-resolution by 4 the published ones."""
    here = tr("this run, step {step}", step=run.step)
    rows = []
    if np.isfinite(run.baseline).all():
        rows.append(Row(tr("Bicubic"), here, cells_of(run.baseline)))
    for place, name in enumerate(run.settings.losses):
        title = parse_loss(name).title
        scores = last_scores(run, place)
        stopped = " (stopped)" if name in run.stopped else ""
        rows.append(Row(title + stopped, here, cells_of(scores)))
    if run.settings.network == "sr" and run.settings.factor == 4:
        rows.extend(_published())
    columns = (tr("Loss"), *(SYMBOLS[each] for each in SCORES), tr("Source"))
    notes = [convention(run.settings), *run.settings.notes]
    if len(rows) > len(run.settings.losses) + 1:
        notes.append(
            tr(
                "Numbers of {source}, are on other images: they are no measure of this run.",
                source=SOURCE,
            )
        )
    return Table(columns, tuple(rows), " ".join(notes))


def last_scores(run: Run, place: int) -> Sequence[float]:
    """Return the last scores of a loss that are numbers, in the order of `SCORES`."""
    column = run.curves.scores[:, place]
    known = column[np.isfinite(column[:, 1])]
    return [float(value) for value in known[-1]] if len(known) else [float("nan")] * len(SCORES)


def _published() -> Iterable[Row]:
    for name, numbers in PUBLISHED.items():
        for method, (decibels, similarity) in zip(PUBLISHED_ROWS, numbers, strict=True):
            cells = (f"{decibels:.2f}", f"{similarity:.4f}", "", "", "")
            yield Row(method, tr("{source}, published, {name}", source=SOURCE, name=name), cells)


def cells_of(scores: Iterable[float]) -> tuple[str, ...]:
    """Return scores as text, in the order of `SCORES`."""
    return tuple(
        f"{value:.{DECIMALS[name]}f}" if np.isfinite(value) else "–"
        for name, value in zip(SCORES, scores, strict=True)
    )


def as_csv(table: Table) -> str:
    """Return a table as CSV; its note stands in a last row of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow((row.method, *row.cells, row.source))
    writer.writerow((f"# {table.note}",))
    return text.getvalue()


def as_latex(table: Table) -> str:
    """Return a table as a LaTeX tabular."""
    lines = [
        f"% {table.note}",
        rf"\begin{{tabular}}{{l{'r' * len(SCORES)}l}}",
        r"\hline",
        " & ".join(table.columns) + r" \\",
        r"\hline",
    ]
    for row in table.rows:
        cells = (_escaped(row.method), *row.cells, _escaped(row.source))
        lines.append(" & ".join(cells) + r" \\")
    return "\n".join([*lines, r"\hline", r"\end{tabular}", ""])


def _escaped(text: str) -> str:
    return text.replace("_", r"\_").replace("%", r"\%").replace("–", "--")


def curves_as_csv(run: Run) -> str:
    """Return the curves of a run as CSV: a line for each measurement of each loss."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("step", "loss", "seconds", *SCORES))
    curves = run.curves
    for at, step in enumerate(curves.steps):
        for place, name in enumerate(run.settings.losses):
            scores = (f"{value:.9g}" for value in curves.scores[at, place])
            writer.writerow((int(step), name, f"{curves.seconds[at, place]:.3f}", *scores))
    return text.getvalue()
