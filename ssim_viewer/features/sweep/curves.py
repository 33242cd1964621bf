"""One distortion against its strength: similarities on one axis, the rest on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ssim_viewer.distortions import get_distortion
from ssim_viewer.features.sweep.quantities import axis_label, quantity_of
from ssim_viewer.features.sweep.state import curve, drawn_quantities, sweep_of
from ssim_viewer.ui.controls.numbers import fixed, quantity, score
from ssim_viewer.ui.plots.base_plot import floor_of_similarities, round_limits, values_of_axis
from ssim_viewer.ui.plots.curve_plot import Curve, CurvePlot
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

import numpy as np

COLORS = ("ssim", "mse", "luminance", "contrast", "structure", "psnr", "ms-ssim", "cw-ssim")
"""Quantities by the places of their colours."""


class SweepCurves(QWidget):
    """All plots against the strength.

    Signals
    -------
    chosen
        Carries a strength.
    settled
        The mouse button was let go.
    """

    chosen = Signal(float)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sweep_curves")
        self.setAccessibleName(tr("Scores against the strength of the distortion"))
        self._colors = LIGHT
        self._similarities = self._made("sweep_similarities")
        self._others: dict[str, CurvePlot] = {}
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        below = QWidget()
        below.setLayout(self._row)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setObjectName("sweep_rows")
        rows.setChildrenCollapsible(False)
        rows.addWidget(self._similarities)
        rows.addWidget(below)
        rows.setSizes([400, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows, 1)

    def show_session(self, session: Session) -> None:
        """Draw the curves of a session."""
        settings = sweep_of(session).settings
        kind = get_distortion(settings.name)
        points = curve(session, settings.name)
        names = drawn_quantities(session)
        alike = [name for name in names if quantity_of(name).similarity]
        self._arrange([name for name in names if name not in alike])
        self._similarities.show_curves([_curve(name, points, settings.strength) for name in alike])
        lowest = (values.get(name, 1.0) for _, values in points for name in alike)
        self._similarities.show_limits(floor_of_similarities(lowest), 1.0)
        for name, plot in self._others.items():
            drawn = _curve(name, points, settings.strength)
            plot.show_curves([drawn])
            reached = values_of_axis(name, (y for _, y in drawn.points))
            plot.show_limits(*round_limits([np.array(reached)]))
        unit = f" / {tr(kind.unit)}" if kind.unit else ""
        for plot in (self._similarities, *self._others.values()):
            plot.show_axis(f"{tr(kind.title)}: {tr(kind.measure)}{unit}", kind.largest)
            plot.show_strength(settings.strength)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        for plot in (self._similarities, *self._others.values()):
            plot.restyle(colors)

    def _arrange(self, names: list[str]) -> None:
        """Have a plot for each quantity that is no similarity."""
        for name in [*self._others]:
            if name not in names:
                plot = self._others.pop(name)
                self._row.removeWidget(plot)
                plot.hide()
                plot.deleteLater()
        for name in names:
            if name not in self._others:
                plot = self._made(f"sweep_plot_{name.replace('-', '_')}")
                plot.restyle(self._colors)
                self._row.addWidget(plot, 1)
                self._others[name] = plot

    def _made(self, name: str) -> CurvePlot:
        plot = CurvePlot(name)
        plot.chosen.connect(self.chosen)
        plot.settled.connect(self.settled)
        return plot


def _curve(name: str, points: list[tuple[float, Mapping[str, float]]], strength: float) -> Curve:
    found = quantity_of(name)
    drawn = tuple((x, values[name]) for x, values in points if name in values)
    value = dict(drawn).get(strength)
    title = found.symbol if found.similarity else axis_label(name)
    color = COLORS.index(name) if name in COLORS else len(COLORS) + len(name)
    text = "…" if value is None else _text(name, value)
    return Curve(title, axis_label(name), color, drawn, value, text)


def _text(name: str, value: float) -> str:
    if name == "psnr":
        return f"{fixed(value, 2)} dB"
    return quantity(value) if name in ("mse", "mae") else score(value)
