"""The program: it connects the main window, the session and the workers.

Data goes one way round: the window's intents change the session or start work; what the
session is missing is asked of workers; their results change the session; the window renders it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from ssim_viewer.app import dispatch
from ssim_viewer.app.cursor_follower import CursorFollower
from ssim_viewer.app.file_controller import FileController
from ssim_viewer.app.host import FeatureHost
from ssim_viewer.app.housekeeping import Housekeeping
from ssim_viewer.app.session_jobs import Measuring
from ssim_viewer.features.registry import features
from ssim_viewer.images import DEFAULT_SAMPLE, NOTHING_GIVEN
from ssim_viewer.jobs import requests
from ssim_viewer.session import intents, opening, transitions, ways
from ssim_viewer.session.store import Store
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.images import Alignment, GivenRange, Image
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.main_window import MainWindow

BUSY_AFTER = 300
"""Milliseconds between two looks at whether to say that the program is at work."""


class Program(QObject):
    """One window, its session and its workers.

    It is a child of its window and reachable as ``window.findChild(Program)``.
    """

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.window = window
        self.store = Store(session, self)
        self.files = FileController(self.store, self)
        self.features = FeatureHost(features(), self.store, window, self)
        self._cursor = CursorFollower(window.panes, self)
        self._closed = False
        self._housekeeping = Housekeeping(self)
        self._busy_timer = QTimer(self, interval=BUSY_AFTER)
        self._was_busy = False
        self._connect()
        self._measuring = Measuring(self.store, self)
        self._runners = (*self.files.runners, *self._measuring.runners)
        window.show_session(session)
        self.features.begin()

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for is on screen."""
        return not self._at_work and self.features.idle and self.store.told

    @property
    def _at_work(self) -> bool:
        """Whether something is on its way that the main window tells of."""
        return self.features.at_work or any(runner.busy for runner in self._runners)

    def open_pair(
        self,
        reference: Path | Image | None,
        distorted: Path | Image | None,
        alignment: Alignment | None = None,
        given: GivenRange = NOTHING_GIVEN,
        others: Sequence[Path | Image] = (),
        *,
        mask: Path | None = None,
    ) -> None:
        """Open a pair and other candidates; without a reference, the sample of the first start."""
        session_file = self.features.opening(reference) if isinstance(reference, Path) else None
        if session_file is not None:
            self.features.answer(session_file)
        elif reference is None:
            self.submit(requests.SampleRequest(DEFAULT_SAMPLE[1]))
        else:
            sources = () if distorted is None else (distorted, *others)
            profile = self.store.session.look.profile
            self.submit(
                requests.PairRequest(
                    reference, sources, alignment, given=given, profile=profile, mask=mask
                )
            )

    @Slot()
    def close(self) -> None:
        """Stop and join every worker; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._busy_timer.stop()
        self._housekeeping.close()
        self.features.close()
        for runner in self._runners:
            runner.close()

    @Slot(object)
    def answer(self, intent: intents.Intent) -> None:
        """Carry out what a person wants: an action of a feature, or an intent."""
        if self.features.answer(intent):
            return
        if isinstance(intent, intents.ProgramIntent):
            dispatch.answer(self, intent)

    def change(self, intent: intents.StateIntent) -> None:
        """Change the session."""
        if isinstance(intent, ways.ALONE):
            self.store.settle()
        name, gesture = ways.UNDO_NAMES.get(type(intent), ""), ways.gesture_of(intent)
        self.store.apply(partial(transitions.reduce, intent=intent), undo=name, gesture=gesture)

    def submit(self, request: Request) -> None:
        """Ask for work on files."""
        self.files.submit(request)

    def cancel(self) -> None:
        """Stop what the main window tells of; what is on screen stays."""
        self.features.cancel()
        self.files.cancel()
        self._measuring.cancel()
        self._was_busy = False
        self.store.apply(transitions.cancelled)

    def _connect(self) -> None:
        self.window.intended.connect(self.answer)
        self.window.settled.connect(self.store.settle)
        self.window.closing.connect(self.close)
        self.store.changed.connect(self.window.show_session)
        self.files.read_on.connect(self._tell_reading)
        self.features.intended.connect(self.answer)
        self._cursor.intended.connect(self.answer)
        self._busy_timer.timeout.connect(self._tell_busy)
        self._busy_timer.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @Slot()
    def _tell_busy(self) -> None:
        """Say that work is going on, once it has gone on for two looks."""
        busy, before = self._at_work, self._was_busy
        self._was_busy = busy
        self._say_busy(busy=busy and before)

    @Slot()
    def _tell_reading(self) -> None:
        """Name the file that is being read, where it is said already that something is."""
        if self.store.session.busy:
            self._say_busy(busy=True)

    def _say_busy(self, *, busy: bool) -> None:
        words = opening.reading_text(self.store.session) or tr("Computing…")
        text = words if busy else ""
        if text != self.store.session.busy and not self.store.session.playing:
            self.store.apply(partial(transitions.working, text=text))
