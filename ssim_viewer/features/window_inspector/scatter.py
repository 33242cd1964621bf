"""Reference against distorted pixels of a window, with the weighted regression line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont

from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from ssim_viewer.metrics.ssim.window_inspection import InspectedWindow
    from ssim_viewer.ui.theme.colors import Colors

STEPS = 12
"""How many opacities weights are told apart by: a brush each is made once."""

HEIGHT = 200


class ScatterPlot:
    """The plot: a dot a pixel as opaque as its weight, the regression line, and y = x."""

    def __init__(self, font: QFont) -> None:
        self.widget = calm_plot(font)
        self.widget.setObjectName("window_scatter")
        self.widget.setAccessibleName(tr("Distorted against reference pixels of the window"))
        self.widget.setToolTip(
            tr(
                "A dot a pixel under the window, as opaque as its weight; the line is the weighted "
                "regression, with slope σ_xy / σ_x² through the means. The dotted line is y = x."
            )
        )
        self.widget.setFixedHeight(HEIGHT)
        self._identity, self._line = pg.PlotCurveItem(), pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(size=6, pen=None, pxMode=True)
        for item in (self._identity, self._line, self._dots):
            self.widget.addItem(item, ignoreBounds=True)
        self._brushes: list[object] = []
        self.restyle(LIGHT)

    def show_window(self, window: InspectedWindow | None) -> None:
        """Show the pixels of a window, or none."""
        self.widget.setAccessibleDescription(tr("" if window is None else _described(window)))
        if window is None:
            for item in (self._identity, self._line, self._dots):
                item.clear()
            return
        x, y, w = (each.ravel() for each in (window.x, window.y, window.weights))
        steps = np.clip(np.ceil(STEPS * w / w.max()), 1, STEPS).astype(int) - 1
        seen = w > w.max() / 512
        brushes = [self._brushes[step] for step in steps[seen]]
        self._dots.setData(x=x[seen], y=y[seen], brush=brushes)
        low, high = float(min(x.min(), y.min())), float(max(x.max(), y.max()))
        room = max(0.05 * (high - low), 1e-3 * abs(high), 1e-9)
        ends = np.array([low - room, high + room])
        self.widget.setXRange(*ends, padding=0)
        self.widget.setYRange(*ends, padding=0)
        self._identity.setData(ends, ends)
        if window.slope is None:
            self._line.clear()
        else:
            self._line.setData(ends, window.mu_y + window.slope * (ends - window.mu_x))

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        paint_axes(self.widget, colors, QT_TR_NOOP("distorted"), QT_TR_NOOP("reference"))
        dot = QColor(colors.text)
        self._brushes = []
        for step in range(STEPS):
            dot.setAlphaF((step + 1) / STEPS)
            self._brushes.append(pg.mkBrush(dot))
        self._line.setPen(pg.mkPen(colors.accent, width=2))
        self._identity.setPen(pg.mkPen(colors.muted, width=1, style=pg.QtCore.Qt.PenStyle.DotLine))


def _described(window: InspectedWindow) -> str:
    if window.slope is None:
        return tr("The reference is flat here: there is no regression line.")
    return tr("Regression line of slope {slope:.4f} through the means.", slope=window.slope)
