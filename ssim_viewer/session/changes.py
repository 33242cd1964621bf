"""Which parts of the session a change has touched: what shows others need not look."""

from __future__ import annotations

from dataclasses import fields

from ssim_viewer.session.state import Session

CURSOR = ("cursor", "last_cursor")
"""The fields that a hover changes."""

_NAMES = frozenset(each.name for each in fields(Session))


def differ_only_in(before: Session, after: Session, *names: str) -> bool:
    """Whether two sessions are the same in all but some fields, by identity."""
    return all(getattr(before, name) is getattr(after, name) for name in _NAMES.difference(names))
