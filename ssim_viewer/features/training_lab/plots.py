"""The curves of a run: a plot for each score of the held-out images, a line a loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssim_viewer.training import parse_loss
from ssim_viewer.training.scoring import SCORES, SYMBOLS
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.features.training_lab.state import Lab
    from ssim_viewer.training.run_file import Run
    from ssim_viewer.ui.theme.colors import Colors

UNITS = {"psnr": QT_TR_NOOP(" / dB")}


class TrainingPlots(QWidget):
    """All plots beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training_plots")
        self.setAccessibleName(tr("Scores of the held-out images"))
        self._colors = LIGHT
        self._shown: tuple[object, ...] = ()
        self._lab: Lab | None = None
        self._plots = {name: LinesPlot(f"training_plot_{name}") for name in SCORES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for plot in self._plots.values():
            plot.setMinimumWidth(150)
            row.addWidget(plot, 1)

    def show_lab(self, lab: Lab) -> None:
        """Draw the curves of a lab."""
        self._lab = lab
        shown = (lab.run, lab.against_seconds, self._colors)
        if shown == self._shown:
            return
        self._shown = shown
        against = "seconds" if lab.against_seconds else "step"
        for place, (name, plot) in enumerate(self._plots.items()):
            lines = _lines(lab.run, place, self._colors, seconds=lab.against_seconds)
            plot.show_lines(lines, SYMBOLS[name] + UNITS.get(name, ""), against)

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        for plot in self._plots.values():
            plot.restyle(colors)
        if self._lab is not None:
            self.show_lab(self._lab)


def _lines(run: Run | None, score: int, colors: Colors, *, seconds: bool) -> list[Line]:
    if run is None:
        return []
    curves, lines = run.curves, []
    for place, name in enumerate(run.settings.losses):
        x = curves.seconds[:, place] if seconds else curves.steps.astype(np.float64)
        y = curves.scores[:, place, score]
        known = np.isfinite(y)
        lines.append(Line(x[known], y[known], run_color(colors, place), parse_loss(name).title))
    return lines
