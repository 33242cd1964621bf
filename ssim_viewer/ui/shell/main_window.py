"""The window: numbers on top, pictures in the middle, docks around them.

It renders the session, emits intents and keeps what belongs to the window alone: its
theme, sizes and dialogs. Its commands are the rows of ``rows``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMenu

from ssim_viewer.images import resources
from ssim_viewer.session.changes import CURSOR, differ_only_in
from ssim_viewer.session.state import Session
from ssim_viewer.ui.controls.experiment_panel import ExperimentPanel
from ssim_viewer.ui.controls.metric_panel import MetricPanel
from ssim_viewer.ui.pane.navigator import Navigator
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.plots.trace_plots import TracePlots
from ssim_viewer.ui.shell import window_geometry
from ssim_viewer.ui.shell.actions import Actions
from ssim_viewer.ui.shell.commands import COMMANDS, Commands
from ssim_viewer.ui.shell.compare_control import CompareControl
from ssim_viewer.ui.shell.docks import Docks, SettingsColumn
from ssim_viewer.ui.shell.file_commands import copy_scores, export_pane
from ssim_viewer.ui.shell.listings import Listings
from ssim_viewer.ui.shell.menus import Menus
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.shell.pictures_only import PicturesOnly
from ssim_viewer.ui.shell.playing import plays_on
from ssim_viewer.ui.shell.preferences import Preferences
from ssim_viewer.ui.shell.presentation import Presentation
from ssim_viewer.ui.shell.rows import MENUS, ROWS
from ssim_viewer.ui.shell.score_bar import ScoreBar
from ssim_viewer.ui.shell.score_strip import ScoreStrip
from ssim_viewer.ui.shell.shell_window import ShellWindow
from ssim_viewer.ui.shell.status_line import StatusLine
from ssim_viewer.ui.shell.tool_bar import tool_bar
from ssim_viewer.ui.theme.colors import Colors, Theme, apply_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QShowEvent

    from ssim_viewer.session.command import Command

WORDS_PAUSE = 200
"""Milliseconds between two looks at numbers and plots while a climb plays: only its images, which
cost less and say more, are shown oftener."""


class View(Protocol):
    """What the window asks of its parts."""

    def show_session(self, session: Session) -> None:
        """Show a session, touching only what has changed."""

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""


class MainWindow(ShellWindow):
    """The one window of the program.

    Signals
    -------
    intended
        As `ShellWindow` says.
    settled
        A gesture such as the drag of a slider has ended.
    closing
        The window is about to close; nothing may reach it afterwards.
    restyled
        Carries the colours of another theme.
    """

    settled = Signal()
    closing = Signal()
    restyled = Signal(object)

    actions_by_name: Actions
    commands: Commands
    presentation: Presentation

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.preferences = preferences or Preferences()
        self._session = self._shown_before = Session()
        self._rest = QTimer(self, singleShot=True, interval=WORDS_PAUSE)
        self.theme = self.preferences.theme
        self.actions_by_name = Actions(COMMANDS, self)
        self.listings = Listings(self.menuBar())
        self.menus = Menus(self.menuBar(), MENUS, ROWS, self.actions_by_name, self.listings)
        self._build()
        self.commands = Commands(self, self.actions_by_name, self.listings)
        self._connect()
        self._restore()
        self.set_theme(self.theme)

    @property
    def session(self) -> Session:
        """The session that was rendered last."""
        return self._session

    def show_session(self, session: Session) -> None:
        """Show a session."""
        before, self._session = self._session, session
        if differ_only_in(before, session, *CURSOR, "features"):
            return
        if not plays_on(before, session):
            self._show_all()
            return
        self.panes.show_pictures(session)
        if not self._rest.isActive():
            self._rest.start()

    def _show_all(self) -> None:
        self._rest.stop()
        before, self._shown_before = self._shown_before, self._session
        for view in self._views:
            view.show_session(self._session)
        self.commands.show_session(self._session)
        self.docks.show_session(self._session)
        if self._session.document.opened is not before.document.opened:
            self.setWindowTitle(_title(self._session))

    def add_command(self, command: Command, run: Callable[[], object]) -> QAction:
        """Return a new action in its menu; it calls `run`."""
        action = self.actions_by_name.add(command)
        action.triggered.connect(lambda _checked=False: run())
        self.menus.place(action, command.menu, command.before)
        return action

    def set_theme(self, theme: Theme) -> None:
        """Paint everything in a theme, and keep the choice."""
        self.theme = self.preferences.theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is no widget without one
        self._restyle(apply_theme(application, theme))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the sizes and say that the window closes."""
        for name in ("pictures_only", "present"):
            self.actions_by_name[name].setChecked(False)
        self.preferences.set_blob("geometry", self.saveGeometry())
        self.preferences.look = self._session.look
        self.preferences.playback = self._session.playback
        self.preferences.log_steps = self.plots.log_steps
        self.preferences.recent = self._session.recent
        self.closing.emit()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the transport the focus, so that Space plays from the first moment."""
        super().showEvent(event)
        self.experiment_panel.transport.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the transport the keys that what has the focus does not take itself."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        transport = self.experiment_panel.transport
        if not (plain and transport.press(Qt.Key(event.key()), repeated=event.isAutoRepeat())):
            super().keyPressEvent(event)

    def createPopupMenu(self) -> QMenu:  # noqa: N802 - Qt's own
        """Return what a right click on a bar offers: the docks."""
        menu = QMenu(self)
        menu.addActions(self.menus.actions_at(("View", "Docks")))
        return menu

    def show_metric_settings(self) -> None:
        """Bring the metric's settings into view."""
        self.docks.settings.show()
        self.docks.settings.raise_()
        self._column.ensureWidgetVisible(self.metric_panel)
        self.metric_panel.setFocus()

    def _build(self) -> None:
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.setMinimumSize(window_geometry.LEAST)
        self.score_strip = ScoreStrip(self)
        self.panes = PaneGrid(self)
        self.navigator = Navigator(self.panes)
        self.notice_bar = NoticeBar(self)
        self.notice_bar.lie_over(self.panes)
        self.navigator.lie_under(self.notice_bar)
        self.plots = TracePlots(self)
        self.experiment_panel = ExperimentPanel(self)
        self.metric_panel = MetricPanel(self)
        self._views: tuple[View, ...] = (
            self.score_strip,
            self.notice_bar,
            self.panes,
            self.plots,
            self.experiment_panel,
            self.metric_panel,
        )
        self._column = SettingsColumn(self.experiment_panel, self.metric_panel)
        compare = CompareControl(self.actions_by_name, self)
        compare.intended.connect(self.intended)
        self.addToolBar(tool_bar(COMMANDS, self.actions_by_name, self.listings, compare))
        self.addToolBarBreak()
        self.addToolBar(ScoreBar(self.score_strip))
        self.setCentralWidget(self.panes)
        self.docks = Docks(self, self._column, self.plots, leave=self.panes.take_keyboard)
        self.pictures_only = PicturesOnly(self, self.docks)
        present = self.actions_by_name["present"]
        self.presentation = Presentation(self, self.docks, present, self.preferences)
        self.presentation.scaled.connect(self.score_strip.rescale)
        self._views = (*self._views, compare, self.navigator, StatusLine(self))

    def _connect(self) -> None:
        for view in (self.notice_bar, self.panes, self.plots, self.experiment_panel):
            view.intended.connect(self.intended)
        self.metric_panel.intended.connect(self.intended)
        for panel in (self.metric_panel, self.experiment_panel, self.plots):
            panel.settled.connect(self.settled)
        self.score_strip.settings_requested.connect(self.show_metric_settings)
        self.score_strip.copy_requested.connect(partial(copy_scores, self))
        toggles = (self.actions_by_name[name] for name in ("show_settings", "show_plots"))
        self.docks.follow(*toggles)
        self._rest.timeout.connect(self._show_all)
        self.panes.export_requested.connect(partial(export_pane, self))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _restore(self) -> None:
        self.resize(window_geometry.first_size(self))
        self.restoreGeometry(self.preferences.blob("geometry"))
        window_geometry.keep_on_screen(self)
        if self.preferences.text("navigator"):
            self.actions_by_name["show_navigator"].setChecked(False)
        self.plots.log_steps = self.preferences.log_steps

    def _follow_system(self) -> None:
        if self.theme is Theme.SYSTEM:
            self.set_theme(self.theme)

    def _restyle(self, colors: Colors) -> None:
        self.colors = colors
        self.actions_by_name.restyle(colors)
        for view in self._views:
            view.restyle(colors)
        self.commands.restyle(colors)
        self.restyled.emit(colors)


def _title(session: Session) -> str:
    opened = session.document.opened
    if opened is None:
        return "ssim_viewer"
    return f"{opened.reference.name} — {opened.distorted.name} — ssim_viewer"
