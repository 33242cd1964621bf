"""Images are made again from their recipes: files, samples, kept pixels, chains of distortions."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ssim_viewer.compute.memory_budget import MemoryBudget
from ssim_viewer.distortions import Link
from ssim_viewer.distortions.recipe import ChainRecipe
from ssim_viewer.images import (
    ImageError,
    align_pair,
    image_from_array,
    read_image,
    read_sample,
    write_image,
)
from ssim_viewer.images.recipe import FileRecipe, SampleRecipe
from ssim_viewer.images.resolving import RecipeCache, Resolver, recipe_of


@pytest.fixture
def resolver() -> Resolver:
    return Resolver(cache=RecipeCache())


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    pixels = np.arange(48 * 32, dtype=np.float64).reshape(48, 32) % 251
    write_image(tmp_path / "a.png", pixels, 255, depth="uint8")
    return tmp_path / "a.png"


def test_a_file_tells_its_size_and_time_and_is_read_again(
    photograph: Path, resolver: Resolver
) -> None:
    image = read_image(photograph)
    recipe, arrays = recipe_of(image)
    status = photograph.stat()
    assert recipe == FileRecipe(photograph, "keep", 0.5, status.st_size, status.st_mtime_ns)
    assert not arrays
    assert np.array_equal(resolver.image(recipe).pixels, image.pixels)


def test_a_file_that_changed_is_read_anew_and_one_that_did_not_is_not(
    photograph: Path, resolver: Resolver
) -> None:
    recipe, _ = recipe_of(read_image(photograph))
    first = resolver.image(recipe)
    assert resolver.image(recipe) is first
    write_image(photograph, np.zeros((48, 32)), 255, depth="uint8")
    os.utime(photograph, ns=(1, 1))
    assert not resolver.image(recipe).pixels.any()


def test_a_sample_is_known_by_its_name(resolver: Resolver) -> None:
    image = read_sample("camera-blur")
    recipe, arrays = recipe_of(image)
    assert (recipe, arrays) == (SampleRecipe("camera-blur"), {})
    assert np.array_equal(resolver.image(recipe).pixels, image.pixels)


def test_pixels_without_a_file_are_kept_beside_their_recipe(resolver: Resolver) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 4), np.uint8)
    image = image_from_array(pixels, "Clipboard")
    recipe, arrays = recipe_of(image)
    again = Resolver(arrays, cache=RecipeCache()).image(recipe)
    assert np.array_equal(again.pixels, image.pixels)
    assert again.with_alpha is not None
    assert np.array_equal(again.with_alpha, pixels)
    assert (again.name, again.notes) == (image.name, image.notes)
    with pytest.raises(ImageError, match="pixels of “Clipboard” are missing"):
        resolver.image(recipe)


def test_a_chain_of_distortions_makes_the_same_pixels_again(
    photograph: Path, resolver: Resolver
) -> None:
    reference, _ = recipe_of(read_image(photograph))
    links = (Link("gaussian_blur", 1.5), Link("gaussian_noise", 12.0, seed=3))
    recipe = ChainRecipe(reference, None, links, region=(2, 3, 20, 30))
    first = resolver.image(recipe)
    second = Resolver(cache=RecipeCache()).image(recipe)
    assert np.array_equal(first.pixels, second.pixels)
    assert recipe_of(first) == (recipe, {})


def test_what_aligning_changed_has_not_the_recipe_of_its_file_any_more(photograph: Path) -> None:
    image = read_image(photograph)
    small = image_from_array(image.pixels[:20, :20], "part")
    pair = align_pair(image, small, "crop")
    assert pair.reference.recipe is None
    assert align_pair(image, image).reference.recipe == image.recipe


def test_the_cache_lets_go_of_what_was_used_longest_ago() -> None:
    image = read_sample("camera")
    cache = RecipeCache(MemoryBudget(lambda: 2 * image.pixels.nbytes))
    recipes = [SampleRecipe(str(number)) for number in range(3)]
    for recipe in recipes[:2]:
        cache.put(recipe, replace(image, pixels=image.pixels.copy(), recipe=recipe))
    assert cache.get(recipes[0]) is not None
    cache.put(recipes[2], image)
    assert cache.get(recipes[1]) is None
    assert cache.get(recipes[0]) is not None
