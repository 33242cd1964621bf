"""Scores and traces as text, CSV and JSON; who writes them where is left to others.

Numbers stand at full precision in CSV and JSON. JSON knows no infinity: the PSNR of identical
images is null there, and ``inf`` in CSV.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssim_viewer.images import RangeSource
    from ssim_viewer.metrics import Scores


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The scores of one pair, with the names of its images and their common size in pixels.

    The scores are the usual ones, or those of chosen metrics by name. The data range L is told
    where it does not go without saying: where floats may be among the images. The convention is
    that of SSIM, in words. The region's place and scores stand behind, by column.
    """

    reference: str
    distorted: str
    width: int
    height: int
    scores: Scores | Mapping[str, float]
    data_range: float | None = None
    range_source: RangeSource = "type"
    convention: str = ""
    region: Mapping[str, str | float] = field(default_factory=dict)

    def numbers(self) -> dict[str, float]:
        """Return the scores by column."""
        if isinstance(self.scores, Mapping):
            return dict(self.scores)
        return self.scores.as_dict()

    def as_dict(self) -> dict[str, str | int | float]:
        """Return the row by column: names, width, height, then the scores."""
        row: dict[str, str | int | float] = {
            "reference": self.reference,
            "distorted": self.distorted,
            "width": self.width,
            "height": self.height,
            **self.numbers(),
        }
        if self.data_range is not None:
            row |= {"data_range": self.data_range, "data_range_from": self.range_source}
        if self.convention:
            row[CONVENTION] = self.convention
        return row | dict(self.region)


MADE = "made_by"
"""The column of a trace that tells how it was made."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One step of a climb: what is held, MSE by default, and what is varied, SSIM by default."""

    iteration: int
    mse: float
    ssim: float
    step_size: float
    gradient_norm: float


_LABELS = {
    "mse": "MSE",
    "psnr": "PSNR",
    "mae": "MAE",
    "ssim": "MSSIM",
    "luminance": "mean l",
    "contrast": "mean c",
    "structure": "mean s",
}

_SOURCES = {"type": "by type", "guess": "guessed from the values", "given": "given"}

_PAIR_COLUMNS = ("reference", "distorted", "width", "height")

SCORE_COLUMNS = (*_PAIR_COLUMNS, *_LABELS)
"""The names of the numbers of a pair, in order, wherever the usual scores are written."""


CONVENTION = "convention"
"""The column that tells the convention of SSIM in words."""

TEXT_COLUMNS = ("reference", "distorted", "data_range_from", CONVENTION)
"""The columns that hold words; those of a region are not written in bulk."""

RANGE_COLUMNS = ("data_range", "data_range_from")
"""The columns that tell L, and whether it comes from the type, from a guess or from the person."""


def score_columns(metrics: Sequence[str], *, with_range: bool = False) -> tuple[str, ...]:
    """Return the names of the columns of a pair: of the usual scores, unless others were chosen."""
    columns = (*_PAIR_COLUMNS, *metrics) if metrics else SCORE_COLUMNS
    return (*columns, *RANGE_COLUMNS * with_range, CONVENTION)


def scores_as_text(rows: Sequence[ScoreRow]) -> str:
    """Return the scores for reading: one line a number, a blank line between pairs."""
    return "\n\n".join(_block(row) for row in rows) + "\n"


def scores_as_csv(
    rows: Sequence[ScoreRow], *, header: bool = True, columns: Sequence[str] = SCORE_COLUMNS
) -> str:
    """Return the scores as CSV, one line a pair; without the header to go on with a table."""
    lines = [columns] if header else []
    return table_as_csv(*lines, *(row.as_dict().values() for row in rows))


def scores_as_json(rows: Sequence[ScoreRow]) -> str:
    """Return the scores as a JSON array, one object a pair."""
    objects = [{key: _finite(value) for key, value in row.as_dict().items()} for row in rows]
    return json.dumps(objects, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def trace_as_csv(
    steps: Iterable[TraceRow], *, held: str = "mse", varied: str = "ssim", made: str = ""
) -> str:
    """Return a climb as CSV with a header, one line a step, under the names of its two metrics.

    With one metric under both names, its column stands once. How the climb was made, where that is
    told, stands in a column of its own, in its first line.
    """
    columns = ("iteration", held, varied, "step_size", "gradient_norm")
    kept = [i for i, name in enumerate(columns) if name not in columns[:i]]
    lines = [[astuple(step)[i] for i in kept] for step in steps]
    header = [columns[i] for i in kept]
    if made:
        header.append(MADE)
        lines = [[*line, "" if place else made] for place, line in enumerate(lines)]
    return table_as_csv(header, *lines)


def table_as_csv(*lines: Iterable[object]) -> str:
    """Return lines of cells as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def psnr_in_words(psnr: float) -> str:
    """Return a PSNR with its unit; identical images have an infinite one."""
    return f"{psnr:.2f} dB" if math.isfinite(psnr) else "∞ dB"


def _block(row: ScoreRow) -> str:
    scores = row.numbers()
    lines = {
        "Reference": row.reference,
        "Distorted": row.distorted,
        "Size": f"{row.width}×{row.height}",
        **{label: f"{scores[key]:.6g}" for key, label in _LABELS.items()},
        "PSNR": psnr_in_words(scores["psnr"]),
    }
    if row.data_range is not None:
        lines["Data range"] = f"{row.data_range:g} ({_SOURCES[row.range_source]})"
    lines |= {name: f"{value:.6g}" for name, value in scores.items() if name not in _LABELS}
    if row.convention:
        lines["Convention"] = row.convention
    lines |= region_lines(row.region)
    return "\n".join(f"{label:<11}{value}" for label, value in lines.items())


def region_lines(region: Mapping[str, str | float]) -> dict[str, str]:
    """Return the place and the scores of a region by what is read before each."""
    words = {"region": "Region"} | {f"region_{key}": f"  {label}" for key, label in _LABELS.items()}
    return {
        words[key]: value if isinstance(value, str) else f"{value:.6g}"
        for key, value in region.items()
    }


def _finite(value: str | float) -> str | float | None:
    return None if isinstance(value, float) and not math.isfinite(value) else value
