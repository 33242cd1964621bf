"""The window of maximum differentiation: four images, two metrics, each held while the other moves.

Above stand the best and the worst image of B with A held, below those of A with B held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout

from ssim_viewer.metrics import find
from ssim_viewer.session.lanes import STEP
from ssim_viewer.session.plate import DEVIATION, RUNS, A, B, Plate, PlateSettings
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.experiments.bench_window import BenchPart, BenchWindow
from ssim_viewer.ui.experiments.lane_colors import lane_color
from ssim_viewer.ui.experiments.plate_settings import PlateFields
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.lanes import Course, Lane
    from ssim_viewer.session.plate import PlateRun
    from ssim_viewer.session.race import Race
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.experiments.lane_grid import Shown
    from ssim_viewer.ui.theme.colors import Colors

TITLE = "Maximum differentiation"
EMPTY = "Press Play (Ctrl+Space): each metric is pushed both ways while the other one is held"


class PlateWindow(BenchWindow):
    """Shows the plate of a session."""

    def __init__(self) -> None:
        super().__init__("plate", TITLE, PlateFields(), PlatePlots())

    def shown_lanes(self, bench: Plate | Race) -> Sequence[Shown]:
        """Return the four runs with both scores on each."""
        course = bench.course
        if course is None:
            assert isinstance(bench, Plate)  # noqa: S101 - it shows no other
            symbols = bench.settings.symbols
            return [(None, run.title(symbols), "") for run in RUNS]
        return [
            (lane, lane.title, _numbers(run, lane, course))
            for run, lane in zip(RUNS, course.lanes, strict=True)
        ]


class PlatePlots(BenchPart):
    """Two plots: what is pushed while A is held, and while B is held."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plate_plots")
        self.setAccessibleName("Plots of the four runs")
        self._colors = LIGHT
        self._course: Course | None = None
        self._names, self._symbols = PlateSettings().names, ("", "")
        self._plots = (LinesPlot("plate_plot_a_held"), LinesPlot("plate_plot_b_held"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for plot in self._plots:
            plot.show_empty(EMPTY)
            row.addWidget(plot, 1)

    def show_session(self, session: Session) -> None:
        """Show the runs of a session."""
        plate = session.plate or Plate()
        settings = plate.course.settings if plate.course is not None else plate.settings
        assert isinstance(settings, PlateSettings)  # noqa: S101 - it shows no other
        for plot in self._plots:
            plot.show_empty("" if plate.playing else EMPTY)
        if plate.course is not self._course or settings.symbols != self._symbols:
            self._course, self._symbols = plate.course, settings.symbols
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
            plot.show_note(f"{self._symbols[held]} held{self._deviation(held)}")

    def _lines(self, held: int) -> list[Line]:
        course = self._course
        if course is None:
            return []
        return [
            Line(
                lane.trace[:, 0],
                lane.trace[:, B if held == 0 else A],
                lane_color(self._colors, index),
                lane.title,
            )
            for index, (run, lane) in enumerate(zip(RUNS, course.lanes, strict=True))
            if run.held == held
        ]

    def _deviation(self, held: int) -> str:
        lanes = self._course.lanes if self._course is not None else ()
        largest = [
            largest_deviation(lane)
            for run, lane in zip(RUNS, lanes, strict=False)
            if run.held == held and len(lane.trace)
        ]
        return f" within {max(largest):.0e}" if largest else ""


def largest_deviation(lane: Lane) -> float:
    """Return how far the held metric ever was from its level, relative to it."""
    return float(np.abs(lane.trace[:, DEVIATION]).max())


def _numbers(run: PlateRun, lane: Lane, course: Course) -> str:
    """Return both scores, the pushed one first, and how well the other one was held."""
    if not len(lane.trace):
        return ""
    assert isinstance(course.settings, PlateSettings)  # noqa: S101 - it shows no other
    symbols, last = course.settings.symbols, lane.trace[-1]
    varied = f"{symbols[run.varied]} {score(last[A + run.varied])}"
    held = f"{symbols[run.held]} {score(last[A + run.held])}"
    return f"{varied}   {held} held within {largest_deviation(lane):.0e}"
