"""Maps of the parts in one colour scale, and their numbers as tables of rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssim_viewer.features.gradient_parts.state import QUANTITIES, Driver
from ssim_viewer.metrics.maps.spec import MapKind
from ssim_viewer.session.map_scale import Table
from ssim_viewer.ui.controls.numbers import fixed
from ssim_viewer.ui.pane.color_tables import table_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.features.gradient_parts.state import Parts, Paths

SEEN = 99.0
"""Per cent of the samples of the whole gradient that lie within the colour scale."""


def part_colors(parts: Parts | None) -> dict[str, NDArray[np.uint8]]:
    """Return the maps as (H, W, 3) uint8, blue below 0 and red above, in one scale."""
    if parts is None:
        return {}
    end = float(np.percentile(np.abs(parts.maps[Driver.GRADIENT]), SEEN)) or 1.0
    table = table_of(MapKind.SIGNED, Table.USUAL, (-end, end))
    last = len(table) - 1
    return {
        name: table[np.rint(np.clip(0.5 + values / (2 * end), 0, 1) * last).astype(np.intp)]
        for name, values in parts.maps.items()
    }


def table_of_parts(parts: Parts | None, colors: Mapping[Driver, str]) -> str:
    """Return the lengths of the gradient and of its shares, in per cent of the whole."""
    if parts is None:
        return ""
    whole = parts.rows[Driver.GRADIENT].length or 1.0
    head = (tr("length"), tr("toward reference"), tr("along the sphere"), tr("share of the climb"))
    rows = {
        driver: (row.length / whole, row.toward / whole, row.along / whole, row.share)
        for driver, row in parts.rows.items()
    }
    cells: dict[str, list[str]] = {
        driver: [f"{fixed(round(100 * value, 1) + 0.0, 1)} %" for value in row]
        for driver, row in rows.items()
    }
    return _table(tr("|gradient| {whole:.3g}", whole=whole), head, cells, colors)


def table_of_climbs(paths: Paths | None, colors: Mapping[Driver, str]) -> str:
    """Return the means at the latest step of each climb, and at the start."""
    if paths is None:
        return ""
    head = ("MSSIM", "l", "c", "s")
    cells: dict[str, list[str]] = {
        driver: [fixed(path.means[name][-1], 4) for name in QUANTITIES]
        for driver, path in paths.paths.items()
    }
    first = paths.paths[Driver.GRADIENT]
    start = [fixed(first.means[name][0], 4) for name in QUANTITIES]
    return _table(
        tr("at MSE {mse:.6g}", mse=first.mse), head, {QT_TR_NOOP("start"): start, **cells}, colors
    )


def _table(
    corner: str,
    head: Sequence[str],
    rows: Mapping[str, Sequence[str]],
    colors: Mapping[Driver, str],
) -> str:
    lines = ["".join(f"<td align=right>&nbsp;&nbsp;{each}</td>" for each in head)]
    for name, cells in rows.items():
        color = colors.get(Driver(name)) if name in [*Driver] else None
        style = f' style="color: {color}; font-weight: 600"' if color else ""
        numbers = "".join(f"<td align=right>&nbsp;&nbsp;{each}</td>" for each in cells)
        lines.append(f"<td{style}>{tr(name)}</td>{numbers}")
    lines[0] = f"<td>{corner}</td>{lines[0]}"
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
