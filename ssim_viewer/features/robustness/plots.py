"""The curves of robustness: similarities together on one axis, every other metric on its own.

Similarities say 1 where images are identical, so they can be compared as they are. A decibel, an
error and a deviation cannot: each has its own plot in its own unit, below and to the same strength.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ssim_viewer.features.robustness.state import (
    REACHES,
    drawn_metrics,
    robustness_of,
    values_in_hand,
)
from ssim_viewer.metrics import catalogue
from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.controls.metric_words import tip_of
from ssim_viewer.ui.controls.numbers import NONE, fixed, quantity, score
from ssim_viewer.ui.plots.base_plot import floor_of_similarities, values_of_axis
from ssim_viewer.ui.plots.curve_plot import Curve, CurvePlot
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from ssim_viewer.features.robustness.state import Robustness
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

EXPLANATION = QT_TR_NOOP(
    "Similarities share one axis, with 1 for identical images; other metrics have their own below."
)
PENDING = "…"
FIRST_COLORS = ("ssim", "psnr", "cw-ssim", "ms-ssim", "w-ssim", "gmsd", "mae", "mse")
"""Metrics by the places of their colours; SSIM and PSNR have those of SSIM and MSE elsewhere."""


class RobustnessPlots(QWidget):
    """All plots, each with the strength in hand marked.

    Signals
    -------
    chosen
        Carries a strength.
    settled
        The mouse button was let go.
    """

    chosen = Signal(float)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("robustness_plots")
        self.setAccessibleName(tr("Scores against the strength of the distortion"))
        self._colors = LIGHT
        self._shown: tuple[object, ...] = ()
        self._similarities = self._made("robustness_similarities")
        self._others: dict[str, CurvePlot] = {}
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Draw the curves of a session."""
        robustness, names = robustness_of(session), drawn_metrics(session)
        shown = (robustness.curves, robustness.settings, names)
        if shown == self._shown:
            return
        self._shown = shown
        curves = {name: _curve(robustness, name) for name in names}
        alike = [name for name in names if _is_similarity(name)]
        self._arrange([name for name in names if name not in alike])
        self._similarities.show_curves([curves[name] for name in alike])
        values = (value for name in alike for _, value in curves[name].points)
        self._similarities.show_limits(floor_of_similarities(values), 1.0)
        for name, plot in self._others.items():
            plot.show_curves([curves[name]])
            plot.show_limits(*_limits(name, curves[name]))
        reach = REACHES[robustness.settings.kind]
        for plot in self._plots:
            plot.show_axis(reach.axis, reach.largest)
            plot.show_strength(robustness.settings.strength)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        for plot in self._plots:
            plot.restyle(colors)

    @property
    def _plots(self) -> tuple[CurvePlot, ...]:
        return self._similarities, *self._others.values()

    def _lay_out(self) -> None:
        below = QWidget()
        below.setLayout(self._row)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setObjectName("robustness_rows")
        rows.setChildrenCollapsible(False)
        rows.addWidget(self._similarities)
        rows.addWidget(below)
        rows.setSizes([400, 240])
        explanation = muted_label(EXPLANATION, wrap=True)
        explanation.setObjectName("robustness_explanation")
        explanation.setContentsMargins(8, 6, 8, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(explanation)
        column.addWidget(rows, 1)

    def _arrange(self, names: list[str]) -> None:
        """Have a plot for each metric that is no similarity."""
        if names == [*self._others]:
            return
        for name in [*self._others]:
            if name not in names:
                plot = self._others.pop(name)
                self._row.removeWidget(plot)
                plot.hide()
                plot.deleteLater()
        made = {name: self._others.get(name) or self._made(_plot_name(name)) for name in names}
        for place, (name, plot) in enumerate(made.items()):
            if name not in self._others:
                plot.restyle(self._colors)
            self._row.removeWidget(plot)
            self._row.insertWidget(place, plot, 1)
        self._others = made

    def _made(self, name: str) -> CurvePlot:
        plot = CurvePlot(name)
        plot.chosen.connect(self.chosen)
        plot.settled.connect(self.settled)
        return plot


def _plot_name(metric: str) -> str:
    return f"robustness_plot_{metric.replace('-', '_')}"


def _is_similarity(name: str) -> bool:
    return catalogue()[name].best == 1.0


def _curve(robustness: Robustness, name: str) -> Curve:
    entry, curves = catalogue()[name], robustness.curves
    value = values_in_hand(robustness).get(name)
    failed = curves is not None and name in curves.problems
    text = (NONE if failed else PENDING) if value is None else _text(name, value)
    points = tuple(curves.of(name)) if curves is not None and not _stale(robustness) else ()
    color = FIRST_COLORS.index(name) if name in FIRST_COLORS else len(FIRST_COLORS) + len(name)
    return Curve(entry.symbol, tip_of(entry), color, points, value, text)


def _stale(robustness: Robustness) -> bool:
    """Whether the curves are of another distortion than the chosen one."""
    curves = robustness.curves
    return curves is not None and curves.subject.settings.pattern != robustness.settings.pattern


def _text(name: str, value: float) -> str:
    if name == "psnr":
        return f"{fixed(value, 2)} dB"
    return quantity(value) if name in ("mse", "mae") else score(value)


def _limits(name: str, curve: Curve) -> tuple[float, float]:
    """Return the axis of one metric, in round numbers; errors begin at 0."""
    values = values_of_axis(name, (y for _, y in curve.points if math.isfinite(y)))
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if catalogue()[name].best == 0.0:
        low = 0.0
    span = max(high - low, abs(high) * 1e-3, 1e-9)
    grid = 10.0 ** math.floor(math.log10(span)) / 2
    return math.floor(low / grid) * grid, math.ceil(high / grid) * grid
