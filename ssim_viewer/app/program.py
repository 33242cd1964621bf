"""The program: it connects the main window, the session and the workers.

Data goes one way round: the window's intents change the session or start work; what the
session lacks is asked of workers; their results change the session; the window renders it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from ssim_viewer.app import dispatch
from ssim_viewer.app.cursor_follower import CursorFollower
from ssim_viewer.app.errands import Errand, Measuring
from ssim_viewer.app.host import FeatureHost
from ssim_viewer.features.registry import features
from ssim_viewer.images import DEFAULT_SAMPLE, NOTHING_GIVEN, SizeMismatch
from ssim_viewer.jobs import Climber, Runner, requests
from ssim_viewer.session import intents, opening, transitions, ways
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.not_now import MASKED, NO_PAIR, NotNow
from ssim_viewer.session.state import Severity, Subject
from ssim_viewer.session.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssim_viewer.images import Alignment, GivenRange, Image, Mask
    from ssim_viewer.jobs import Advance, Ending, Outcome, Progress
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
        self._files = Runner("files", latest_wins=False, parent=self)
        self._alignment = Errand("aligner", requests.wanted_alignment, self)
        self.climber = Climber(self)
        self.features = FeatureHost(features(), self.store, window, self)
        self._cursor = CursorFollower(window.panes, self)
        self._climb: requests.ClimbRequest | None = None
        self._playback = session.playback
        self._closed = False
        self._busy_timer = QTimer(self, interval=BUSY_AFTER)
        self._was_busy = False
        self._connect()
        self._measuring = Measuring(self.store, self)
        self._runners = (self._files, self._alignment.runner, *self._measuring.runners)
        window.show_session(session)
        self.features.begin()

    @property
    def idle(self) -> bool:
        """Whether everything that was asked for is on screen."""
        return not self._at_work and self.features.idle

    @property
    def _at_work(self) -> bool:
        """Whether something is on its way that the main window tells of."""
        return self._climb is not None or any(runner.busy for runner in self._runners)

    def open_pair(
        self,
        reference: Path | Image | None,
        distorted: Path | Image | None,
        alignment: Alignment | None = None,
        given: GivenRange = NOTHING_GIVEN,
        others: Sequence[Path | Image] = (),
    ) -> None:
        """Open a pair and other candidates; without a reference, the sample of the first start."""
        opening = self.features.opening(reference) if isinstance(reference, Path) else None
        if opening is not None:
            self.features.answer(opening)
        elif reference is None:
            self.submit(requests.SampleRequest(DEFAULT_SAMPLE[1]))
        else:
            sources = () if distorted is None else (distorted, *others)
            self.submit(
                requests.PairRequest(
                    reference,
                    sources,
                    alignment,
                    given=given,
                    profile=self.store.session.look.profile,
                )
            )

    def walk(self, count: int | None) -> NotNow | None:
        """Climb from what is on screen: `count` steps, or until paused; return why not, if so."""
        self.store.settle()
        session = self.store.session
        run, playback = session.document.run, session.playback
        moves = playback.moves(count, run.frame.index if run else 0)
        if moves == 0:
            text = f"The limit of {playback.step_limit} steps is reached; raise it to go on."
            return NotNow(text)
        if session.document.pair is not None and session.document.pair.mask is not None:
            return NotNow(MASKED)
        self.store.apply(transitions.branched, undo=self._climb_name)
        request = requests.wanted_climb(self.store.session, count)
        if request is None:
            return NotNow(NO_PAIR)
        request = replace(request, count=moves)
        self._climb = request
        self.store.apply(partial(transitions.playing, on=True))
        self.climber.start(request)
        return None

    @Slot()
    def close(self) -> None:
        """Stop and join every worker; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._busy_timer.stop()
        self.climber.close()
        self.features.close()
        for runner in self._runners:
            runner.close()

    def _connect(self) -> None:
        self.window.intended.connect(self.answer)
        self.window.settled.connect(self.store.settle)
        self.window.closing.connect(self.close)
        self.store.changed.connect(self.window.show_session)
        self.store.changed.connect(self._alignment.ask)
        self._files.finished.connect(self._file_done)
        self._files.advanced.connect(self._file_read)
        self._alignment.runner.finished.connect(self._aligned)
        self.store.changed.connect(self._set_pace)
        self.climber.progressed.connect(self._advanced)
        self.climber.working.connect(self._tell_step)
        self.climber.ended.connect(self._ended)
        self.features.intended.connect(self.answer)
        self._cursor.intended.connect(self.answer)
        self._busy_timer.timeout.connect(self._tell_busy)
        self._busy_timer.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @Slot(object)
    def answer(self, intent: intents.Intent) -> None:
        """Carry out what a person wants: an action of a feature, or an intent."""
        if not self.features.answer(intent):
            dispatch.answer(self, intent)

    def pause(self) -> None:
        """Stop the climb after its present step."""
        self.climber.stop()
        self.store.apply(partial(transitions.playing, on=False))

    def change(self, intent: intents.StateIntent) -> None:
        """Change the session; a climb that is under way goes on under the new settings."""
        climb = self._climb
        ending = intents.ScrubTo, intents.ResetRun, intents.ChooseCandidate, intents.ChooseBranch
        if isinstance(intent, ending):
            self.end_climb()
            self.store.settle()
        if isinstance(intent, intents.ReplaceDistorted | intents.ReplaceSession):
            self.end_climb()
        before = _steers(self.store.session)
        if isinstance(intent, ways.ALONE):
            self.store.settle()
        name, gesture = ways.UNDO_NAMES.get(type(intent), ""), ways.gesture_of(intent)
        self.store.apply(partial(transitions.reduce, intent=intent), undo=name, gesture=gesture)
        if self._climb is None or climb is None or before == _steers(self.store.session):
            return
        if self.store.session.document.run is not None:
            self.walk(climb.count)
        else:
            self.end_climb()

    def submit(self, request: Request) -> None:
        """Ask for work on files, and say which ones are read."""
        names = _names(request)
        if names:
            self.store.apply(partial(opening.reading, names=names))
        self._files.submit(request)

    @Slot(object)
    def _file_read(self, advance: Advance) -> None:
        """Say which file is being read now."""
        names = _names(advance.request)
        self.store.apply(partial(opening.read_on, names=names, share=advance.fraction))
        if self.store.session.busy:
            self._say_busy()

    @Slot(object)
    def _file_done(self, outcome: Outcome) -> None:
        request, result = outcome.request, outcome.result
        names = _names(request)
        if names:
            self.store.apply(partial(opening.read, names=names))
        if outcome.cancelled:
            return
        if outcome.problem:
            self.store.apply(partial(transitions.notified, text=outcome.problem))
        elif isinstance(request, requests.ReadRequest | requests.PasteRequest):
            self._open(partial(opening.opened, role=request.role, image=cast("Image", result)))
        elif isinstance(request, requests.MaskRequest):
            self._open(partial(opening.masked, mask=cast("Mask", result)))
        elif isinstance(request, requests.PairRequest | requests.SampleRequest):
            found = cast("requests.ReadPair", result)
            self._open(
                partial(
                    opening.opened_both,
                    reference=found.reference,
                    distorted=found.distorted,
                    alignment=request.alignment,
                    candidates=found.candidates,
                    problem=found.problem,
                    given=found.given,
                )
            )
        else:
            text = cast("str", result)
            self.store.apply(
                partial(transitions.notified, text=text, severity=Severity.INFORMATION)
            )

    def _open(self, transition: Callable[[Session], Session]) -> None:
        self.store.settle()
        self.store.apply(transition)

    @Slot(object)
    def _aligned(self, outcome: Outcome) -> None:
        request = cast("requests.AlignRequest", outcome.request)
        if not self._alignment.awaits(request) or outcome.cancelled:
            return
        if isinstance(outcome.error, SizeMismatch):
            self.store.apply(partial(opening.mismatched, text=outcome.problem))
            return
        if outcome.problem:
            self.store.apply(partial(opening.refused, text=outcome.problem))
            return
        self.end_climb()
        prepared = cast("requests.Prepared", outcome.result)
        first = self.store.session.document.opened is None
        new = request.opening
        self.store.apply(
            partial(opening.paired, opening=new, pair=prepared.pair, pictures=prepared.pictures),
            undo="" if first else f"opening of “{new.distorted.name}”",
        )

    @Slot(object)
    def _advanced(self, progress: Progress) -> None:
        if progress.request is self._climb:
            self.store.apply(
                partial(transitions.advanced, steps=progress.steps, latest=progress.measured),
                undo=self._climb_name,
            )
        self.climber.release()

    @Slot(object)
    def _ended(self, ending: Ending) -> None:
        if ending.request is not self._climb:
            return
        self._climb = None
        self.store.apply(partial(transitions.playing, on=False))
        if ending.problem:
            self.store.apply(partial(transitions.notified, text=ending.problem))
        elif text := self._why_over(ending):
            self.store.apply(
                partial(
                    transitions.notified,
                    text=text,
                    severity=Severity.INFORMATION,
                    subject=Subject.RUN,
                )
            )

    def _why_over(self, ending: Ending) -> str:
        """Return why a climb goes no further by itself, or "" where it was asked to stop."""
        session = self.store.session
        run = session.document.run
        if run is None:
            return ""
        if ending.still is not None:
            return ending.still.sentence(run.last, symbol_of(session.document.driver))
        if ending.converged:
            return "Converged: no further step improves the value."
        limit = session.playback.step_limit
        return f"Stopped at the limit of {limit} steps." if limit and run.last >= limit else ""

    @Slot(object)
    def _set_pace(self, session: Session) -> None:
        if session.playback is not self._playback:
            self._playback = session.playback
            self.climber.set_pace(session.playback.steps_per_second)

    @Slot(object)
    def _tell_step(self, fraction: float | None) -> None:
        """Tell how far a step is that takes long."""
        if self._climb is not None and self.store.session.playing:
            run = self.store.session.document.run
            text = f"Making step {run.last + 1 if run else 1}…"
            self.store.apply(partial(transitions.working, text=text, progress=fraction))

    def end_climb(self) -> None:
        """Stop the climb and take nothing more of it."""
        if self._climb is not None:
            self.climber.stop()
            self._climb = None
            self.store.apply(partial(transitions.playing, on=False))

    @property
    def _climb_name(self) -> str:
        return self.store.session.document.experiment.direction.value

    def cancel(self) -> None:
        """Stop climbing, reading, aligning and measuring; what is on screen stays."""
        self.climber.stop()
        self.store.apply(partial(transitions.playing, on=False))
        self._files.cancel()
        self._alignment.runner.cancel()
        self._measuring.cancel()
        self._was_busy = False
        self.store.apply(transitions.cancelled)

    @Slot()
    def _tell_busy(self) -> None:
        """Say that work is going on, once it has gone on for two looks."""
        busy, before = self._at_work, self._was_busy
        self._was_busy = busy
        self._say_busy(busy=busy and before)

    def _say_busy(self, *, busy: bool = True) -> None:
        words = opening.reading_text(self.store.session).replace("\n", ", ") or "Computing…"
        text = words if busy else ""
        if text != self.store.session.busy and not self.store.session.playing:
            self.store.apply(partial(transitions.working, text=text))


def _names(request: Request) -> tuple[str, ...]:
    """Return the files that a request reads, by name."""
    reading = requests.ReadRequest | requests.PairRequest | requests.SampleRequest
    return request.names if isinstance(request, reading) else ()


def _steers(session: Session) -> tuple[object, ...]:
    """Return what a climb under way depends on, and what is measured of its steps."""
    document = session.document
    limits = session.playback.step_limit, session.playback.stop_when_still
    metrics = document.metric, document.settings, document.driver
    return document.experiment, *metrics, session.look.visible, limits
