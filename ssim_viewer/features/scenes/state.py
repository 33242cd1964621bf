"""What the scenes know: the one on screen with its table, and the one that is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.scenes import closed_form, photographs

if TYPE_CHECKING:
    from ssim_viewer.features.scenes.scene import Row, Scene
    from ssim_viewer.images import Image
    from ssim_viewer.session.state import Session

ID = "scenes"

SCENES: dict[str, Scene] = {scene.id: scene for scene in (*photographs.SCENES, *closed_form.SCENES)}


@dataclass(frozen=True, slots=True, eq=False)
class Scenes:
    """The state of the feature.

    Attributes
    ----------
    wanted
        The scene that is being made, or "".
    scene, rows
        The one whose table is shown.
    problem
        Why a scene could not be made, or "".
    """

    wanted: str = ""
    scene: str = ""
    rows: tuple[Row, ...] = ()
    problem: str = ""


def scenes_of(session: Session) -> Scenes:
    """Return the state of the feature in a session."""
    return cast("Scenes", session.features.get(ID, Scenes()))


def place_on_screen(session: Session) -> int:
    """Return the row of the table whose images are on screen or being opened; -1 for none."""
    opened = session.opening or session.document.opened
    if opened is None:
        return -1
    pairs = ((row.case.reference, row.case.distorted) for row in scenes_of(session).rows)
    images = opened.reference, opened.distorted
    return next((place for place, pair in enumerate(pairs) if _same(pair, images)), -1)


def _same(pair: tuple[Image, Image], other: tuple[Image, Image]) -> bool:
    return all(one.pixels is two.pixels for one, two in zip(pair, other, strict=True))


def one_reference(rows: tuple[Row, ...]) -> bool:
    """Whether all rows have one reference: then they are candidates of it."""
    return all(row.case.reference is rows[0].case.reference for row in rows)
