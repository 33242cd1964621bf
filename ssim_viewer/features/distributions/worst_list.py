"""The worst places of a map as a list; the one that is chosen is zoomed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from ssim_viewer.ui.controls.fields import name_control
from ssim_viewer.ui.controls.numbers import score
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ssim_viewer.features.distributions.minima import WorstPlace

COLUMNS = {
    "x": QT_TR_NOOP("Column of its middle."),
    "y": QT_TR_NOOP("Row of its middle."),
    QT_TR_NOOP("mean"): QT_TR_NOOP(
        "The mean of the map over the window about it; places are ranked by this."
    ),
    QT_TR_NOOP("value"): QT_TR_NOOP("The value of the map in its middle."),
}
HEIGHT = 150
ROW = 20


class WorstList(QTableWidget):
    """A row for each place, the worst one first.

    Signals
    -------
    wanted
        Carries the rank of the place that a person chose, from 0.
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        name_control(
            self,
            "worst_list",
            tr("Worst regions"),
            tr(
                "The places that are worse than all around them; choose one to zoom all panes"
                " to it."
            ),
        )
        self._shown: tuple[WorstPlace, ...] = ()
        self.setHorizontalHeaderLabels([tr(name) for name in COLUMNS])
        for column, tip in enumerate(COLUMNS.values()):
            if (header := self.horizontalHeaderItem(column)) is not None:
                header.setToolTip(tr(tip))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFont(tabular(self.font()))
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for place in (0, 1):  # whole numbers leave their room to those with decimals
            across.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the worst regions"))
        self.currentCellChanged.connect(self._choose)
        self.cellClicked.connect(lambda row, _column: self._want(row))
        self._rank: int | None = None

    def minimumSizeHint(self) -> QSize:
        """Return room for three rows."""
        return QSize(200, 4 * ROW + 4)

    def sizeHint(self) -> QSize:
        """Return room for some rows."""
        return QSize(280, HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is before a place is chosen."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.selectionModel().setCurrentIndex(
                self.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def show_places(self, places: tuple[WorstPlace, ...], rank: int | None) -> None:
        """List places, the one that is zoomed to marked."""
        self.blockSignals(True)
        if places is not self._shown:
            self._shown = places
            self._fill(places)
        self._rank = rank if rank is not None and rank < len(places) else None
        if self._rank is None:
            self.clearSelection()
            self.setCurrentCell(-1, -1)
        elif self._rank != self.currentRow():
            self.setCurrentCell(self._rank, 0)
        self.blockSignals(False)

    def _fill(self, places: tuple[WorstPlace, ...]) -> None:
        self.setRowCount(len(places))
        for row, place in enumerate(places):
            texts = (str(int(place.x)), str(int(place.y)), score(place.mean), score(place.value))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)

    def _choose(self, row: int, _column: int, _row: int, _before: int) -> None:
        if row >= 0 and row != self._rank:
            self._want(row)

    def _want(self, row: int) -> None:
        self.wanted.emit(row)
