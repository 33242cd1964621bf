"""Quality against rate: a point a candidate, a curve for each kind of file; a click shows it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.reports.bd_rate import bd_rate
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssim_viewer.features.candidates.table import Row
    from ssim_viewer.ui.theme.colors import Colors

SIZE = 9


class RatePlot(QWidget):
    """Draws one score against bits per pixel.

    Signals
    -------
    chosen
        Carries the row of a point that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name_control(
            self, "candidates_rate", tr("Quality against rate"), tr("A click shows a candidate.")
        )
        self._colors = LIGHT
        self._plot = calm_plot(self.font())
        self._words = muted_label(wrap=True)
        self._words.setObjectName("candidates_bd_rate")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._plot, 1)
        column.addWidget(self._words)
        self._words.setContentsMargins(8, 0, 8, 4)
        self._shown: tuple[Sequence[Row], str, str] = ((), "ssim", "MSSIM")

    def show_rows(self, rows: Sequence[Row], score: str, title: str) -> None:
        """Draw one score of the rows that have a rate."""
        self._shown = (rows, score, title)
        self._plot.clear()
        families = _families(rows, score)
        for number, (kind, found) in enumerate(families.items()):
            color = run_color(self._colors, number)
            points = sorted(found, key=lambda point: point[0])
            self._plot.plot(
                [x for x, _, _ in points], [y for _, y, _ in points], pen=pg.mkPen(color, width=1)
            )
            dots = pg.ScatterPlotItem(
                [x for x, _, _ in points],
                [y for _, y, _ in points],
                data=[row for _, _, row in points],
                size=SIZE,
                brush=color,
                pen=None,
                hoverable=True,
                tip=lambda x, y, data: tr(
                    "{name}\n{x:.3f} bit/px, {title} {y:.4f}", name=data.name, x=x, title=title, y=y
                ),
            )
            dots.sigClicked.connect(self._click)
            dots.setToolTip(tr(kind))
            self._plot.addItem(dots)
        self._frame(families)
        paint_axes(self._plot, self._colors, title, tr("bits per pixel"))
        self._words.setText(_words(families, self._colors))

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        self._colors = colors
        self.show_rows(*self._shown)

    def _frame(self, families: Mapping[str, Sequence[tuple[float, float, Row]]]) -> None:
        points = [point for found in families.values() for point in found]
        if not points:
            self._plot.setXRange(0, 1)
            self._plot.setYRange(0, 1)
            return
        xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
        room = 0.06 * (max(ys) - min(ys) or abs(max(ys)) or 1.0)
        self._plot.setXRange(0, 1.06 * max(xs))
        self._plot.setYRange(min(ys) - room, max(ys) + room)

    def _click(self, _plot: Any, points: Sequence[Any], _event: Any = None) -> None:
        if len(points):
            self.chosen.emit(points[0].data())


def _families(rows: Sequence[Row], score: str) -> dict[str, list[tuple[float, float, Row]]]:
    """Return rate, finite score and row of each kind of file, the largest kind first."""
    found: dict[str, list[tuple[float, float, Row]]] = {}
    for row in rows:
        scores = row.scores
        if scores is None or scores.path is None or score not in scores.values:
            continue
        if not math.isfinite(scores.values[score]):
            continue  # no place on the plot, as the PSNR of a copy
        kind = scores.path.suffix.lower().lstrip(".") or "other"
        found.setdefault(kind, []).append((scores.bits_per_pixel, scores.values[score], row))
    return dict(sorted(found.items(), key=lambda family: -len(family[1])))


def _words(families: Mapping[str, Sequence[tuple[float, float, Row]]], colors: Colors) -> str:
    """Return the legend, with the BD-rate of each kind against the first."""
    if not families:
        return tr("Files appear here against their rate; higher and farther left is better.")
    (first, anchor), *others = families.items()
    parts = [f"<span style='color:{run_color(colors, 0)}'>●</span> {first}"]
    for number, (kind, found) in enumerate(others, 1):
        rate = bd_rate([point[:2] for point in anchor], [point[:2] for point in found])
        words = (
            ""
            if rate is None
            else tr(": BD-rate {rate:+.1f} % against {first}", rate=rate, first=first)
        )
        color = run_color(colors, number)
        parts.append(f"<span style='color:{color}'>●</span> {kind}{words}")
    return " &nbsp; ".join(parts)
