"""The window of robustness: curves at the left, what is done to which image at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.robustness.actions import (
    DismissRobustnessNotice,
    ExportCurves,
    ExportPlots,
    RunCurves,
)
from ssim_viewer.features.robustness.plots import RobustnessPlots
from ssim_viewer.features.robustness.preview_picture import PreviewPicture
from ssim_viewer.features.robustness.settings import RobustnessForm
from ssim_viewer.features.robustness.state import caption, robustness_of, share_done
from ssim_viewer.session.intents import DismissNotice, ShowImage
from ssim_viewer.ui.controls.clipboard import png_of
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.section import Section
from ssim_viewer.ui.experiments.export_button import ExportButton
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.work_control import WorkControl
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 320
WAITING = QT_TR_NOOP("Waits while the climb plays.")
PNG = QT_TR_NOOP("PNG, 8 bits (*.png)")
CSV = QT_TR_NOOP("CSV (*.csv)")


class RobustnessWindow(FeatureWindow):
    """The scores of all metrics against the strength of a small distortion."""

    def __init__(self) -> None:
        super().__init__(
            "robustness_window",
            tr("Robustness to small distortions"),
            least=QSize(800, 520),
            usual=QSize(1120, 700),
        )
        self._session: Session | None = None
        self.notice_bar = NoticeBar(self, name="robustness_notice")
        self.plots = RobustnessPlots()
        self.form = RobustnessForm()
        self._build_column()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the robustness of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        robustness = robustness_of(session)
        self.form.show_session(session)
        self.plots.show_session(session)
        self.notice_bar.show_notice(robustness.notice)
        preview = robustness.preview
        self._picture.show_pixels(preview.shown if preview else None)
        self._caption.setText(f"{_base_name(session)}, {tr(self._what)}" if preview else "")
        self._show.setEnabled(preview is not None)
        self._export.setEnabled(robustness.curves is not None)
        self._show_work(session)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        for view in (self.notice_bar, self.plots, self.form, self._picture):
            view.restyle(colors)
        self._export.restyle(colors)

    def _show_work(self, session: Session) -> None:
        robustness, share = robustness_of(session), share_done(session)
        working = robustness.running and share < 1 and not session.playing
        enabled = share < 1 and not session.playing
        self._work.show_work(round(100 * share), 100, working=working, enabled=enabled)
        done = (
            tr("All curves are drawn.")
            if share == 1
            else tr("{share:.0%} of the points are measured.", share=share)
        )
        self._state.setText(tr(WAITING if session.playing else done))

    # Building

    def _build_column(self) -> None:
        self._picture = PreviewPicture()
        name_control(
            self._picture,
            "robustness_preview",
            tr("The distorted image"),
            tr("The image at the strength in hand."),
        )
        self._caption = muted_label(wrap=True)
        self._caption.setObjectName("robustness_caption")
        self._show = QPushButton(tr("Show in the main window"))
        name_control(
            self._show,
            "robustness_show",
            tr("Show in the main window"),
            tr("Make the image at this strength the distorted image of the main window."),
        )
        self._state = muted_label()
        self._state.setObjectName("robustness_state")
        self._work = WorkControl(
            self,
            "robustness",
            (tr("How far the curves are"), tr("How far they are.")),
            (
                tr("Measure the curves, or stop"),
                tr("Stop measuring, or measure the points that are missing; those there are stay."),
            ),
            tr("Go on"),
        )
        self._export = ExportButton(
            "robustness",
            tr("Write the curves as table or picture."),
            (
                ("csv", tr("Curves as &CSV…"), self._save_table),
                ("png", tr("Plots as &picture…"), self._save_picture),
            ),
        )

    def _lay_out(self) -> None:
        picture = QVBoxLayout()
        picture.setContentsMargins(8, 0, 8, 8)
        picture.setSpacing(8)
        picture.addWidget(self._picture, 1)
        picture.addWidget(self._caption)
        picture.addWidget(self._show)
        picture.addStretch(0)
        work = QHBoxLayout()
        work.setSpacing(8)
        work.addWidget(self._work.progress, 1)
        work.addWidget(self._work.button)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._state, 1)
        last.addWidget(self._export)
        picture.addLayout(work)
        picture.addLayout(last)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(Section(tr("Settings"), "robustness_settings", self.form))
        stack.addLayout(picture, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.plots, 1)
        middle.addWidget(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.notice_bar.lie_over(self.plots)
        whole.addLayout(middle, 1)

    def _connect(self) -> None:
        self.notice_bar.intended.connect(self._answer_notice)
        self.form.intended.connect(self.intended)
        self.plots.chosen.connect(self.form.choose_strength)
        self._show.clicked.connect(self._show_in_main)
        self._work.toggled.connect(lambda on: self.intended.emit(RunCurves(on=on)))

    # Doing

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(DismissRobustnessNotice() if own else intent)

    @property
    def _what(self) -> str:
        """The distortion of the image that is seen, in words."""
        preview = robustness_of(self._session).preview if self._session else None
        return caption(preview.settings, preview.settings.strength) if preview else ""

    def _show_in_main(self) -> None:
        session = self._session
        preview = robustness_of(session).preview if session else None
        if session is not None and preview is not None:
            name = f"{_base_name(session)}, {self._what}"
            self.intended.emit(ShowImage(preview.pixels, name))

    def _save_table(self) -> None:
        self._ask(".csv", CSV, ExportCurves)

    def _save_picture(self) -> None:
        picture = png_of(self.plots.grab().toImage())
        self._ask(".png", PNG, lambda path: ExportPlots(picture, path))

    def _ask(self, suffix: str, kind: str, action: Callable[[Path], object]) -> None:
        name = _base_name(self._session).replace(": ", "-") if self._session else "image"
        proposal = f"{Path(name).stem} robustness{suffix}"
        self.ask_file(tr("Save"), proposal, (kind,), action)


def _base_name(session: Session) -> str:
    """Return the name of the image that is distorted."""
    pair, run = session.document.pair, session.document.run
    if pair is None:
        return "image"
    preview = robustness_of(session).preview
    if preview is not None and preview.settings.of_reference:
        return pair.reference.name
    return (
        tr("{name}, step {index}", name=pair.distorted.name, index=run.frame.index)
        if run
        else pair.distorted.name
    )


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    return (
        robustness_of(before) is robustness_of(session)
        and before.document is session.document
        and before.look.metrics == session.look.metrics
        and before.playing == session.playing
    )
