"""The docks: the settings and the plots of the window, and the places of all docks around it.

A dock is moved, floated, put behind a tab and closed by the mouse; `Docks.places` has where all of
them are. One that goes while it has the keyboard gives it to the panes, so that Space plays on;
Qt alone gives it to whatever is next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QKeyEvent

    from ssim_viewer.session.state import Session

COLUMN_WIDTH = 320
PLOTS_HEIGHT = 176

LOW_PLOTS_HEIGHT, TALL = 132, 800
"""The height of the plots in a window that is less high than so many pixels."""

VERSION = 1
"""Places of another version are not read."""

OF = "dock_of"
"""The property of a dock that names its feature, or the part of the window that it holds."""

ACCOMPANIES = "accompanies"
"""The property of a dock that is read beside others."""

AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}


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
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what is in it
        self.setWidget(_stacked(*panels, None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Left and Right to the window."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Docks(QObject):
    """The docks of a main window. The plots wait for the first run, if nobody asks for them before.

    Parameters
    ----------
    leave
        Takes the keyboard from a dock that goes.

    Attributes
    ----------
    settings, plots
        The two that the window has of its own; features bring the others.
    """

    def __init__(
        self,
        window: QMainWindow,
        settings: QWidget,
        plots: QWidget,
        leave: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._leave = window, leave
        window.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, "left"),
            (Qt.Corner.BottomRightCorner, "right"),
        ):
            window.setCorner(corner, AREAS[area])
        self.settings = self._own(tr("Settings"), "settings", settings, "right")
        self.plots = self._own(tr("Plots"), "plots", plots, "bottom")
        self._toggles: dict[QObject, QAction] = {}
        self._sized = False
        self._awaited = True
        self.plots.hide()

    def follow(self, settings: QAction, plots: QAction) -> None:
        """Tick the rows of the two docks while they are shown."""
        for dock, action in ((self.settings, settings), (self.plots, plots)):
            self._toggles[dock] = action
            with QSignalBlocker(action):
                action.setChecked(not dock.isHidden())

    def show_session(self, session: Session) -> None:
        """Show the plots with the first run."""
        if session.document.run is not None and self._awaited and self.plots.isHidden():
            self.plots.show()
            self._size_plots()

    def await_run(self, *, awaited: bool) -> None:
        """Say whether the plots shall come with the next run."""
        self._awaited = awaited

    @property
    def plots_awaited(self) -> bool:
        """Whether the plots are shown, or come with the next run."""
        return self._awaited or not self.plots.isHidden()

    def add(self, dock: QDockWidget, area: str, *, accompanies: bool = False) -> None:
        """Put a dock where it was, else into an area, in front of the docks that are there.

        One that accompanies others is not hidden by them: it and they stand one above the other.
        """
        dock.installEventFilter(self)
        dock.setProperty(ACCOMPANIES, accompanies)
        if self._window.restoreDockWidget(dock):
            return
        before = [each for each in self.shown() if self._window.dockWidgetArea(each) is AREAS[area]]
        self._window.addDockWidget(AREAS[area], dock)
        beside = [each for each in before if each is not dock and not each.isFloating()]
        others = [each for each in beside if not each.property(ACCOMPANIES)]
        if others and not accompanies:
            self._window.tabifyDockWidget(others[-1], dock)
        elif beside:
            self._window.splitDockWidget(beside[-1], dock, Qt.Orientation.Vertical)

    def shown(self) -> list[QDockWidget]:
        """Return the docks that are open, behind a tab too."""
        return [each for each in self._window.findChildren(QDockWidget) if not each.isHidden()]

    def put(self, dock: QDockWidget, area: str, size: int) -> None:
        """Put a dock into an area, so many pixels wide, or high at the bottom; 0 is as usual."""
        hidden = dock.isHidden()
        dock.setFloating(False)
        self._window.addDockWidget(AREAS[area], dock)
        dock.setVisible(not hidden)
        size = size or _usual_height(self._window)
        way = Qt.Orientation.Vertical if area == "bottom" else Qt.Orientation.Horizontal
        self._window.resizeDocks([dock], [size], way)

    def places(self) -> bytes:
        """Return where all docks are, as Qt writes it."""
        return bytes(self._window.saveState(VERSION).data())

    def restore(self, places: bytes) -> bool:
        """Put all docks where they were; return False where that says nothing."""
        known = self._window.restoreState(QByteArray(places), VERSION)
        self._sized = known and not self.plots.isHidden()  # hidden plots may never have had a size
        return known

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick and untick; plots that a person closed do not come back with the next run."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and _has_focus(watched):
            self._leave()  # before Qt looks for another place
        action = self._toggles.get(watched)
        if action is not None and event.type() in {
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        }:
            with QSignalBlocker(action):
                action.setChecked(event.type() == QEvent.Type.ShowToParent)
        if watched is self.plots and event.type() == QEvent.Type.Close:
            self._awaited = False
        return super().eventFilter(watched, event)

    def _size_plots(self) -> None:
        """Make the plots as high as they usually are, the first time."""
        if not self._sized:
            self._sized = True
            height = _usual_height(self._window)
            self._window.resizeDocks([self.plots], [height], Qt.Orientation.Vertical)

    def _own(self, title: str, name: str, widget: QWidget, area: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"{name}_dock")
        dock.setProperty(OF, name)
        dock.setWidget(widget)
        dock.installEventFilter(self)
        self._window.addDockWidget(AREAS[area], dock)
        return dock


def _has_focus(dock: QObject) -> bool:
    """Return whether the keyboard is in a dock."""
    focused = QApplication.focusWidget()
    return isinstance(dock, QDockWidget) and focused is not None and dock.isAncestorOf(focused)


def _usual_height(window: QWidget) -> int:
    """Return the height of plots in a window."""
    return PLOTS_HEIGHT if window.height() >= TALL else LOW_PLOTS_HEIGHT


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
