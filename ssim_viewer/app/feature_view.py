"""The view of a feature on the screen: a window of its own, or a dock of the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget

from ssim_viewer.features.feature import Area
from ssim_viewer.session.changes import CURSOR, differ_only_in
from ssim_viewer.ui.experiments.experiment_window import ExperimentWindow
from ssim_viewer.ui.shell.docks import OF
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssim_viewer.features.feature import Feature, ViewSpec
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store
    from ssim_viewer.ui.shell.main_window import MainWindow

DOCK_AREAS = {
    Area.LEFT_DOCK: "left",
    Area.RIGHT_DOCK: "right",
    Area.BOTTOM_DOCK: "bottom",
}

UNSEEN_INTERVAL = 1000
"""Milliseconds between two sessions that a view is given which nobody sees.

It is given some, so that it holds no images that are long gone.
"""


class FeatureView(QObject):
    """Connects the widget of a feature with session, colours and window.

    A view that was closed, or lies behind other docks, follows the session now and then, and at
    once when it is seen again.

    The widget has ``show_session(session)``, ``restyle(colors)`` and a signal ``intended`` that
    carries an action of the feature or an intent. It may have a signal ``settled`` that tells when
    a gesture has ended, a signal ``help_requested``, and an attribute ``folder`` that is set to the
    folder in which its file dialogs begin.

    Signals
    -------
    acted
        Carries what the widget intends.
    closed
        A person closed the view.
    """

    acted = Signal(object)
    closed = Signal()

    def __init__(
        self,
        feature: Feature[Any],
        spec: ViewSpec,
        store: Store,
        main: MainWindow,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.widget: Any = spec.build()
        self._feature = feature
        self._shown = store.session
        self._store = store
        self._main = main
        self._behind = False
        self._rest = QTimer(self, interval=UNSEEN_INTERVAL, singleShot=True)
        self._rest.timeout.connect(self._catch_up)
        self._shell = self._placed(spec)
        self._shell.setWindowTitle(tr(spec.title))
        self._shell.installEventFilter(self)
        if spec.area is Area.WINDOW:  # a floating dock has the keys of the main window
            ExperimentWindow(self._shell, main)
        if hasattr(self.widget, "folder"):
            self.widget.folder = main.preferences.save_folder
        self.widget.restyle(main.colors)
        self.widget.show_session(store.session)
        self.widget.intended.connect(self.acted)
        if hasattr(self.widget, "settled"):
            self.widget.settled.connect(store.settle)
        if hasattr(self.widget, "help_requested"):
            self.widget.help_requested.connect(main.actions_by_name["help"].trigger)
        store.changed.connect(self._show_session)
        main.restyled.connect(self.widget.restyle)

    def show(self) -> None:
        """Show the view and bring it to the front."""
        self._catch_up()
        self._shell.show()
        if self._shell.isWindow():
            self._shell.activateWindow()
        else:
            self._shell.raise_()  # above other docks in the same place

    def close(self) -> None:
        """Take the view away."""
        self._rest.stop()
        self._shell.removeEventFilter(self)
        self._store.changed.disconnect(self._show_session)
        if isinstance(self._shell, QDockWidget):
            self._shell.visibilityChanged.disconnect(self._turn)
        self._main.restyled.disconnect(self.widget.restyle)
        self.widget.intended.disconnect(self.acted)
        self._shell.close()
        self._shell.deleteLater()

    @Slot(object)
    def _show_session(self, session: Session) -> None:
        """Show a session, later if nobody sees the view."""
        if not (self._shell.isHidden() or self._behind):
            self._show(session)
        elif not self._rest.isActive():
            self._rest.start()

    @Slot()
    def _catch_up(self) -> None:
        self._rest.stop()
        self._show(self._store.session)

    @Slot(bool)
    def _turn(self, seen: bool) -> None:  # noqa: FBT001 - the signal of a dock
        self._behind = not seen
        if seen:
            self._catch_up()

    def _show(self, session: Session) -> None:
        """Show a session, unless only the cursor or the states of other features have changed."""
        before, self._shown = self._shown, session
        rest = () if self._feature.follows_cursor else CURSOR
        same_state = self._feature.state(before) is self._feature.state(session)
        if not (same_state and differ_only_in(before, session, "features", *rest)):
            self.widget.show_session(session)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when a person closes the view; let it catch up before it is seen again."""
        if watched is self._shell and event.type() == QEvent.Type.Close:
            self.closed.emit()
        if watched is self._shell and event.type() == QEvent.Type.Show:
            self._catch_up()
        return super().eventFilter(watched, event)

    def _placed(self, spec: ViewSpec) -> QWidget:
        widget: QWidget = self.widget
        if spec.area is Area.WINDOW:
            return widget
        dock = QDockWidget(tr(spec.title), self._main)
        dock.setObjectName(f"{widget.objectName()}_dock")
        dock.setWidget(widget)
        dock.setProperty(OF, self._feature.id)
        dock.visibilityChanged.connect(self._turn)
        self._main.docks.add(dock, DOCK_AREAS[spec.area], accompanies=spec.accompanies)
        return dock
