"""What the scenes know: the one on screen with its table, and the one that is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.scenes import closed_form, photographs

if TYPE_CHECKING:
    from ssim_viewer.features.scenes.scene import Row, Scene
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
    current
        The row whose images were opened last.
    problem
        Why a scene could not be made, or "".
    """

    wanted: str = ""
    scene: str = ""
    rows: tuple[Row, ...] = ()
    current: int = 0
    problem: str = ""


def scenes_of(session: Session) -> Scenes:
    """Return the state of the feature in a session."""
    return cast("Scenes", session.features.get(ID, Scenes()))


def one_reference(rows: tuple[Row, ...]) -> bool:
    """Whether all rows have one reference: then they are candidates of it."""
    return all(row.case.reference is rows[0].case.reference for row in rows)
