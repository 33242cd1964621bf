"""The window of the faults: both curves at the left, the switches with their lines at the right."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.descent_faults.actions import RunAgain, SwitchFaults
from ssim_viewer.features.descent_faults.script import ALL, STEPS, Faults
from ssim_viewer.features.descent_faults.state import descent_of, runs_of, subject_of
from ssim_viewer.features.descent_faults.words import FAULTS
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.inputs import Switch
from ssim_viewer.ui.controls.numbers import fixed
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.work_control import WorkControl
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular
from ssim_viewer.ui.theme.run_colors import run_color

if TYPE_CHECKING:
    from ssim_viewer.features.descent_faults.state import Runs
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 440
RIGHT, FAULTY = 0, 1


class FaultsWindow(FeatureWindow):
    """A descent with faults that can be switched on, beside the right one."""

    def __init__(self) -> None:
        super().__init__(
            "faults_window",
            tr("Why does my descent go up?"),
            least=QSize(880, 560),
            usual=QSize(1060, 680),
        )
        self._session: Session | None = None
        self._colors = LIGHT
        self._mssim, self._mse = LinesPlot("faults_mssim"), LinesPlot("faults_mse")
        self._switches = {fault.name: Switch(tr(fault.title)) for fault in FAULTS}
        self._lines = {fault.name: QLabel() for fault in FAULTS}
        self._build()
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show the runs of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        state, runs = descent_of(session), runs_of(session)
        for fault in FAULTS:
            on = getattr(state.faults, fault.name)
            self._switches[fault.name].show_value(on)
            self._lines[fault.name].setText(self._line(fault.name, on=on))
        self._problem.setText(tr(state.problem))
        self._problem.setVisible(bool(state.problem))
        self._draw(runs)
        done = 0 if runs is None else len(runs.right.mse) - 1
        working = state.running and done < STEPS and not state.problem
        self._work.show_work(done, STEPS, working=working, enabled=working or done < STEPS)
        self._told.setText(tr("" if runs is None else told(runs)))

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._colors = colors
        for plot in (self._mssim, self._mse):
            plot.restyle(colors)
        set_text_color(self._problem, colors.on_error)
        right, faulty = tr("right"), tr("as switched at the right")
        rule = tr("A descent lowers MSSIM and leaves the MSE as it is.")
        self._legend.setText(
            f'<b><span style="color: {run_color(colors, RIGHT)}">{right}</span> &nbsp; '
            f'<span style="color: {run_color(colors, FAULTY)}">{faulty}</span></b> &nbsp; {rule}'
        )
        session, self._session = self._session, None
        if session is not None:
            self.show_session(session)

    def _draw(self, runs: Runs | None) -> None:
        for plot, part, title in ((self._mssim, "mssim", "MSSIM"), (self._mse, "mse", "MSE")):
            lines = []
            if runs is not None:
                for run, color, name in (
                    (runs.right, RIGHT, "right"),
                    (runs.faulty, FAULTY, "faulty"),
                ):
                    values = np.array(getattr(run, part), float)
                    steps = np.arange(len(values), dtype=float)
                    lines.append(Line(steps, values, run_color(self._colors, color), name))
            better = (
                tr(", higher is better") if part == "mssim" else tr(" / levels², lower is better")
            )
            plot.show_lines(lines, title + better, "step", error=part == "mse")

    def _line(self, name: str, *, on: bool) -> str:
        fault = next(each for each in FAULTS if each.name == name)
        wrong, right = escape(tr(fault.wrong)), escape(tr(fault.right))
        words = tr("wrong"), tr("right")
        color = run_color(self._colors, FAULTY)
        if on:
            return (
                f'<p style="margin: 0 0 2px 0; color: {color}">'
                f"<b>{words[0]}:</b> <code>{wrong}</code></p>"
                f'<p style="margin: 0 0 2px 0"><b>{words[1]}:</b> <code>{right}</code></p>'
                f'<p style="margin: 0">{escape(tr(fault.why))}</p>'
            )
        return f'<p style="margin: 0"><b>{words[1]}:</b> <code>{right}</code></p>'

    def _build(self) -> None:
        for fault in FAULTS:
            switch = self._switches[fault.name]
            name_control(switch, f"fault_{fault.name}", fault.title, fault.why)
            switch.toggled.connect(lambda on, name=fault.name: self._switch(name, on=on))
            line = self._lines[fault.name]
            line.setObjectName(f"fault_{fault.name}_line")
            line.setTextFormat(Qt.TextFormat.RichText)
            line.setWordWrap(True)
            line.setContentsMargins(24, 0, 0, 8)
        self._all, self._none = QPushButton(tr("All four on")), QPushButton(tr("All off"))
        name_control(self._all, "faults_all", tr("All four on"), tr("As people post the script."))
        name_control(self._none, "faults_none", tr("All off"), tr("The right version."))
        self._all.clicked.connect(lambda: self.intended.emit(SwitchFaults(ALL)))
        self._none.clicked.connect(lambda: self.intended.emit(SwitchFaults(Faults())))
        self._legend = QLabel()
        self._legend.setObjectName("faults_legend")
        self._legend.setWordWrap(True)
        self._told = QLabel()
        self._told.setObjectName("faults_told")
        self._told.setWordWrap(True)
        self._told.setFont(tabular(self._told.font()))
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("faults_problem")
        self._work = WorkControl(
            self,
            "faults",
            (tr("How far the runs are"), tr("Steps made.")),
            (tr("Run, or stop"), tr("Stop the runs, or run again.")),
            tr("Run again"),
        )
        self._work.toggled.connect(lambda on: self.intended.emit(RunAgain(on=on)))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        for label in (self._legend, self._told):
            label.setContentsMargins(8, 6, 8, 2)
        left.addWidget(self._legend)
        left.addWidget(self._mssim, 1)
        left.addWidget(self._mse, 1)
        left.addWidget(self._told)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        sets = QHBoxLayout()
        sets.addWidget(self._all)
        sets.addWidget(self._none)
        column.addLayout(sets)
        for fault in FAULTS:
            column.addWidget(self._switches[fault.name])
            column.addWidget(self._lines[fault.name])
        column.addWidget(self._problem)
        column.addStretch(1)
        work = QHBoxLayout()
        work.addWidget(self._work.progress, 1)
        work.addWidget(self._work.button)
        column.addLayout(work)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(COLUMN_WIDTH)
        area.verticalScrollBar().setAccessibleName(tr("Scroll the switches"))
        area.setWidget(body)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 1)
        row.addWidget(area)

    def _switch(self, name: str, *, on: bool) -> None:
        if self._session is not None:
            faults = replace(descent_of(self._session).faults, **{name: on})
            self.intended.emit(SwitchFaults(faults))


def told(runs: Runs) -> str:
    """Return in words what both runs have come to."""
    steps = len(runs.right.mse) - 1
    start, pixels = runs.right.mse[0], runs.right.image.size
    parts = [
        tr(
            "After {steps} steps, right: MSE {mse:.6g}, MSSIM {mssim}; as switched: MSE "
            "{mse_2:.6g}, MSSIM {mssim_2}.",
            steps=steps,
            mse=runs.right.mse[-1],
            mssim=fixed(runs.right.mssim[-1], 5),
            mse_2=runs.faulty.mse[-1],
            mssim_2=fixed(runs.faulty.mssim[-1], 5),
        )
    ]
    if runs.faults.unit_radius:
        parts.append(
            tr(
                "σ²/N = {start:.6g} / {pixels} = {start_2:.6g}: that is the MSE of a radius of σ.",
                start=start,
                pixels=pixels,
                start_2=start / pixels,
            )
        )
    if runs.subject.masked:
        parts.append(tr("The script knows no mask: all pixels count here."))
    if runs.cropped:
        parts.append(tr("Run on the middle 512 × 512 pixels."))
    return " ".join(parts)


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    first, second = subject_of(before), subject_of(session)
    same = first is second if first is None or second is None else first.is_same(second)
    return same and descent_of(before) is descent_of(session)
