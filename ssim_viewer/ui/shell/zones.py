"""The zones of the main window: numbers on top, images, plots below them, settings at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssim_viewer.ui.shell.preferences import Preferences

COLUMN_WIDTH = 320
PLOTS_HEIGHT = 176

LOW_PLOTS_HEIGHT, TALL = 132, 800
"""The height of the plots in a window that is less high than so many pixels."""


class SettingsColumn(QScrollArea):
    """Scrolls up and down only; the keys that would scroll sideways are not its own."""

    def __init__(self, *panels: QWidget) -> None:
        super().__init__()
        self.setObjectName("settings_column")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the settings"))
        self.setMinimumWidth(COLUMN_WIDTH)
        self.setWidget(_stacked(*panels, None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Left and Right to the window."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Zones(QWidget):
    """Lays the parts of the window out, with two splitters whose places are kept."""

    def __init__(self, top: QWidget, panes: QWidget, plots: QWidget, column: QWidget) -> None:
        super().__init__()
        self._plots, self._column = plots, column
        self._rows = _splitter(Qt.Orientation.Vertical, "rows", panes, plots)
        self._columns = _splitter(Qt.Orientation.Horizontal, "columns", self._rows, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self._columns, 1)

    def reset_sizes(self, width: int, height: int) -> None:
        """Bring back the sizes of the first start, in a window of so many pixels."""
        self._columns.setSizes([max(width - COLUMN_WIDTH, 1), COLUMN_WIDTH])
        plots = PLOTS_HEIGHT if height >= TALL else LOW_PLOTS_HEIGHT
        self._rows.setSizes([max(height - plots, 1), plots])
        self._column.setVisible(True)
        self._plots.setVisible(True)

    def keep(self, preferences: Preferences) -> None:
        """Keep the places of the splitters."""
        preferences.set_blob("columns", self._columns.saveState())
        preferences.set_blob("rows", self._rows.saveState())

    def restore(self, preferences: Preferences) -> None:
        """Bring back the places that were kept."""
        self._columns.restoreState(preferences.blob("columns"))
        self._rows.restoreState(preferences.blob("rows"))


def _splitter(orientation: Qt.Orientation, name: str, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(first)
    splitter.addWidget(second)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    return splitter


def _stacked(*widgets: QWidget | None) -> QWidget:
    """Return widgets one below the other; None is room that stretches."""
    stack = QWidget()
    layout = QVBoxLayout(stack)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return stack
