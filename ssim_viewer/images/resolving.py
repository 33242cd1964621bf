"""From recipes to images: files, samples and kept pixels, with a bounded cache by recipe."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ssim_viewer.compute.memory_budget import BUDGET, Held, MemoryBudget
from ssim_viewer.images.errors import ImageError
from ssim_viewer.images.image import Image
from ssim_viewer.images.reading import read_image, stamp_of
from ssim_viewer.images.recipe import (
    FileRecipe,
    PixelsRecipe,
    Recipe,
    SampleRecipe,
    SourceRecipe,
)
from ssim_viewer.images.samples import read_sample
from ssim_viewer.images.types import Pixels
from ssim_viewer.text import tr


class RecipeCache:
    """The latest images by their recipes, within a budget of bytes. Threads may share it."""

    def __init__(self, budget: MemoryBudget = BUDGET) -> None:
        self._budget = budget
        self._images: dict[Recipe, Held[Image]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            self._forget()
            return len(self._images)

    def get(self, recipe: Recipe) -> Image | None:
        """Return the image of a recipe, if it is still there."""
        with self._lock:
            held = self._images.get(recipe)
            if held is None:
                return None
            held.touch()
            return held.value

    def put(self, recipe: Recipe, image: Image) -> None:
        """Keep an image; those that were used longest ago go."""
        held = self._budget.keep(image, image.arrays)
        with self._lock:
            self._forget()
            self._images[recipe] = held

    def _forget(self) -> None:
        for recipe in [each for each, held in self._images.items() if held.value is None]:
            del self._images[recipe]


RECIPE_CACHE = RecipeCache()
"""The cache of the program."""


def as_they_are(path: Path) -> Path:
    """Return where a file is looked for: where its recipe says."""
    return path


@dataclass(slots=True, eq=False)
class Resolver:
    """Makes images from recipes.

    Attributes
    ----------
    arrays
        Pixels that recipes name, by digest.
    find
        Returns where a file is now. It raises ImageError where it is nowhere.
    """

    arrays: Mapping[str, Pixels] = field(default_factory=dict)
    find: Callable[[Path], Path] = as_they_are
    cache: RecipeCache = field(default_factory=lambda: RECIPE_CACHE)

    def image(self, recipe: Recipe) -> Image:
        """Return the image of a recipe, from the cache where it is there.

        Raises
        ------
        ImageError
            If it cannot be made again.
        """
        if isinstance(recipe, FileRecipe):
            recipe = self._as_found(recipe)
        kept = self.cache.get(recipe)
        if kept is None:
            kept = MAKERS[type(recipe)](recipe, self)
            self.cache.put(kept.recipe if isinstance(kept.recipe, FileRecipe) else recipe, kept)
        return kept

    def array(self, digest: str, name: str) -> Pixels:
        """Return kept pixels by their digest; `name` is what a person calls them."""
        found = self.arrays.get(digest)
        if found is None:
            raise ImageError(
                tr("The pixels of “{name}” are missing; open the image again.", name=name)
            )
        return found

    def _as_found(self, recipe: FileRecipe) -> FileRecipe:
        """Return the recipe with the place, the size and the time that the file has now."""
        path = self.find(recipe.path)
        size, mtime_ns = stamp_of(path)
        return replace(recipe, path=path, size=size, mtime_ns=mtime_ns)


def _read(recipe: FileRecipe, _resolver: Resolver) -> Image:
    return read_image(recipe.path, background=recipe.background, profile=recipe.profile)


def _kept(recipe: PixelsRecipe, resolver: Resolver) -> Image:
    path = Path(recipe.path) if recipe.path else None
    alpha = recipe.alpha_digest
    return Image(
        resolver.array(recipe.digest, recipe.name),
        recipe.data_range,
        recipe.name,
        path=path if path is not None and path.exists() else None,
        notes=recipe.notes,
        bits=recipe.bits,
        stored=recipe.stored,
        guessed_from=recipe.guessed_from,
        with_alpha=resolver.array(alpha, recipe.name) if alpha else None,
        premultiplied=recipe.premultiplied,
        scene_referred=recipe.scene_referred,
        recipe=recipe,
    )


MAKERS: dict[type[Recipe], Callable[[Any, Resolver], Image]] = {
    FileRecipe: _read,
    SampleRecipe: lambda recipe, _resolver: read_sample(recipe.name),
    PixelsRecipe: _kept,
}
"""How each type of recipe is followed; rooms above add theirs."""


def digest_of(array: Pixels) -> str:
    """Return a digest of type, shape and values of an array."""
    digest = hashlib.blake2b(f"{array.dtype.str}{array.shape}".encode(), digest_size=16)
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def recipe_of(image: Image) -> tuple[Recipe, dict[str, Pixels]]:
    """Return how an image can be made again, and the pixels that must be kept for that."""
    recipe = image.recipe
    if recipe is not None and not isinstance(recipe, PixelsRecipe) and recipe.makes(image.pixels):
        arrays: dict[str, Pixels] = {}
        for source in recipe.sources():
            arrays |= recipe_of(source)[1]
        return recipe.frozen(), arrays
    return pixels_of(image)


def pixels_of(image: Image) -> tuple[PixelsRecipe, dict[str, Pixels]]:
    """Return the recipe of an image by its pixels, and those pixels."""
    arrays = {digest_of(image.pixels): image.pixels}
    recipe = PixelsRecipe(
        next(iter(arrays)),
        image.name,
        image.data_range,
        image.notes,
        image.bits,
        image.stored,
        image.guessed_from,
        premultiplied=image.premultiplied,
        path="" if image.path is None else str(image.path),
        scene_referred=image.scene_referred,
    )
    if image.with_alpha is not None:
        digest = digest_of(image.with_alpha)
        arrays[digest] = image.with_alpha
        recipe = replace(recipe, alpha_digest=digest)
    return recipe, arrays


def is_made(image: Image) -> bool:
    """Whether an image was made from others by a recipe."""
    return image.recipe is not None and not isinstance(image.recipe, SourceRecipe)
