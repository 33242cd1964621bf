"""The window: four zones. Numbers on top, pictures in the middle, time below, causes at the right.

It renders the session, emits intents and keeps what belongs to the window alone: its
theme, sizes and dialogs. What its actions mean stands in ``commands``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from ssim_viewer.images import resources
from ssim_viewer.session.changes import CURSOR, differ_only_in
from ssim_viewer.session.intents import Cancel
from ssim_viewer.session.readout import layers_text, readout
from ssim_viewer.session.region import region_text
from ssim_viewer.session.state import Session
from ssim_viewer.ui.controls.experiment_panel import ExperimentPanel
from ssim_viewer.ui.controls.metric_panel import MetricPanel
from ssim_viewer.ui.pane.pane_grid import PaneGrid
from ssim_viewer.ui.plots.trace_plots import TracePlots
from ssim_viewer.ui.shell import window_geometry
from ssim_viewer.ui.shell.actions import Actions
from ssim_viewer.ui.shell.commands import Commands
from ssim_viewer.ui.shell.menus import Menus, tool_bar
from ssim_viewer.ui.shell.notice_bar import NoticeBar
from ssim_viewer.ui.shell.preferences import Preferences
from ssim_viewer.ui.shell.score_strip import ScoreStrip
from ssim_viewer.ui.shell.zoom_readout import ZoomReadout
from ssim_viewer.ui.theme.colors import Colors, Theme, apply_theme, tabular

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QShowEvent

    from ssim_viewer.ui.shell.actions import ActionSpec

COLUMN_WIDTH = 320
PLOTS_HEIGHT = 176

LOW_PLOTS_HEIGHT, TALL = 132, 800
"""The height of the plots in a window that is less high than so many pixels."""

WORDS_PAUSE = 200
"""Milliseconds between two looks at numbers and plots while a climb plays: only its images, which
cost less and say more, are shown oftener."""


class SettingsColumn(QScrollArea):
    """Scrolls up and down only; the keys that would scroll sideways are not its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Left and Right to the window."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class View(Protocol):
    """What the window asks of its parts."""

    def show_session(self, session: Session) -> None:
        """Show a session, touching only what has changed."""

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""


