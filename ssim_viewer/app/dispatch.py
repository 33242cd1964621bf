"""What becomes of each intent: a change, a job, or a notice that says why not now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, assert_never

from ssim_viewer.jobs.files import reading, writing
from ssim_viewer.session import intents
from ssim_viewer.session.not_now import NO_REDO, NO_UNDO, NotNow, with_sentence

if TYPE_CHECKING:
    from ssim_viewer.jobs.runner import Request
    from ssim_viewer.session.store import Store


class Host(Protocol):
    """What carries out the intents that are more than a change of the session."""

    @property
    def store(self) -> Store:
        """The session."""

    def cancel(self) -> None:
        """Stop all work of the main window."""

    def change(self, intent: intents.StateIntent) -> None:
        """Change the session."""

    def submit(self, request: Request) -> None:
        """Start work on a file."""


def answer(host: Host, intent: intents.ProgramIntent) -> None:
    """Carry out what is left to the program; every kind of intent has its case."""
    if isinstance(intent, intents.StateIntent):
        host.change(intent)
    elif isinstance(intent, intents.OpeningIntent):
        _submit(host, reading(intent, host.store.session))
    elif isinstance(intent, intents.WritingIntent):
        _submit(host, writing(intent, host.store.session))
    elif isinstance(intent, intents.HistoryIntent):
        _go(host, intent)
    else:
        assert_never(intent)


def _go(host: Host, intent: intents.HistoryIntent) -> None:
    match intent:
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
        host.store.apply(partial(with_sentence, text=refusal.text))


def _undo(host: Host) -> None:
    if not host.store.session.undo_name:
        _say(host, NotNow(NO_UNDO))
        return
    host.store.undo()


def _redo(host: Host) -> None:
    if not host.store.session.redo_name:
        _say(host, NotNow(NO_REDO))
        return
    host.store.redo()
