"""The dock: a field for a number, one row a convention, copy and export."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.conventions.actions import ExportConventions, TypeScore
from ssim_viewer.features.conventions.state import (
    ID,
    Conventions,
    Found,
    adoption,
    answer_words,
    as_csv,
    conventions_of,
    lit,
    on_screen,
)
from ssim_viewer.metrics import CONVENTIONS
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.numbers import NONE, fixed
from ssim_viewer.ui.shell.file_dialogs import ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

DIGITS = 6
NAME_WIDTH = 112
COLUMNS = (QT_TR_NOOP("convention"), QT_TR_NOOP("score"), QT_TR_NOOP("what differs"), "")
NAME, SCORE, DIFFERENCE, USE = range(4)


class ConventionsPanel(QWidget):
    """Shows the scores of the pair on screen under every convention.

    Signals
    -------
    intended
        Carries an action of the feature, or an intent that makes a convention the metric in use.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(ID)
        self.setAccessibleName(tr("Which SSIM is this?"))
        self.folder: Path | None = None
        self._session: Session | None = None
        self._shown: tuple[object, ...] = ()
        self._accent = QColor()
        self._on_accent = QColor()
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("A number you were given, such as 0.3580"))
        name_control(
            self._field,
            "conventions_number",
            tr("A score to recognise"),
            tr(
                "Conventions light up that agree with this number in all its digits, also as 1 − "
                "value, (1 − value) / 2 or in percent."
            ),
        )
        self._field.setClearButtonEnabled(True)
        self._answer = muted_label(wrap=True)
        self._answer.setObjectName("conventions_answer")
        self._items: list[list[QTableWidgetItem]] = []
        self._uses: list[QToolButton] = []
        self._table = self._make_table()
        self._copy = _button(
            tr("Copy"), "conventions_copy", tr("Copy the scores"), tr("Copy as CSV.")
        )
        self._export = _button(
            tr("Export…"), "conventions_export", tr("Export"), tr("Write a CSV file.")
        )
        self._lay_out()
        self._field.textChanged.connect(lambda text: self.intended.emit(TypeScore(text)))
        self._copy.clicked.connect(self._copy_table)
        self._export.clicked.connect(self._ask_export)

    def sizeHint(self) -> QSize:
        """Return a width at which sentences have few lines."""
        return QSize(520, 640)

    def show_session(self, session: Session) -> None:
        """Show the scores of the images on screen, as many as are there already."""
        self._session = session
        state = conventions_of(session)
        found = on_screen(state, session)
        shown = (state, found, session.playing, session.document.pair)
        if len(shown) == len(self._shown) and all(
            a is b for a, b in zip(shown, self._shown, strict=True)
        ):
            return
        self._shown = shown
        if self._field.text() != state.typed:
            self._field.setText(state.typed)
        self._fill(state, found)
        self._answer.setText(self._words(session, state, found))
        there = found is not None and len(found.scores) == len(CONVENTIONS)
        self._copy.setEnabled(there)
        self._export.setEnabled(there)
        for use in self._uses:
            use.setEnabled(session.document.pair is not None)

    def restyle(self, colors: Colors) -> None:
        """Light rows in the accent of a theme."""
        self._accent, self._on_accent = QColor(colors.accent), QColor(colors.on_accent)
        if self._session is not None:
            self._shown = ()
            self.show_session(self._session)

    def _words(self, session: Session, state: Conventions, found: Found | None) -> str:
        if state.problem:
            return state.problem
        if found is None and session.playing:
            return tr("The scores come when the climb pauses.")
        answer = answer_words(state, found)
        said = state.notice.text if state.notice is not None and not answer else ""
        pair = session.document.pair
        masked = (
            tr("Only what counts is measured.")
            if pair is not None and pair.mask is not None
            else ""
        )
        return " ".join(part for part in (answer, said, masked) if part)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(CONVENTIONS), len(COLUMNS))
        table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # sentences need lines
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(DIFFERENCE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(NAME, max(NAME_WIDTH, header.sectionSizeHint(NAME)))
        name_control(
            table,
            "conventions_table",
            tr("Scores under all conventions"),
            tr("The same pair as each program would score it."),
        )
        table.verticalScrollBar().setAccessibleName(tr("Conventions, up and down"))
        table.horizontalScrollBar().setAccessibleName(tr("Conventions, to the side"))
        for row, each in enumerate(CONVENTIONS):
            items = [QTableWidgetItem(tr(text)) for text in (each.name, NONE, each.difference)]
            for column, item in enumerate(items):
                item.setToolTip(f"{each.origin}\n{tr(each.metric.describe())}")
                table.setItem(row, column, item)
            items[SCORE].setTextAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            items[SCORE].setFont(tabular(table.font()))
            self._items.append(items)
            use = QToolButton()
            use.setText(tr("Use"))
            name_control(
                use,
                f"conventions_use_{row}",
                tr("Use {name}", name=each.name),
                tr("Make it the metric in use."),
            )
            use.clicked.connect(partial(self._adopt, row))
            table.setCellWidget(row, USE, use)
            self._uses.append(use)
        return table

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._copy)
        below.addWidget(self._export)
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._answer)
        column.addWidget(self._table, 1)
        column.addLayout(below)

    def _fill(self, state: Conventions, found: Found | None) -> None:
        scores = found.scores if found is not None else ()
        matches = lit(state, found)
        for row, convention in enumerate(CONVENTIONS):
            each = scores[row] if row < len(scores) else None
            reading = matches.get(convention.name)
            items = self._items[row]
            value = each.value if each is not None else math.nan
            items[SCORE].setText(tr(NONE if math.isnan(value) else fixed(value, DIGITS)))
            words = each.problem if each is not None and each.problem else convention.difference
            items[DIFFERENCE].setText(
                tr("{words} Agrees as {reading}.", words=words, reading=reading)
                if reading
                else tr(words)
            )
            for item in items:
                self._light(item, on=reading is not None)
        first = next((i for i, c in enumerate(CONVENTIONS) if c.name in matches), None)
        if first is not None:
            self._table.scrollToItem(self._items[first][NAME])

    def _light(self, item: QTableWidgetItem, *, on: bool) -> None:
        item.setBackground(QBrush(self._accent) if on else QBrush())
        item.setForeground(QBrush(self._on_accent) if on else QBrush())

    def _adopt(self, row: int) -> None:
        if self._session is not None:
            for intent in adoption(CONVENTIONS[row], self._session):
                self.intended.emit(intent)

    def _copy_table(self) -> None:
        found = self._found()
        if found is not None:
            QGuiApplication.clipboard().setText(as_csv(found))

    def _ask_export(self) -> None:
        proposal = (self.folder or Path.home()) / "conventions.csv"
        ask_save(
            self,
            tr("Export the scores"),
            proposal,
            (tr("CSV (*.csv)"),),
            lambda path: self.intended.emit(ExportConventions(path)),
        )

    def _found(self) -> Found | None:
        if self._session is None:
            return None
        return on_screen(conventions_of(self._session), self._session)


def _button(text: str, name: str, title: str, tip: str) -> QPushButton:
    button = QPushButton(tr(text))
    name_control(button, name, title, tip)
    return button
