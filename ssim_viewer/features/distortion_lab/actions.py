"""What a person can want in the distortion lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe


@dataclass(frozen=True, slots=True)
class Follow:
    """Make the distorted image by a recipe; recipes of one gesture are undone together."""

    recipe: DistortionRecipe
    gesture: int = 0


@dataclass(frozen=True, slots=True)
class ChooseLink:
    """Show the settings of a link; the image stays."""

    place: int


@dataclass(frozen=True, slots=True)
class AddDistortion:
    """Add a type of distortion to the chain on screen."""

    name: str
    gesture: int = 0


@dataclass(frozen=True, slots=True)
class ChooseBrush:
    """Say how large the brush is, in pixels, and over which share of it opacity falls."""

    radius: float
    softness: float


ACTIONS = (Follow, ChooseLink, AddDistortion, ChooseBrush)
