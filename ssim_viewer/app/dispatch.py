"""What becomes of each intent: a change, a job, or a notice that says why not now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, assert_never

from ssim_viewer.jobs.files import reading, writing
from ssim_viewer.session import intents
from ssim_viewer.session.not_now import NO_REDO, NO_UNDO, NotNow, told

if TYPE_CHECKING:
    from ssim_viewer.app.climb_controller import ClimbController
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.store import Store


class Host(Protocol):
    """What carries out the intents that are more than a change of the session."""

    @property
    def store(self) -> Store:
        """The session."""

    @property
    def climb(self) -> ClimbController:
        """The climb."""

    def cancel(self) -> None:
        """Stop reading and measuring."""

    def change(self, intent: intents.StateIntent) -> None:
        """Change the session."""

    def submit(self, request: Request) -> None:
        """Start work on a file."""


def answer(host: Host, intent: intents.Intent) -> None:
    """Carry out what a person wants in the main window; every kind of intent has its case."""
    if isinstance(intent, intents.StateIntent):
        host.change(intent)
    elif isinstance(intent, intents.OpeningIntent):
        _submit(host, reading(intent, host.store.session))
    elif isinstance(intent, intents.WritingIntent):
        _submit(host, writing(intent, host.store.session))
    elif isinstance(intent, intents.RunIntent):
        _run(host, intent)
    else:
        assert_never(intent)


def _run(host: Host, intent: intents.RunIntent) -> None:
    match intent:
        case intents.Play():
            _say(host, host.climb.start(None))
        case intents.StepOnce():
            _say(host, host.climb.start(1))
        case intents.Pause():
            host.climb.pause()
        case intents.Cancel():
            host.cancel()
        case intents.Undo():
            _undo(host)
        case intents.Redo():
            _redo(host)
        case _:
            assert_never(intent)


def _submit(host: Host, work: Request | NotNow) -> None:
    if isinstance(work, NotNow):
        _say(host, work)
    else:
        host.submit(work)


def _say(host: Host, refusal: NotNow | None) -> None:
    if refusal is not None:
        host.store.apply(partial(told, text=refusal.text))


def _undo(host: Host) -> None:
    if not host.store.session.undo_name:
        _say(host, NotNow(NO_UNDO))
        return
    if host.store.undo_changes_document:
        host.climb.end()
    host.store.undo()


def _redo(host: Host) -> None:
    if not host.store.session.redo_name:
        _say(host, NotNow(NO_REDO))
        return
    if host.store.redo_changes_document:
        host.climb.end()
    host.store.redo()
