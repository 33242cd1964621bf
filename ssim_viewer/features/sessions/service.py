"""Sessions and the world: file dialogs, the list of recent ones, and the copy for a crash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from ssim_viewer.features.sessions import actions
from ssim_viewer.features.sessions.archive import SUFFIX
from ssim_viewer.features.sessions.autosave import Autosave
from ssim_viewer.features.sessions.state import ID, Sessions
from ssim_viewer.images.reading import display_name
from ssim_viewer.session.intents import ReplaceSession, Tell
from ssim_viewer.text import Text
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.shell.file_dialogs import ask_file, ask_folder, ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssim_viewer.features.feature import Port
    from ssim_viewer.session.playback import Playback
    from ssim_viewer.session.state import Document, Look, Session

KIND = Text(QT_TR_NOOP("ssim_viewer session (*{suffix})"), parameters={"suffix": SUFFIX})

RECENT = "recent_sessions"
"""The key of the recent session files in the settings."""


class SessionsService(QObject):
    """Asks for files, lists the recent ones, and keeps a copy of the session while it runs."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._menu: ChoiceMenu[Path] = ChoiceMenu(
            tr("Recent sessio&ns"), "recent_session", port.window, ticked=False, numbered=True
        )
        self._menu.on_choice(lambda path: port.want(actions.OpenSession(path)))
        self._menu.setEnabled(False)
        port.add_menu(self._menu, ("File",), before="save_session")
        self._listed: tuple[Path, ...] = ()
        port.changed.connect(self._show)
        lines = port.window.preferences.text(RECENT).splitlines()
        port.want(actions.KnowRecent(tuple(Path(line) for line in lines if line)))
        self._autosave = Autosave(port) if port.window.preferences.recovers else None

    @property
    def idle(self) -> bool:
        """Whether no copy is being written."""
        return self._autosave is None or self._autosave.idle

    def acted(self, action: object) -> None:
        """Ask for a file, or put a session on screen."""
        match action:
            case actions.AskOpenSession():
                ask_file(self._window, tr("Open session"), self._folder, KIND, self._open)
            case actions.AskSaveSession(anew):
                self._save(anew=anew)
            case actions.AskForFolder():
                ask_folder(self._window, tr("Folder of the images"), self._folder, self._look_in)
            case actions.OpenSession(path):
                self._port.want(
                    Tell(tr("Opening “{display_name}”…", display_name=display_name(path)))
                )
            case actions.RestoreLeftover():
                self._port.want(Tell(tr("Restoring the session…")))
            case actions.SessionOpened():
                self._put_on_screen(action)
        if self._autosave is not None:
            self._autosave.acted(action)

    def close(self) -> None:
        """Remove the copy: the program ends as it should."""
        self._port.changed.disconnect(self._show)
        if self._autosave is not None:
            self._autosave.close()

    @property
    def _window(self) -> QWidget:
        return cast("QWidget", self._port.window)

    @property
    def _state(self) -> Sessions:
        return cast("Sessions", self._port.session.features.get(ID, Sessions()))

    @property
    def _folder(self) -> Path | None:
        path = self._state.path
        return path.parent if path is not None else self._port.window.preferences.save_folder

    def _open(self, path: Path) -> None:
        self._port.want(actions.OpenSession(path))

    def _save(self, *, anew: bool) -> None:
        path = self._state.path
        if path is not None and not anew:
            self._write(path)
            return
        folder = self._folder or Path.home()
        proposal = path or folder / f"{_stem(self._port.session)}{SUFFIX}"
        ask_save(self._port.window, tr("Save session"), proposal, (KIND,), self._write)

    def _write(self, path: Path) -> None:
        self._port.window.preferences.save_folder = path.parent
        features = self._port.saved_features()
        self._port.want(actions.SaveSession(path, self._port.session, features))

    def _look_in(self, folder: Path) -> None:
        waiting = self._state.waiting
        if waiting is not None:
            folders = (*waiting.folders, folder)
            self._port.want(actions.OpenSession(waiting.path, folders, waiting.recovered))

    def _put_on_screen(self, action: actions.SessionOpened) -> None:
        restored = action.restored
        self._port.want(
            ReplaceSession(
                cast("Document", restored.document),
                cast("Look", restored.look),
                cast("Playback", restored.playback),
                restored.notes,
            )
        )
        self._port.restore_features(restored.features or {})

    @Slot(object)
    def _show(self, session: Session) -> None:
        """List the recent session files, and keep them in the settings."""
        recent = self._state.recent
        if recent == self._listed:
            return
        self._listed = recent
        self._menu.fill((str(path), path) for path in recent)
        self._menu.setEnabled(bool(recent))
        self._port.window.preferences.set_text(RECENT, "\n".join(map(str, recent)))


def _stem(session: Session) -> str:
    opened = session.document.opened
    return Path(opened.reference.name.replace(": ", "-")).stem if opened else "session"
