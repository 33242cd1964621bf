"""How candidates rank by each score, as a slope chart: lines cross where scores disagree."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.features.candidates.ranks import crossings, ranks_of
from ssim_viewer.reports.candidates import TITLES
from ssim_viewer.session.family import symbol_of
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.features.candidates.table import Row
    from ssim_viewer.ui.theme.colors import Colors

SIZE, SMALL_SIZE, MANY = 9, 5, 12
"""Diameters of dots in logical pixels, the second one from so many rows on."""


class RankPlot(QWidget):
    """Draws a line a candidate over an upright axis for each score.

    Signals
    -------
    chosen
        Carries the row of a dot that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name_control(
            self,
            "candidates_ranks",
            tr("Ranks by each score"),
            tr("The best candidate by each score is on top; a click on a dot shows it."),
        )
        self._colors = LIGHT
        self._plot = calm_plot(self.font())
        self._plot.getPlotItem().invertY(True)
        self._words = muted_label(wrap=True)
        self._words.setObjectName("candidates_rank_changes")
        self._words.setContentsMargins(8, 0, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._plot, 1)
        column.addWidget(self._words)
        self._shown: tuple[Sequence[Row], Sequence[str]] = ((), ())

    def show_rows(self, rows: Sequence[Row], scores: Sequence[str]) -> None:
        """Draw how the rows rank by each of the scores."""
        self._shown = (rows, scores)
        self._plot.clear()
        ranks = ranks_of(rows, scores)
        places = np.array(
            [[rank.get(id(row), math.nan) for row in rows] for rank in ranks.values()]
        )
        for current in (False, True):
            chosen = [number for number, row in enumerate(rows) if row.current is current]
            if chosen:
                self._draw([rows[number] for number in chosen], places[:, chosen], current=current)
        titles = [(i, TITLES.get(name) or symbol_of(name)) for i, name in enumerate(scores)]
        self._plot.getAxis("bottom").setTicks([[*titles]])
        count = max((len(rank) for rank in ranks.values()), default=1)
        self._plot.setXRange(-0.5, len(scores) - 0.5, padding=0)
        self._plot.setYRange(0.5, count + 0.5, padding=0)
        paint_axes(self._plot, self._colors, "rank", "")
        self._words.setText(_words(ranks, scores))

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        self._colors = colors
        self.show_rows(*self._shown)

    def _draw(self, rows: Sequence[Row], places: NDArray[np.float64], *, current: bool) -> None:
        """Draw rows of one colour: all lines in one item and all dots in another, however many.

        Parameters
        ----------
        places
            (scores, rows): ranks; NaN where a row has none.
        """
        color = QColor(self._colors.accent if current else self._colors.muted)
        gap = np.full((1, len(rows)), np.nan)  # between the line of a row and that of the next
        ys = np.concatenate([places, gap]).T.ravel()
        xs = np.tile(np.arange(len(places) + 1.0), len(rows))
        line = pg.mkPen(color, width=3 if current else 1)
        self._plot.addItem(pg.PlotCurveItem(xs, ys, pen=line, connect="finite", antialias=True))
        scores, numbers = np.nonzero(np.isfinite(places))
        dots = pg.ScatterPlotItem(
            scores,
            places[scores, numbers],
            data=[rows[int(number)] for number in numbers],
            size=SIZE if len(self._shown[0]) < MANY else SMALL_SIZE,
            brush=color,
            pen=None,
            hoverable=True,
            tip=_tip,
        )
        dots.sigClicked.connect(self._click)
        self._plot.addItem(dots)

    def _click(self, _plot: Any, points: Sequence[Any], _event: Any = None) -> None:
        if len(points):
            self.chosen.emit(points[0].data())


def _tip(x: float, y: float, data: Row) -> str:  # noqa: ARG001 - as pyqtgraph calls it
    return tr("{name}\nrank {y:g}", name=data.name, y=y)


def _words(ranks: Mapping[str, Mapping[int, float]], scores: Sequence[str]) -> str:
    """Say how many pairs of candidates two neighbouring scores rank the other way round."""
    if len(scores) < 2:
        return tr("More scores come by Metric ▸ Scores in the strip.")
    parts = []
    for first, second in pairwise(scores):
        swapped, pairs = crossings(ranks[first], ranks[second])
        names = (TITLES.get(name) or symbol_of(name) for name in (first, second))
        parts.append(
            tr(
                "{names} disagree on {swapped} of {pairs} pairs",
                names=" and ".join(names),
                swapped=swapped,
                pairs=pairs,
            )
        )
    return "; ".join(parts) + "."
