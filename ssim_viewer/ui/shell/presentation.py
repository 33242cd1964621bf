"""Presenting: the pictures fill a screen in large type; a second screen keeps the controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QWidget

from ssim_viewer.ui.shell.large_type import LargeType
from ssim_viewer.ui.shell.pointer_ring import PointerRing
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QAction, QCloseEvent, QFont, QScreen

    from ssim_viewer.ui.shell.docks import Docks
    from ssim_viewer.ui.shell.preferences import Preferences

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
USUAL = 1.5
KEY = "presentation_scale"
"""Of the scale in the settings."""

CONTROLS_WIDTH = 380

SCORES = "score_bar"
"""The bar that stays."""

UNBOUND = (1 << 24) - 1
"""Qt's greatest height of a widget."""


class _Before(NamedTuple):
    """The window as it was."""

    state: Qt.WindowState
    place: QRect
    shown: list[QWidget]


class Presentation(QObject):
    """Hides everything of a window but its pictures, numbers, plots and docks, and shows it again.

    Parameters
    ----------
    window
        The main window.
    docks
        Its docks: the settings go, or to a second screen; the others stay.
    leave
        The ticked action that is presenting.

    Signals
    -------
    scaled
        Carries how many times larger all words are now.
    """

    scaled = Signal(float)

    def __init__(
        self, window: QMainWindow, docks: Docks, leave: QAction, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._docks, self._leave = window, docks, leave
        self._preferences = preferences
        self._type = LargeType(window)
        self._ring = PointerRing(window)
        self._controls: ControlsWindow | None = None
        self._before: _Before | None = None

    @property
    def on(self) -> bool:
        """Whether it presents."""
        return self._before is not None

    @property
    def scale(self) -> float:
        """How much larger words are while it presents."""
        try:
            kept = float(self._preferences.text(KEY))
        except ValueError:
            return USUAL
        return kept if kept in SCALES else USUAL

    def enlarge_too(self, windows: Callable[[], Iterable[QWidget]]) -> None:
        """Enlarge what stands in these windows too, in those that are there when it is done."""
        self._type.others = windows

    def turn(self, on: bool) -> None:  # noqa: FBT001 - a slot of a checkable action
        """Present, or bring the window back as it was."""
        if on and not self.on:
            self._begin()
        elif self.on and not on:
            self._end()

    def enlarge(self, by: int) -> None:
        """Take the next larger size of words, or the next smaller one with -1."""
        place = SCALES.index(self.scale) + by
        scale = SCALES[min(max(place, 0), len(SCALES) - 1)]
        self._preferences.set_text(KEY, str(scale))
        if self.on:
            self._write(scale)

    def _begin(self) -> None:
        window, other = self._window, other_screen(self._window)
        bars = [bar for bar in window.findChildren(QToolBar) if bar.objectName() != SCORES]
        chrome: list[QWidget] = [window.statusBar(), self._docks.settings, *bars]
        shown = [each for each in chrome if not each.isHidden()]
        self._before = _Before(window.windowState(), window.geometry(), shown)
        for each in shown:
            each.hide()
        # Hidden, the bar would take the keys of its menus along.
        window.menuBar().setFixedHeight(0)
        if other is not None:
            self._controls = ControlsWindow(window, self._docks.settings.widget(), self._leave)
            self._controls.show_on(window.screen())
            window.setGeometry(other.geometry())
        window.showFullScreen()
        self._write(self.scale)
        self._ring.turn(True)

    def _write(self, scale: float) -> None:
        plots = self._docks.plots
        height = round(plots.height() * scale / self._type.factor)
        self._window.resizeDocks([plots], [height], Qt.Orientation.Vertical)
        self._type.scale(scale)
        self.scaled.emit(scale)

    def _end(self) -> None:
        assert self._before is not None  # noqa: S101 - it is on
        before, self._before = self._before, None
        self._ring.turn(False)
        self._write(1.0)
        if self._controls is not None:
            self._docks.settings.setWidget(self._controls.column)
            self._controls.give_up()
            self._controls = None
        for each in before.shown:
            each.show()
        bar = self._window.menuBar()
        bar.setMinimumHeight(0)
        bar.setMaximumHeight(UNBOUND)
        self._window.setWindowState(before.state)
        self._window.setGeometry(before.place)


class ControlsWindow(QMainWindow):
    """What the second screen keeps: the menus and the settings, in usual type for who stands there.

    Attributes
    ----------
    column
        The settings, lent to it.
    """

    def __init__(self, window: QMainWindow, column: QWidget, leave: QAction) -> None:
        super().__init__()
        self.setObjectName("controls_window")
        self.setWindowTitle(tr("Controls"))
        self.setWindowIcon(window.windowIcon())
        self.setFont(_as_usual())
        self.column = column
        self._leave: QAction | None = leave
        for action in window.menuBar().actions():
            self.menuBar().addAction(action)
        self.addActions(window.actions())
        self.setCentralWidget(column)
        column.show()

    def show_on(self, screen: QScreen) -> None:
        """Stand at the right of a screen."""
        room = screen.availableGeometry()
        height = round(0.9 * room.height())
        self.setGeometry(
            room.right() - CONTROLS_WIDTH - 16, room.top() + 40, CONTROLS_WIDTH, height
        )
        self.show()

    def give_up(self) -> None:
        """Close without telling; the column is not its own any more."""
        self._leave = None
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End presenting: there is no other way back to the settings."""
        super().closeEvent(event)
        if self._leave is not None:
            self._leave.setChecked(False)


def _as_usual() -> QFont:
    """Return the font of the application so that it stays what it is, whatever that one becomes."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF())
    return font


def other_screen(window: QWidget) -> QScreen | None:
    """Return the first screen that the window is not on, or None with one screen."""
    own = window.screen()
    return next((each for each in QGuiApplication.screens() if each is not own), None)
