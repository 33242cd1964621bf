"""Making the distorted image of a chain of distortions, ready to take its place in the pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.distortions import Link, apply_chain
from ssim_viewer.distortions.recipe import ChainRecipe, chain_in_words
from ssim_viewer.images import Image
from ssim_viewer.images.resolving import recipe_of
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.intents import ReplaceDistorted
from ssim_viewer.session.pyramid import Pyramid

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class DistortRequest:
    """Distort a reference by a chain, and return the intent that puts the result on screen."""

    reference: Image
    links: tuple[Link, ...]
    gesture: str = ""

    def __call__(self) -> ReplaceDistorted:
        """Return the intent, with the image and its picture in 8 bits."""
        image = distorted_image(self.reference, self.links)
        return replacement(image, self.reference, self.gesture)

    def is_same_job(self, other: object) -> bool:
        """Whether another job makes the same image."""
        return (
            isinstance(other, DistortRequest)
            and other.reference is self.reference
            and other.links == self.links
        )


def distorted_image(reference: Image, links: Sequence[Link]) -> Image:
    """Return the distorted image, which knows its recipe: the distortion lab shows its links."""
    white = reference.data_range
    pixels = apply_chain(links, reference.pixels, data_range=white)
    pixels.flags.writeable = False
    recipe = ChainRecipe(recipe_of(reference)[0], None, tuple(links))
    name = f"{reference.name}: {chain_in_words(links)}"
    return Image(pixels, white, name, recipe=recipe.followed(reference, None, pixels))


def replacement(image: Image, reference: Image, gesture: str = "") -> ReplaceDistorted:
    """Return the intent that puts an image of the size and unit of the reference on screen."""
    picture = displayed(image.pixels, image.data_range)
    picture.flags.writeable = False
    return ReplaceDistorted(image, Pyramid.of(picture), reference.pixels, gesture)
