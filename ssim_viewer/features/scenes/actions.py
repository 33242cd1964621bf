"""What a person can want of the scenes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowScene:
    """Make the images of a scene and open them."""

    scene: str


@dataclass(frozen=True, slots=True)
class ShowRow:
    """Open the images of a row of the table."""

    place: int


ACTIONS = (ShowScene, ShowRow)
