"""The host: it runs any feature and names none.

For each feature it puts the commands into the menus, asks workers for the jobs that are missing,
stores their answers, and makes the view when it is first opened.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from ssim_viewer.app.feature_view import FeatureView
from ssim_viewer.app.job_slot import JobSlot
from ssim_viewer.features.feature import (
    FrameArea,
    InTurn,
    OpenView,
    Trigger,
    ViewClosed,
    ViewOpened,
)
from ssim_viewer.session.changes import differ_only_in
from ssim_viewer.session.intents import OpenFile, OpenFiles
from ssim_viewer.ui.shell.actions import ActionSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QMenu

    from ssim_viewer.features.feature import Answer, Command, Feature, Service
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
        self._told = store.session
        self._tenants = {each.id: Tenant(each, store, window, self) for each in features}
        self._commands = [
            (
                command,
                window.add_command(_spec_of(command), command.menu, partial(self._run, command)),
            )
            for tenant in self._tenants.values()
            for command in tenant.feature.commands
        ]
        store.changed.connect(self._show_commands)
        store.changed.connect(self._show_overlays)
        window.panes.tool_mouse.pointed.connect(self._point)

    def __getitem__(self, feature: str) -> Tenant:
        return self._tenants[feature]

    @property
    def idle(self) -> bool:
        """Whether every job that was asked for is answered."""
        return all(tenant.idle for tenant in self._tenants.values())

    def answer(self, action: object) -> bool:
        """Carry out an action of a feature; return False for anything else."""
        if isinstance(action, OpenView):
            self._tenants[action.feature].open()
            return True
        if isinstance(action, FrameArea):
            area = action.left, action.top, action.right, action.bottom
            self._window.panes.navigation.frame(*area)
            return True
        if isinstance(action, Trigger):
            self._window.actions_by_name[action.command].trigger()
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

    def saved(self) -> dict[str, Any]:
        """Return what the features keep in a session file, by their ids."""
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

    def begin(self) -> None:
        """Start the services of all features."""
        for tenant in self._tenants.values():
            tenant.begin()

    def close(self) -> None:
        """Join every worker and take every view away."""
        for tenant in self._tenants.values():
            tenant.close()

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
        before, self._told = self._told, session
        if differ_only_in(before, session, "cursor"):
            return
        for command, action in self._commands:
            action.setEnabled(command.enabled(session))
            if command.checked is not None:
                action.setChecked(command.checked(session))


class HostPort:
    """What the host lends to a service."""

    def __init__(self, store: Store, window: MainWindow, host: FeatureHost) -> None:
        self._store, self._host = store, host
        self.window = window

    @property
    def session(self) -> Session:
        """The present session."""
        return self._store.session

    @property
    def changed(self) -> Any:
        """The signal that carries each new session."""
        return self._store.changed

    def want(self, action: object) -> None:
        """Carry out an action of any feature, or an intent."""
        if not self._host.answer(action):
            self._host.intended.emit(action)

    def add_menu(self, menu: QMenu, path: tuple[str, ...]) -> None:
        """Put a menu of its own where titles without mnemonics lead to."""
        self.window.menus.place(menu.menuAction(), path)

    def saved_features(self) -> dict[str, Any]:
        """Return what all features keep in a session file."""
        return self._host.saved()

    def restore_features(self, saved: Mapping[str, Any]) -> None:
        """Give all features what they kept."""
        self._host.restore(saved)


class Tenant(QObject):
    """One feature at work: its jobs and its view."""

    def __init__(
        self, feature: Feature[Any], store: Store, window: MainWindow, host: FeatureHost
    ) -> None:
        super().__init__(host)
        self.feature = feature
        self._store = store
        self._host = host
        self._main = window
        self._view: FeatureView | None = None
        self._port = HostPort(store, window, host)
        self._slots: dict[Hashable, JobSlot] = {}
        self.service: Service | None = None
        store.changed.connect(self._start_missing_jobs)

    @property
    def window(self) -> Any:
        """The widget of the view, or None before it was opened."""
        return self._view.widget if self._view is not None else None

    def begin(self) -> None:
        """Start the service."""
        self.service = self.feature.service(self._port)

    def restore(self, saved: object) -> None:
        """Give the feature what it kept."""
        self.apply(lambda state, _session: self.feature.restored(state, saved))

    @property
    def idle(self) -> bool:
        """Whether every job that was asked for is answered."""
        at_rest = self.service is None or self.service.idle
        return at_rest and not any(slot.busy for slot in self._slots.values())

    def open(self) -> None:
        """Show the view, which is made the first time."""
        spec = self.feature.view()
        if spec is None:
            return
        if self._view is None:
            self._view = FeatureView(self.feature, spec, self._store, self._main, self)
            self._view.acted.connect(self._act)
            self._view.closed.connect(self._closed)
        self.reduce(ViewOpened())
        self._view.show()

    def answer(self, action: object) -> bool:
        """Carry out an action of this feature; return False for anything else."""
        if not isinstance(action, self.feature.actions):
            return False
        self.reduce(action)
        if self.service is not None:
            self.service.acted(action)
        return True

    def reduce(self, action: object) -> None:
        """Change the state of the feature by its answer to an action."""
        self.apply(lambda state, session: self.feature.reduce(state, session, action))

    def apply(self, change: Callable[[Any, Session], Any]) -> None:
        """Change the state of the feature by a pure function of state and session."""

        def transition(session: Session) -> Session:
            before = self.feature.state(session)
            after = change(before, session)
            if after is before:
                return session
            features = MappingProxyType({**session.features, self.feature.id: after})
            return replace(session, features=features)

        self._store.apply(transition)

    def close(self) -> None:
        """Join the workers, end the service and take the view away."""
        if self.service is not None:
            self.service.close()
            self.service = None
        for slot in self._slots.values():
            slot.close()
        if self._view is not None:
            self._view.close()
            self._view = None

    def received(self, key: Hashable, answer: Answer) -> None:
        """Store the answer to a job."""
        self.apply(lambda state, session: self.feature.receive(state, session, key, answer))
        intent = self.feature.intent_after(self._store.session, key, answer)
        if intent is not None:
            self._act(intent)

    def progressed(self, key: Hashable, answer: Answer) -> None:
        """Store a part of the answer to a job."""
        self.apply(lambda state, _session: self.feature.progress(state, key, answer))

    @Slot(object)
    def _act(self, action: object) -> None:
        if not self._host.answer(action):
            self._host.intended.emit(action)

    @Slot()
    def _closed(self) -> None:
        self.reduce(ViewClosed())

    @Slot(object)
    def _start_missing_jobs(self, session: Session) -> None:
        jobs = self.feature.jobs(session)
        for key in jobs.keys() - self._slots.keys():
            self._slots[key] = JobSlot(f"{self.feature.id} {key}", key, self)
        for key, slot in self._slots.items():
            slot.ask(jobs.get(key))


def paths_of(intent: object) -> tuple[Path, ...]:
    """Return the files that an intent opens."""
    match intent:
        case OpenFile(_, path):
            return (path,)
        case OpenFiles(paths):
            return paths
    return ()


def _spec_of(command: Command) -> ActionSpec:
    return ActionSpec(
        command.id,
        command.label,
        command.tip,
        command.keys,
        command.icon,
        checkable=command.checked is not None,
    )
