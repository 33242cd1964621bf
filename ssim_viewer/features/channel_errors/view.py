"""The window: one row a plane, and a button that copies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.channel_errors.state import (
    COLUMNS,
    ID,
    ChannelErrors,
    Found,
    as_csv,
    found_on_screen,
)
from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.numbers import NONE, fixed, quantity
from ssim_viewer.ui.experiments.part_legend import legend_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr
from ssim_viewer.ui.theme.colors import tabular

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

CONVENTION = QT_TR_NOOP(
    "The scores of the strip, the maps of both differences and their values under the cursor are "
    "over all channels. Luma is BT.601: 0.299 R + 0.587 G + 0.114 B."
)


class ChannelErrorsWindow(QWidget):
    """Shows the errors of the pair on screen.

    Signals
    -------
    intended
        Never sent: there is nothing to choose.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(f"{ID}_window")
        self._found: Found | None = None
        self._table = QTableWidget(0, len(COLUMNS))
        self._table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        self._table.verticalHeader().hide()
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setFont(tabular(self._table.font()))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        name_control(self._table, f"{ID}_table", tr("Errors of each channel"), CONVENTION)
        self._words = muted_label()
        self._words.setObjectName(f"{ID}_words")
        self._words.setWordWrap(True)
        self._copy = QPushButton(tr("Copy"))
        name_control(self._copy, f"{ID}_copy", tr("Copy the errors"), tr("Copy the table as CSV."))
        self._copy.clicked.connect(self._copy_table)
        below = QHBoxLayout()
        below.addWidget(self._words, 1)
        below.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self.setMaximumSize(720, 360)  # five rows need no more of the screen
        column = QVBoxLayout(self)
        column.addWidget(self._table, 1)
        column.addLayout(below)

    def sizeHint(self) -> QSize:
        """Return a size at which all rows are seen."""
        return QSize(460, 280)

    def show_session(self, session: Session) -> None:
        """Show the errors of the images on screen, or that they are on their way."""
        state = session.features.get(ID, ChannelErrors())
        assert isinstance(state, ChannelErrors)  # noqa: S101 - nothing else has this key
        found = found_on_screen(state, session)
        self._copy.setEnabled(found is not None)
        legend = legend_of(CONVENTION, session.document.pair, maps=False)
        self._words.setText(tr(state.problem) or legend)
        if found is None:
            self._blank()
        elif found is not self._found:
            self._fill(found)
        self._found = found

    def restyle(self, colors: Colors) -> None:
        """Nothing has colours of its own."""

    def _fill(self, found: Found) -> None:
        self._table.setRowCount(len(found.rows))
        for i, row in enumerate(found.rows):
            texts = (row.name, quantity(row.mse), fixed(row.psnr, 2), quantity(row.mae))
            for j, text in enumerate(texts):
                item = QTableWidgetItem(tr(text))
                if j:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self._table.setItem(i, j, item)

    def _blank(self) -> None:
        """Numbers of other images are taken away."""
        for i in range(self._table.rowCount()):
            for j in range(1, self._table.columnCount()):
                item = self._table.item(i, j)
                if item is not None:
                    item.setText(NONE)

    def _copy_table(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(as_csv(self._found))
