"""Distributions in words, as HTML: the values of a map beside those of a region, and poolings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ssim_viewer.features.distributions.shares import PERCENTILES
from ssim_viewer.ui.controls.numbers import NONE, score
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.minima import WorstPlace
    from ssim_viewer.features.distributions.shares import Shares
    from ssim_viewer.features.distributions.state import Lit
    from ssim_viewer.metrics.pooling import Pooled

_CELL = '<td align="right" style="padding-left: 12px">{}</td>'


def shares_html(whole: Shares | None, part: Shares | None, *, with_part: bool) -> str:
    """Return a table of mean, deviation and percentiles, with a column for the region."""
    if whole is None:
        return tr("computing…")
    columns = [_column(whole)]
    head = [tr("whole map")]
    if with_part:
        columns.append(_column(part) if part is not None else [NONE] * len(columns[0]))
        head.append(tr("region"))
    moments = [tr("samples"), tr("mean"), tr("deviation"), tr("minimum")]
    names = [*moments, *(f"{p} %" for p in PERCENTILES), tr("maximum")]
    rows = [("", *head), *zip(names, *columns, strict=True)]
    return _table(rows)


def lit_text(lit: Lit | None, total: int) -> str:
    """Return how many pixels are lit, and their range."""
    if lit is None:
        return ""
    share = 100 * lit.count / max(total, 1)
    numbers = {
        "count": lit.count,
        "share": share,
        "low": score(lit.brushed.low),
        "high": score(lit.brushed.high),
    }
    if lit.brushed.absolute:
        return tr("{count} samples lit, {share:.2f} %: sizes {low} to {high}", **numbers)
    return tr("{count} samples lit, {share:.2f} %: {low} to {high}", **numbers)


def place_text(place: WorstPlace | None, rank: int | None, count: int) -> str:
    """Return which of the worst places is shown, and what its values are."""
    if place is None or rank is None:
        return tr("N goes to the worst place, then to the next one.")
    return tr(
        "{rank} of {count}: {mean} about ({x}, {y}), {value} in its middle",
        rank=rank + 1,
        count=count,
        mean=score(place.mean),
        x=int(place.x),
        y=int(place.y),
        value=score(place.value),
    )


def poolings_html(pooled: tuple[Pooled, ...]) -> str:
    """Return a table with a row for each pooling and who proposed it."""
    rows = [
        f"<tr><td>{escape(tr(each.name))}</td>{_CELL.format(f'<b>{score(each.value)}</b>')}</tr>"
        f'<tr><td colspan="2"><small>{escape(_origin(each))}</small></td></tr>'
        for each in pooled
    ]
    return f'<table cellspacing="0" cellpadding="1" width="100%">{"".join(rows)}</table>'


def _origin(each: Pooled) -> str:
    return tr("{source}; best {best:g}", source=tr(each.source), best=each.best)


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
