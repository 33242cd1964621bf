"""The window of the two runs: images over maps, one plot for both, and the start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.two_runs.actions import (
    ExportRunSheet,
    RunBy,
    RunTwo,
    ShowEnd,
    ShowSheet,
)
from ssim_viewer.features.two_runs.jobs import sheet_of
from ssim_viewer.features.two_runs.sheet import METRICS, STARTS
from ssim_viewer.features.two_runs.sheet_view import SheetView
from ssim_viewer.features.two_runs.state import (
    STEPS,
    Two,
    TwoSettings,
    Way,
    state_of,
    subject_of,
    two_of,
)
from ssim_viewer.reports.contact_sheet import similarity_colors
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.fitted_picture import FittedPicture
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.controls.numbers import fixed
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.part_legend import legend_of
from ssim_viewer.ui.experiments.work_control import WorkControl
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import LIGHT
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WAYS = (QT_TR_NOOP("best"), QT_TR_NOOP("worst"))
KINDS = (
    (
        QT_TR_NOOP("Two runs"),
        "",
        "two_runs_of_one",
        QT_TR_NOOP("Both runs from one start, step by step."),
    ),
    (
        QT_TR_NOOP("Several starts"),
        STARTS,
        "two_runs_of_starts",
        QT_TR_NOOP(
            "Best and worst from six distortions at the MSE of the distorted image, as a sheet."
        ),
    ),
    (
        QT_TR_NOOP("Several metrics"),
        METRICS,
        "two_runs_of_metrics",
        QT_TR_NOOP(
            "Best and worst by MSSIM, MS-SSIM, GMSD and the metrics of the score strip, as a sheet."
        ),
    ),
)
LEGEND = QT_TR_NOOP(
    "Both start from one image and keep its MSE. Maps: white is alike (1), black is not (0), "
    "magenta is the opposite (below 0). Higher MSSIM is better."
)


class TwoRunsWindow(FeatureWindow):
    """The best and the worst image from one start, while both are climbed to."""

    def __init__(self) -> None:
        super().__init__(
            "two_runs_window",
            tr("Best and worst at once"),
            least=QSize(760, 560),
            usual=QSize(1180, 760),
        )
        self._session: Session | None = None
        self._colors = LIGHT
        self._titles = {way: QLabel() for way in WAYS}
        self._pictures = {way: FittedPicture(f"two_runs_{way}_picture") for way in WAYS}
        self._maps = {way: FittedPicture(f"two_runs_{way}_map") for way in WAYS}
        self._show = {way: QPushButton(tr("Show in the main window")) for way in WAYS}
        self._mssim, self._mse = LinesPlot("two_runs_mssim"), LinesPlot("two_runs_mse")
        self._stack = QStackedWidget()
        self._build()
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show the runs of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        state, two = state_of(session), two_of(session)
        pair = session.document.pair
        self._legend.setText(legend_of(LEGEND, pair))
        self._kind.show_value(state.kind)
        self._stack.setCurrentIndex(1 if state.kind else 0)
        if state.kind:
            self._show_sheet(session)
            return
        self._start.setEnabled(True)
        self._start.show_value(state.settings.noise)
        white = pair.reference.data_range if pair is not None else 255.0
        self._level.show_value(state.settings.mse_for(white))
        self._level.setEnabled(state.settings.noise)
        self._seed.show_value(state.settings.seed)
        self._seed.setEnabled(state.settings.noise)
        self._problem.setText(tr(state.problem))
        self._problem.setVisible(bool(state.problem))
        for way in WAYS:
            self._show_way(way, getattr(two, way) if two is not None else None)
        self._draw(two)
        done = 0 if two is None else len(two.best.values) - 1
        whole = two is not None and two.done
        working = state.running and not whole and not state.problem
        done = STEPS if whole else done
        self._work.show_work(done, STEPS, working=working, enabled=not whole)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._colors = colors
        self._start.restyle(colors)
        self._kind.restyle(colors)
        for plot in (self._mssim, self._mse):
            plot.restyle(colors)
        for label in (*self._pictures.values(), *self._maps.values()):
            label.setStyleSheet(f"background: {colors.surround}")
        set_text_color(self._problem, colors.on_error)
        session, self._session = self._session, None
        if session is not None:
            self.show_session(session)

    def _show_sheet(self, session: Session) -> None:
        state, sheet = state_of(session), sheet_of(session)
        self.sheet.show_sheet(sheet)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        for field in (self._start, self._level, self._seed):
            field.setEnabled(False)
        rows = 0 if sheet is None else (len(sheet.tiles) // 3 + len(sheet.problems))
        whole = sheet is not None and sheet.done
        working = state.running and not whole
        done = STEPS if whole else min(STEPS - 1, rows * STEPS // 7)
        self._work.show_work(done, STEPS, working=working, enabled=not whole)

    def _show_way(self, way: str, run: Way | None) -> None:
        color = run_color(self._colors, WAYS.index(way))
        numbers = (
            ""
            if run is None
            else tr(
                " — MSSIM {values}, MSE {errors:.6g}",
                values=fixed(run.values[-1], 4),
                errors=run.errors[-1],
            )
        )
        self._titles[way].setText(f'<b style="color: {color}">{tr(way)}</b>{numbers}')
        self._show[way].setEnabled(run is not None)
        self._pictures[way].show_array(None if run is None else run.picture)
        self._maps[way].show_array(None if run is None else similarity_colors(run.similarity))

    def _draw(self, two: Two | None) -> None:
        for plot, part, title in (
            (self._mssim, "values", tr("MSSIM, higher is better")),
            (self._mse, "errors", tr("MSE / levels², held")),
        ):
            lines = []
            for place, way in enumerate(WAYS if two is not None else ()):
                values = np.array(getattr(getattr(two, way), part), float)
                color = run_color(self._colors, place)
                lines.append(Line(np.arange(len(values), dtype=float), values, color, way))
            plot.show_lines(lines, title, "step")

    def _build(self) -> None:
        for way in WAYS:
            self._titles[way].setObjectName(f"two_runs_{way}_title")
            button = self._show[way]
            tip = tr("Make the {way} image the distorted image of the main window.", way=tr(way))
            name_control(
                button, f"two_runs_show_{way}", tr("Show the {way} image", way=tr(way)), tip
            )
            button.clicked.connect(lambda _=False, way=way: self.intended.emit(ShowEnd(way)))
        self._start = Segments(
            (
                (
                    tr("Distorted image"),
                    False,
                    "two_runs_of_distorted",
                    tr("Start from what is on screen."),
                ),
                (
                    tr("White noise"),
                    True,
                    "two_runs_of_noise",
                    tr("Start from noise of the MSE below."),
                ),
            )
        )
        self._kind = Segments(KINDS)
        self._kind.chosen.connect(lambda kind: self.intended.emit(ShowSheet(kind)))
        self.sheet = SheetView()
        self.sheet.export_asked.connect(self._ask_file)
        self._level = NumberSpin(0.0, 1e9)
        name_control(
            self._level, "two_runs_level", tr("MSE of the noise"), tr("It is held by both runs.")
        )
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        name_control(self._seed, "two_runs_seed", tr("Seed"), tr("The same seed, the same noise."))
        self._start.chosen.connect(lambda noise: self._change(replace(self._settings, noise=noise)))
        self._level.valueChanged.connect(lambda mse: self._change(replace(self._settings, mse=mse)))
        self._seed.valueChanged.connect(
            lambda seed: self._change(replace(self._settings, seed=round(seed)))
        )
        self._problem, self._legend = muted_label(wrap=True), muted_label(LEGEND, wrap=True)
        self._problem.setObjectName("two_runs_problem")
        self._legend.setObjectName("two_runs_legend")
        self._work = WorkControl(
            self,
            "two_runs",
            (tr("How far the runs are"), tr("Steps made.")),
            (tr("Run, or stop"), tr("Stop both runs, or run again.")),
            tr("Run again"),
        )
        self._work.toggled.connect(lambda on: self.intended.emit(RunTwo(on=on)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for column, way in enumerate(WAYS):
            widgets = self._titles[way], self._pictures[way], self._maps[way], self._show[way]
            for row, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        for row in (1, 2):
            grid.setRowStretch(row, 1)
        right = QVBoxLayout()
        right.addWidget(self._mssim, 1)
        right.addWidget(self._mse, 1)
        top = QHBoxLayout()
        top.addWidget(self._kind)
        top.addWidget(self._start)
        for caption, field in (("MSE", self._level), (tr("Seed"), self._seed)):
            label = QLabel(tr(caption))
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field)
        top.addStretch(1)
        top.addWidget(self._work.progress)
        top.addWidget(self._work.button)
        runs = QWidget()
        middle = QHBoxLayout(runs)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addLayout(grid, 3)
        middle.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.addLayout(top)
        whole.addWidget(self._problem)
        self._stack.addWidget(runs)
        self._stack.addWidget(self.sheet)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._legend)

    def _ask_file(self) -> None:
        kinds = (tr("PNG, 8 bits (*.png)"),)
        self.ask_file(tr("Export"), "best-and-worst.png", kinds, ExportRunSheet)

    @property
    def _settings(self) -> TwoSettings:
        return TwoSettings() if self._session is None else state_of(self._session).settings

    def _change(self, settings: TwoSettings) -> None:
        if settings != self._settings:
            self.intended.emit(RunBy(settings))


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    first, second = subject_of(before), subject_of(session)
    same = first is second if first is None or second is None else first.is_same(second)
    return same and state_of(before) is state_of(session)
