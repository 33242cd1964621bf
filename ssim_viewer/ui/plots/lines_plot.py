"""One plot with a line for each of several runs, and a dot where each one is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.plots.base_plot import (
    AXIS_HEIGHT,
    AXIS_WIDTH,
    add_curve,
    calm_plot,
    ceiling,
    paint_axes,
    round_limits,
)
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssim_viewer.ui.plots.log_axis import LogAxis


DECADES = 1.7
"""Powers of ten that positive values must span for a logarithmic axis: a factor of about 50."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line: its points, and its colour as #rrggbb."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    color: str
    name: str


class LinesPlot(QWidget):
    """A calm plot of several lines that share their axes.

    Parameters
    ----------
    name
        The object name.
    headed
        Whether the quantity stands above it; else who owns the plot says it.
    """

    def __init__(self, name: str, *, headed: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self._colors = LIGHT
        self._labels = ("", QT_TR_NOOP("step"))
        self._plot = calm_plot(self.font())
        self._axis: LogAxis = self._plot.getAxis("left")
        self._steps: LogAxis = self._plot.getAxis("bottom")
        self._log_steps = False
        self._shown: tuple[Sequence[Line], str, str, bool] = ((), "", "step", False)
        self._has_lines = False
        self._zero = pg.InfiniteLine(0, angle=0)
        self._plot.addItem(self._zero, ignoreBounds=True)
        self._curves: list[pg.PlotDataItem] = []
        self._dots: list[pg.ScatterPlotItem] = []
        self._heading = QLabel()
        self._heading.setObjectName(f"{name}_heading")
        font = QFont(self._heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._note = muted_label()
        self._note.setObjectName(f"{name}_note")
        self._empty = muted_label(wrap=True)
        self._empty.setContentsMargins(AXIS_WIDTH + 24, 0, 24, AXIS_HEIGHT)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._heading.setVisible(headed)
        self.show_lines((), "", "step")

    def show_lines(
        self, lines: Sequence[Line], quantity: str, against: str, *, error: bool = False
    ) -> None:
        """Draw lines of a quantity against steps or seconds; without any, say how to get some.

        An error, which is best at 0, takes logarithms where its values span decades.
        """
        self._shown = lines, quantity, against, error
        self._axis.set_logarithmic(error and _spans_decades(lines))
        self._steps.set_logarithmic(self._log_steps and against == "step")
        scale = tr(", log") if self._axis.logarithmic else ""
        self._labels = (tr(quantity) + scale, against)
        paint_axes(self._plot, self._colors, *self._labels)
        self._heading.setText(tr(quantity))
        self.setAccessibleName(
            tr("{quantity} against {against}", quantity=tr(quantity), against=tr(against))
            if quantity
            else tr("Plot")
        )
        while len(self._curves) < len(lines):
            self._add_line()
        for place, (curve, dot) in enumerate(zip(self._curves, self._dots, strict=True)):
            line = lines[place] if place < len(lines) and len(lines[place].x) else None
            curve.setVisible(line is not None)
            dot.setVisible(line is not None)
            if line is not None:
                places = self._axis.places(line.y)
                along = self._steps.places(line.x)
                curve.setData(along, places)
                curve.setPen(pg.mkPen(line.color, width=1.75))
                dot.setPos(along[-1], places[-1])  # new data each time would leak references
                dot.setBrush(pg.mkBrush(line.color))
        drawn = [line for line in lines if len(line.x)]
        last = max((float(line.x[-1]) for line in drawn), default=0.0)
        end = ceiling(last, 10.0 if against == "step" else 0.1)
        self._plot.setXRange(0, float(self._steps.places(end)), padding=0.02)
        self._plot.setYRange(*self._limits(drawn), padding=0.04)
        self._has_lines = bool(drawn)
        self._empty.setVisible(not drawn and bool(self._empty.text()))

    def _limits(self, drawn: Sequence[Line]) -> tuple[float, float]:
        """Return the ends of the left axis, in its own places."""
        if not self._axis.logarithmic:
            return round_limits(line.y for line in drawn)
        places = [self._axis.places(line.y[np.isfinite(line.y)]) for line in drawn]
        low, high = min(float(v.min()) for v in places), max(float(v.max()) for v in places)
        return low - 0.03 * (high - low), high + 0.03 * (high - low)

    def set_log_steps(self, on: bool) -> None:  # noqa: FBT001 - a slot of a button
        """Let steps stand at their logarithms, so that the first ones have room, or evenly."""
        self._log_steps = on
        lines, quantity, against, error = self._shown
        self.show_lines(lines, quantity, against, error=error)

    def add_to_heading(self, widget: QWidget) -> None:
        """Put something at the right of the heading."""
        self._head.addWidget(widget)

    def show_note(self, text: str) -> None:
        """Write a few words at the right of the heading."""
        self._note.setText(tr(text))
        self._note.setVisible(bool(text))

    def show_empty(self, text: str) -> None:
        """Say what to do while there is nothing to plot, or nothing."""
        self._empty.setText(tr(text))
        self._empty.setVisible(not self._has_lines and bool(text))

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours; the lines' own come with them."""
        self._colors = colors
        paint_axes(self._plot, colors, *self._labels)
        self._zero.setPen(pg.mkPen(colors.line))
        for dot in self._dots:
            dot.setPen(pg.mkPen(colors.surface, width=1.5))

    def _add_line(self) -> None:
        self._curves.append(add_curve(self._plot))
        dot = pg.ScatterPlotItem([0], [0], size=8)
        dot.setPen(pg.mkPen(self._colors.surface, width=1.5))
        self._plot.addItem(dot, ignoreBounds=True)
        self._dots.append(dot)

    def _lay_out(self) -> None:
        heading = self._head = QHBoxLayout()
        heading.setContentsMargins(8, 0, 8, 0)
        heading.setSpacing(8)
        heading.addWidget(self._heading)
        heading.addWidget(self._note, 1)
        self._note.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(0)
        grid.addLayout(heading, 0, 0)
        grid.addWidget(self._plot, 1, 0)
        grid.addWidget(self._empty, 1, 0)
        grid.setRowStretch(1, 1)
        self._empty.raise_()


def _spans_decades(lines: Sequence[Line]) -> bool:
    """Whether values are all above 0 and so far apart that only logarithms tell them apart."""
    finite = [line.y[np.isfinite(line.y)] for line in lines]
    values = np.concatenate([*finite, np.empty(0)])
    if not len(values) or values.min() <= 0:
        return False
    return bool(np.log10(values.max() / values.min()) >= DECADES)
