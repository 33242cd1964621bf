"""What a person can want of the scenes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.features.scenes.state import scenes_of
from ssim_viewer.session.intents import ChooseCandidate, OpenImages

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


@dataclass(frozen=True, slots=True)
class ShowScene:
    """Make the images of a scene and open them."""

    scene: str


ACTIONS = (ShowScene,)


def showing(session: Session, place: int) -> object:
    """Return the intent that shows a row: another candidate, or other images."""
    state, opened = scenes_of(session), session.document.opened
    distorted = state.rows[place].case.distorted
    if opened is not None and opened.reference is state.rows[place].case.reference:
        for index, candidate in enumerate(opened.candidates):
            if candidate is distorted:
                return ChooseCandidate(index)
    return OpenImages(state.rows[place].case.reference, (distorted,))
