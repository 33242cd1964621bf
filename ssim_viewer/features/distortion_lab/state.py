"""What the distortion lab knows: which recipe is wanted, and what the one on screen is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ssim_viewer.distortions.recipe import ChainRecipe
from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe
from ssim_viewer.session.tools import Tool
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

ID = "distortion_lab"

PAINT = Tool(
    ID, "paint", tr("Paint the distortion in any pane, with Ctrl erase it; Esc leaves it.")
)


@dataclass(frozen=True, slots=True, eq=False)
class Lab:
    """The state of the feature.

    Attributes
    ----------
    wanted
        The recipe whose image is not on screen yet, or None.
    gesture
        The gesture that it belongs to.
    problem
        Why the last recipe could not be followed, or "".
    current
        The link that is chosen, where that is another one than the recipe on screen says.
    radius, softness
        Of the brush, in pixels, and as a share of it.
    """

    wanted: DistortionRecipe | None = None
    gesture: int = 0
    problem: str = ""
    current: int | None = None
    radius: float = 24.0
    softness: float = 0.5

    def following(self, recipe: DistortionRecipe, gesture: int) -> Lab:
        """Return the state that wants the image of a recipe."""
        return Lab(recipe, gesture, radius=self.radius, softness=self.softness)

    def with_problem(self, problem: str = "") -> Lab:
        """Return the state that wants nothing, with word of why it could not be had."""
        return Lab(problem=problem, radius=self.radius, softness=self.softness)


def lab_of(session: Session) -> Lab:
    """Return the state of the feature in a session."""
    return cast("Lab", session.features.get(ID, Lab()))


def recipe_of(session: Session) -> DistortionRecipe:
    """Return the recipe that the panel shows: the wanted one, or that of the image on screen."""
    lab = lab_of(session)
    if lab.wanted is not None:
        return lab.wanted
    pair = session.document.pair
    found = pair.distorted.recipe if pair is not None else None
    if isinstance(found, ChainRecipe):
        found = DistortionRecipe.from_chain(found)
    if not isinstance(found, DistortionRecipe):
        return DistortionRecipe()
    if lab.current is None or lab.current >= len(found.links):
        return found
    return DistortionRecipe(found.links, lab.current, found.hold, found.region, found.base)
