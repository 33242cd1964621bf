"""The sheet of several starts or metrics: rows of start, best and worst, and its export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ssim_viewer.ui.controls.fields import muted_label, name_control
from ssim_viewer.ui.controls.thumbnails import image_of
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.features.two_runs.sheet import Sheet

EMPTY = QT_TR_NOOP("The first row is on its way.")


class SheetView(QWidget):
    """Shows a sheet as far as it has come.

    Signals
    -------
    export_asked
        The sheet is to be written.
    """

    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sheet | None = None
        self._picture = QLabel()
        self._picture.setObjectName("two_runs_sheet")
        self._picture.setAccessibleName(tr("Sheet of best and worst images"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area = QScrollArea()
        area.setObjectName("two_runs_sheet_area")
        area.setAccessibleName(tr("Sheet"))
        area.setWidget(self._picture)
        area.setWidgetResizable(True)
        area.verticalScrollBar().setAccessibleName(tr("Scroll the sheet"))
        area.horizontalScrollBar().setAccessibleName(tr("Scroll the sheet sideways"))
        self._problems = muted_label(wrap=True)
        self._problems.setObjectName("two_runs_sheet_problems")
        self._export = QPushButton(tr("Export…"))
        name_control(
            self._export, "two_runs_export", tr("Export"), tr("Write the sheet as a picture.")
        )
        self._export.clicked.connect(self.export_asked)
        row = QHBoxLayout()
        row.addWidget(self._problems, 1)
        row.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addLayout(row)
        self.show_sheet(None)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show the rows that there are."""
        self._export.setEnabled(sheet is not None and bool(sheet.tiles))
        if sheet is not None and sheet is self._shown:
            return
        self._shown = sheet
        if sheet is None or not sheet.tiles:
            self._picture.setPixmap(QPixmap())
            self._picture.setText(tr(EMPTY))
        else:
            self._picture.setPixmap(QPixmap.fromImage(image_of(sheet.page())))
        self._problems.setText(tr(" ".join(sheet.problems) if sheet is not None else ""))
