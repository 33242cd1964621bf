"""The store: holds the present session and says when it changed. The one Qt object of the room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ssim_viewer.compute.memory_budget import BUDGET
from ssim_viewer.session.arrays import history_arrays, image_arrays, measurement_arrays
from ssim_viewer.session.notices import without_outdated
from ssim_viewer.session.recalling import keeping, recalled
from ssim_viewer.session.state import Session
from ssim_viewer.session.undo import History, Past
from ssim_viewer.session.ways import Way, of_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray


class Store(QObject):
    """Holds the present session.

    Signals
    -------
    changed
        Carries the new session, on the GUI thread: after a change at once, or, where several
        results of workers come in together, once after all of them.
    """

    changed = Signal(object)
    _due = Signal()

    def __init__(self, session: Session | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session or Session()
        self._history = History()
        self._followers: list[Callable[[Session, Session], Session]] = []
        self._told = self._session
        self._due.connect(self._tell_what_is_due, Qt.ConnectionType.QueuedConnection)
        BUDGET.watch(self)

    @property
    def session(self) -> Session:
        """The present session."""
        return self._session

    @property
    def told(self) -> bool:
        """Whether `changed` has carried the present session."""
        return self._told is self._session

    def arrays_in_use(self) -> Iterable[NDArray[Any]]:
        """Yield what is on screen or was opened, and is there whatever is kept beside it."""
        session = self._session
        yield from image_arrays(session.document)
        if session.document.shown is not None:
            yield session.document.shown
        for measured in (session.measured, session.growing, *session.measurements.others.values()):
            yield from measurement_arrays(measured)
        for pyramid in session.values.pyramids if session.values is not None else ():
            yield from pyramid.levels

    def arrays_of_history(self) -> Iterable[NDArray[Any]]:
        """Return the images of the steps that are kept."""
        return history_arrays(self._session.document)

    def apply(
        self,
        transition: Callable[[Session], Session],
        *,
        undo: str = "",
        gesture: str = "",
        soon: bool = False,
    ) -> None:
        """Change the session.

        Parameters
        ----------
        undo
            Names a change of document or settings for taking it back.
        gesture
            Changes of one gesture are taken back together, by default those of one name.
        soon
            Whether `changed` may wait for what else workers have sent by now: showing each of
            several results by itself would hold the event loop for as many times as long.
        """
        before, after = self._session, transition(self._session)
        if after is before:
            return
        past = self._history.past
        left = _left(undo, before, after) if undo else None
        if left is not None:
            self._history = self._history.recorded(left, gesture)
        if after.document is not before.document:
            after = self._arrived(before, after, left=self._history.past is not past)
        self._publish(after, soon=soon)

    def follow(self, follower: Callable[[Session, Session], Session]) -> None:
        """Let a pure function of the sessions before and after have a say in every change."""
        self._followers.append(follower)

    def settle(self) -> None:
        """End a gesture: the next change is undone by itself."""
        self._history = self._history.settled()

    def undo(self) -> None:
        """Take the last change back."""
        if self._history.past:
            self._history, past = self._history.undo(self._session)
            self._go_to(past)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._history.undone:
            self._history, past = self._history.redo(self._session)
            self._go_to(past)

    def _go_to(self, past: Past) -> None:
        before = self._session
        after = before
        if past.way is not None:
            look = past.way.over(before.look)
            after = replace(after, look=look, playback=past.way.playback)
        if past.document is not None:
            look = of_document(after.look, past.document)
            after = replace(after, document=past.document, look=look, opening=None, notice=None)
            after = self._arrived(before, after, left=True)
        self._publish(after)

    @staticmethod
    def _arrived(before: Session, after: Session, *, left: bool) -> Session:
        """Return a session that shows its own document, and keeps what was measured of the last."""
        if left or after.document.pair is not before.document.pair:
            after = replace(after, kept=keeping(after.kept, before))
        return recalled(without_outdated(before, after))

    def _publish(self, session: Session, *, soon: bool = False) -> None:
        past, undone = self._history.past, self._history.undone
        before = self._session
        for follower in self._followers:
            session = follower(before, session)
        self._session = replace(
            session,
            undo_name=past[-1].name if past else "",
            redo_name=undone[-1].name if undone else "",
        )
        if not soon:
            self._tell()
        elif self._told is before:
            self._due.emit()

    @Slot()
    def _tell_what_is_due(self) -> None:
        if not self.told:
            self._tell()

    def _tell(self) -> None:
        before, self._told = self._told, self._session
        if _in_use(before) != _in_use(self._session):
            BUDGET.make_room()  # what was in use is only kept by now
        self.changed.emit(self._session)


def _in_use(session: Session) -> tuple[int, ...]:
    """Return the identities of the parts of a session that hold what is in use."""
    return id(session.document), id(session.measurements), id(session.values)


def _left(name: str, before: Session, after: Session) -> Past | None:
    """Return what a change has left, or None where it changed nothing that undo brings back."""
    document = None if after.document is before.document else before.document
    way = None if Way.of(before).same_settings(Way.of(after)) else Way.of(before)
    return None if document is None and way is None else Past.left(name, document, way)
