"""Keeps the list of what can be recorded up to date while the window Record is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ssim_viewer.features.recording.actions import OfferFilms
from ssim_viewer.features.recording.state import recording_of
from ssim_viewer.session.changes import CURSOR, differ_only_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.features.feature import Port
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class RecordService(QObject):
    """Asks all features for their films, once for all that changes in a turn of the event loop."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._seen = port.session
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._offer)
        port.changed.connect(self._follow)

    @property
    def idle(self) -> bool:
        """Whether the list is up to date."""
        return not self._soon.isActive()

    def acted(self, action: object) -> None:
        """Take an action; none of them concerns the list."""

    def close(self) -> None:
        """Listen no more."""
        self._soon.stop()
        self._port.changed.disconnect(self._follow)

    @Slot(object)
    def _follow(self, session: Session) -> None:
        before, self._seen = self._seen, session
        if not recording_of(session).open or differ_only_in(before, session, *CURSOR):
            return
        if recording_of(before).open:
            self._soon.start()
        else:
            self._offer()

    @Slot()
    def _offer(self) -> None:
        state, films = recording_of(self._port.session), self._port.films()
        if state.open and not _same(films, state.films):
            self._port.want(OfferFilms(films))


def _same(films: Sequence[Film], others: Sequence[Film]) -> bool:
    return len(films) == len(others) and all(
        one.title == other.title and one.of is other.of and len(one.shots) == len(other.shots)
        for one, other in zip(films, others, strict=True)
    )
