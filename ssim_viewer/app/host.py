"""The host: it runs any feature and names none.

For each feature it puts the commands into the menus, asks workers for the jobs that are missing,
stores their answers, and makes the view when it is first opened.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from ssim_viewer.app.tenant import Tenant
from ssim_viewer.features.feature import (
    FrameArea,
    InTurn,
    OpenView,
    Saving,
    Trigger,
)
from ssim_viewer.session.changes import CURSOR, differ_only_in
from ssim_viewer.session.intents import Cancel, OpenFile, OpenFiles, Tell
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.actions import show_command

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ssim_viewer.features.feature import Command, Feature
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store
    from ssim_viewer.session.tools import Pointer
    from ssim_viewer.ui.shell.main_window import MainWindow


class FeatureHost(QObject):
    """All features of a window.

    Signals
    -------
    intended
        Carries an intent that is not an action of a feature.
    """

    intended = Signal(object)

    def __init__(
        self,
        features: Iterable[Feature[Any]],
        store: Store,
        window: MainWindow,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._window = window
        self._shown_before = store.session
        self._tenants = {each.id: Tenant(each, store, window, self, self) for each in features}
        self._commands = [
            (
                command,
                window.add_command(command, partial(self._run, command)),
            )
            for tenant in self._tenants.values()
            for command in tenant.feature.commands
        ]
        store.changed.connect(self._show_commands)
        store.changed.connect(self._show_overlays)
        window.panes.tool_mouse.pointed.connect(self._point)
        window.presentation.enlarge_too(self.windows)

    def __getitem__(self, feature: str) -> Tenant:
        return self._tenants[feature]

    def windows(self) -> list[QWidget]:
        """Return the windows of features that were opened, beside the main one."""
        found = (tenant.window for tenant in self._tenants.values())
        return [each for each in found if each is not None and each.isWindow()]

    @property
    def idle(self) -> bool:
        """Whether every job that was asked for is answered."""
        return all(tenant.idle for tenant in self._tenants.values())

    @property
    def at_work(self) -> bool:
        """Whether a feature does something that the main window tells of."""
        return not all(tenant.idle for tenant in self._main_window)

    def cancel(self) -> None:
        """Stop what the main window tells of."""
        for tenant in self._main_window:
            tenant.reduce(Cancel())

    def answer(self, action: object) -> bool:
        """Carry out an action of a feature; return False for anything else."""
        if isinstance(action, OpenView):
            tenant = self._tenants.get(action.feature)
            if tenant is not None:  # that of a package which has gone cannot be opened
                tenant.open()
            return True
        if isinstance(action, FrameArea):
            area = action.left, action.top, action.right, action.bottom
            self._window.panes.navigation.frame(*area)
            return True
        if isinstance(action, Trigger):
            self._trigger(action.command)
            return True
        if isinstance(action, InTurn):
            for each in action.actions:
                if not self.answer(each):
                    self.intended.emit(each)
            return True
        paths = paths_of(action)
        opening = self.opening(paths[0]) if paths else None
        if opening is not None:
            return self.answer(opening)
        return any(tenant.answer(action) for tenant in self._tenants.values())

    def opening(self, path: Path) -> object | None:
        """Return the action that opens a file which is no image, or None for another file."""
        found = (each.feature.opens.get(path.suffix.lower()) for each in self._tenants.values())
        return next((opens(path) for opens in found if opens is not None), None)

    def films(self) -> tuple[Film, ...]:
        """Return what can be recorded of the features, as they are now."""
        session = self._store.session
        found = (
            tenant.feature.film(tenant.feature.state(session), session)
            for tenant in self._tenants.values()
        )
        return tuple(film for film in found if film is not None)

    def saved(self) -> dict[str, Any]:
        """Return what the features keep in a session file, by their ids."""
        self.tell_saving()
        session = self._store.session
        kept = {
            name: tenant.feature.saved(tenant.feature.state(session))
            for name, tenant in self._tenants.items()
        }
        return {name: data for name, data in kept.items() if data is not None}

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Give the features what they kept; what a feature cannot read, it does without."""
        for name in saved.keys() & self._tenants.keys():
            with suppress(LookupError, TypeError, ValueError, AttributeError):
                self._tenants[name].restore(saved[name])

    def tell_saving(self) -> None:
        """Let every service put into the state of its feature what is kept nowhere else."""
        for tenant in self._tenants.values():
            if tenant.service is not None:
                tenant.service.acted(Saving())

    def begin(self) -> None:
        """Start the services of all features."""
        for tenant in self._tenants.values():
            tenant.begin()

    def close(self) -> None:
        """Join every worker and take every view away."""
        self.tell_saving()
        for tenant in self._tenants.values():
            tenant.close()

    @property
    def _main_window(self) -> list[Tenant]:
        return [each for each in self._tenants.values() if each.feature.in_main_window]

    def _trigger(self, name: str) -> None:
        found = self._window.findChild(QAction, name)
        if found is None:
            self.intended.emit(Tell(tr("There is no command “{name}”.", name=name)))
        else:
            found.trigger()

    def _run(self, command: Command) -> None:
        action = command.action(self._store.session)
        if action is not None and not self.answer(action):
            self.intended.emit(action)

    @Slot(object)
    def _point(self, pointer: Pointer) -> None:
        """Give the drag of a tool to the feature that owns it."""
        tenant = self._tenants.get(pointer.tool.feature)
        if tenant is not None:
            tenant.reduce(pointer)

    @Slot(object)
    def _show_overlays(self, session: Session) -> None:
        overlays = [tenant.feature.overlays(session) for tenant in self._tenants.values()]
        self._window.panes.set_overlays(tuple(each for found in overlays for each in found))

    @Slot(object)
    def _show_commands(self, session: Session) -> None:
        before, self._shown_before = self._shown_before, session
        if differ_only_in(before, session, *CURSOR):
            return
        for command, action in self._commands:
            show_command(action, command, session)


def paths_of(intent: object) -> tuple[Path, ...]:
    """Return the files that an intent opens."""
    match intent:
        case OpenFile(_, path, _):
            return (path,)
        case OpenFiles(paths):
            return paths
    return ()
