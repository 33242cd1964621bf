"""Which action opens a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import InTurn
from ssim_viewer.features.folder_pairs.actions import GoToPair
from ssim_viewer.features.folder_pairs.state import folder_pairs_of
from ssim_viewer.session.intents import OpenFiles

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def pair_at(session: Session, index: int) -> object | None:
    """Return the action that opens a pair, by its place from 0, if there is one."""
    found = folder_pairs_of(session).found
    if found is None or not 0 <= index < len(found.pairs):
        return None
    pair = found.pairs[index]
    return InTurn((GoToPair(index), OpenFiles((pair.reference, pair.distorted))))


def pair_after(session: Session, by: int) -> object | None:
    """Return the action that opens the pair so many places further, round and round."""
    state = folder_pairs_of(session)
    if state.found is None:
        return None
    count, place = len(state.found.pairs), state.current
    start = (0 if by > 0 else count - 1) if place is None else (place + by) % count
    return pair_at(session, start)
