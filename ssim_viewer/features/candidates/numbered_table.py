"""A table whose rows are chosen by their numbers too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

FIRST, LAST = int(Qt.Key.Key_1), int(Qt.Key.Key_9)


class NumberedRows(QSortFilterProxyModel):
    """Numbers the rows as they stand, in whatever order."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 - Qt's own
        """Return the number of a row, or what the table says of a column."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        return super().headerData(section, orientation, role)


class NumberedTable(QTableView):
    """Takes 1 to 9 for its rows while it has the focus, where they choose maps elsewhere."""

    def event(self, event: QEvent) -> bool:
        """Keep the numbers from the menus, which have them too."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(_row_of(event) is not None)
            if event.isAccepted():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the row of a number."""
        row = _row_of(event)
        if row is None:
            super().keyPressEvent(event)
        elif row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))


def _row_of(event: QKeyEvent) -> int | None:
    allowed = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
    plain = event.modifiers() in allowed
    return event.key() - FIRST if plain and FIRST <= event.key() <= LAST else None
