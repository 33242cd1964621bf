"""Distortions in a plane of two quantities: a curve a type, a dot a strength."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssim_viewer.distortions import get_distortion
from ssim_viewer.features.sweep.quantities import axis_label, quantity_of
from ssim_viewer.features.sweep.state import curve, reach_of, sweep_of
from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.plots.base_plot import calm_plot, paint_axes, round_limits
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.features.sweep.state import Key
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.plots.log_axis import LogAxis
    from ssim_viewer.ui.theme.colors import Colors

ERRORS = ("mse", "mae")
"""Quantities that begin at 0 and grow fast: across, they take logarithms of 1 + value."""

HINT = QT_TR_NOOP(
    "Click a dot, or go along the curves with the arrow keys: its image comes on screen."
)
KEYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Plane(QWidget):
    """A plot of curves that neither zooms nor pans.

    Signals
    -------
    picked
        Carries the name of a type and a strength.
    """

    picked = Signal(str, float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sweep_plane")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tr(HINT))
        self._colors = LIGHT
        self._session: Session | None = None
        self._points: dict[Key, tuple[float, float]] = {}
        self._at: dict[Key, tuple[float, float]] = {}
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._plot = calm_plot(self.font())
        self._axis: LogAxis = self._plot.getAxis("bottom")
        self._plot.viewport().installEventFilter(self)
        self._edges = pg.PlotDataItem(), pg.PlotDataItem()
        self._band = pg.FillBetweenItem(*self._edges)
        self._line = pg.InfiniteLine(0, angle=90)
        self._dot = pg.ScatterPlotItem([0], [0], size=14)
        for item in (self._band, *self._edges, self._line, self._dot):
            self._plot.addItem(item, ignoreBounds=True)
        self._legend = QLabel()
        self._legend.setObjectName("sweep_plane_legend")
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self._readout = muted_label(wrap=True)
        self._readout.setObjectName("sweep_plane_readout")
        self._readout.setFont(tabular(self._readout.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self._legend)
        column.addWidget(self._plot, 1)
        column.addWidget(self._readout)

    def show_session(self, session: Session) -> None:
        """Draw the curves of a session."""
        self._session = session
        settings, shown = sweep_of(session).settings, sweep_of(session).shown
        self._points = _values(session)
        self._axis.set_logarithmic(settings.x in ERRORS)
        self._at = {key: (self._across(x), y) for key, (x, y) in self._points.items()}
        for name in [*self._curves]:
            if name not in settings.names:
                self._plot.removeItem(self._curves.pop(name))
        for place, name in enumerate(settings.names):
            self._draw(name, place)
        self._fit()
        self._draw_reach(session)
        scale = tr(", log") if self._axis.logarithmic else ""
        across = axis_label(settings.x) + scale
        paint_axes(self._plot, self._colors, axis_label(settings.y), across)
        found = self._points.get(shown) if shown is not None else None
        self._line.setVisible(found is not None)
        self._dot.setVisible(found is not None)
        if found is not None and shown is not None:
            self._line.setValue(self._at[shown][0])
            self._dot.setPos(*self._at[shown])
        self._write(found, shown)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._line.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DashLine))
        self._dot.setPen(pg.mkPen(colors.text, width=2))
        self._dot.setBrush(pg.mkBrush(None))
        shade = QColor(colors.muted)
        shade.setAlpha(40)
        self._band.setBrush(pg.mkBrush(shade))
        for edge in self._edges:
            edge.setPen(pg.mkPen(colors.muted, style=Qt.PenStyle.DotLine))
        if self._session is not None:
            self.show_session(self._session)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pick the nearest dot where the mouse presses."""
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress and self._points:
            self.setFocus()
            self.picked.emit(*self._nearest(event.position()))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next dot of a curve, or to the next curve."""
        move = KEYS.get(Qt.Key(event.key()))
        if move is None or not self._points or self._session is None:
            super().keyPressEvent(event)
            return
        self.picked.emit(*self._next(*move))

    def _next(self, across: int, along: int) -> Key:
        assert self._session is not None  # noqa: S101 - keys are answered for a session only
        names = list(dict.fromkeys(name for name, _ in self._points))
        shown = sweep_of(self._session).shown
        if shown is None or shown[0] not in names:
            return next(iter(self._points))
        row = min(max(names.index(shown[0]) + across, 0), len(names) - 1)
        strengths = [strength for name, strength in self._points if name == names[row]]
        share = shown[1] / get_distortion(shown[0]).largest * get_distortion(names[row]).largest
        nearest = min(range(len(strengths)), key=lambda place: abs(strengths[place] - share))
        return names[row], strengths[min(max(nearest + along, 0), len(strengths) - 1)]

    def _nearest(self, position: QPointF) -> Key:
        box = self._plot.plotItem.vb

        def distance(key: Key) -> float:
            place = self._plot.mapFromScene(box.mapViewToScene(QPointF(*self._at[key])))
            return math.hypot(place.x() - position.x(), place.y() - position.y())

        return min(self._points, key=distance)

    def _draw(self, name: str, place: int) -> None:
        if name not in self._curves:
            self._curves[name] = pg.PlotDataItem(antialias=True, symbol="o", symbolSize=7)
            self._plot.addItem(self._curves[name], ignoreBounds=True)
        color = run_color(self._colors, place)
        points = np.array([xy for key, xy in self._at.items() if key[0] == name], float)
        item = self._curves[name]
        item.setPen(pg.mkPen(color, width=1.75))
        item.setSymbolBrush(pg.mkBrush(color))
        item.setSymbolPen(None)
        item.setData(*points.reshape(-1, 2).T)

    def _across(self, value: float) -> float:
        return float(self._axis.places(value))

    def _draw_reach(self, session: Session) -> None:
        settings = sweep_of(session).settings
        reach = reach_of(session) if settings.reach else ()
        shown = {settings.x, settings.y} == {"mse", "ssim"} and len(reach) > 1
        for item in (self._band, *self._edges):
            item.setVisible(shown)
        if not shown:
            return
        mse = np.array([point.mse for point in reach])
        mse = self._axis.places(mse) if settings.x == "mse" else mse
        for edge, values in zip(
            self._edges, ([p.worst for p in reach], [p.best for p in reach]), strict=True
        ):
            pair = (mse, np.array(values))
            edge.setData(*(pair if settings.x == "mse" else pair[::-1]))

    def _fit(self) -> None:
        session = self._session
        assert session is not None  # noqa: S101 - called with one only
        settings = sweep_of(session).settings
        points = np.array(list(self._at.values()), float).reshape(-1, 2)
        reach = [v for p in reach_of(session) for v in (p.worst, p.best)] if settings.reach else []
        for name, axis, values in (
            (settings.x, self._plot.setXRange, points[:, 0]),
            (settings.y, self._plot.setYRange, points[:, 1]),
        ):
            low, high = round_limits([np.append(values, reach if name == "ssim" else [])])
            axis(low, min(high, 1.0) if quantity_of(name).similarity else high, padding=0.03)

    def _write(self, found: tuple[float, float] | None, shown: Key | None) -> None:
        assert self._session is not None  # noqa: S101 - called with one only
        settings = sweep_of(self._session).settings
        parts = [
            f'<span style="color: {run_color(self._colors, place)}; font-weight: 600;">'
            f"{escape(get_distortion(name).title)}</span>"
            for place, name in enumerate(settings.names)
        ]
        self._legend.setText("&nbsp;&nbsp; ".join(parts))
        x, y = quantity_of(settings.x), quantity_of(settings.y)
        self.setAccessibleName(
            tr("{symbol} against {symbol_2}", symbol=y.symbol, symbol_2=x.symbol)
        )
        text = HINT
        if found is not None and shown is not None:
            kind = get_distortion(shown[0])
            strength = f"{shown[1]:.4g} {kind.unit}".rstrip()
            text = tr(
                "{title}, {strength}: {symbol} {found}, {symbol_2} {found_2}. All that lies on "
                "the dashed line has the same {symbol}.",
                title=kind.title,
                strength=strength,
                symbol=x.symbol,
                found=score(found[0]),
                symbol_2=y.symbol,
                found_2=score(found[1]),
            )
        self._readout.setText(tr(text))


def _values(session: Session) -> dict[Key, tuple[float, float]]:
    """Return both scores of each dot, along each curve; what is not finite has none."""
    settings = sweep_of(session).settings
    return {
        (name, strength): (values[settings.x], values[settings.y])
        for name in settings.names
        for strength, values in curve(session, name)
        if math.isfinite(values.get(settings.x, math.nan) + values.get(settings.y, math.nan))
    }
