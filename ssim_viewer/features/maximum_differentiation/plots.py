"""The plots of maximum differentiation: what is pushed while A is held, and while B is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout

from ssim_viewer.features.maximum_differentiation.state import DEVIATION, NAMES, A, B, MadSettings
from ssim_viewer.metrics import find
from ssim_viewer.session.run_group import STEP
from ssim_viewer.synthesis import MAD_RUNS
from ssim_viewer.ui.experiments.multi_run_part import MultiRunPart
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.plots.log_axis import log_steps_button
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.session.multi_run import MultiRun
    from ssim_viewer.session.run_group import RunGroup, RunState
    from ssim_viewer.ui.theme.colors import Colors

EMPTY = QT_TR_NOOP(
    "Press Play (Ctrl+Space): each metric is pushed both ways while the other one is held"
)


class MadPlots(MultiRunPart[MadSettings]):
    """Two plots, each with the best and the worst run."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(f"{NAMES}_plots")
        self.setAccessibleName(tr("Plots of the four runs"))
        self._colors = LIGHT
        self._group: RunGroup[MadSettings] | None = None
        self._names, self._symbols = MadSettings().names, ("", "")
        self._plots = (LinesPlot(f"{NAMES}_plot_a_held"), LinesPlot(f"{NAMES}_plot_b_held"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for plot in self._plots:
            plot.show_empty(EMPTY)
            row.addWidget(plot, 1)
        button = log_steps_button(f"{NAMES}_log_steps")
        for plot in self._plots:
            button.toggled.connect(plot.set_log_steps)
        self._plots[1].add_to_heading(button)

    def show_state(self, state: MultiRun[MadSettings]) -> None:
        """Show the runs."""
        settings = state.group.settings if state.group is not None else state.settings
        for plot in self._plots:
            plot.show_empty("" if state.playing else EMPTY)
        if state.group is not self._group or settings.symbols != self._symbols:
            self._group, self._symbols = state.group, settings.symbols
            self._names = settings.names
            self._draw()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        for plot in self._plots:
            plot.restyle(colors)
        self._draw()

    def _draw(self) -> None:
        for held, plot in enumerate(self._plots):
            varied = self._symbols[1 - held]
            error = find(self._names[1 - held]).best == 0
            plot.show_lines(self._lines(held), varied, STEP, error=error)
            plot.show_note(
                tr(
                    "{symbols} held{deviation}",
                    symbols=self._symbols[held],
                    deviation=self._deviation(held),
                )
            )

    def _lines(self, held: int) -> list[Line]:
        group = self._group
        if group is None:
            return []
        return [
            Line(
                run.trace[:, 0],
                run.trace[:, B if held == 0 else A],
                run_color(self._colors, index),
                run.title,
            )
            for index, (which, run) in enumerate(zip(MAD_RUNS, group.runs, strict=True))
            if which.held == held
        ]

    def _deviation(self, held: int) -> str:
        runs = self._group.runs if self._group is not None else ()
        largest = [
            largest_deviation(run)
            for which, run in zip(MAD_RUNS, runs, strict=False)
            if which.held == held and len(run.trace)
        ]
        return tr(" within {largest:.0e}", largest=max(largest)) if largest else ""


def largest_deviation(run: RunState) -> float:
    """Return how far the held metric ever was from its level, relative to it."""
    return float(np.abs(run.trace[:, DEVIATION]).max())
