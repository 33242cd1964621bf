"""The window of the gallery: pictures at the left, what hangs there at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
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
from ssim_viewer.images import resources
from ssim_viewer.session.intents import DismissNotice
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.shell.file_dialogs import ask_save
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from collections.abc import Callable

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


class GalleryWindow(QWidget):
    """A window that does not stand in the way of the main one.

    Signals
    -------
    intended
        Carries an action of the feature.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._session: Session | None = None
        self.folder: Path | None = None
        self.setObjectName("gallery_window")
        self.setWindowTitle(tr("Equal-MSE gallery"))
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.setMinimumSize(800, 520)
        self.notice_bar = NoticeBar(self, name="gallery_notice")
        self.wall = Wall()
        self.form = GalleryForm()
        self._build()
        self._lay_out()
        self._connect()

    def sizeHint(self) -> QSize:
        """Return a size that shows six pictures on a small screen."""
        return QSize(1120, 720)

    def show_session(self, session: Session) -> None:
        """Show the gallery of a session."""
        before, self._session = self._session, session
        if before is not None and _same(before, session):
            return
        gallery, subject = gallery_of(session), subject_of(session)
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
        self._export.setIcon(themed_icon("export-variant", colors))

    def _show_work(self, session: Session) -> None:
        made, wanted = len(panels_of(session)), len(gallery_of(session).settings.names)
        self._progress.setMaximum(max(wanted, 1))
        self._progress.setValue(made)
        working = missing_name(session) is not None
        self._working = working
        self._run.setText(tr("Cancel") if working else tr("Go on"))
        self._run.setEnabled(made < wanted)
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
        self._progress = QProgressBar()
        self._progress.setFixedHeight(12)
        self._progress.setTextVisible(False)
        name_control(
            self._progress,
            "gallery_progress",
            tr("How many pictures are made"),
            tr("How far it is."),
        )
        self._working = True
        self._run = QPushButton(tr("Cancel"))
        name_control(
            self._run,
            "gallery_run",
            tr("Make the pictures, or stop"),
            tr("Stop, or make the pictures that are missing; those there are stay."),
        )
        self._export = QToolButton()
        self._export.setText(tr("Export"))
        self._export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        name_control(
            self._export, "gallery_export", tr("Export"), tr("Write all as a picture or a table.")
        )
        menu = QMenu(self._export)
        entries: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("png", tr("Contact sheet as &picture…"), lambda: self._ask(".png", PNG, ExportSheet)),
            ("csv", tr("Numbers as &CSV…"), lambda: self._ask(".csv", CSV, ExportNumbers)),
        )
        for part, text, slot in entries:
            action = menu.addAction(tr(text))
            action.setObjectName(f"gallery_export_{part}")
            action.triggered.connect(lambda _=False, slot=slot: slot())
        self._export.setMenu(menu)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        legend = muted_label(LEGEND, wrap=True)
        legend.setObjectName("gallery_legend")
        for label in (self._title, legend, self._far):
            label.setContentsMargins(8, 4, 8, 2)
        left.addWidget(self._title)
        left.addWidget(legend)
        left.addWidget(self.wall, 1)
        left.addWidget(self._far_area)
        work = QHBoxLayout()
        work.setContentsMargins(8, 0, 8, 0)
        work.addWidget(self._progress, 1)
        work.addWidget(self._run)
        last = QHBoxLayout()
        last.setContentsMargins(8, 0, 8, 8)
        last.addWidget(self._state, 1)
        last.addWidget(self._export)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 8, 0, 0)
        stack.addWidget(self.form, 1)
        stack.addLayout(work)
        stack.addLayout(last)
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
        self._run.clicked.connect(lambda: self.intended.emit(RunGallery(on=not self._working)))
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(DismissGalleryNotice() if own else intent)

    def _ask(self, suffix: str, kind: str, action: Callable[[Path], object]) -> None:
        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.intended.emit(action(path))

        subject = subject_of(self._session) if self._session else None
        name = subject.title.replace(": ", "-") if subject else "gallery"
        ask_save(
            self, tr("Save"), (self.folder or Path.home()) / f"{name}{suffix}", (kind,), chosen
        )


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the window shows."""
    old, new = before.document, session.document
    return (
        gallery_of(before) is gallery_of(session)
        and old.pair is new.pair
        and old.metric == new.metric
    )
