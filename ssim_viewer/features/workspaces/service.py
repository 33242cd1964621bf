"""Arranges the window: opens and closes docks, puts them where they were, keeps where they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDockWidget

from ssim_viewer.features.feature import OpenView, Saving
from ssim_viewer.features.workspaces import actions
from ssim_viewer.features.workspaces.buttons import WorkspaceButtons
from ssim_viewer.features.workspaces.name_dialog import ask_name
from ssim_viewer.features.workspaces.state import (
    BUILT_IN,
    PLOTS,
    SETTINGS,
    Arrangement,
    View,
    Workspaces,
    as_plain,
    from_plain,
    workspaces_of,
)
from ssim_viewer.session.intents import ArrangePanes
from ssim_viewer.ui.shell.docks import OF

if TYPE_CHECKING:
    from ssim_viewer.features.feature import Port
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.main_window import MainWindow

KEY = "workspaces"
"""The key in the settings."""


class WorkspacesService(QObject):
    """Follows the state of the feature with the docks of the window."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._window = cast("MainWindow", port.window)
        self._arranged: object = None
        self._buttons = WorkspaceButtons(port)
        self._window.reset.connect(self._reset)
        port.changed.connect(self._follow)
        known = _known(self._window.preferences.text(KEY))
        if known is not None:
            port.want(actions.KnowWorkspaces(known))

    @property
    def idle(self) -> bool:
        """Whether the window is arranged."""
        return True

    def acted(self, action: object) -> None:
        """Keep how the window looks, or ask for a name."""
        match action:
            case Saving():
                self._keep()
            case actions.ChooseWorkspace(name):
                self._keep()
                self._port.want(actions.EnterWorkspace(name))
            case actions.AskWorkspaceName():
                self._keep()
                own = workspaces_of(self._port.session).own
                ask_name(
                    self._window, own, lambda name: self._port.want(actions.AddWorkspace(name))
                )

    def close(self) -> None:
        """Write how the window looks into the settings."""
        self._port.changed.disconnect(self._follow)
        plain = as_plain(workspaces_of(self._port.session)) | {"view": None}
        self._window.preferences.set_text(KEY, json.dumps(plain))

    @Slot()
    def _reset(self) -> None:
        self._port.want(actions.ResetAllWorkspaces())

    @Slot(object)
    def _follow(self, session: Session) -> None:
        """Arrange the window when the state wants it; the dock of each change is asked for once."""
        state = workspaces_of(session)
        self._buttons.show_state(state)
        if state.wanted is not self._arranged:
            self._arranged = state.wanted
            self._arrange()

    def _keep(self) -> None:
        if self._window.pictures_only.on:
            return  # what is hidden for a moment stays in its place
        navigation = self._window.panes.navigation
        view = None if navigation.fitted else View(navigation.zoom, *navigation.centre)
        self._port.want(actions.KeepArrangement(self._present(), view))

    def _present(self) -> Arrangement:
        """Return how the window looks now."""
        docks = self._window.docks
        open_docks = [name for name, dock in self._by_name().items() if not dock.isHidden()]
        if docks.plots_awaited and PLOTS not in open_docks:
            open_docks.append(PLOTS)
        look = self._port.session.look
        places = docks.places().hex()
        return Arrangement(tuple(open_docks), look.layout, places, look.kept_panes)

    def _arrange(self) -> None:
        """Open and close docks, put them where they were, or where they usually are."""
        state, docks = workspaces_of(self._port.session), self._window.docks
        wanted = state.arrangement
        for name, dock in self._by_name().items():
            if name not in wanted.docks and not dock.isHidden():
                dock.close()
        for name in wanted.docks:
            self._open(name)
        places = bytes.fromhex(wanted.places)
        if not (places and docks.restore(places)):
            self._put_as_usual(state.current)
        docks.await_run(awaited=PLOTS in wanted.docks)
        if self._port.session.document.run is None:
            docks.plots.hide()  # they come with the run
        self._port.want(ArrangePanes(wanted.layout, wanted.panes))
        self._look(state.view)

    def _open(self, name: str) -> None:
        docks = self._window.docks
        if name == SETTINGS:
            docks.settings.show()
        elif name == PLOTS:
            docks.plots.setVisible(self._port.session.document.run is not None)
        else:
            self._port.want(OpenView(name))

    def _put_as_usual(self, name: str) -> None:
        present = self._by_name()
        for place in BUILT_IN[name].usual if name in BUILT_IN else ():
            if place.dock in present:
                self._window.docks.put(present[place.dock], place.area, place.size)

    def _look(self, view: View | None) -> None:
        """Look where the panes looked, once for each session."""
        if view is not None:
            self._window.panes.navigation.look_at((view.x, view.y), view.zoom)

    def _by_name(self) -> dict[str, QDockWidget]:
        """Return every dock by its feature, or its name in an arrangement."""
        found = self._window.findChildren(QDockWidget)
        return {str(dock.property(OF)): dock for dock in found if dock.property(OF)}


def _known(text: str) -> Workspaces | None:
    """Return what was kept at the last end, or None where that says nothing."""
    try:
        return from_plain(json.loads(text))
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
