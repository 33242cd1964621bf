"""The curves of the racers: one metric at a time, against steps or seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ssim_viewer.features.reconstruction_race.state import RaceSettings
from ssim_viewer.metrics import find
from ssim_viewer.session.run_group import SECONDS, STEP
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.controls.metric_options import metric_options
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.multi_run_part import MultiRunPart
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.plots.log_axis import log_steps_button
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup
    from ssim_viewer.ui.theme.colors import Colors

EMPTY = QT_TR_NOOP(
    "Press Play (Ctrl+Space): each racer improves the same start as its own metric says"
)


class RacePlot(MultiRunPart[RaceSettings]):
    """The curves of one metric at a time, a line a racer, against steps or seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("race_plots")
        self.setAccessibleName(tr("Curves of the racers"))
        self._colors = LIGHT
        self._group: RunGroup[RaceSettings] | None = None
        self._metric, self._against = "ssim", STEP
        self._choice = Choice(metric_options())
        self._choice.setFixedWidth(140)
        tip = tr("The metric whose curves are shown; every racer is measured by all of them.")
        name_control(self._choice, "race_plot_metric", tr("Metric of the curves"), tip)
        self._axis = Segments(
            [
                (tr("Steps"), STEP, "race_against_steps", tr("Curves against the steps made.")),
                (
                    tr("Seconds"),
                    SECONDS,
                    "race_against_seconds",
                    tr("Curves against the time that each racer has worked itself."),
                ),
            ]
        )
        self._axis.setFixedWidth(160)
        self._plot = LinesPlot("race_plot", headed=False)
        self._log_steps = log_steps_button("race_log_steps")
        self._log_steps.toggled.connect(self._plot.set_log_steps)
        self._plot.show_empty(EMPTY)
        self._choice.show_value(self._metric)
        self._axis.show_value(self._against)
        self._choice.chosen.connect(self._choose_metric)
        self._axis.chosen.connect(self._choose_axis)
        self._lay_out()

    def show_state(self, state: MultiRun[RaceSettings]) -> None:
        """Show the racers."""
        self._plot.show_empty("" if state.playing else EMPTY)
        if state.group is not self._group:
            self._group = state.group
            self._draw()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._axis.restyle(colors)
        self._plot.restyle(colors)
        self._draw()

    def _choose_metric(self, name: str) -> None:
        self._metric = name
        self._draw()

    def _choose_axis(self, column: str) -> None:
        self._against = column
        self._log_steps.setEnabled(column == STEP)
        self._draw()

    def _draw(self) -> None:
        entry = find(self._metric)
        symbol = entry.symbol
        group = self._group
        measured = group is not None and symbol in group.columns
        lines = self._lines(group, symbol) if group is not None and measured else []
        self._plot.show_lines(lines, symbol, self._against, error=entry.best == 0)
        unmeasured = group is not None and not measured
        self._plot.show_note(tr("let it race to have it measured") if unmeasured else "")

    def _lines(self, group: RunGroup[RaceSettings], symbol: str) -> list[Line]:
        lines = []
        for index, run in enumerate(group.runs):
            y = group.values(run, symbol)
            there = np.isfinite(y)
            x = group.values(run, self._against)[there]
            lines.append(Line(x, y[there], run_color(self._colors, index), run.title))
        return lines

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 0)
        bar.setSpacing(8)
        bar.addWidget(self._choice)
        bar.addWidget(self._axis)
        bar.addWidget(self._log_steps)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._plot, 1)
