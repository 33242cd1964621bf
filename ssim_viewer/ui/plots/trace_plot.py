"""One plot of a quantity against the step; which quantity, and its limits, are told to it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ssim_viewer.ui.controls.fields import muted_label, set_text_color
from ssim_viewer.ui.plots.base_plot import (
    AXIS_HEIGHT,
    AXIS_WIDTH,
    add_curve,
    calm_plot,
    label_style,
    paint_axes,
)
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, Colors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.ui.plots.log_axis import LogAxis

    Curve = tuple[NDArray[np.float64], NDArray[np.float64]]

NEAR = 7
"""Pixels from a branch's curve within which a click is meant for it."""

BRANCH_ALPHA = 150
"""Of 255: branches are thinner and paler than the climb."""


class TracePlot(QWidget):
    """A calm plot: it neither zooms nor pans, a click or a drag chooses a step.

    Signals
    -------
    chosen
        Carries the step nearest to the mouse.
    branch_chosen
        Carries the place of the branch whose curve was clicked.
    settled
        The mouse button was let go.
    """

    chosen = Signal(int)
    branch_chosen = Signal(int)
    settled = Signal()

    def __init__(self, name: str, heading: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._name = heading
        self._last = 0.0
        self._label = label
        self._branches: list[pg.PlotDataItem] = []
        self._curves: list[Curve] = []
        self._main: Curve = (np.empty(0), np.empty(0))
        self._limits = (10.0, 0.0, 1.0)
        self._place: tuple[float, float] | None = None
        self._on_branch = False
        self._colors = LIGHT
        self._color = LIGHT.branch
        self._add_plot()
        self._heading = QLabel(tr(heading))
        font = QFont(self._heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._title = muted_label()
        self._title.setObjectName(f"{name}_title")
        self._empty = muted_label(wrap=True)
        self._empty.setObjectName(f"{name}_empty")
        self._empty.setContentsMargins(AXIS_WIDTH + 24, 0, 24, AXIS_HEIGHT)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.hide()
        self._lay_out()

    def set_name(self, name: str) -> None:
        """Say by another name, in the heading and at the axis, what is plotted."""
        self._name = self._label = name
        self._heading.setText(tr(name))
        self._label_axes()

    def set_curve(self, steps: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        """Draw the climb."""
        self._main = steps, values
        self._curve.setData(self._axis.places(steps), values)
        self._last = float(steps[-1]) if len(steps) else 0.0

    def set_branches(self, curves: list[Curve]) -> None:
        """Draw the branches that were left, as thin curves."""
        self._curves = curves
        while len(self._branches) < len(curves):
            self._branches.append(add_curve(self._plot, -10))
            self._branches[-1].setPen(self._branch_pen())
        for place, item in enumerate(self._branches):
            if place < len(curves):
                steps, values = curves[place]
                item.setData(self._axis.places(steps), values)
            else:
                item.setData((), ())

    def set_limits(self, last: float, low: float, high: float) -> None:
        """Show steps from 0 to the last one, and values from low to high."""
        self._limits = last, low, high
        self._plot.setXRange(0, float(self._axis.places(last)), padding=0.02)
        self._plot.setYRange(low, high, padding=0.04)

    def set_marker(self, place: tuple[float, float] | None) -> None:
        """Mark a step and its value, or none."""
        self._place = place
        self._line.setVisible(place is not None)
        self._dot.setVisible(place is not None)
        if place is not None:
            x = float(self._axis.places(place[0]))
            self._line.setValue(x)
            self._dot.setPos(x, place[1])  # new data for each step would leak references

    def set_logarithmic(self, on: bool) -> None:  # noqa: FBT001 - it is the value
        """Let steps stand at their logarithms, so that the first ones have room, or evenly."""
        self._axis.set_logarithmic(on)
        self.set_limits(*self._limits)
        self.set_curve(*self._main)
        self.set_branches(self._curves)
        self.set_marker(self._place)

    def add_to_heading(self, widget: QWidget) -> None:
        """Put a widget at the right of the heading."""
        self._heading_row.addWidget(widget)

    def set_title(self, text: str) -> None:
        """Write the number that the plot is about."""
        self._title.setText(tr(text))
        self.setAccessibleName(
            tr("{name} against step: {text}", name=self._name, text=text) if text else self._name
        )

    def show_empty(self, text: str) -> None:
        """Say what to do while there is nothing to plot, or nothing."""
        self._empty.setText(tr(text))
        self._empty.setVisible(bool(text))

    def restyle(self, colors: Colors, color: str) -> None:
        """Paint in a theme's colours, the curve in its own."""
        self._colors = colors
        paint_axes(self._plot, colors, self._label, QT_TR_NOOP("step"))
        self._zero.setPen(pg.mkPen(colors.line))
        self._curve.setPen(pg.mkPen(color, width=1.5))
        self._line.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine))
        self._dot.setBrush(pg.mkBrush(color))
        self._dot.setPen(pg.mkPen(colors.surface, width=1.5))
        self._color = color
        for branch in self._branches:
            branch.setPen(self._branch_pen())
        set_text_color(self._heading, color)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a step where the mouse presses or drags."""
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress and (
            (branch := self._branch_at(event.position())) is not None
        ):
            self._on_branch = True
            self.branch_chosen.emit(branch)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._on_branch = False
            self.settled.emit()
        elif event.buttons() & Qt.MouseButton.LeftButton and not self._on_branch:
            self._choose(event.position())
        return True

    def _branch_at(self, position: QPointF) -> int | None:
        """Return the place of the branch whose curve is near, unless the climb's own is nearer."""
        own = self._pixels_to(self._main, position)
        near = [self._pixels_to(curve, position) for curve in self._curves]
        place = min(range(len(near)), key=near.__getitem__, default=None)
        is_near = place is not None and near[place] < min(own, NEAR)
        return place if is_near else None

    def _pixels_to(self, curve: Curve, position: QPointF) -> float:
        """Return how far above or below a point a curve runs, in pixels; infinity beside it."""
        steps, values = curve
        box = self._plot.plotItem.vb
        x = self._axis.number(box.mapSceneToView(self._plot.mapToScene(position.toPoint())).x())
        if not len(steps) or not -0.5 <= x <= steps[-1] + 0.5:
            return math.inf
        y = float(np.interp(x, steps, values))
        there = self._plot.mapFromScene(box.mapViewToScene(QPointF(0.0, y)))
        return float(abs(there.y() - position.y()))

    def _branch_pen(self) -> QPen:
        color = QColor(self._color)
        color.setAlpha(BRANCH_ALPHA)
        pen: QPen = pg.mkPen(color, width=1)
        return pen

    def _label_axes(self) -> None:
        style = label_style(self._plot, self._colors)
        for side, text in (("left", self._label), ("bottom", QT_TR_NOOP("step"))):
            self._plot.getAxis(side).setLabel(tr(text), **style)

    def _choose(self, position: QPointF) -> None:
        x = self._plot.plotItem.vb.mapSceneToView(self._plot.mapToScene(position.toPoint())).x()
        x = self._axis.number(x)
        if self._last > 0:
            self.chosen.emit(round(min(max(x, 0.0), self._last)))

    def _add_plot(self) -> None:
        self._plot = calm_plot(self.font())
        self._axis: LogAxis = self._plot.getAxis("bottom")
        self._plot.viewport().installEventFilter(self)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._plot.addItem(self._zero, ignoreBounds=True)
        self._curve = add_curve(self._plot)
        self._line = pg.InfiniteLine(0, angle=90)
        self._dot = pg.ScatterPlotItem([0], [0], size=8)
        for item in (self._line, self._dot):
            self._plot.addItem(item, ignoreBounds=True)
        self.set_limits(10, 0, 1)
        self.set_marker(None)

    def _lay_out(self) -> None:
        heading = self._heading_row = QHBoxLayout()
        heading.setContentsMargins(8, 0, 8, 0)
        heading.setSpacing(8)
        heading.addWidget(self._heading)
        heading.addWidget(self._title, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(0)
        grid.addLayout(heading, 0, 0)
        grid.addWidget(self._plot, 1, 0)
        grid.addWidget(self._empty, 1, 0)
        grid.setRowStretch(1, 1)
        self._empty.raise_()
