"""The recipe of a distorted image: a chain of distortions, where it shows, and what is held."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssim_viewer.distortions import Link, get_distortion
from ssim_viewer.distortions.recipe import ChainRecipe, chain_in_words
from ssim_viewer.images.recipe import Recipe
from ssim_viewer.images.resolving import recipe_of
from ssim_viewer.session.region import Region
from ssim_viewer.text import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.distortions.chain import Measure
    from ssim_viewer.images import Image
    from ssim_viewer.images.shapes import Stroke

MEASURES: dict[Measure, str] = {"mse": tr("an MSE"), "ssim": tr("an MSSIM")}


@dataclass(frozen=True, slots=True)
class Hold:
    """A level of MSE or of MSSIM that the strength of one link is solved for."""

    measure: Measure
    level: float


@dataclass(frozen=True)
class DistortionRecipe(Recipe):
    """How a distorted image was made from the reference.

    Attributes
    ----------
    links
        The chain, applied in order.
    current
        The link whose settings are shown, and whose strength is solved for when a level is held.
    hold
        The level that is held, or None.
    region
        Where the chain shows; None is everywhere.
    strokes
        What a brush painted: the chain shows under it alone; none is everywhere.
    base
        The image that is distorted; None is the reference.
    reference
        The reference that it was made for, once it was.
    pixels
        What it made.
    """

    links: tuple[Link, ...] = ()
    current: int = 0
    hold: Hold | None = None
    region: Region | None = None
    base: Image | None = None
    strokes: tuple[Stroke, ...] = ()
    reference: Image | None = field(default=None, compare=False)
    pixels: NDArray[np.generic] | None = field(default=None, compare=False, repr=False)

    def frozen(self) -> ChainRecipe:
        """Return the recipe without images, by the recipes of those that it was made from."""
        reference = self.reference or self.base
        assert reference is not None  # noqa: S101 - what was made was made from something
        return ChainRecipe(
            recipe_of(reference)[0],
            None if self.base is None else recipe_of(self.base)[0],
            self.links,
            self.current,
            None if self.hold is None else (self.hold.measure, self.hold.level),
            None if self.region is None else _edges(self.region),
            self.strokes,
        )

    def sources(self) -> tuple[Image, ...]:
        """Return the images that it was made from."""
        return tuple(each for each in (self.reference, self.base) if each is not None)

    def makes(self, pixels: NDArray[np.generic]) -> bool:
        """Whether these are the pixels that the chain made, and from what is known."""
        return self.reference is not None and pixels is self.pixels

    @classmethod
    def from_chain(cls, chain: ChainRecipe) -> DistortionRecipe:
        """Return the recipe of an image that was made again."""
        return cls(
            chain.links,
            chain.current,
            None if chain.hold is None else Hold(chain.hold[0], chain.hold[1]),
            None if chain.region is None else Region(*chain.region),
            chain.base_image,
            chain.strokes,
            chain.reference_image,
            chain.pixels,
        )

    @property
    def link(self) -> Link | None:
        """The current link, or None for an empty chain."""
        return self.links[self.current] if self.links else None

    def with_link(self, link: Link) -> DistortionRecipe:
        """Return the recipe with another link in the current place."""
        return self.with_link_at(self.current, link)

    def with_link_at(self, place: int, link: Link) -> DistortionRecipe:
        """Return the recipe with another link in a place."""
        return replace(self, links=(*self.links[:place], link, *self.links[place + 1 :]))

    def added(self, name: str) -> DistortionRecipe:
        """Return the recipe with one more link at its end, at a strength that is clearly seen."""
        links = (*self.links, Link(name, get_distortion(name).typical))
        return replace(self, links=links, current=len(links) - 1)

    def removed(self) -> DistortionRecipe:
        """Return the recipe without the current link."""
        links = (*self.links[: self.current], *self.links[self.current + 1 :])
        return replace(self, links=links, current=max(0, min(self.current, len(links) - 1)))

    def moved(self, by: int) -> DistortionRecipe:
        """Return the recipe with the current link moved along the chain."""
        target = self.current + by
        if not 0 <= target < len(self.links):
            return self
        links = list(self.links)
        links.insert(target, links.pop(self.current))
        return replace(self, links=tuple(links), current=target)

    def words(self) -> str:
        """Return the chain in words, such as ``JPEG 80 + White Gaussian noise 20 levels``."""
        return chain_in_words(self.links)


def _edges(region: Region) -> tuple[int, int, int, int]:
    return region.left, region.top, region.right, region.bottom
