"""Distributions in words, as HTML: the values of a map beside those of a region, and poolings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ssim_viewer.features.distributions.shares import PERCENTILES
from ssim_viewer.ui.controls.numbers import NONE, score

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.minima import WorstPlace
    from ssim_viewer.features.distributions.shares import Shares
    from ssim_viewer.features.distributions.state import Lit
    from ssim_viewer.metrics.pooling import Pooled

_CELL = '<td align="right" style="padding-left: 12px">{}</td>'


def shares_html(whole: Shares | None, part: Shares | None, *, with_part: bool) -> str:
    """Return a table of mean, deviation and percentiles, with a column for the region."""
    if whole is None:
        return "computing…"
    columns = [_column(whole)]
    head = ["whole map"]
    if with_part:
        columns.append(_column(part) if part is not None else [NONE] * len(columns[0]))
        head.append("region")
    names = ["samples", "mean", "deviation", "minimum", *(f"{p} %" for p in PERCENTILES), "maximum"]
    rows = [("", *head), *zip(names, *columns, strict=True)]
    return _table(rows)


def lit_text(lit: Lit | None, total: int) -> str:
    """Return how many pixels are lit, and their range."""
    if lit is None:
        return ""
    share = 100 * lit.count / max(total, 1)
    sizes = "sizes " if lit.brushed.absolute else ""
    low, high = score(lit.brushed.low), score(lit.brushed.high)
    return f"{lit.count} samples lit, {share:.2f} %: {sizes}{low} to {high}"


def place_text(place: WorstPlace | None, rank: int | None, count: int) -> str:
    """Return which of the worst places is shown, and what its values are."""
    if place is None or rank is None:
        return "N goes to the worst place, then to the next one."
    return (
        f"{rank + 1} of {count}: {score(place.mean)} about ({int(place.x)}, {int(place.y)}), "
        f"{score(place.value)} in its middle"
    )


def poolings_html(pooled: tuple[Pooled, ...]) -> str:
    """Return a table with a row for each pooling and who proposed it."""
    rows = [
        f"<tr><td>{escape(each.name)}</td>{_CELL.format(f'<b>{score(each.value)}</b>')}</tr>"
        f'<tr><td colspan="2"><small>{escape(each.source)}; best {each.best:g}</small></td></tr>'
        for each in pooled
    ]
    return f'<table cellspacing="0" cellpadding="1" width="100%">{"".join(rows)}</table>'


def _column(shares: Shares) -> list[str]:
    numbers = (
        shares.mean,
        shares.deviation,
        shares.least,
        *shares.percentiles,
        shares.greatest,
    )
    return [str(shares.count), *(score(each) for each in numbers)]


def _table(rows: list[tuple[str, ...]]) -> str:
    lines = (
        f"<tr><td>{first}</td>{''.join(_CELL.format(cell) for cell in cells)}</tr>"
        for first, *cells in rows
    )
    return f'<table cellspacing="0" cellpadding="1">{"".join(lines)}</table>'
