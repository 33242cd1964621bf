"""The window of the preference study: who answers what, and what the answers say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.preference_study import actions
from ssim_viewer.features.preference_study.results import agreement, bradley_terry, rank_shares
from ssim_viewer.features.preference_study.screen import TrialScreen
from ssim_viewer.features.preference_study.state import (
    RESULTS,
    Phase,
    Preference,
    missing_trials,
    preference_of,
)
from ssim_viewer.metrics import find
from ssim_viewer.session.intents import DismissNotice
from ssim_viewer.text import Text
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control
from ssim_viewer.ui.controls.inputs import Switch
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.features.preference_study.results import Share
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

COLUMN_WIDTH = 320
ORDINALS = (QT_TR_NOOP("1st"), QT_TR_NOOP("2nd"), QT_TR_NOOP("3rd"))
HINT = Text(
    QT_TR_NOOP(
        "A folder with a folder for each method, and files of the same names in each; one called "
        "“reference” holds the originals, which the metrics need; all of their pixels count. "
        "Answers are kept in it as “{results}”, a line a trial."
    ),
    parameters={"results": RESULTS},
)


class StudyWindow(FeatureWindow):
    """Pairs to judge and what came of it; trials have the full screen."""

    def __init__(self) -> None:
        super().__init__(
            "preference_window",
            tr("Preference study"),
            least=QSize(800, 480),
            usual=QSize(1040, 640),
        )
        self._shown: Preference | None = None
        self.screen_of_trials = TrialScreen()
        self.notice_bar = NoticeBar(self, name="preference_notice")
        self._browse = QPushButton(tr("Choose a folder…"))
        name_control(self._browse, "preference_browse", tr("Choose a folder"), HINT)
        self._folder = muted_label(wrap=True)
        self._folder.setObjectName("preference_folder")
        self._name = QLineEdit()
        tip = tr("Who answers; each has an order of trials of their own.")
        name_control(self._name, "preference_participant", tr("Participant"), tip)
        self._original = Switch(tr("Show the original above"))
        name_control(
            self._original, "preference_original", tr("Show the original above"), tr("If any.")
        )
        self._start = QPushButton(tr("Start"))
        tip = tr("Full screen: instructions, practice, then the trials. Esc pauses.")
        name_control(self._start, "preference_start", tr("Start"), tip)
        self._left = muted_label(wrap=True)
        self._left.setObjectName("preference_left")
        self._ranks = _table("preference_ranks", tr("Ranks"))
        self._metrics = _table("preference_metrics", tr("Agreement of metrics with the ranks"))
        self._note = muted_label(wrap=True)
        self._note.setObjectName("preference_note")
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the study of a session."""
        before, state = self._shown, preference_of(session)
        if state is before:
            return
        self._shown = state
        self.notice_bar.show_notice(state.notice)
        study = state.study
        words = tr(HINT)
        if study is not None:
            numbers = {
                "name": study.folder.name,
                "images": len(study.images),
                "methods": len(study.methods),
            }
            words = tr("“{name}”: {images} images by {methods} methods, with originals.", **numbers)
            if not study.reference:
                words = tr(
                    "“{name}”: {images} images by {methods} methods, without originals.", **numbers
                )
        self._folder.setText(tr(words))
        if self._name.text() != state.participant:
            with QSignalBlocker(self._name):
                self._name.setText(state.participant)
        self._original.show_value(state.show_original)
        self._show_left(state)
        if before is None or (before.answers, before.scores) != (state.answers, state.scores):
            self._show_results(state)
        self._show_screen(state)

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self.notice_bar.restyle(colors)

    def _show_left(self, state: Preference) -> None:
        left = len([each for each in missing_trials(state) if not each.practice])
        begun = any(each.participant == state.participant for each in state.answers)
        self._start.setText(tr("Go on") if begun else tr("Start"))
        text = (
            tr("{left} trials left.", left=left)
            if state.study is not None and state.participant
            else ""
        )
        self._left.setText(tr(text))

    def _show_screen(self, state: Preference) -> None:
        screen = self.screen_of_trials
        screen.show_state(state)
        wanted = state.phase is not Phase.SETUP
        if wanted and not screen.isVisible():
            screen.showFullScreen()
            screen.activateWindow()
            screen.setFocus()
        elif not wanted and screen.isVisible():
            screen.hide()
            self.activateWindow()

    def _show_results(self, state: Preference) -> None:
        study, answers = state.study, state.answers
        methods = study.methods if study is not None else ()
        answers = tuple(each for each in answers if set(each.shown) <= set(methods))
        shares, strengths = rank_shares(answers, methods), bradley_terry(answers, methods)
        places = max((len(each) for each in shares.values()), default=0)
        heads = [tr("Method"), *ORDINALS[:places], "Bradley–Terry"] if answers else []
        rows = [
            [method, *(_share(each) for each in shares[method]), f"{strengths[method]:.3f}"]
            for method in sorted(methods, key=lambda each: -strengths[each])
        ]
        _fill(self._ranks, heads, rows if answers else [])
        found = []
        for name, scores in state.scores.items():
            entry = find(name)
            fit = agreement(answers, scores, higher_is_better=entry.higher_is_better)
            if math.isfinite(fit.srocc):
                row = [entry.symbol, f"{fit.srocc:+.3f}", f"{fit.krcc:+.3f}", str(fit.count)]
                found.append((fit.srocc, row))
        found.sort(key=lambda each: -each[0])
        _fill(
            self._metrics,
            ["Metric", "SROCC", "KRCC", tr("Candidates")] if found else [],
            [row for _, row in found],
        )
        people = len({each.participant for each in answers})
        self._note.setText(
            tr(
                "Answers: {count}, participants: {people}. Shares with Wilson's 95 % interval; "
                "agreement of mean ranks with each metric, 1 is alike.",
                count=len(answers),
                people=people,
            )
            if answers
            else tr("Answers are shown here as they come.")
        )

    def _lay_out(self) -> None:
        settings = QWidget()
        form = Form(settings)
        form.add_wide(self._browse)
        form.add_wide(self._folder)
        form.add_field(tr("Participant"), self._name)
        form.add_wide(self._original)
        form.add_wide(self._start)
        form.add_wide(self._left)
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        stack = QVBoxLayout(column)
        stack.addWidget(settings)
        stack.addStretch(1)
        answers = QWidget()
        left = QVBoxLayout(answers)
        left.addWidget(self._ranks, 1)
        left.addWidget(self._metrics, 1)
        left.addWidget(self._note)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(answers, 1)
        whole.addWidget(column)
        self.notice_bar.lie_over(answers)

    def _connect(self) -> None:
        emit = self.intended.emit
        self.notice_bar.intended.connect(self._answer_notice)
        self._browse.clicked.connect(self._ask_folder)
        self._name.textChanged.connect(lambda text: emit(actions.NameParticipant(text)))
        self._name.returnPressed.connect(lambda: emit(actions.StartStudy()))
        self._original.toggled.connect(lambda on: emit(actions.ShowOriginal(on)))
        self._start.clicked.connect(lambda: emit(actions.StartStudy()))
        self.screen_of_trials.intended.connect(self.intended)
        self.destroyed.connect(self.screen_of_trials.deleteLater)

    def _answer_notice(self, intent: object) -> None:
        own = isinstance(intent, DismissNotice)
        self.intended.emit(actions.DismissStudyNotice() if own else intent)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder of candidates"), str(Path.home()))
        dialog.setObjectName("preference_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(
            lambda name: self.intended.emit(actions.ChooseCandidates(Path(name)))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _share(share: Share) -> str:
    if not math.isfinite(share.share):
        return "–"
    return tr(
        "{share:.0%} ({low:.0%} to {high:.0%})", share=share.share, low=share.low, high=share.high
    )


def _table(name: str, title: str) -> QTableWidget:
    table = QTableWidget()
    name_control(table, name, title, "")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.verticalHeader().hide()
    table.setFont(tabular(table.font()))
    return table


def _fill(table: QTableWidget, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table.setColumnCount(len(heads))
    table.setHorizontalHeaderLabels([tr(each) for each in heads])
    table.setRowCount(len(rows))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.setItem(row, column, QTableWidgetItem(tr(text)))
    table.resizeColumnsToContents()
