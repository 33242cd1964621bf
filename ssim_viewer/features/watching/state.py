"""Whether changes on disk are followed, and what is to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.images.recipe import FileRecipe

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.images import Image
    from ssim_viewer.session.state import Session

ID = "watching"


@dataclass(frozen=True, slots=True)
class Watching:
    """The state of the feature."""

    on: bool = False


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow changes on disk, or do not."""

    on: bool


def watched_images(session: Session) -> tuple[Image, ...]:
    """Return the images of the document that were read from files, each once."""
    opened = session.document.opened
    if opened is None:
        return ()
    images = (opened.reference, opened.distorted, *opened.candidates)
    found = {id(each): each for each in images if isinstance(each.recipe, FileRecipe)}
    return tuple(found.values())


def watched_folder(session: Session) -> Path | None:
    """Return the folder in which new files are looked for: that of the distorted image."""
    opened = session.document.opened
    if opened is None or opened.lacking is not None:
        return None
    recipe = opened.distorted.recipe
    return recipe.path.parent if isinstance(recipe, FileRecipe) else None
