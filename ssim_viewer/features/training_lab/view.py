"""The window of the training lab: reconstructions, curves and tables at the left, causes right."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.training_lab import actions
from ssim_viewer.features.training_lab.codes_view import CodesView
from ssim_viewer.features.training_lab.form import TrainingForm
from ssim_viewer.features.training_lab.plots import TrainingPlots
from ssim_viewer.features.training_lab.rows import ReconstructionRows
from ssim_viewer.features.training_lab.state import Lab, lab_of
from ssim_viewer.features.training_lab.table_view import RunTable
from ssim_viewer.session.intents import Cancel, DismissNotice, Pause, Play, ResetRun, StepOnce
from ssim_viewer.training.run_file import SUFFIX
from ssim_viewer.training.tables import as_csv, as_latex, curves_as_csv
from ssim_viewer.ui.controls.clipboard import png_of
from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.run_buttons import RunButtons
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 300


class TrainingWindow(FeatureWindow):
    """Networks trained by several losses, side by side."""

    def __init__(self) -> None:
        super().__init__(
            "training_window",
            tr("Training lab"),
            least=QSize(960, 600),
            usual=QSize(1280, 800),
        )
        self._lab = Lab()
        self._shown: Lab | None = None
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        self.runs_folder = Path(data) / "runs"
        self.notice_bar = NoticeBar(self, name="training_notice")
        self.rows = ReconstructionRows()
        self.plots = TrainingPlots()
        self.table = RunTable()
        self.codes = CodesView()
        self.form = TrainingForm()
        self.buttons = RunButtons("training")
        self._axis = Segments(
            (
                (
                    tr("Steps"),
                    False,
                    "training_against_steps",
                    tr("Draw the curves against steps."),
                ),
                (
                    tr("Seconds"),
                    True,
                    "training_against_seconds",
                    tr("Against each network's seconds."),
                ),
            )
        )
        self._open = QToolButton()
        self._open.setText(tr("Open run…"))
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tip = tr("Show the run of a file; Play goes on with it. Runs are saved as they come.")
        name_control(self._open, "training_open", tr("Open a run"), tip)
        self._export = self._export_button()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the lab of a session."""
        self._lab = lab = lab_of(session)
        if lab is self._shown:
            return
        self._shown = lab
        self.notice_bar.show_notice(lab.notice)
        self.form.show_settings(lab.settings, free=lab.wanted is None)
        for view in (self.rows, self.plots, self.table, self.codes):
            view.show_lab(lab)
        self._axis.show_value(lab.against_seconds)
        self._export.setEnabled(lab.run is not None)
        self._open.setEnabled(lab.wanted is None)
        self._show_work(lab)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        for view in (self.notice_bar, self.rows, self.plots, self.table, self.codes):
            view.restyle(colors)
        self.buttons.restyle(colors)
        self._axis.restyle(colors)
        self._open.setIcon(themed_icon("folder-open-outline", colors))
        self._export.setIcon(themed_icon("export-variant", colors))

    def _show_work(self, lab: Lab) -> None:
        over = lab.run is not None and lab.wanted is None and lab.run.done and not lab.goes_on
        same = lab.run is not None and lab.run.settings == lab.settings
        self.buttons.show_state(
            ready=not (over and same),
            playing=lab.playing,
            begun=lab.run is not None and lab.wanted is None,
            goes_on=lab.wanted is not None,
        )
        steps = lab.settings.steps
        words = (
            tr("Step {step} of {steps}.", step=lab.step, steps=steps) if lab.run is not None else ""
        )
        if lab.doing and lab.wanted is not None:
            words = f"{words} {lab.doing}…".strip()
        elif lab.wanted is not None and not lab.playing:
            words += " Paused."
        elif over and same:
            words += tr(" All steps are done; reset, or ask for more steps.")
        self.buttons.show_progress(
            working=lab.playing and lab.step == 0, fraction=lab.step / steps or None, words=words
        )

    # Building

    def _lay_out(self) -> None:
        tabs = QTabWidget()
        tabs.setObjectName("training_tabs")
        tabs.setDocumentMode(True)
        tabs.addTab(self.plots, tr("Curves"))
        tabs.addTab(self.table, tr("Table"))
        tabs.addTab(self.codes, tr("Codes"))
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 2, 8, 2)
        row.addWidget(self._axis)
        tabs.setCornerWidget(corner)
        self._pictures = QSplitter(Qt.Orientation.Vertical)
        self._pictures.addWidget(self.rows)
        self._pictures.addWidget(tabs)
        self._pictures.setStretchFactor(0, 3)
        self._pictures.setStretchFactor(1, 2)
        self._pictures.setChildrenCollapsible(False)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._pictures, 1)
        whole.addWidget(self._column())
        self.notice_bar.lie_over(self._pictures)

    def _column(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        body = QWidget()
        top = QVBoxLayout(body)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(Section(tr("Settings"), "training_settings", self.form))
        top.addStretch(1)
        scroll.setWidget(body)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 8)
        stack.addWidget(scroll, 1)
        work = QVBoxLayout()
        work.setContentsMargins(8, 0, 8, 0)
        work.addWidget(self.buttons)
        files = QHBoxLayout()
        files.addWidget(self._open)
        files.addStretch(1)
        files.addWidget(self._export)
        work.addLayout(files)
        stack.addLayout(work)
        return column

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(tr("Export"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        name_control(
            button, "training_export", tr("Export"), tr("Write table, curves or a picture.")
        )
        menu = QMenu(button)
        entries: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("table_csv", tr("Table as &CSV…"), lambda: self._save_table(".csv")),
            ("table_tex", tr("Table as &LaTeX…"), lambda: self._save_table(".tex")),
            ("curves", tr("C&urves as CSV…"), self._save_curves),
            ("png", tr("&Picture…"), self._save_picture),
            ("candidates", tr("C&andidates of a preference study…"), self._save_candidates),
        )
        for part, text, slot in entries:
            action = menu.addAction(tr(text))
            action.setObjectName(f"training_export_{part}")
            action.triggered.connect(slot)
        button.setMenu(menu)
        return button

    def _connect(self) -> None:
        self.notice_bar.intended.connect(self._answer_notice)
        self.form.changed.connect(lambda found: self.intended.emit(actions.ChooseTraining(found)))
        self.form.refused.connect(lambda text: self.intended.emit(actions.RefuseTraining(text)))
        self.rows.chosen.connect(lambda place: self.intended.emit(actions.ChooseHeldOut(place)))
        self._axis.chosen.connect(lambda on: self.intended.emit(actions.DrawAgainst(on)))
        self.buttons.intended.connect(self._drive)
        self.codes.asked.connect(lambda kind: self.intended.emit(actions.ProbeCodes(kind)))
        self._open.clicked.connect(self._ask_run)

    # Doing

    def _drive(self, intent: object) -> None:
        name = f"{self._lab.settings.network} {time.strftime('%Y-%m-%d %H.%M.%S')}{SUFFIX}"
        path = self.runs_folder / name
        match intent:
            case Play():
                self.intended.emit(actions.PlayTraining(path))
            case StepOnce():
                self.intended.emit(actions.StepTraining(path))
            case Pause():
                self.intended.emit(actions.PauseTraining())
            case Cancel():
                self.intended.emit(actions.StopTraining())
            case ResetRun():
                self.intended.emit(actions.ClearTraining())

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(actions.DismissTrainingNotice() if own else intent)

    def _ask_run(self) -> None:
        kinds = tr("Runs (*{suffix});;All files (*)", suffix=SUFFIX)
        dialog = QFileDialog(self, tr("Open a run"), str(self.runs_folder), kinds)
        dialog.setObjectName("training_open_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.intended.emit(actions.OpenRun(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_table(self, suffix: str) -> None:
        table = self.table.table
        if table is not None:
            text = as_csv(table) if suffix == ".csv" else as_latex(table)
            kind = tr("CSV (*.csv)") if suffix == ".csv" else tr("LaTeX (*.tex)")
            self._ask(suffix, kind, text)

    def _save_curves(self) -> None:
        if self._lab.run is not None:
            self._ask(".csv", tr("CSV (*.csv)"), curves_as_csv(self._lab.run))

    def _save_picture(self) -> None:
        self._ask(".png", tr("PNG, 8 bits (*.png)"), png_of(self._pictures.grab().toImage()))

    def _save_candidates(self) -> None:
        run = self._lab.run
        if run is None:
            return
        dialog = QFileDialog(self, tr("Choose a folder for the images"), str(Path.home()))
        dialog.setObjectName("training_candidates_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(
            lambda name: self.intended.emit(actions.ExportTraining(Path(name), run))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask(self, suffix: str, kind: str, content: str | bytes) -> None:
        def action(path: Path) -> object:
            return actions.ExportTraining(path, content)

        self.ask_file(tr("Save"), f"training{suffix}", (kind,), action)
