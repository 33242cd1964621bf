"""Keeps the list of what can be recorded up to date while the window Record is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.recording.actions import OfferFilms
from ssim_viewer.features.recording.state import recording_of
from ssim_viewer.session.changes import CURSOR, differ_only_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.features.feature import Port
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.state import Session


class RecordService:
    """Asks all features for their films."""

    idle = True

    def __init__(self, port: Port) -> None:
        self._port = port
        self._seen = port.session
        port.changed.connect(self._follow)

    def acted(self, action: object) -> None:
        """Take an action; none of them concerns the list."""

    def close(self) -> None:
        """Listen no more."""
        self._port.changed.disconnect(self._follow)

    def _follow(self, session: Session) -> None:
        before, self._seen = self._seen, session
        state = recording_of(session)
        if not state.open or differ_only_in(before, session, *CURSOR):
            return
        films = self._port.films()
        if not _same(films, state.films):
            self._port.want(OfferFilms(films))


def _same(films: Sequence[Film], others: Sequence[Film]) -> bool:
    return len(films) == len(others) and all(
        one.title == other.title and one.of is other.of and len(one.shots) == len(other.shots)
        for one, other in zip(films, others, strict=True)
    )
