"""A copy of the session, written a few seconds after a change, and removed at a clean end.

Each program has a file of its own in the folder of the settings, with a lock that the system lets
go of when the program ends in whatever way. A file whose lock is free was left by a program that
ended unexpectedly.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QTimer, Slot

from ssim_viewer.features.sessions import actions
from ssim_viewer.features.sessions.archive import SUFFIX
from ssim_viewer.features.sessions.jobs import WriteSession
from ssim_viewer.features.sessions.state import ID, Sessions
from ssim_viewer.jobs import Runner
from ssim_viewer.session.intents import Tell
from ssim_viewer.session.state import Choice
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.feature import Port
    from ssim_viewer.jobs.runner import JobResult
    from ssim_viewer.session.state import Session

INTERVAL = 3000
"""Milliseconds from a change to the copy; one that takes long is followed by a longer pause."""

PAUSE = 5
"""Times as long as a copy took nothing is written after it."""

FOLDER = "recovery"


class Autosave(QObject):
    """Keeps the copy of one program."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._folder: Path = port.window.preferences.folder / FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path = self._folder / f"{os.getpid()}-{uuid4().hex[:8]}{SUFFIX}"
        self._lock = _locked(self._path)
        self._runner = Runner("autosave", latest_wins=True, parent=self)
        self._runner.finished.connect(self._written)
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL)
        self._timer.timeout.connect(self._write)
        self._seen: tuple[object, ...] = ()
        self._began = 0.0
        self._used: list[Path] = []
        self._offered = False
        port.changed.connect(self._look)
        port.want(actions.KnowLeftovers(leftovers(self._folder, self._path)))

    @property
    def idle(self) -> bool:
        """Whether nothing is being written."""
        return not self._runner.busy

    def acted(self, action: object) -> None:
        """Remove what a person does not want, and what is on screen, once that is kept anew."""
        match action:
            case actions.SessionOpened(path, _, recovered) if recovered:
                self._used.append(path)
                self._forget(path)
            case actions.DiscardLeftover(path):
                _remove(path)
                self._offered = False
                self._port.want(Tell(tr("What was kept is removed.")))

    def close(self) -> None:
        """Remove the copy."""
        self._timer.stop()
        self._port.changed.disconnect(self._look)
        self._runner.close()
        for path in (self._path, *self._used):
            _remove(path)
        self._lock.unlock()

    @property
    def _state(self) -> Sessions:
        return cast("Sessions", self._port.session.features.get(ID, Sessions()))

    @Slot(object)
    def _look(self, session: Session) -> None:
        """Start the clock after a change; offer what was left, once there is a pair on screen."""
        document, look = session.document, session.look
        seen = (document, look, session.playback)
        if document.pair is None:
            return
        self._offer(session)
        if not self._seen:
            self._seen = seen  # what the program begins with can be opened again
        changed = any(now is not then for now, then in zip(seen, self._seen, strict=True))
        if changed and not self._timer.isActive() and self.idle:
            self._timer.start()

    def _offer(self, session: Session) -> None:
        if self._offered or not self._state.leftovers or session.opening is not None:
            return
        self._offered = True
        latest = self._state.leftovers[0]
        when = time.strftime("%H:%M", time.localtime(_time_of(latest)))
        choices = (
            Choice(
                "restore",
                tr("Restore"),
                tr("Open images, settings and experiment as they were."),
                actions.RestoreLeftover(),
            ),
            Choice(
                "discard",
                tr("Discard"),
                tr("Remove what was kept."),
                actions.DiscardLeftover(latest),
            ),
        )
        text = tr(
            "ssim_viewer ended unexpectedly; its session of {when} can be restored.", when=when
        )
        QTimer.singleShot(0, self, lambda: self._port.want(Tell(text, choices)))

    def _forget(self, path: Path) -> None:
        left = tuple(each for each in self._state.leftovers if each != path)
        self._port.want(actions.KnowLeftovers(left))

    @Slot()
    def _write(self) -> None:
        session = self._port.session
        self._seen = (session.document, session.look, session.playback)
        self._began = time.monotonic()
        job = WriteSession(self._path, session, self._port.saved_features(), frame_bytes=0)
        self._runner.submit(job)

    @Slot(object)
    def _written(self, outcome: JobResult) -> None:
        """Remove what this copy takes the place of, and rest for a while."""
        if not outcome.problem:
            for path in self._used:
                _remove(path)
            self._used.clear()
        pause = PAUSE * 1000 * (time.monotonic() - self._began)
        self._timer.setInterval(max(INTERVAL, round(pause)))
        session = self._port.session
        now = session.document, session.look, session.playback
        if any(each is not before for each, before in zip(now, self._seen, strict=True)):
            self._timer.start()


def leftovers(folder: Path, own: Path) -> tuple[Path, ...]:
    """Return the files whose programs have ended, latest first; locks without a file go."""
    for lock in folder.glob("*.lock"):
        path = lock.with_suffix(SUFFIX)
        if path != own and not path.exists():
            _is_free(path)  # letting go of a lock removes it
    found = [path for path in folder.glob(f"*{SUFFIX}") if path != own and _is_free(path)]
    return tuple(sorted(found, key=_time_of, reverse=True))


def _locked(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # a lock is stale when its program has ended, and not before
    lock.tryLock(0)
    return lock


def _is_free(path: Path) -> bool:
    lock = _locked(path)
    free = lock.isLocked()
    lock.unlock()
    return free


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
