"""The recipe of a distorted image: a chain of distortions, where it shows, and what is held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.distortions import Link, get_distortion
from ssim_viewer.images.recipe import Recipe

if TYPE_CHECKING:
    from ssim_viewer.distortions.chain import Measure
    from ssim_viewer.images import Image
    from ssim_viewer.session.region import Region

MEASURES: dict[Measure, str] = {"mse": "an MSE", "ssim": "an MSSIM"}


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
    base
        The image that is distorted; None is the reference.
    """

    links: tuple[Link, ...] = ()
    current: int = 0
    hold: Hold | None = None
    region: Region | None = None
    base: Image | None = None

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
        parts = [
            f"{get_distortion(each.name).title} {each.strength:.4g} "
            f"{get_distortion(each.name).unit}".rstrip()
            for each in self.links
            if each.on
        ]
        return " + ".join(parts) or "undistorted"
