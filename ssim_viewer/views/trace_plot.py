"""One plot of a quantity against the step; which quantity, and its limits, are told to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ssim_viewer.views.fields import muted_label, tinted
from ssim_viewer.views.plot_ground import (
    AXIS_HEIGHT,
    AXIS_WIDTH,
    add_curve,
    calm_plot,
    paint_axes,
)
from ssim_viewer.views.theme import LIGHT, Colors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


class TracePlot(QWidget):
    """A calm plot: it neither zooms nor pans, a click or a drag chooses a step.

    Signals
    -------
    chosen
        Carries the step nearest to the mouse.
    settled
        The mouse button was let go.
    """

    chosen = Signal(int)
    settled = Signal()

    def __init__(self, name: str, heading: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._name = heading
        self._last = 0.0
        self._label = label
        self._branches: list[pg.PlotDataItem] = []
        self._colors = LIGHT
        self._add_plot()
        self._heading = QLabel(heading)
        font = QFont(self._heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(font)
        self._title = muted_label()
        self._title.setObjectName(f"{name}_title")
        self._empty = muted_label(wrap=True)
        self._empty.setObjectName(f"{name}_empty")
        self._empty.setContentsMargins(AXIS_WIDTH, 0, 0, AXIS_HEIGHT)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.hide()
        self._lay_out()

    def set_name(self, name: str) -> None:
        """Say by another name, in the heading and at the axis, what is plotted."""
        self._name = self._label = name
        self._heading.setText(name)
        self._label_axes()

    def set_curve(self, steps: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        """Draw the climb."""
        self._curve.setData(steps, values)
        self._last = float(steps[-1]) if len(steps) else 0.0

    def set_branches(self, curves: list[Curve]) -> None:
        """Draw the branches that were left."""
        while len(self._branches) < len(curves):
            self._branches.append(add_curve(self._plot, -10))
            self._branches[-1].setPen(pg.mkPen(self._colors.branch))
        for item, curve in zip(self._branches, [*curves, *[((), ())] * 9], strict=False):
            item.setData(*curve)

    def set_limits(self, last: float, low: float, high: float) -> None:
        """Show steps from 0 to the last one, and values from low to high."""
        self._plot.setXRange(0, last, padding=0.02)
        self._plot.setYRange(low, high, padding=0.04)

    def set_marker(self, place: tuple[float, float] | None) -> None:
        """Mark a step and its value, or none."""
        self._line.setVisible(place is not None)
        self._dot.setVisible(place is not None)
        if place is not None:
            self._line.setValue(place[0])
            self._dot.setPos(*place)  # new data for each step would leak references

    def set_title(self, text: str) -> None:
        """Write the number that the plot is about."""
        self._title.setText(text)
        self.setAccessibleName(f"{self._name} against step: {text}" if text else self._name)

    def show_empty(self, text: str) -> None:
        """Say what to do while there is nothing to plot, or nothing."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    def restyle(self, colors: Colors, color: str) -> None:
        """Paint in a theme's colours, the curve in its own."""
        self._colors = colors
        paint_axes(self._plot, colors, self._label, "step")
        self._zero.setPen(pg.mkPen(colors.line))
        self._curve.setPen(pg.mkPen(color, width=1.5))
        self._line.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine))
        self._dot.setBrush(pg.mkBrush(color))
        self._dot.setPen(pg.mkPen(colors.surface, width=1.5))
        for branch in self._branches:
            branch.setPen(pg.mkPen(colors.branch))
        tinted(self._heading, color)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a step where the mouse presses or drags."""
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event.position())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self.settled.emit()
        return True

    def _label_axes(self) -> None:
        style = {"color": self._colors.muted, "font-size": "8pt"}
        for side, text in (("left", self._label), ("bottom", "step")):
            self._plot.getAxis(side).setLabel(text, **style)

    def _choose(self, position: QPointF) -> None:
        x = self._plot.plotItem.vb.mapSceneToView(self._plot.mapToScene(position.toPoint())).x()
        if self._last > 0:
            self.chosen.emit(round(min(max(x, 0.0), self._last)))

    def _add_plot(self) -> None:
        self._plot = calm_plot(self.font())
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
        heading = QHBoxLayout()
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
