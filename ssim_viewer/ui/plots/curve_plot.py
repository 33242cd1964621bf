"""A plot of curves against a strength; its heading is their legend, with the numbers in hand."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssim_viewer.ui.plots.base_plot import write_label
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors, tabular
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from collections.abc import Sequence

AXIS_WIDTH = 56
AXIS_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve and how it is read.

    Attributes
    ----------
    name, tip
        What it is called, and what to know of it.
    color
        The place of its colour among those of several runs.
    points
        Strength and value, ascending in strength; what is not finite is left out.
    value
        The value at the strength in hand, None while it is on its way.
    text
        That value as it is read.
    """

    name: str
    tip: str
    color: int
    points: tuple[tuple[float, float], ...]
    value: float | None
    text: str


class CurvePlot(QWidget):
    """A calm plot: it neither zooms nor pans, a click or a drag chooses a strength.

    Signals
    -------
    chosen
        Carries a strength.
    settled
        The mouse button was let go.
    """

    chosen = Signal(float)
    settled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._colors = LIGHT
        self._curves: tuple[Curve, ...] = ()
        self._lines: list[pg.PlotDataItem] = []
        self._dots: list[pg.ScatterPlotItem] = []
        self._axis = ""
        self._largest = 1.0
        self._add_plot()
        self._legend = QLabel()
        self._legend.setObjectName(f"{name}_legend")
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._legend.setFont(tabular(self._legend.font()))
        self._legend.setContentsMargins(8, 0, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)

    def show_axis(self, label: str, largest: float) -> None:
        """Show strengths from 0 to the largest one."""
        self._axis, self._largest = label, largest
        self._plot.setXRange(0, largest, padding=0.02)
        self._label_axis()

    def show_limits(self, low: float, high: float) -> None:
        """Show values from low to high."""
        self._plot.setYRange(low, high, padding=0.04)

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Draw curves and write the values in hand."""
        colors_before = [curve.color for curve in self._curves]
        self._curves = tuple(curves)
        while len(self._lines) < len(curves):
            self._add_curve()
        for place, (line, dot) in enumerate(zip(self._lines, self._dots, strict=True)):
            curve = self._curves[place] if place < len(curves) else None
            points = np.array(curve.points if curve else (), float).reshape(-1, 2)
            points = points[np.isfinite(points[:, 1])]
            line.setData(points[:, 0], points[:, 1])
            dot.setVisible(curve is not None and curve.value is not None)
        if [curve.color for curve in self._curves] != colors_before:
            self._color()
        self._write_legend()
        self._place_dots()

    def show_strength(self, strength: float) -> None:
        """Mark the strength in hand."""
        self._mark.setValue(strength)
        self._place_dots()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._plot.setBackground(colors.surface)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(colors.line))
            axis.setTextPen(pg.mkPen(colors.muted))
        self._zero.setPen(pg.mkPen(colors.line))
        self._mark.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine))
        self._label_axis()
        self._color()
        self._write_legend()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a strength where the mouse presses or drags."""
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self.settled.emit()
        return True

    def _choose(self, position: QPointF) -> None:
        x = self._plot.plotItem.vb.mapSceneToView(self._plot.mapToScene(position.toPoint())).x()
        self.chosen.emit(min(max(x, 0.0), self._largest))

    def _place_dots(self) -> None:
        for curve, dot in zip(self._curves, self._dots, strict=False):
            if curve.value is not None:
                dot.setVisible(bool(np.isfinite(curve.value)))
                dot.setPos(self._mark.value(), curve.value if np.isfinite(curve.value) else 0.0)

    def _color(self) -> None:
        for curve, line, dot in zip(self._curves, self._lines, self._dots, strict=False):
            color = run_color(self._colors, curve.color)
            line.setPen(pg.mkPen(color, width=2))
            dot.setBrush(pg.mkBrush(color))
            dot.setPen(pg.mkPen(self._colors.surface, width=1.5))

    def _write_legend(self) -> None:
        parts = [
            f'<span style="color: {run_color(self._colors, curve.color)}; font-weight: 600;">'
            f"{escape(tr(curve.name))}</span>&nbsp;{tr(curve.text)}"
            for curve in self._curves
        ]
        self._legend.setText("&nbsp;&nbsp;&nbsp; ".join(parts))
        alone = len(self._curves) == 1
        self._legend.setToolTip(tr(self._curves[0].tip) if alone else "")
        words = ", ".join(f"{tr(curve.name)} {tr(curve.text)}" for curve in self._curves)
        self.setAccessibleName(tr("{words} against {axis}", words=words, axis=tr(self._axis)))

    def _label_axis(self) -> None:
        write_label(self._plot, "bottom", self._axis, self._colors)

    def _add_plot(self) -> None:
        self._plot = pg.PlotWidget(enableMenu=False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.plotItem.vb.setDefaultPadding(0)
        self._plot.viewport().installEventFilter(self)
        small = tabular(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.85)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.enableAutoSIPrefix(False)
            axis.setTickFont(small)
        self._plot.getAxis("left").setWidth(AXIS_WIDTH)
        self._plot.getAxis("bottom").setHeight(AXIS_HEIGHT)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._mark = pg.InfiniteLine(0, angle=90)
        for item in (self._zero, self._mark):
            self._plot.addItem(item, ignoreBounds=True)

    def _add_curve(self) -> None:
        line = pg.PlotDataItem(antialias=True)
        dot = pg.ScatterPlotItem([0], [0], size=9)
        for item in (line, dot):
            self._plot.addItem(item, ignoreBounds=True)
        self._lines.append(line)
        self._dots.append(dot)
