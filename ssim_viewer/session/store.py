"""The store: holds the present session and says when it changed. The one Qt object of the room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssim_viewer.session.kept import keeping, recalled
from ssim_viewer.session.notices import without_outdated
from ssim_viewer.session.state import Session
from ssim_viewer.session.undo import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Document


class Store(QObject):
    """Holds the present session.

    Signals
    -------
    changed
        Carries the new session, after every change, on the GUI thread.
    """

    changed = Signal(object)

    def __init__(self, session: Session | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session or Session()
        self._history = History()

    @property
    def session(self) -> Session:
        """The present session."""
        return self._session

    def apply(
        self, transition: Callable[[Session], Session], *, undo: str = "", gesture: str = ""
    ) -> None:
        """Change the session; `undo` names a change of the document that can be taken back.

        Changes of one `gesture` are taken back together, by default those of one name.
        """
        before, after = self._session, transition(self._session)
        if after is before:
            return
        if after.document is not before.document:
            past = self._history.past
            if undo:
                self._history = self._history.recorded(undo, before.document, gesture)
            after = self._arrived(before, after, left=self._history.past is not past)
        self._publish(after)

    def settle(self) -> None:
        """End a gesture: the next change is undone by itself."""
        self._history = self._history.settled()

    def undo(self) -> None:
        """Take the last change of the document back."""
        if self._history.past:
            self._history, document = self._history.undo(self._session.document)
            self._go_to(document)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._history.undone:
            self._history, document = self._history.redo(self._session.document)
            self._go_to(document)

    def _go_to(self, document: Document) -> None:
        before = self._session
        after = replace(before, document=document, opening=None, notice=None)
        self._publish(self._arrived(before, after, left=True))

    @staticmethod
    def _arrived(before: Session, after: Session, *, left: bool) -> Session:
        """Return a session that shows its own document, and keeps what was measured of the last."""
        if left or after.document.pair is not before.document.pair:
            after = replace(after, kept=keeping(after.kept, before))
        return recalled(without_outdated(before, after))

    def _publish(self, session: Session) -> None:
        past, undone = self._history.past, self._history.undone
        self._session = replace(
            session,
            undo_name=past[-1].name if past else "",
            redo_name=undone[-1].name if undone else "",
        )
        self.changed.emit(self._session)
