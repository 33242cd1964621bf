"""The window of the race: one image a racer, and the curves of every metric for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ssim_viewer.metrics import find
from ssim_viewer.session.lanes import SECONDS, STEP
from ssim_viewer.session.race import Race, RaceSettings
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.controls.metric_options import metric_options
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.bench_window import BenchPart, BenchWindow
from ssim_viewer.ui.experiments.lane_colors import lane_color
from ssim_viewer.ui.experiments.race_settings import RaceFields
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.theme.colors import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.lanes import Course, Lane
    from ssim_viewer.session.plate import Plate
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.experiments.lane_grid import Shown
    from ssim_viewer.ui.theme.colors import Colors

TITLE = "Race to the reference"
EMPTY = "Press Play (Ctrl+Space): each racer improves the same start as its own metric says"


class RaceWindow(BenchWindow):
    """Shows the race of a session."""

    def __init__(self) -> None:
        super().__init__("race", TITLE, RaceFields(), RacePlot())

    def shown_lanes(self, bench: Plate | Race) -> Sequence[Shown]:
        """Return the racers with all their scores, the one that each runs by first."""
        course = bench.course
        if course is None:
            assert isinstance(bench, Race)  # noqa: S101 - it shows no other
            return [(None, f"By {find(name).symbol}", "") for name in bench.settings.racers]
        return [(lane, lane.title, _numbers(lane, course)) for lane in course.lanes]


class RacePlot(BenchPart):
    """The curves of one metric at a time, a line a racer, against steps or seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("race_plots")
        self.setAccessibleName("Curves of the racers")
        self._colors = LIGHT
        self._course: Course | None = None
        self._metric, self._against = "ssim", STEP
        self._choice = Choice(metric_options())
        self._choice.setFixedWidth(140)
        tip = "The metric whose curves are shown; every racer is measured by all of them."
        name_control(self._choice, "race_plot_metric", "Metric of the curves", tip)
        self._axis = Segments(
            [
                ("Steps", STEP, "race_against_steps", "Curves against the steps made."),
                (
                    "Seconds",
                    SECONDS,
                    "race_against_seconds",
                    "Curves against the time that each racer has worked itself.",
                ),
            ]
        )
        self._axis.setFixedWidth(160)
        self._plot = LinesPlot("race_plot", headed=False)
        self._plot.show_empty(EMPTY)
        self._choice.show_value(self._metric)
        self._axis.show_value(self._against)
        self._choice.chosen.connect(self._choose_metric)
        self._axis.chosen.connect(self._choose_axis)
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show the racers of a session."""
        race = session.race
        course = race.course if race is not None else None
        self._plot.show_empty("" if race is not None and race.playing else EMPTY)
        if course is not self._course:
            self._course = course
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
        self._draw()

    def _draw(self) -> None:
        entry = find(self._metric)
        symbol = entry.symbol
        course = self._course
        measured = course is not None and symbol in course.columns
        lines = self._lines(course, symbol) if course is not None and measured else []
        self._plot.show_lines(lines, symbol, self._against, error=entry.best == 0)
        unmeasured = course is not None and not measured
        self._plot.show_note("let it race to have it measured" if unmeasured else "")

    def _lines(self, course: Course, symbol: str) -> list[Line]:
        lines = []
        for index, lane in enumerate(course.lanes):
            y = course.values(lane, symbol)
            there = np.isfinite(y)
            x = course.values(lane, self._against)[there]
            lines.append(Line(x, y[there], lane_color(self._colors, index), lane.title))
        return lines

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 0)
        bar.setSpacing(8)
        bar.addWidget(self._choice)
        bar.addWidget(self._axis)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._plot, 1)


def _numbers(lane: Lane, course: Course) -> str:
    """Return all scores of a racer, the one that it runs by first."""
    assert isinstance(course.settings, RaceSettings)  # noqa: S101 - it shows no other
    if not len(lane.trace):
        return ""
    names = dict.fromkeys((lane.name, *course.settings.measured))
    values = {
        find(name).symbol: float(course.values(lane, find(name).symbol)[-1]) for name in names
    }
    return "   ".join(f"{symbol} {score(value)}" for symbol, value in values.items())
