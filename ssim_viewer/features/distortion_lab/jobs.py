"""Making the distorted image by a recipe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.distortions import LevelError, apply_chain, solve_chain
from ssim_viewer.distortions.recipe import opacity_of
from ssim_viewer.features.distortion_lab.recipe import MEASURES
from ssim_viewer.features.distortion_lab.state import lab_of
from ssim_viewer.images import Image
from ssim_viewer.jobs.bindings import bound_ssim
from ssim_viewer.metrics import Mse, masked_metric, restricted_metric
from ssim_viewer.metrics.counting import within
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.session.pyramid import Pyramid

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe, Hold
    from ssim_viewer.metrics import Ssim
    from ssim_viewer.session.state import Session

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Distorted:
    """The image of a recipe, ready to be shown.

    Attributes
    ----------
    problem
        Why a held level was not reached, or "": the strength stays as it was.
    """

    image: Image
    picture: Pyramid
    reference: NDArray[np.generic]
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class DistortJob:
    """Follow a recipe."""

    recipe: DistortionRecipe
    reference: Image
    metric: Ssim
    gesture: int = 0
    mask: NDArray[np.bool_] | None = None

    def __call__(self) -> Distorted:
        """Return the image."""
        recipe, problem = self.recipe, ""
        if recipe.hold is not None and recipe.link is not None:
            try:
                recipe = self._solved(recipe, recipe.hold)
            except LevelError as error:
                problem = str(error)
        pixels = apply_chain(
            recipe.links, self._base, data_range=self._white, opacity=self._opacity
        )
        pixels.flags.writeable = False
        name = f"{self.reference.name}: {recipe.words()}"
        recipe = replace(recipe, reference=self.reference, pixels=pixels)
        image = Image(pixels, self._white, name, recipe=recipe)
        picture = displayed(pixels, self._white)
        picture.flags.writeable = False
        return Distorted(image, Pyramid.of(picture), self.reference.pixels, problem)

    def is_same_job(self, other: object) -> bool:
        """Whether another job follows the same recipe for the same reference."""
        return (
            isinstance(other, DistortJob)
            and other.recipe == self.recipe
            and other.reference is self.reference
            and other.metric == self.metric
            and other.mask is self.mask
        )

    def _solved(self, recipe: DistortionRecipe, hold: Hold) -> DistortionRecipe:
        links = solve_chain(
            recipe.links,
            recipe.current,
            self._base,
            hold.level,
            self._score(hold),
            measure=MEASURES[hold.measure],
            data_range=self._white,
            opacity=self._opacity,
        )
        return replace(recipe, links=links)

    def _score(self, hold: Hold) -> Callable[[Array], float]:
        """Return the level of an image, over the pixels that count."""
        pixels, metric = self.reference.pixels, self.metric
        if hold.measure == "mse":
            counted = restricted_metric(Mse(), within(metric.crop, pixels.shape, self.mask))
            bound = counted.bind(pixels)
        elif self.mask is None:
            bound = bound_ssim(metric, pixels)
        else:
            bound = masked_metric(metric, self.mask).bind(pixels)
        return lambda image: float(bound.value(image))

    @property
    def _white(self) -> float:
        return self.reference.data_range

    @property
    def _base(self) -> NDArray[np.generic]:
        base = self.recipe.base or self.reference
        return base.pixels

    @property
    def _opacity(self) -> Array | None:
        region = self.recipe.region
        edges = None if region is None else (region.left, region.top, region.right, region.bottom)
        return opacity_of(edges, self.recipe.strokes, self.reference.pixels.shape[:2])


def missing_image(session: Session) -> DistortJob | None:
    """Return the job for the recipe whose image is not on screen."""
    lab, pair = lab_of(session), session.document.pair
    if lab.wanted is None or pair is None:
        return None
    metric = session.document.metric
    return DistortJob(lab.wanted, pair.reference, metric, lab.gesture, pair.mask)
