"""The climb that is under way: how it starts, pauses, follows the session, and ends. Pure.

The run itself is a part of the document (``session.run``); here is who makes its steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.climb.changes import advanced, branched
from ssim_viewer.features.climb.jobs import climb_from
from ssim_viewer.jobs.generators import End
from ssim_viewer.session.family import symbol_of
from ssim_viewer.session.not_now import NO_PAIR, with_sentence
from ssim_viewer.session.playback import Stillness
from ssim_viewer.session.state import Severity, Subject
from ssim_viewer.session.transitions import notified, working
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.climb.jobs import ClimbRequest
    from ssim_viewer.features.climb.steps import Progress
    from ssim_viewer.images import Pair
    from ssim_viewer.session.run import Run
    from ssim_viewer.session.state import Session

ID = "climb"


@dataclass(frozen=True, slots=True, eq=False)
class Climb:
    """The climb of the main window.

    Attributes
    ----------
    request
        What its steps are made by, or None while none are made.
    count
        How many were wanted, or None until paused.
    pausing
        Whether it is to stop after the present step.
    pair, run
        The pair and the run in the document, as this climb left them.
    steering
        What it depended on when it began.
    end
        Why its generator can go no further, or None while it can.
    """

    request: ClimbRequest | None = None
    count: int | None = None
    pausing: bool = False
    pair: Pair | None = None
    run: Run | None = None
    steering: tuple[object, ...] = ()
    end: End | None = None


IDLE = Climb()


def climb_of(session: Session) -> Climb:
    """Return the climb of a session."""
    return cast("Climb", session.features.get(ID, IDLE))


def begun(session: Session, count: int | None) -> Session:
    """Return the session climbing from what is on screen: `count` steps, or until paused."""
    document, playback = session.document, session.playback
    if playback.moves(count, document.run.frame.index if document.run else 0) == 0:
        text = tr(
            "The limit of {step_limit} steps is reached; raise it to go on.",
            step_limit=playback.step_limit,
        )
        return with_sentence(session, text)
    return _going(branched(session), count)


def _going(session: Session, count: int | None) -> Session:
    request, document = climb_from(session, count), session.document
    if request is None:
        return with_sentence(session, NO_PAIR)
    steering = steering_of(session)
    climb = Climb(request, count, pair=document.pair, run=document.run, steering=steering)
    return _playing(_with(session, climb), on=True)


def paused(session: Session) -> Session:
    """Return the session with a climb that stops after its present step."""
    climb = climb_of(session)
    if climb.request is None or climb.pausing:
        return session
    return _playing(_with(session, replace(climb, pausing=True)), on=False)


def ended(session: Session) -> Session:
    """Return the session that takes nothing more of a climb."""
    if climb_of(session).request is None:
        return session
    return _playing(_with(session, IDLE), on=False)


def followed(session: Session) -> Session:
    """Return the session after anything in it has changed.

    A climb goes on under other settings, and ends when another run or pair is on screen.
    """
    climb, document = climb_of(session), session.document
    if climb.request is None:
        return session
    if document.pair is not climb.pair or document.run is not climb.run:
        return ended(session)
    if climb.pausing or climb.steering == steering_of(session):
        return session
    if document.run is None:  # it has not begun yet
        return ended(session)
    if session.playback.moves(climb.count, document.run.frame.index) == 0:
        return paused(session)
    return _going(session, climb.count)


def stepped(
    session: Session, request: object, progress: Progress | None, end: End | None
) -> Session:
    """Return the session after more steps of a climb, of which `end` may be the last."""
    climb = climb_of(session)
    if request is not climb.request:
        return session
    if progress is not None:
        session = advanced(session, progress.steps, progress.measured)
    return _with(session, replace(climb, run=session.document.run, end=end))


def finished(session: Session, request: object, problem: str = "") -> Session:
    """Return the session after a climb has carried out what was wanted, with why it stopped."""
    climb = climb_of(session)
    if request is not climb.request:
        return session
    after = ended(session)
    end = End(problem) if problem else climb.end
    if end is not None and end.problem:
        return notified(after, end.problem)
    text = why_over(session, end, asked=climb.pausing)
    return notified(after, text, Severity.INFORMATION, Subject.RUN) if text else after


def at_long_step(session: Session, fraction: float | None) -> Session:
    """Return the session with word of how far a step is that takes long."""
    climb, run = climb_of(session), session.document.run
    if climb.request is None or not session.playing:
        return session
    text = tr("Making step {last}…", last=run.last + 1 if run else 1)
    return working(session, text, fraction)


def why_over(session: Session, end: End | None, *, asked: bool) -> str:
    """Return why a climb goes no further by itself, or "" where it was asked to stop."""
    run = session.document.run
    if run is None:
        return ""
    if end is not None and isinstance(end.reason, Stillness):
        return end.reason.sentence(run.last, symbol_of(session.document.driver))
    if end is not None and not asked:
        return tr("Converged: no further step improves the value.")
    limit = session.playback.step_limit
    if limit and run.last >= limit:
        return tr("Stopped at the limit of {limit} steps.", limit=limit)
    return ""


def steering_of(session: Session) -> tuple[object, ...]:
    """Return what a climb under way depends on, and what is measured of its steps."""
    document = session.document
    limits = session.playback.step_limit, session.playback.stop_when_still
    metrics = document.metric, document.settings, document.driver
    return document.experiment, *metrics, session.look.visible, limits


def _playing(session: Session, *, on: bool) -> Session:
    return replace(session, playing=on, busy="", progress=None)


def _with(session: Session, climb: Climb) -> Session:
    return replace(session, features=MappingProxyType({**session.features, ID: climb}))
