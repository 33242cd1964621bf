"""When a notice is not true any more: it goes with what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.session.state import Subject

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def without_outdated(before: Session, after: Session) -> Session:
    """Return a session after a change, without a notice about what has changed."""
    notice = after.notice
    if notice is None or notice is not before.notice:
        return after
    old, new = before.document, after.document
    gone = {
        Subject.EVENT: False,
        Subject.PAIR: old.pair is not new.pair,
        Subject.RUN: old.pair is not new.pair or old.run is not new.run,
        Subject.MEASUREMENT: old.pair is not new.pair or old.metric != new.metric,
    }
    return replace(after, notice=None) if gone[notice.subject] else after
