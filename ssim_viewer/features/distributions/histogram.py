"""The histogram and the cumulative curve of a map; a drag over them lights a range of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent

from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.features.distributions.shares import Shares
    from ssim_viewer.ui.theme.colors import Colors

HEIGHT = 190
LEAST_HEIGHT = 90

GRIP = 6
"""Logical pixels from an end of the range within which a drag moves that end."""


class Histogram(QObject):
    """The plot: bars scaled to the tallest, and the share of values up to each one.

    Signals
    -------
    brushed
        Carries the two ends of a range while it is dragged; None after a click.
    """

    brushed = Signal(object)

    def __init__(self, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = calm_plot(font)
        self.widget.setObjectName("distribution_histogram")
        self.widget.setAccessibleName(tr("Histogram and cumulative curve of the map"))
        self.widget.setToolTip(
            tr(
                "The histogram, scaled to its tallest bar, and the share of values up to each one. "
                "Drag over a range, or drag its ends, to light its pixels on all panes; click to "
                "put the light out."
            )
        )
        self.widget.setMinimumHeight(HEIGHT)
        self.widget.setYRange(0, 105, padding=0)
        self._bars = pg.PlotCurveItem([0, 1], [0], stepMode="center", fillLevel=0)
        self._part = pg.PlotCurveItem([0, 1], [0], stepMode="center")
        self._sum = pg.PlotCurveItem(antialias=True)
        self._mean = pg.InfiniteLine(angle=90)
        self._range = pg.LinearRegionItem(movable=False)
        self._range.setZValue(-1)
        for item in (self._range, self._bars, self._part, self._sum, self._mean):
            self.widget.addItem(item, ignoreBounds=True)
        for line in self._range.lines:
            line.addMarker("o", position=0.5, size=9)
        self._lit: tuple[float, float] | None = None
        self._from: float | None = None
        self._shown: tuple[Shares | None, ...] = ()
        self.widget.viewport().installEventFilter(self)
        self.widget.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.restyle(LIGHT)

    def show_shares(self, whole: Shares | None, part: Shares | None) -> None:
        """Show the distribution of a map, and of a region within it."""
        if (whole, part) == self._shown:
            return
        self._shown = (whole, part)
        visible = whole is not None
        for item in (self._bars, self._sum, self._mean):
            item.setVisible(visible)
        self._part.setVisible(part is not None)
        self._range.setVisible(visible)
        if whole is None:
            return
        self._mark()
        self.widget.setXRange(whole.edges[0], whole.edges[-1], padding=0.01)
        self._bars.setData(whole.edges, _heights(whole.counts))
        self._sum.setData(whole.edges[1:], 100 * np.cumsum(whole.counts) / whole.count)
        self._mean.setValue(whole.mean)
        if part is not None:
            self._part.setData(part.edges, _heights(part.counts))
        self.widget.setAccessibleDescription(tr("mean {mean:.4f}", mean=whole.mean))

    def show_range(self, ends: tuple[float, float] | None) -> None:
        """Mark a range of values, or none."""
        if ends != self._lit:
            self._lit = ends
            self._mark()

    def set_low(self, low: bool) -> None:  # noqa: FBT001 - a plain switch
        """Let the plot be lower than it is beside others, or not."""
        self.widget.setMinimumHeight(LEAST_HEIGHT if low else HEIGHT)

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        paint_axes(self.widget, colors, tr("% of values"), QT_TR_NOOP("value"))
        bar = QColor(colors.muted)
        bar.setAlphaF(0.5)
        self._bars.setPen(None)
        self._bars.setBrush(pg.mkBrush(bar))
        self._part.setPen(pg.mkPen(colors.mse, width=1))
        self._sum.setPen(pg.mkPen(colors.ssim, width=2))
        self._mean.setPen(pg.mkPen(colors.text, width=1, style=Qt.PenStyle.DashLine))
        for line in self._range.lines:
            line.setPen(pg.mkPen(QColor(255, 0, 200, 200)))
        self._mark()

    def value_at(self, point: QPointF) -> float:
        """Return the value under a point of the plot's viewport."""
        scene = self.widget.mapToScene(point.toPoint())
        return float(self.widget.plotItem.vb.mapSceneToView(scene).x())

    def _mark(self) -> None:
        """Put the two ends where the lit range has them, else at the ends of the map's values."""
        whole = self._shown[0] if self._shown else None
        ends = self._lit
        if ends is None and whole is not None:
            ends = float(whole.edges[0]), float(whole.edges[-1])
        if ends is not None:
            self._range.setRegion(ends)
        self._range.setBrush(pg.mkBrush(QColor(255, 0, 200, 60 if self._lit else 0)))

    def _grip_at(self, point: QPointF) -> int | None:
        """Return which end of the range is under a point, 0 or 1, or None."""
        box = self.widget.plotItem.vb
        for end, value in enumerate(self._range.getRegion()):
            x = self.widget.mapFromScene(box.mapViewToScene(QPointF(value, 0))).x()
            if self._range.isVisible() and abs(x - point.x()) <= GRIP:
                return end
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the drag of the left button."""
        if isinstance(event, QMouseEvent) and event.type() in _MOUSE:
            return self._drag(event)
        return super().eventFilter(watched, event)

    def _drag(self, event: QMouseEvent) -> bool:
        value = self.value_at(event.position())
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            grip = self._grip_at(event.position())
            if grip is not None:
                self._from = float(self._range.getRegion()[1 - grip])
                return True
            self._from = value
            self.brushed.emit(None)
        elif kind is QEvent.Type.MouseMove and self._from is not None:
            self.brushed.emit((min(self._from, value), max(self._from, value)))
        elif kind is QEvent.Type.MouseButtonRelease:
            self._from = None
        elif kind is QEvent.Type.MouseMove:
            over = self._grip_at(event.position()) is not None
            shape = Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor
            self.widget.viewport().setCursor(shape)
        return True


_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)


def _heights(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    return 100 * counts / max(int(counts.max()), 1)
