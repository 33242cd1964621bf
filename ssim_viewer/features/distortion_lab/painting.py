"""Painting: the chain shows under the strokes of a soft brush."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssim_viewer.features.distortion_lab.state import lab_of, recipe_of
from ssim_viewer.images.shapes import Ellipse, Stroke, Strokes
from ssim_viewer.session.overlays import Outline, Overlay
from ssim_viewer.session.tools import Phase, Pointer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe
    from ssim_viewer.features.distortion_lab.state import Lab
    from ssim_viewer.session.state import Session

EMPTY = tr("Add a distortion first: the brush paints what the chain makes.")
NOTHING_TO_ERASE = tr("There is nothing to erase yet: paint without Ctrl.")


def painted(state: Lab, recipe: DistortionRecipe, pointer: Pointer) -> Lab:
    """Return the state after a part of a drag; each stroke is undone by itself."""
    if pointer.phase is Phase.RELEASE:
        return state
    point, strokes = (pointer.x, pointer.y), recipe.strokes
    if pointer.phase is Phase.PRESS:
        if not recipe.links:
            return replace(state, problem=EMPTY)
        if pointer.inverted and not strokes:
            return replace(state, problem=NOTHING_TO_ERASE)
        stroke = Stroke((point,), state.radius, state.softness, erases=pointer.inverted)
        strokes = (*strokes, stroke)
    elif strokes:
        strokes = (*strokes[:-1], strokes[-1].through(point))
    else:
        return state
    return state.following(replace(recipe, strokes=strokes), -len(strokes))


def painted_overlays(session: Session) -> tuple[Overlay, ...]:
    """Return what is painted, and the outline of the brush under the mouse."""
    strokes, found = recipe_of(session).strokes, []
    if strokes:
        found.append(Outline(Strokes(strokes)))
    if session.cursor is not None:
        (x, y), radius = session.cursor, lab_of(session).radius
        brush = Ellipse(x + 0.5 - radius, y + 0.5 - radius, x + 0.5 + radius, y + 0.5 + radius)
        found.append(Outline(brush, quiet=True))
    return tuple(found)
