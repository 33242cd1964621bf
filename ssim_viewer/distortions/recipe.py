"""The recipe of a distorted image as data alone, and how it is followed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ssim_viewer.distortions.chain import Link, Measure, apply_chain
from ssim_viewer.distortions.registry import get_distortion
from ssim_viewer.images.image import Image
from ssim_viewer.images.recipe import Recipe
from ssim_viewer.images.resolving import MAKERS, Resolver
from ssim_viewer.images.shapes import Stroke, Strokes
from ssim_viewer.images.types import Pixels

Edges = tuple[int, int, int, int]
"""Left, top, right and bottom of a rectangle of pixels; the last two are outside."""


@dataclass(frozen=True)
class ChainRecipe(Recipe):
    """A chain of distortions.

    Attributes
    ----------
    reference
        The image that it was made for.
    base
        The image that is distorted; None is the reference.
    links
        The chain, with the strengths that were found for a level.
    current, hold
        The link in hand, and what is held by its strength: "mse" or "ssim", and the level.
    region
        Where the chain shows; None is everywhere.
    strokes
        What a brush painted: the chain shows under it alone; none is everywhere.
    reference_image, base_image, pixels
        The images that it was made from and what it made, once it was followed.
    """

    kind: ClassVar[str] = "chain"

    reference: Recipe
    base: Recipe | None
    links: tuple[Link, ...]
    current: int = 0
    hold: tuple[Measure, float] | None = None
    region: Edges | None = None
    strokes: tuple[Stroke, ...] = ()
    reference_image: Image | None = field(default=None, init=False, compare=False, repr=False)
    base_image: Image | None = field(default=None, init=False, compare=False, repr=False)
    pixels: Pixels | None = field(default=None, init=False, compare=False, repr=False)

    def followed(self, reference: Image, base: Image | None, pixels: Pixels) -> "ChainRecipe":
        """Return the recipe with the images that it was followed with."""
        recipe = replace(self)
        object.__setattr__(recipe, "reference_image", reference)
        object.__setattr__(recipe, "base_image", base)
        object.__setattr__(recipe, "pixels", pixels)
        return recipe

    def makes(self, pixels: Pixels) -> bool:
        """Whether these are the pixels that the chain made."""
        return pixels is self.pixels

    def sources(self) -> tuple[Image, ...]:
        """Return the images that it was made from."""
        return tuple(each for each in (self.reference_image, self.base_image) if each is not None)


def opacity_of(
    edges: Edges | None, strokes: tuple[Stroke, ...], shape: tuple[int, ...]
) -> NDArray[np.float64] | None:
    """Return how much a chain shows, 0 to 1, (H, W): within a rectangle, and under a brush.

    None is everywhere.
    """
    if edges is None and not strokes:
        return None
    opacity = Strokes(strokes).opacity(shape) if strokes else np.ones(shape[:2])
    if edges is not None:
        left, top, right, bottom = edges
        within = np.zeros(shape[:2])
        within[top:bottom, left:right] = 1.0
        opacity *= within
    return opacity


def chain_in_words(links: Iterable[Link]) -> str:
    """Return a chain in words, such as ``JPEG 80 + White Gaussian noise 20 levels``."""
    parts = [
        f"{get_distortion(each.name).title} {each.strength:.4g} "
        f"{get_distortion(each.name).unit}".rstrip()
        for each in links
        if each.on
    ]
    return " + ".join(parts) or "undistorted"


def _follow(recipe: ChainRecipe, resolver: Resolver) -> Image:
    reference = resolver.image(recipe.reference)
    base = None if recipe.base is None else resolver.image(recipe.base)
    pixels = apply_chain(
        recipe.links,
        (base or reference).pixels,
        data_range=reference.data_range,
        opacity=opacity_of(recipe.region, recipe.strokes, reference.pixels.shape[:2]),
    )
    pixels.flags.writeable = False
    return Image(
        pixels,
        reference.data_range,
        f"{reference.name}: {chain_in_words(recipe.links)}",
        recipe=recipe.followed(reference, base, pixels),
    )


MAKERS[ChainRecipe] = _follow
