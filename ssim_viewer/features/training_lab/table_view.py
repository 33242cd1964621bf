"""The table of a run, with the published numbers beside it in a quieter colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.training.tables import Table, table_of
from ssim_viewer.ui.controls.fields import muted_label
from ssim_viewer.ui.text import tr
from ssim_viewer.ui.theme.colors import LIGHT, tabular

if TYPE_CHECKING:
    from ssim_viewer.features.training_lab.state import Lab
    from ssim_viewer.training.run_file import Run
    from ssim_viewer.ui.theme.colors import Colors


class RunTable(QWidget):
    """Shows the latest scores of a run."""

    def __init__(self) -> None:
        super().__init__()
        self._run: Run | None = None
        self._colors = LIGHT
        self.table: Table | None = None
        self._grid = QTableWidget()
        self._grid.setObjectName("training_table")
        self._grid.setAccessibleName(tr("Scores of the held-out images"))
        self._grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._grid.verticalHeader().hide()
        self._grid.setFont(tabular(self._grid.font()))
        self._note = muted_label(tr("Press Play to fill the table."), wrap=True)
        self._note.setObjectName("training_table_note")
        self._note.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid, 1)
        column.addWidget(self._note)

    def show_lab(self, lab: Lab) -> None:
        """Show the table of a lab's run."""
        if lab.run is self._run:
            return
        self._run = lab.run
        self.table = table_of(lab.run) if lab.run is not None else None
        self._fill()

    def restyle(self, colors: Colors) -> None:
        """Paint in a theme's colours."""
        self._colors = colors
        self._fill()

    def _fill(self) -> None:
        table = self.table
        self._grid.setRowCount(0)
        if table is None:
            return
        self._grid.setColumnCount(len(table.columns))
        self._grid.setHorizontalHeaderLabels([tr(each) for each in table.columns])
        self._grid.setRowCount(len(table.rows))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, found in enumerate(table.rows):
            published = "published" in found.source
            for column, text in enumerate((found.method, *found.cells, found.source)):
                item = QTableWidgetItem(tr(text))
                if 0 < column < len(table.columns) - 1:
                    item.setTextAlignment(right)
                color = self._colors.muted if published else self._colors.text
                item.setForeground(QColor(color))
                self._grid.setItem(row, column, item)
        self._grid.resizeColumnsToContents()
        self._note.setText(tr(table.note))
