"""A small picture of the sphere of equal MSE: the reference in the middle, paths on the circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssim_viewer.features.gradient_parts.state import Driver
from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.features.gradient_parts.state import Paths
    from ssim_viewer.ui.theme.colors import Colors

HEADING = QT_TR_NOOP("The sphere of equal MSE")
ALONG, ACROSS = QT_TR_NOOP("toward the start / grey levels"), QT_TR_NOOP("across / grey levels")
ROOM = 1.15
"""Of the radius, that is seen at the least."""


class SphereView(QWidget):
    """Shows paths over the sphere in one plane, with equal scales."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gradient_parts_sphere")
        self._colors = LIGHT
        self._paths: Paths | None = None
        self._plot = calm_plot(self.font())
        self._plot.setAspectLocked(True)
        self._circle = pg.PlotDataItem(antialias=True)
        self._reference = pg.ScatterPlotItem([0], [0], size=11, symbol="+")
        self._curves = {driver: pg.PlotDataItem(antialias=True) for driver in Driver}
        self._ends = {driver: pg.ScatterPlotItem([0], [0], size=9) for driver in Driver}
        self._start = pg.ScatterPlotItem([0], [0], size=9)
        items = (*self._curves.values(), *self._ends.values(), self._start)
        for item in (self._circle, self._reference, *items):
            self._plot.addItem(item, ignoreBounds=True)
        heading = QLabel(tr(HEADING))
        font = QFont(heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        self._note = muted_label(wrap=True)
        self._note.setObjectName("gradient_parts_sphere_note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(heading)
        column.addWidget(self._plot, 1)
        column.addWidget(self._note)

    def show_paths(self, paths: Paths | None) -> None:
        """Show the paths, or nothing."""
        self._paths = paths
        for item in (*self._curves.values(), *self._ends.values(), self._start):
            item.setVisible(paths is not None)
        self._circle.setVisible(paths is not None)
        self._note.setText("")
        if paths is None:
            return
        points = dict(zip(paths.paths, paths.plane.paths, strict=True))
        radius = float(np.hypot(*points[Driver.GRADIENT][0]))
        angle = np.linspace(0, 2 * np.pi, 241)
        self._circle.setData(radius * np.cos(angle), radius * np.sin(angle))
        for place, (driver, path) in enumerate(points.items()):
            color = run_color(self._colors, place)
            self._curves[driver].setData(*path.T)
            self._curves[driver].setPen(pg.mkPen(color, width=2))
            self._ends[driver].setPos(*path[-1])
            self._ends[driver].setBrush(pg.mkBrush(color))
        self._start.setPos(*points[Driver.GRADIENT][0])
        self._plot.setRange(
            xRange=(-ROOM * radius, ROOM * radius), yRange=(-ROOM * radius, ROOM * radius)
        )
        self._note.setText(
            tr(
                "The reference in the middle, radius √MSE = {radius:.4g} grey levels "
                "(√(N·MSE) in all). The plane holds {share:.0%} of how far the paths went "
                "aside; inside the circle the rest lies in directions that are not drawn.",
                radius=radius,
                share=paths.plane.share,
            )
        )
        self.setAccessibleName(tr(HEADING))
        self.setAccessibleDescription(self._note.text())

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        paint_axes(self._plot, colors, ACROSS, ALONG)
        self._circle.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine))
        self._reference.setPen(pg.mkPen(colors.text, width=2))
        self._start.setBrush(pg.mkBrush(colors.text))
        for dot in (*self._ends.values(), self._start):
            dot.setPen(pg.mkPen(colors.surface, width=1.5))
        self.show_paths(self._paths)
