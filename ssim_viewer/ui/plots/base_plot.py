"""What every plot stands on: a calm one that neither zooms nor pans, its axes, round limits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from ssim_viewer.ui.plots.log_axis import LogAxis
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ssim_viewer.ui.theme.colors import Colors

AXIS_WIDTH = 64
"""One width for the left axes, so that the plots keep still when their numbers grow."""

AXIS_HEIGHT = 34

MOST_DECIBELS = 100.0

LABEL_POINTS = 8
"""The size of an axis's label."""


def calm_plot(font: QFont) -> pg.PlotWidget:
    """Return an empty plot in small tabular figures."""
    plot = pg.PlotWidget(
        enableMenu=False,
        axisItems={"bottom": LogAxis("bottom", 1), "left": LogAxis("left", 0)},
    )
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setDownsampling(auto=True, mode="peak")
    plot.setClipToView(True)
    plot.plotItem.vb.setDefaultPadding(0)
    small = tabular(font)
    small.setPointSizeF(small.pointSizeF() * 0.85)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.enableAutoSIPrefix(False)
        axis.setTickFont(small)
    plot.getAxis("left").setWidth(AXIS_WIDTH)
    plot.getAxis("bottom").setHeight(AXIS_HEIGHT)
    # Room for what pyqtgraph moves out at the left, and for half a label of the last ticks.
    plot.plotItem.layout.setContentsMargins(8, 7, 12, 0)
    return plot


def add_curve(plot: pg.PlotWidget, depth: int = 0) -> pg.PlotDataItem:
    """Add an empty curve to a plot; the deeper ones lie below."""
    curve = pg.PlotDataItem(antialias=True, autoDownsampleFactor=1.0)
    curve.setZValue(depth)
    plot.addItem(curve, ignoreBounds=True)
    return curve


def paint_axes(plot: pg.PlotWidget, colors: Colors, left: str, bottom: str) -> None:
    """Paint ground and axes in a theme's colours, and label them."""
    if plot.backgroundBrush() != pg.mkBrush(colors.surface):
        plot.setBackground(colors.surface)
    for side, text in (("left", left), ("bottom", bottom)):
        axis = plot.getAxis(side)
        line, ink = pg.mkPen(colors.line), pg.mkPen(colors.muted)
        if (axis.pen(), axis.textPen()) != (line, ink):
            axis.setPen(line)
            axis.setTextPen(ink)
        write_label(plot, side, text, colors)


def write_label(plot: pg.PlotWidget, side: str, text: str, colors: Colors) -> None:
    """Label an axis; one that is labelled so already is not drawn anew."""
    axis, style = plot.getAxis(side), label_style(plot, colors)
    if (axis.labelText, axis.labelStyle) != (tr(text), style):
        axis.setLabel(tr(text), **style)


def label_style(plot: pg.PlotWidget, colors: Colors) -> dict[str, str]:
    """Return the style of an axis's label, as large as its plot has it."""
    return {"color": colors.muted, "font-size": f"{LABEL_POINTS * scale_of(plot):g}pt"}


def scale_of(plot: pg.PlotWidget) -> float:
    """Return how much larger the words of a plot are than at first."""
    return float(plot.property("type_scale") or 1.0)


def scale_type(plot: pg.PlotWidget, factor: float) -> None:
    """Write the words of a plot so many times as large as at first, and give them room."""
    change = factor / scale_of(plot)
    plot.setProperty("type_scale", factor)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        if axis.style["tickFont"] is not None:
            font = QFont(axis.style["tickFont"])  # both axes may have one font object
            font.setPointSizeF(font.pointSizeF() * change)
            axis.setTickFont(font)
        if axis.labelText:
            style = axis.labelStyle | {"font-size": f"{LABEL_POINTS * factor:g}pt"}
            axis.setLabel(axis.labelText, **style)
    left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
    if left.fixedWidth is not None:
        left.setWidth(round(left.fixedWidth * change))
    if bottom.fixedHeight is not None:
        bottom.setHeight(round(bottom.fixedHeight * change))


def ceiling(last: float, least: float = 10.0) -> float:
    """Return the end of an axis from 0: in round numbers, so that it rests most of the time."""
    decade = least
    while True:
        for share in (1, 1.5, 2, 3, 5, 7):
            if last <= share * decade:
                return share * decade
        decade *= 10


def values_of_axis(name: str, values: Iterable[float]) -> list[float]:
    """Return the values of a score that its axis reaches: PSNR ends at 100 dB.

    Beyond that nothing can be seen, and a rounding error, of 300 dB, would flatten the rest.
    """
    return [value for value in values if name != "psnr" or value <= MOST_DECIBELS]


def floor_of_similarities(values: Iterable[float]) -> float:
    """Return where the axis of similarities begins: at 0, unless some are negative."""
    finite = [value for value in values if math.isfinite(value)]
    return min(0.0, math.floor(10 * min(finite, default=0.0)) / 10)


def round_limits(values: Iterable[NDArray[np.float64]]) -> tuple[float, float]:
    """Return limits in round numbers around all finite values, or 0 and 1 without any.

    They are a hundredth of the values apart at the least, so that few digits tell them apart.
    """
    finite = [each[np.isfinite(each)] for each in values]
    finite = [each for each in finite if len(each)]
    if not finite:
        return 0.0, 1.0
    low, high = min(float(v.min()) for v in finite), max(float(v.max()) for v in finite)
    span = max(high - low, 1e-2 * max(abs(low), abs(high)), 1e-9)
    grid = 10.0 ** math.floor(math.log10(span)) / 5
    room = max(0.04 * span, (span - (high - low)) / 2)
    below = math.floor((low - room) / grid) * grid
    above = math.ceil((high + room) / grid) * grid
    return (max(below, 0.0) if low >= 0 else below), above
