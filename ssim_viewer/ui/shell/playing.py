"""Whether a session differs from the one before by a step of a climb alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def plays_on(before: Session, session: Session) -> bool:
    """Whether all that is new is another step of a climb that plays."""
    pairs = zip(_steady(before), _steady(session), strict=True)
    return session.playing and all(old is new for old, new in pairs)


def _steady(session: Session) -> tuple[object, ...]:
    """Return what the steps of a climb leave as it is."""
    document = session.document
    return (
        *(document.opened, document.pair, document.metric, document.driver, document.settings),
        *(document.experiment, document.branches),
        *(session.look, session.opening, session.measurements.others, session.region_scores),
        *(session.notice, session.playing, session.busy, session.progress),
        *(session.undo_name, session.redo_name),
    )
