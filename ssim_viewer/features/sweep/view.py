"""The window of the sweep: plots at the left, what is swept at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.sweep.actions import (
    DismissSweepNotice,
    ExportSweep,
    ExportSweepPlots,
    RunSweep,
    ShowPoint,
)
from ssim_viewer.features.sweep.curves import SweepCurves
from ssim_viewer.features.sweep.plane import Plane
from ssim_viewer.features.sweep.settings import SweepForm
from ssim_viewer.features.sweep.state import (
    REACH_LEVELS,
    REACH_STEPS,
    missing_key,
    missing_reach,
    problems_of,
    reach_of,
    share_done,
    sweep_of,
)
from ssim_viewer.session.intents import DismissNotice
from ssim_viewer.ui.controls.clipboard import png_of
from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.experiments.export_button import ExportButton
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.work_control import WorkControl, work_column
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 300
LEGENDS = {
    "strength": QT_TR_NOOP(
        "Similarities share the upper axis: 1 is identical, higher is better. Click or "
        "drag in a plot: the image of that strength comes on screen."
    ),
    "plane": QT_TR_NOOP(
        "Each dot is an image. Images with the same score across lie on a vertical line: "
        "where curves are apart on it, the other score tells the images apart."
    ),
}
PNG = QT_TR_NOOP("PNG, 8 bits (*.png)")
CSV = QT_TR_NOOP("CSV (*.csv)")


class SweepWindow(FeatureWindow):
    """The scores of metrics against the strengths of distortions.

    Signals
    -------
    settled
        A gesture has ended.
    """

    settled = Signal()

    def __init__(self) -> None:
        super().__init__(
            "sweep_window",
            tr("Sweep of distortions"),
            least=QSize(800, 520),
            usual=QSize(1120, 700),
        )
        self._session: Session | None = None
        self._gesture = 0
        self.notice_bar = NoticeBar(self, name="sweep_notice")
        self.curves, self.plane, self.form = SweepCurves(), Plane(), SweepForm()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.curves)
        self._pages.addWidget(self.plane)
        self._build()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the sweep of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        settings = sweep_of(session).settings
        self.form.show_session(session)
        page = self.curves if settings.view == "strength" else self.plane
        page.show_session(session)
        self._pages.setCurrentWidget(page)
        words = [LEGENDS[settings.view]]
        if settings.view == "plane" and settings.reach:
            words.append(
                tr(
                    "Shaded: what climbs of {reach_steps} steps from noise reach "
                    "({count} of {count_2} levels).",
                    reach_steps=REACH_STEPS,
                    count=len(reach_of(session)),
                    count_2=len(REACH_LEVELS),
                )
            )
        self._legend.setText(
            " ".join(tr(text) for text in (*words, *problems_of(session).values()))
        )
        self.notice_bar.show_notice(sweep_of(session).notice)
        self._show_work(session)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        for view in (self.notice_bar, self.curves, self.plane, self.form):
            view.restyle(colors)
        self._export.restyle(colors)

    def _show_work(self, session: Session) -> None:
        share = share_done(session)
        working = missing_key(session) is not None or missing_reach(session) is not None
        enabled = working or not sweep_of(session).running
        self._work.show_work(round(100 * share), 100, working=working, enabled=enabled)
        done = (
            tr("All curves are drawn.")
            if share == 1
            else tr("{share:.0%} of the points are measured.", share=share)
        )
        self._state.setText(tr(done))

    def _build(self) -> None:
        self._legend = muted_label(wrap=True)
        self._legend.setObjectName("sweep_legend")
        self._legend.setContentsMargins(8, 4, 8, 2)
        self._state = muted_label()
        self._state.setObjectName("sweep_state")
        self._work = WorkControl(
            self,
            "sweep",
            (tr("How far the curves are"), tr("How far they are.")),
            (
                tr("Measure the curves, or stop"),
                tr("Stop measuring, or measure the points that are missing; those there are stay."),
            ),
            tr("Go on"),
        )
        self._export = ExportButton(
            "sweep",
            tr("Write the curves as table or picture."),
            (
                ("csv", tr("Points as &CSV…"), lambda: self._ask(".csv", CSV, ExportSweep)),
                ("png", tr("Plots as &picture…"), self._save_picture),
            ),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._legend)
        left.addWidget(self._pages, 1)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = work_column(self.form, self._work, (self._state, self._export))
        column.setLayout(stack)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(column)
        self.notice_bar.lie_over(self._pages)

    def _connect(self) -> None:
        self.notice_bar.intended.connect(self._answer_notice)
        self.form.intended.connect(self.intended)
        self.form.moved.connect(self._show_strength)
        self.curves.chosen.connect(lambda x: self._show_strength(self.form.nearest(x)))
        for view in (self.form, self.curves):
            view.settled.connect(self._end_gesture)
        self.plane.picked.connect(self._show_point)
        self._work.toggled.connect(lambda on: self.intended.emit(RunSweep(on=on)))

    def _show_strength(self, strength: float) -> None:
        if self._session is not None:
            name = sweep_of(self._session).settings.name
            self.intended.emit(ShowPoint(name, strength, self._gesture))

    def _show_point(self, name: str, strength: float) -> None:
        self.intended.emit(ShowPoint(name, strength, self._gesture))
        self._end_gesture()

    def _end_gesture(self) -> None:
        self._gesture += 1
        self.settled.emit()

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(DismissSweepNotice() if own else intent)

    def _save_picture(self) -> None:
        picture = png_of(self._pages.grab().toImage())
        self._ask(".png", PNG, lambda path: ExportSweepPlots(picture, path))

    def _ask(self, suffix: str, kind: str, action: Callable[[Path], object]) -> None:
        pair = self._session.document.pair if self._session else None
        name = Path(pair.reference.name.replace(": ", "-")).stem if pair else "image"
        proposal = tr("{name} sweep{suffix}", name=name, suffix=suffix)
        self.ask_file(tr("Save"), proposal, (kind,), action)


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    old, new = before.document, session.document
    return (
        sweep_of(before) is sweep_of(session)
        and old.pair is new.pair
        and (old.metric, old.driver) == (new.metric, new.driver)
        and before.look.metrics == session.look.metrics
    )
