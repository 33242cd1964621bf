"""The window Record: what there is, a page of it, its speed and size, and the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from ssim_viewer.features.recording.actions import (
    CancelRecording,
    ChooseFilm,
    DismissRecordNotice,
    RecordBy,
    RecordTo,
)
from ssim_viewer.features.recording.jobs import RecordSettings
from ssim_viewer.features.recording.state import recording_of
from ssim_viewer.reports.animation import NO_VIDEO, has_video
from ssim_viewer.session.intents import DismissNotice
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.fitted_picture import FittedPicture
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.features.recording.state import Recording
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

SIZES = ((QT_TR_NOOP("Small"), 240), (QT_TR_NOOP("Medium"), 360), (QT_TR_NOOP("Large"), 540))
KINDS = (QT_TR_NOOP("Animated WebP (*.webp)"), QT_TR_NOOP("GIF (*.gif)"))
VIDEO = QT_TR_NOOP("MP4 (*.mp4)")
EMPTY = QT_TR_NOOP(
    "There is nothing to record yet. Play a climb in the main window, an experiment or a sweep in "
    "its own, or go through a lesson."
)


class RecordWindow(FeatureWindow):
    """What can be recorded as a moving picture, and how."""

    def __init__(self) -> None:
        super().__init__(
            "recording_window",
            tr("Record"),
            least=QSize(620, 480),
            usual=QSize(880, 600),
        )
        self._shown: Recording | None = None
        self._films = QListWidget()
        self._picture = FittedPicture("recording_picture")
        self._build()
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show what can be recorded in a session."""
        state = recording_of(session)
        if state is self._shown:
            return
        before, self._shown = self._shown, state
        if before is None or before.films != state.films or before.title != state.title:
            self._list(state)
        self._rate.show_value(state.settings.rate)
        self._rate.setEnabled(state.film is None or not state.film.seconds)
        self._side.show_value(state.settings.side)
        self._picture.show_array(state.preview if state.film is not None else None)
        self._empty.setVisible(not state.films)
        writing = state.task is not None
        self._progress.setVisible(writing)
        self._progress.setValue(round(100 * state.fraction))
        self._cancel.setVisible(writing)
        self._record.setEnabled(state.film is not None and not writing)
        self._notice.show_notice(state.notice)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._side.restyle(colors)
        self._notice.restyle(colors)
        self._picture.setStyleSheet(f"background: {colors.surround}")

    def _list(self, state: Recording) -> None:
        with QSignalBlocker(self._films):
            self._films.clear()
            for film in state.films:
                count = len(film.shots)
                one = tr("{title}: 1 page", title=tr(film.title))
                several = tr("{title}: {count} pages", title=tr(film.title), count=count)
                self._films.addItem(one if count == 1 else several)
            if state.film is not None:
                self._films.setCurrentRow(state.films.index(state.film))

    def _build(self) -> None:
        name_control(
            self._films, "recording_films", tr("What to record"), tr("What there is to record.")
        )
        self._films.setMaximumHeight(110)
        self._films.currentRowChanged.connect(self._choose)
        self._empty = muted_label(EMPTY, wrap=True)
        self._empty.setObjectName("recording_empty")
        self._rate = NumberSpin(0.5, 60)
        name_control(
            self._rate, "recording_rate", tr("Pages a second"), tr("How fast steps follow.")
        )
        self._rate.valueChanged.connect(
            lambda rate: self._change(replace(self._settings, rate=rate))
        )
        self._side = Segments(
            [
                (
                    title,
                    side,
                    f"recording_{title.lower()}",
                    tr("Pictures of {side} pixels.", side=side),
                )
                for title, side in SIZES
            ]
        )
        self._side.chosen.connect(lambda side: self._change(replace(self._settings, side=side)))
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        name_control(
            self._progress, "recording_progress", tr("How much is written"), tr("In per cent.")
        )
        self._cancel = QPushButton(tr("Cancel"))
        name_control(self._cancel, "recording_cancel", tr("Cancel"), tr("Write nothing."))
        self._cancel.clicked.connect(lambda: self.intended.emit(CancelRecording()))
        self._record = QPushButton(tr("Record…"))
        name_control(
            self._record, "recording_record", tr("Record"), tr("Choose a file, and write it.")
        )
        self._record.clicked.connect(self._ask)
        self._notice = NoticeBar()
        self._notice.intended.connect(self._answer_notice)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for caption, field in ((tr("Pages a second"), self._rate), (tr("Pictures"), self._side)):
            label = QLabel(caption)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self._progress, 1)
        last.addWidget(self._cancel)
        last.addStretch(1)
        last.addWidget(self._record)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._notice)
        column.addWidget(self._films)
        column.addWidget(self._empty)
        column.addWidget(self._picture, 1)
        column.addLayout(row)
        if not has_video():
            column.addWidget(muted_label(NO_VIDEO, wrap=True))
        column.addLayout(last)

    def _choose(self, row: int) -> None:
        if self._shown is not None and 0 <= row < len(self._shown.films):
            self.intended.emit(ChooseFilm(self._shown.films[row].title))

    @property
    def _settings(self) -> RecordSettings:
        return RecordSettings() if self._shown is None else self._shown.settings

    def _change(self, settings: RecordSettings) -> None:
        if settings != self._settings:
            self.intended.emit(RecordBy(settings))

    def _ask(self) -> None:
        film = self._shown.film if self._shown is not None else None
        if film is None:
            return

        name = film.title.lower().replace(" ", "-").replace(":", "")
        kinds = (*KINDS, VIDEO) if has_video() else KINDS
        self.ask_file(tr("Record"), f"{name}.webp", kinds, RecordTo)

    def _answer_notice(self, intent: object) -> None:
        if isinstance(intent, DismissNotice):
            self.intended.emit(DismissRecordNotice())