class MainWindow(QMainWindow):
    """The one window of the program.

    Signals
    -------
    intended
        Carries an intent of ``ssim_viewer.session.intents``.
    settled
        A gesture such as the drag of a slider has ended.
    closing
        The window is about to close; nothing may reach it afterwards.
    restyled
        Carries the colours of another theme.
    """

    intended = Signal(object)
    settled = Signal()
    closing = Signal()
    restyled = Signal(object)

    def __init__(self, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.preferences = preferences or Preferences()
        self._session = self._told = Session()
        self._rest = QTimer(self, singleShot=True, interval=WORDS_PAUSE)
        self._pixel: tuple[int, int] | None = None
        self.theme = self.preferences.theme
        self.actions_by_name = Actions(self)
        self.menus = Menus(self.menuBar(), self.actions_by_name)
        self._build()
        self.commands = Commands(self)
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
        if not _plays_on(before, session):
            self._show_all()
            return
        self.panes.show_pictures(session)
        if not self._rest.isActive():
            self._rest.start()

    def _show_all(self) -> None:
        self._rest.stop()
        before, self._told = self._told, self._session
        for view in self._views:
            view.show_session(self._session)
        self.commands.show_session(before, self._session)
        self._show_work(self._session)
        self._tell_pixel()
        self._tell_region()
        if self._session.document.opened is not before.document.opened:
            self.setWindowTitle(_title(self._session))

    def add_command(
        self, spec: ActionSpec, menu: tuple[str, ...], run: Callable[[], object]
    ) -> QAction:
        """Return a new action in a menu, such as ``("Experiment",)``; it calls `run`."""
        action = self.actions_by_name.add(spec)
        action.triggered.connect(lambda _checked=False: run())
        self.menus.place(action, menu)
        return action

    def set_theme(self, theme: Theme) -> None:
        """Paint everything in a theme, and keep the choice."""
        self.theme = self.preferences.theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is no widget without one
        self._restyle(apply_theme(application, theme))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the sizes and say that the window closes."""
        self.preferences.set_blob("geometry", self.saveGeometry())
        self.preferences.set_blob("columns", self._columns.saveState())
        self.preferences.set_blob("rows", self._rows.saveState())
        self.preferences.look = self._session.look
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

    def reset_sizes(self) -> None:
        """Bring back the sizes of the first start."""
        self._columns.setSizes([max(self.width() - COLUMN_WIDTH, 1), COLUMN_WIDTH])
        plots = PLOTS_HEIGHT if self.height() >= TALL else LOW_PLOTS_HEIGHT
        self._rows.setSizes([max(self.height() - plots, 1), plots])
        self._column.setVisible(True)
        self.plots.setVisible(True)

    def show_column(self, shown: bool) -> None:  # noqa: FBT001 - a slot of a checkable action
        """Show or hide the settings at the right."""
        self._column.setVisible(shown)

    def show_metric_settings(self) -> None:
        """Bring the metric's settings into view."""
        self.actions_by_name["show_settings"].setChecked(True)
        self._column.ensureWidgetVisible(self.metric_panel)
        self.metric_panel.setFocus()

    def _build(self) -> None:
        self.setWindowIcon(QIcon(str(resources().joinpath("icons", "ssim-viewer.svg"))))
        self.setMinimumSize(window_geometry.LEAST)
        self.score_strip = ScoreStrip(self)
        self.panes = PaneGrid(self)
        self.notice_bar = NoticeBar(self)
        self.notice_bar.lie_over(self.panes)
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
        self._column = self._right_column()
        self._rows = _splitter(Qt.Orientation.Vertical, "rows", self.panes, self.plots)
        self._columns = _splitter(Qt.Orientation.Horizontal, "columns", self._rows, self._column)
        self.addToolBar(tool_bar(self.actions_by_name, self.menus))
        self.setCentralWidget(_stacked(self.score_strip, self._columns))
        self._build_status_bar()

    def _right_column(self) -> QScrollArea:
        area = SettingsColumn(self)
        area.setObjectName("settings_column")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.verticalScrollBar().setAccessibleName("Scroll the settings")
        area.setMinimumWidth(COLUMN_WIDTH)
        area.setWidget(_stacked(self.experiment_panel, self.metric_panel, None))
        return area

    def _build_status_bar(self) -> None:
        self._readout = QLabel(self)
        self._readout.setObjectName("readout")
        self._readout.setAccessibleName("Values under the cursor")
        self._readout.setFont(tabular(self._readout.font()))
        self._region_readout = QElidingLabel(self)
        self._region_readout.setObjectName("region_readout")
        self._region_readout.setAccessibleName("Means over the selected region")
        self._region_readout.setFont(tabular(self._region_readout.font()))
        self._busy = QLabel(self)
        self._busy.setObjectName("busy")
        self._busy.setAccessibleName("What is being worked on")
        self.zoom_readout = ZoomReadout(self.panes, self.actions_by_name, self)
        self._views = (*self._views, self.zoom_readout)
        self.statusBar().addPermanentWidget(self.zoom_readout)
        self.statusBar().addWidget(self._readout, 1)
        self.statusBar().addWidget(self._region_readout, 1)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("progress")
        self._progress.setAccessibleName("How far the work is")
        self._progress.setFixedSize(120, 12)
        self._progress.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setObjectName("cancel")
        self._cancel.setText("Cancel")
        self._cancel.setAccessibleName("Cancel the work")
        self._cancel.setToolTip("Stop what is being read or computed; what is on screen stays.")
        self._cancel.clicked.connect(lambda: self.intended.emit(Cancel()))
        for widget in (self._busy, self._progress, self._cancel):
            self.statusBar().addPermanentWidget(widget)
        self.statusBar().setFixedHeight(self._cancel.sizeHint().height() + 4)

    def _connect(self) -> None:
        for view in (self.notice_bar, self.panes, self.plots, self.experiment_panel):
            view.intended.connect(self.intended)
        self.metric_panel.intended.connect(self.intended)
        for panel in (self.metric_panel, self.experiment_panel, self.plots):
            panel.settled.connect(self.settled)
        self.score_strip.settings_requested.connect(self.show_metric_settings)
        self.score_strip.copy_requested.connect(self.commands.files.copy_scores)
        self._rest.timeout.connect(self._show_all)
        self.panes.hovered.connect(self._hover)
        self.panes.selection.readied.connect(self._tell_region)
        self.panes.export_requested.connect(self.commands.files.export_pane)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _restore(self) -> None:
        self.resize(window_geometry.first_size(self))
        self.reset_sizes()
        self.restoreGeometry(self.preferences.blob("geometry"))
        window_geometry.keep_on_screen(self)
        self._columns.restoreState(self.preferences.blob("columns"))
        self._rows.restoreState(self.preferences.blob("rows"))

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

    def _show_work(self, session: Session) -> None:
        self._busy.setText(session.busy)
        for widget in (self._progress, self._cancel):
            widget.setVisible(bool(session.busy))
        known = session.progress is not None
        self._progress.setRange(0, 100 if known else 0)  # without an end it says: at work
        if session.progress is not None:
            self._progress.setValue(round(100 * session.progress))

    def _hover(self, pixel: tuple[int, int] | None) -> None:
        self._pixel = pixel
        self._tell_pixel()

    def _tell_pixel(self) -> None:
        measured = self._session.pictured
        shown = self._session.look.visible
        values = readout(measured, *self._pixel, shown) if measured and self._pixel else None
        texts = (values.text(), layers_text(self._session, values.x, values.y)) if values else ()
        self._readout.setText("   ".join(text for text in texts if text))

    def _tell_region(self) -> None:
        text = region_text(self._session)
        if self.panes.selection.ready and not text:
            text = "Drag a rectangle in any pane; Esc leaves it."
        if self._session.tool is not None:
            text = self._session.tool.hint
        self._region_readout.setText(text)
        self._region_readout.setToolTip(text)  # where there is no room for all of it
        self._region_readout.setVisible(bool(text))


def _plays_on(before: Session, session: Session) -> bool:
    """Whether all that is new is another step of a climb that plays."""
    pairs = zip(_steady(before), _steady(session), strict=True)
    return session.playing and all(old is new for old, new in pairs)


def _steady(session: Session) -> tuple[object, ...]:
    """Return what the steps of a climb leave as it is."""
    document = session.document
    return (
        *(document.opened, document.pair, document.metric, document.driver, document.settings),
        *(document.experiment, document.branches),
        *(session.look, session.opening, session.family, session.region_scores),
        *(session.notice, session.playing, session.busy, session.progress),
        *(session.undo_name, session.redo_name),
    )


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
            layout.addWidget(widget, int(isinstance(widget, QSplitter)))
    return stack


def _title(session: Session) -> str:
    opened = session.document.opened
    if opened is None:
        return "ssim_viewer"
    return f"{opened.reference.name} — {opened.distorted.name} — ssim_viewer"
