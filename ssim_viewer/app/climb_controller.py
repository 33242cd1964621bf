"""The climb of the main window: started, paused and followed; its steps go into the document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ssim_viewer.jobs import Climber, requests
from ssim_viewer.session import transitions
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.not_now import NO_PAIR, NotNow
from ssim_viewer.session.state import Severity, Subject
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.jobs import Ending, Progress
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.store import Store


class ClimbController(QObject):
    """Connects the session with the worker that climbs.

    Attributes
    ----------
    climber
        The worker.
    request
        The climb that is under way, or None.
    """

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self.climber = Climber(self)
        self.request: requests.ClimbRequest | None = None
        self._store = store
        self._playback = store.session.playback
        self.climber.set_pace(self._playback.steps_per_second)
        store.changed.connect(self._set_pace)
        self.climber.progressed.connect(self._advanced)
        self.climber.working.connect(self._tell_step)
        self.climber.ended.connect(self._ended)

    def start(self, count: int | None) -> NotNow | None:
        """Climb from what is on screen: `count` steps, or until paused; return why not, if so."""
        self._store.settle()
        session = self._store.session
        run, playback = session.document.run, session.playback
        moves = playback.moves(count, run.frame.index if run else 0)
        if moves == 0:
            text = tr(
                "The limit of {step_limit} steps is reached; raise it to go on.",
                step_limit=playback.step_limit,
            )
            return NotNow(text)
        self._store.apply(transitions.branched, undo=self._name)
        request = requests.missing_climb(self._store.session, count)
        if request is None:
            return NotNow(NO_PAIR)
        self.request = replace(request, count=moves)
        self._store.apply(partial(transitions.playing, on=True))
        self.climber.start(self.request)
        return None

    def pause(self) -> None:
        """Stop after the present step."""
        self.climber.stop()
        self._store.apply(partial(transitions.playing, on=False))

    def end(self) -> None:
        """Stop, and take nothing more of the climb."""
        if self.request is not None:
            self.climber.stop()
            self.request = None
            self._store.apply(partial(transitions.playing, on=False))

    def follow(self, climb: requests.ClimbRequest | None, before: tuple[object, ...]) -> None:
        """Go on under new settings with a climb that was under way when `before` held.

        `before` is what `steering` returned.
        """
        session = self._store.session
        if self.request is None or climb is None or before == steering(session):
            return
        if session.document.run is not None:
            self.start(climb.count)
        else:
            self.end()

    def close(self) -> None:
        """Stop and join the worker."""
        self.climber.close()

    @property
    def _name(self) -> str:
        """What undo calls it."""
        return self._store.session.document.experiment.direction.value

    @Slot(object)
    def _advanced(self, progress: Progress) -> None:
        if progress.request is self.request:
            self._store.apply(
                partial(transitions.advanced, steps=progress.steps, latest=progress.measured),
                undo=self._name,
            )
        self.climber.release()

    @Slot(object)
    def _ended(self, ending: Ending) -> None:
        if ending.request is not self.request:
            return
        self.request = None
        self._store.apply(partial(transitions.playing, on=False))
        if ending.problem:
            self._store.apply(partial(transitions.notified, text=ending.problem))
        elif text := why_over(ending, self._store.session):
            told = partial(
                transitions.notified,
                text=text,
                severity=Severity.INFORMATION,
                subject=Subject.RUN,
            )
            self._store.apply(told)

    @Slot(object)
    def _set_pace(self, session: Session) -> None:
        if session.playback is not self._playback:
            self._playback = session.playback
            self.climber.set_pace(session.playback.steps_per_second)

    @Slot(object)
    def _tell_step(self, fraction: float | None) -> None:
        """Tell how far a step is that takes long."""
        session = self._store.session
        if self.request is not None and session.playing:
            run = session.document.run
            text = tr("Making step {last}…", last=run.last + 1 if run else 1)
            self._store.apply(partial(transitions.working, text=text, progress=fraction))


def why_over(ending: Ending, session: Session) -> str:
    """Return why a climb goes no further by itself, or "" where it was asked to stop."""
    run = session.document.run
    if run is None:
        return ""
    if ending.still is not None:
        return ending.still.sentence(run.last, symbol_of(session.document.driver))
    if ending.converged:
        return tr("Converged: no further step improves the value.")
    limit = session.playback.step_limit
    return (
        tr("Stopped at the limit of {limit} steps.", limit=limit)
        if limit and run.last >= limit
        else ""
    )


def steering(session: Session) -> tuple[object, ...]:
    """Return what a climb under way depends on, and what is measured of its steps."""
    document = session.document
    limits = session.playback.step_limit, session.playback.stop_when_still
    metrics = document.metric, document.settings, document.driver
    return document.experiment, *metrics, session.look.visible, limits
