"""The window of the gallery: pictures at the left, what hangs there at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.equal_mse_gallery.actions import (
    DismissGalleryNotice,
    ExportNumbers,
    ExportSheet,
    RunGallery,
    ShowPicture,
)
from ssim_viewer.features.equal_mse_gallery.pictures import Wall
from ssim_viewer.features.equal_mse_gallery.settings import GalleryForm
from ssim_viewer.features.equal_mse_gallery.state import (
    gallery_of,
    hung,
    missing_name,
    out_of_reach,
    panels_of,
    subject_of,
)
from ssim_viewer.session.intents import DismissNotice
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.experiments.export_button import ExportButton
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.experiments.part_legend import legend_of
from ssim_viewer.ui.experiments.work_control import WorkControl, work_column
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 300
FAR_HEIGHT = 88
LEGEND = QT_TR_NOOP(
    "Below each picture its SSIM map: white is alike (1), black is not (0), magenta is the "
    "opposite (below 0). A higher MSSIM and a higher PSNR are better; a lower MSE is. Click a "
    "picture to see it in the main window."
)
NOTHING = QT_TR_NOOP("Tick a type of distortion at the right.")
PNG = QT_TR_NOOP("PNG, 8 bits (*.png)")
CSV = QT_TR_NOOP("CSV (*.csv)")


class GalleryWindow(FeatureWindow):
    """Pictures of many distortions that all have one MSE."""

    def __init__(self) -> None:
        super().__init__(
            "gallery_window",
            tr("Equal-MSE gallery"),
            least=QSize(800, 520),
            usual=QSize(1120, 720),
        )
        self._session: Session | None = None
        self.notice_bar = NoticeBar(self, name="gallery_notice")
        self.wall = Wall()
        self.form = GalleryForm()
        self._build()
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the gallery of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        gallery, subject = gallery_of(session), subject_of(session)
        self._legend.setText(legend_of(LEGEND, session.document.pair, maps=gallery.settings.maps))
        self.form.show_session(session)
        self.wall.show_panels(hung(session), maps=gallery.settings.maps)
        self._title.setText(
            tr(subject.title) if subject else tr("Open a reference first (Ctrl+O).")
        )
        self._far.setText("\n".join(tr(text) for text in out_of_reach(session)))
        self._far_area.setVisible(bool(self._far.text()))
        self.notice_bar.show_notice(gallery.notice)
        self._export.setEnabled(self.wall.count() > 0)
        self._show_work(session)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self.notice_bar.restyle(colors)
        self.wall.restyle(colors)
        self._export.restyle(colors)

    def _show_work(self, session: Session) -> None:
        made, wanted = len(panels_of(session)), len(gallery_of(session).settings.names)
        working = missing_name(session) is not None
        self._work.show_work(made, wanted, working=working, enabled=made < wanted)
        words = (
            tr("{made} of {wanted} types are done.", made=made, wanted=wanted)
            if wanted
            else NOTHING
        )
        self._state.setText(tr(words))

    def _build(self) -> None:
        self._title = muted_label(wrap=True)
        self._title.setObjectName("gallery_title")
        self._title.setForegroundRole(self.foregroundRole())
        self._legend = muted_label(LEGEND, wrap=True)
        self._legend.setObjectName("gallery_legend")
        self._far = muted_label(wrap=True)
        self._far.setObjectName("gallery_out_of_reach")
        self._far.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._far_area = QScrollArea()
        self._far_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._far_area.setWidgetResizable(True)
        self._far_area.setMaximumHeight(FAR_HEIGHT)
        self._far_area.setWidget(self._far)
        name_control(
            self._far_area,
            "gallery_out_of_reach_list",
            tr("Types that do not reach the level"),
            tr("How far those types go that do not reach the level."),
        )
        self._far_area.verticalScrollBar().setAccessibleName(tr("Scroll the types out of reach"))
        self._state = muted_label()
        self._state.setObjectName("gallery_state")
        self._work = WorkControl(
            self,
            "gallery",
            (tr("How many pictures are made"), tr("How far it is.")),
            (
                tr("Make the pictures, or stop"),
                tr("Stop, or make the pictures that are missing; those there are stay."),
            ),
            tr("Go on"),
        )
        self._export = ExportButton(
            "gallery",
            tr("Write all as a picture or a table."),
            (
                (
                    "png",
                    tr("Contact sheet as &picture…"),
                    lambda: self._ask(".png", PNG, ExportSheet),
                ),
                ("csv", tr("Numbers as &CSV…"), lambda: self._ask(".csv", CSV, ExportNumbers)),
            ),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        for label in (self._title, self._legend, self._far):
            label.setContentsMargins(8, 4, 8, 2)
        left.addWidget(self._title)
        left.addWidget(self._legend)
        left.addWidget(self.wall, 1)
        left.addWidget(self._far_area)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = work_column(self.form, self._work, (self._state, self._export))
        stack.setContentsMargins(0, 8, 0, 0)
        column.setLayout(stack)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(column)
        self.notice_bar.lie_over(self.wall)

    def _connect(self) -> None:
        self.notice_bar.intended.connect(self._answer_notice)
        self.form.intended.connect(self.intended)
        self.wall.picked.connect(lambda name: self.intended.emit(ShowPicture(name)))
        self._work.toggled.connect(lambda on: self.intended.emit(RunGallery(on=on)))

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(DismissGalleryNotice() if own else intent)

    def _ask(self, suffix: str, kind: str, action: Callable[[Path], object]) -> None:
        subject = subject_of(self._session) if self._session else None
        name = subject.title.replace(": ", "-") if subject else "gallery"
        self.ask_file(tr("Save"), f"{name}{suffix}", (kind,), action)


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    old, new = before.document, session.document
    return (
        gallery_of(before) is gallery_of(session)
        and old.pair is new.pair
        and old.metric == new.metric
    )
