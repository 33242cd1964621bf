"""Two plots of the climb against its step: the driving metric moves, the MSE does not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssim_viewer.metrics import catalogue
from ssim_viewer.session.family import SSIM as SSIM_NAME
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.intents import ChooseBranch, ScrubTo
from ssim_viewer.session.run import COLUMNS
from ssim_viewer.ui.controls.numbers import drift, held_mse, score
from ssim_viewer.ui.plots.base_plot import ceiling
from ssim_viewer.ui.plots.log_axis import log_steps_button
from ssim_viewer.ui.plots.trace_plot import TracePlot
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.session.run import Run
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

MSE, SSIM = COLUMNS.index("mse"), COLUMNS.index("ssim")
EMPTY = QT_TR_NOOP("Press Play (Space) to start a climb at constant MSE")
DRAWING_PAUSE = 70
"""Milliseconds that a drawing waits while a climb plays, so that it does not meet the numbers."""

CONSTANT = 0.005
"""Half the range of the MSE plot, as a share of the held MSE: rounding looks flat on it."""


class TracePlots(QWidget):
    """The driving metric and MSE against the step, with the step on screen marked.

    Signals
    -------
    intended
        Carries `ScrubTo` when a plot is clicked or dragged over, `ChooseBranch` when the curve of a
        branch is clicked.
    settled
        The mouse button was let go.
    """

    intended = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trace_plots")
        self.setAccessibleName(tr("Plots of the climb"))
        self._run: Run | None = None
        self._branches: tuple[Run, ...] = ()
        self._ssim = TracePlot("plot_ssim", "MSSIM", "MSSIM")
        self._mse = TracePlot("plot_mse", "MSE", tr("MSE / levels²"))
        self._mse.setToolTip(
            tr(
                "MSE at each step, on a scale of ±0.5 % around the held one."
                " Click or drag to show a step."
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for plot in (self._ssim, self._mse):
            row.addWidget(plot, 1)
            plot.chosen.connect(lambda step: self.intended.emit(ScrubTo(step)))
            plot.branch_chosen.connect(lambda place: self.intended.emit(ChooseBranch(place)))
            plot.settled.connect(self.settled)
        self._add_log_button()
        self._driver = ""
        self._show_driver(SSIM_NAME)
        self._ssim.show_empty(EMPTY)
        self._latest: Session | None = None
        self._rest = QTimer(self, singleShot=True, interval=DRAWING_PAUSE)
        self._rest.timeout.connect(self._draw_latest)

    def _add_log_button(self) -> None:
        """Offer a logarithmic axis of steps, on which the first ones have room."""
        button = log_steps_button("plot_log_steps")
        for plot in (self._ssim, self._mse):
            button.toggled.connect(plot.set_logarithmic)
        self._mse.add_to_heading(button)
        self._log_button = button

    @property
    def log_steps(self) -> bool:
        """Whether the axis of steps is logarithmic."""
        return self._log_button.isChecked()

    @log_steps.setter
    def log_steps(self, on: bool) -> None:
        self._log_button.setChecked(on)

    def show_session(self, session: Session) -> None:
        """Show the climb of a session and the branches that were left."""
        self._latest = session
        if not session.playing:
            self._draw_latest()
        elif not self._rest.isActive():
            self._rest.start()

    def _draw_latest(self) -> None:
        session, self._latest = self._latest, None
        if session is not None:
            self._draw(session)

    def _draw(self, session: Session) -> None:
        run, branches = session.document.run, session.document.branches
        begun = session.playing or (run is not None and run.last > 0)
        self._ssim.show_empty("" if begun else EMPTY)
        same_driver = session.document.driver == self._driver
        if run is self._run and branches is self._branches and same_driver:
            return
        self._show_driver(session.document.driver)
        left = branches is not self._branches
        climbed = run is None or self._run is None or run.trace is not self._run.trace
        self._run, self._branches = run, branches
        if left:
            self._draw_branches()
        if left or climbed:
            self._draw_trace()
        self._mark()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._ssim.restyle(colors, colors.ssim)
        self._mse.restyle(colors, colors.mse)

    def _show_driver(self, name: str) -> None:
        """Say which metric the first plot is of."""
        if name == self._driver:
            return
        self._driver = name
        symbol = symbol_of(name)
        self._ssim.set_name(symbol)
        self._ssim.setToolTip(
            tr("{symbol} at each step. Click or drag to show a step.", symbol=symbol)
        )

    def _draw_branches(self) -> None:
        for plot, column in ((self._ssim, SSIM), (self._mse, MSE)):
            plot.set_branches([(run.trace[:, 0], run.trace[:, column]) for run in self._branches])

    def _draw_trace(self) -> None:
        runs = (*self._branches, self._run) if self._run else self._branches
        traces = [run.trace for run in runs]
        trace = self._run.trace if self._run else np.empty((0, 5))
        steps = max((int(each[-1, 0]) for each in traces), default=0)
        for plot, column, limits in (
            (self._ssim, SSIM, _moving_limits([each[:, SSIM] for each in traces], self._driver)),
            (self._mse, MSE, _constant_limits([each[:, MSE] for each in traces])),
        ):
            plot.set_limits(ceiling(steps), *limits)
            plot.set_curve(trace[:, 0], trace[:, column])
        self._mse.set_title(
            tr(
                "held {held_mse} · drift {drift}",
                held_mse=held_mse(self._run),
                drift=drift(self._run),
            )
            if self._run
            else ""
        )

    def _mark(self) -> None:
        if self._run is None:
            for plot in (self._ssim, self._mse):
                plot.set_marker(None)
            self._ssim.set_title("")
            return
        step = self._run.cursor
        row = self._run.trace[step]
        self._ssim.set_marker((step, row[SSIM]))
        self._mse.set_marker((step, row[MSE]))
        self._ssim.set_title(tr("{row} at step {step}", row=score(row[SSIM]), step=step))


def _moving_limits(values: list[NDArray[np.float64]], metric: str) -> tuple[float, float]:
    """Return limits around a metric, in round numbers and within those that it can have."""
    if not values:
        return 0.0, 1.0
    low, high = _extent(values)
    span = max(high - low, 1e-3)
    grid = 10.0 ** np.floor(np.log10(span)) / 2
    low = float(np.floor((low - 0.04 * span) / grid) * grid)
    high = float(np.ceil((high + 0.04 * span) / grid) * grid)
    least, most = _possible(metric)
    return max(low, least), min(high, most)


def _possible(metric: str) -> tuple[float, float]:
    """Return the values that a metric can have, as far as the catalogue knows them."""
    entry = catalogue().get(metric)
    if metric == SSIM_NAME:
        return -1.0, 1.0
    if entry is None or entry.best is None:
        return -math.inf, math.inf
    return (-math.inf, entry.best) if entry.higher_is_better else (entry.best, math.inf)


def _constant_limits(values: list[NDArray[np.float64]]) -> tuple[float, float]:
    """Return limits around the held MSE, wider only where MSE left them."""
    if not values:
        return 0.0, 1.0
    held = float(values[-1][0])
    low, high = _extent(values)
    half = max(CONSTANT * held, 1.2 * (high - held), 1.2 * (held - low))
    return held - half, held + half


def _extent(values: list[NDArray[np.float64]]) -> tuple[float, float]:
    return min(float(v.min()) for v in values), max(float(v.max()) for v in values)
