"""The feature: what its actions do, the files it is missing, and where it stands in the menus."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Answer, Command, Feature, Job, Port, Service
from ssim_viewer.features.sessions import actions
from ssim_viewer.features.sessions.actions import OpenSession
from ssim_viewer.features.sessions.archive import SUFFIX
from ssim_viewer.features.sessions.jobs import ReadSession, WriteSession
from ssim_viewer.features.sessions.state import ID, Sessions
from ssim_viewer.images.reading import display_name
from ssim_viewer.session.intents import Tell
from ssim_viewer.session.state import Choice
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


def _has_leftover(session: Session) -> bool:
    state = session.features.get(ID)
    return isinstance(state, Sessions) and bool(state.leftovers)


class SessionsFeature(Feature[Sessions]):
    """Session files, and what is kept for the case that the program ends unexpectedly."""

    id = ID
    initial = Sessions()
    actions = actions.ACTIONS
    opens = MappingProxyType({SUFFIX: OpenSession})
    commands = (
        Command(
            "open_session",
            tr("Open sess&ion…"),
            ("File",),
            lambda _session: actions.AskOpenSession(),
            tr("Open a session file: images, settings, experiment and layout as they were saved."),
            ("Ctrl+Alt+O",),
            "folder-open-outline",
        ),
        Command(
            "save_session",
            tr("Save sessi&on"),
            ("File",),
            lambda _session: actions.AskSaveSession(),
            tr("Save images, settings, experiment and layout in one file, to go on later."),
            ("Ctrl+Alt+W",),
            "content-save-all-outline",
            enabled=_has_pair,
        ),
        Command(
            "save_session_as",
            tr("Sa&ve session as…"),
            ("File",),
            lambda _session: actions.AskSaveSession(anew=True),
            tr("Save the session in another file."),
            enabled=_has_pair,
        ),
        Command(
            "restore_leftover",
            tr("Restore after a cras&h"),
            ("File",),
            lambda _session: actions.RestoreLeftover(),
            tr("Open what was kept of a program that ended unexpectedly."),
            enabled=_has_leftover,
        ),
    )

    def reduce(self, state: Sessions, session: Session, action: object) -> Sessions:  # noqa: PLR0911 - an action a case
        """Return the state after an action."""
        match action:
            case actions.OpenSession(path, folders, recovered):
                return replace(state, reading=ReadSession(path, folders, recovered))
            case actions.SessionOpened(path, _, recovered) if not recovered:
                return state.with_file(path)
            case actions.SaveSession(path, as_it_is, features):
                return replace(state, writing=WriteSession(path, as_it_is, features))
            case actions.KnowRecent(paths):
                return replace(state, recent=paths)
            case actions.KnowLeftovers(paths):
                return replace(state, leftovers=paths)
            case actions.RestoreLeftover() if state.leftovers:
                job = ReadSession(state.leftovers[0], recovered=True)
                return replace(state, reading=job)
            case actions.DiscardLeftover(path):
                left = tuple(each for each in state.leftovers if each != path)
                return replace(state, leftovers=left)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the file to write and the file to read."""
        state = self.state(session)
        wanted: dict[Hashable, Job | None] = {"write": state.writing, "read": state.reading}
        return {key: job for key, job in wanted.items() if job is not None}

    def receive(self, state: Sessions, session: Session, key: Hashable, answer: Answer) -> Sessions:
        """Return the state after a file was written or read."""
        job = answer.job
        if isinstance(job, WriteSession):
            after = state if answer.problem else state.with_file(job.path)
            return replace(after, writing=None) if state.writing is job else after
        if isinstance(job, ReadSession):
            after = replace(state, reading=None) if state.reading is job else state
            missing = not answer.problem and answer.result.missing
            return replace(after, waiting=job if missing else None)
        return state

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Put what was read on screen, or say what became of it."""
        job = answer.job
        if answer.problem:
            return Tell(answer.problem, is_error=True)
        if isinstance(job, WriteSession):
            return Tell(answer.result)
        if isinstance(job, ReadSession):
            if answer.result.missing:
                return _missing(job, answer.result.missing)
            return actions.SessionOpened(job.path, answer.result, job.recovered)
        return None

    def service(self, port: Port) -> Service:
        """Return what asks for files, and keeps the session for the case of a crash."""
        from ssim_viewer.features.sessions.service import SessionsService  # noqa: PLC0415 - Qt

        return SessionsService(port)


def _missing(job: ReadSession, names: tuple[str, ...]) -> Tell:
    first, others = f"“{names[0]}”", len(names) - 1
    more = tr(" and {others} more", others=others) if others else ""
    text = tr(
        "{first}{more} of the session “{display_name}” {others} not where {others_2}; choose the "
        "folder that holds {others_3}.",
        first=first,
        more=more,
        display_name=display_name(job.path),
        others="are" if others else "is",
        others_2="they were" if others else "it was",
        others_3="them" if others else "it",
    )
    choice = Choice(
        "choose_folder",
        tr("Choose folder…"),
        tr("Look for the images of the session in another folder."),
        actions.AskForFolder(),
    )
    return Tell(text, (choice,), is_error=True)
