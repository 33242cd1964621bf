"""One feature at work: its jobs, its runs, its service and its view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Slot

from ssim_viewer.app.feature_view import FeatureView
from ssim_viewer.app.job_slot import JobSlot
from ssim_viewer.app.run_slot import RunSlot
from ssim_viewer.features.feature import (
    Progressed,
    Received,
    ViewClosed,
    ViewOpened,
    Working,
)
from ssim_viewer.session.intents import ShowImage

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from PySide6.QtWidgets import QMenu

    from ssim_viewer.features.feature import Answer, Feature, Service
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store
    from ssim_viewer.ui.shell.main_window import MainWindow


class Host(Protocol):
    """What a tenant asks of the host of all features."""

    intended: Any
    """The signal that carries an intent that is not an action of a feature."""

    def answer(self, action: object) -> bool:
        """Carry out an action of a feature; return False for anything else."""

    def films(self) -> tuple[Film, ...]:
        """Return what can be recorded of the features, as they are now."""

    def saved(self) -> dict[str, Any]:
        """Return what the features keep in a session file, by their ids."""

    def restore(self, saved: Mapping[str, Any]) -> None:
        """Give the features what they kept."""


class HostPort:
    """What the host lends to a service."""

    def __init__(self, store: Store, window: MainWindow, host: Host) -> None:
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

    def add_menu(self, menu: QMenu, path: tuple[str, ...], before: str = "") -> None:
        """Put a menu of its own where titles lead to, before an action by its object name."""
        self.window.menus.place(menu.menuAction(), path, before)

    def films(self) -> tuple[Film, ...]:
        """Return what can be recorded of all features."""
        return self._host.films()

    def saved_features(self) -> dict[str, Any]:
        """Return what all features keep in a session file."""
        return self._host.saved()

    def restore_features(self, saved: Mapping[str, Any]) -> None:
        """Give all features what they kept."""
        self._host.restore(saved)


class Tenant(QObject):
    """One feature at work: its jobs, its runs and its view."""

    def __init__(
        self,
        feature: Feature[Any],
        store: Store,
        window: MainWindow,
        host: Host,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.feature = feature
        self._store = store
        self._host = host
        self._main = window
        self._view: FeatureView | None = None
        self._port = HostPort(store, window, host)
        self._jobs: dict[Hashable, JobSlot] = {}
        self._runs: dict[Hashable, RunSlot] = {}
        self.service: Service | None = None
        store.follow(feature.follow)
        store.changed.connect(self._start_missing_jobs)
        store.changed.connect(self._drive_runs)

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
        """Whether every job that was asked for is answered, and no run is under way."""
        at_rest = self.service is None or self.service.idle
        return at_rest and self._store.told and not any(slot.busy for slot in self._slots)

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
        """Change the session by the answer of the feature to an action."""
        if not self._change(action):
            self.apply(lambda state, session: self.feature.reduce(state, session, action))

    def apply(self, change: Callable[[Any, Session], Any], *, soon: bool = False) -> None:
        """Change the state of the feature by a pure function of state and session."""

        def transition(session: Session) -> Session:
            before = self.feature.state(session)
            return self.feature.with_state(session, change(before, session))

        self._store.apply(transition, soon=soon)

    def close(self) -> None:
        """Join the workers, end the service and take the view away."""
        if self.service is not None:
            self.service.close()
            self.service = None
        self._store.changed.disconnect(self._start_missing_jobs)  # what closes later starts nothing
        self._store.changed.disconnect(self._drive_runs)
        for slot in self._slots:
            slot.close()
        if self._view is not None:
            self._view.close()
            self._view = None

    def received(self, key: Hashable, answer: Answer) -> None:
        """Store the answer to a job."""
        if not self._change(Received(key, answer), soon=True):
            self.apply(
                lambda state, session: self.feature.receive(state, session, key, answer), soon=True
            )
        intent = self.feature.intent_after(self._store.session, key, answer)
        if intent is not None:
            self._act(intent)

    def progressed(self, key: Hashable, answer: Answer) -> None:
        """Store a part of the answer to a job."""
        if not self._change(Progressed(key, answer), soon=True):
            self.apply(lambda state, _: self.feature.progress(state, key, answer), soon=True)

    def working(self, key: Hashable, fraction: float | None) -> None:
        """Take word of how far a long step of a run is."""
        self._change(Working(key, fraction), soon=True)

    def _change(self, event: object, *, soon: bool = False) -> bool:
        """Change the whole session by an event, if the feature does so."""
        change = self.feature.change(self._store.session, event)
        if change is None:
            return False
        if change.alone:
            self._store.settle()
        self._store.apply(lambda _: change.session, undo=change.undo, soon=soon)
        return True

    @Slot(object)
    def _act(self, action: object) -> None:
        """Carry out what a view intends: its own feature's action, another one's, or an intent."""
        if isinstance(action, self.feature.view_actions):
            self.reduce(action)
            return
        if self._host.answer(action):
            return
        self._host.intended.emit(action)
        if isinstance(action, ShowImage):
            self._main.activateWindow()

    @Slot()
    def _closed(self) -> None:
        self.reduce(ViewClosed())

    @property
    def _slots(self) -> tuple[JobSlot | RunSlot, ...]:
        return (*self._jobs.values(), *self._runs.values())

    @Slot(object)
    def _start_missing_jobs(self, session: Session) -> None:
        jobs = self.feature.jobs(session)
        for key in jobs.keys() - self._jobs.keys():
            self._jobs[key] = JobSlot(f"{self.feature.id} {key}", key, self)
        for key, slot in self._jobs.items():
            slot.ask(jobs.get(key))

    @Slot(object)
    def _drive_runs(self, session: Session) -> None:
        runs = self.feature.runs(session)
        for key in runs.keys() - self._runs.keys():
            self._runs[key] = RunSlot(f"{self.feature.id} {key}", key, self)
        for key, slot in self._runs.items():
            slot.ask(runs.get(key))
