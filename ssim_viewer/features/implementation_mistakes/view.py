"""The table of mistakes: what each gives for the pair on screen, and its line of mathematics."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from ssim_viewer.features.implementation_mistakes.mistakes import MISTAKES
from ssim_viewer.features.implementation_mistakes.state import mistakes_of
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.intents import ChangeMetric
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.numbers import fixed
from ssim_viewer.ui.experiments.feature_window import FeatureWindow
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

INTRODUCTION = QT_TR_NOOP(
    "What an implementation with each mistake, or another convention, says of the luma of the pair "
    "on screen. Look for the number that you have: its line says why it differs."
)
NO_MASK = QT_TR_NOOP("These implementations know no mask: all pixels count here.")


class MistakesWindow(FeatureWindow):
    """What SSIM would be with usual mistakes of implementations."""

    def __init__(self) -> None:
        super().__init__(
            "mistakes_window",
            tr("Why is my SSIM another?"),
            least=QSize(640, 480),
            usual=QSize(820, 820),
        )
        self._session: Session | None = None
        self._shown: object = None
        self._table = QTableWidget(len(MISTAKES), 3)
        self._build()
        self._lay_out()

    def show_session(self, session: Session) -> None:
        """Show the values for the pair of a session."""
        self._session = session
        state = mistakes_of(session)
        if state is self._shown:
            return
        self._shown = state
        masked = state.pair is not None and state.pair.mask is not None
        said = (INTRODUCTION, NO_MASK) if masked else (INTRODUCTION,)
        self._introduction.setText(" ".join(tr(each) for each in said))
        truth = state.values.get("none")
        with QSignalBlocker(self._table):
            for row, mistake in enumerate(MISTAKES):
                value = state.values.get(mistake.id)
                texts = ("…", "") if value is None else (fixed(value, 6), "")
                if value is not None and truth is not None and row:
                    off = fixed(value - truth, 6)
                    texts = (fixed(value, 6), off if off.startswith("−") else f"+{off}")
                if mistake.id in state.problems:
                    texts = ("–", "")
                for column, text in enumerate(texts, 1):
                    self._item(row, column).setText(tr(text))
                self._item(row, 1).setToolTip(tr(state.problems.get(mistake.id, "")))
        self._explain()

    def restyle(self, colors: Colors) -> None:
        """Take over the colours of a theme; the palette has them."""

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self._table.item(row, column)
        assert item is not None  # noqa: S101 - all were made at once
        return item

    def _build(self) -> None:
        self._introduction = muted_label(INTRODUCTION, wrap=True)
        self._introduction.setObjectName("mistakes_introduction")
        name_control(self._table, "mistakes_table", tr("Mistakes and their values"), INTRODUCTION)
        self._table.setHorizontalHeaderLabels(
            [tr("mistake or convention"), "MSSIM", tr("difference")]
        )
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setFont(tabular(self._table.font()))
        self._table.verticalScrollBar().setAccessibleName(tr("Scroll the table"))
        self._table.horizontalScrollBar().setAccessibleName(tr("Scroll the table sideways"))
        for row, mistake in enumerate(MISTAKES):
            self._table.setItem(row, 0, QTableWidgetItem(tr(mistake.title)))
            for column in (1, 2):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(row, column, item)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._line = QLabel()
        self._line.setObjectName("mistakes_line")
        self._line.setTextFormat(Qt.TextFormat.RichText)
        self._line.setWordWrap(True)
        self._line.setMinimumHeight(64)
        self._line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._use, self._right = (
            QPushButton(tr("Measure so in the main window")),
            QPushButton(tr("Measure right")),
        )
        name_control(
            self._use,
            "mistakes_use",
            tr("Measure so in the main window"),
            tr(
                "Give the metric of the main window the settings of this mistake: maps and score "
                "show what it does. Not every mistake can be said in settings."
            ),
        )
        name_control(
            self._right,
            "mistakes_right",
            tr("Measure right in the main window"),
            tr("Give the metric of the main window the settings of Wang et al. 2004."),
        )
        self._use.clicked.connect(lambda: self._measure_by(self._table.currentRow()))
        self._right.clicked.connect(lambda: self._measure_by(0))
        self._table.currentCellChanged.connect(self._explain)
        self._table.setCurrentCell(0, 0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._introduction)
        column.addWidget(self._table, 1)
        column.addWidget(self._line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._use)
        row.addWidget(self._right)
        column.addLayout(row)

    def _explain(self) -> None:
        mistake = MISTAKES[max(self._table.currentRow(), 0)]
        problem = mistakes_of(self._session).problems.get(mistake.id, "") if self._session else ""
        parts = [
            f"<p style='margin: 2px 0'><b>{word}:</b> <code>{escape(tr(line))}</code></p>"
            for word, line in ((tr("written"), mistake.wrong), (tr("right"), mistake.right))
            if line
        ]
        self._line.setText("".join(parts) + (f"<p>{escape(tr(problem))}</p>" if problem else ""))
        self._use.setEnabled(mistake.settings is not None or mistake.value is None)

    def _measure_by(self, row: int) -> None:
        session = self._session
        pair = session.document.pair if session is not None else None
        if pair is None:
            return
        right = Ssim(data_range=pair.reference.data_range, color="luma")
        settings = MISTAKES[row].settings
        self.intended.emit(ChangeMetric(replace(settings(right)) if settings else right))
