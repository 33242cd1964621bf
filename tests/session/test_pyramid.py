"""Pyramids, and how far values reach: what showing a large map needs of it."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.compute.halving import halved
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session.measurement import ssim_measurement
from ssim_viewer.session.pyramid import LARGEST_TOP, Pyramid
from ssim_viewer.session.robust_range import RobustRange, robust_range


def values(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).random(shape, np.float32)


def block_means(array: np.ndarray, step: int) -> np.ndarray:
    rows, columns = array.shape[0] // step, array.shape[1] // step
    whole = array[: rows * step, : columns * step]
    blocks = whole.reshape(rows, step, columns, step, -1).astype(np.float64)
    means: np.ndarray = blocks.mean(axis=(1, 3)).reshape(rows, columns, *array.shape[2:])
    return means


def test_level_0_is_the_array_itself() -> None:
    array = values(1500, 2000)
    assert Pyramid.of(array).levels[0] is array


def test_a_small_array_has_no_further_level() -> None:
    assert len(Pyramid.of(values(1000, 1500)).levels) == 1


@pytest.mark.parametrize("shape", [(1500, 2000), (1501, 2003), (3000, 700), (1400, 1500, 3)])
def test_levels_are_means_over_blocks_from_the_first_sample_on(shape: tuple[int, ...]) -> None:
    array = values(*shape)
    levels = Pyramid.of(array).levels
    assert max(levels[-1].shape[:2]) <= LARGEST_TOP
    for number, level in enumerate(levels):
        np.testing.assert_allclose(level, block_means(array, 4**number), atol=1e-6)


def test_levels_of_a_photograph_keep_its_type() -> None:
    photograph = np.full((1500, 2000, 3), 77, np.uint8)
    for level in Pyramid.of(photograph).levels:
        assert level.dtype == np.uint8
        assert np.all(level == 77)


def test_an_array_of_one_row_is_not_halved_away() -> None:
    assert Pyramid.of(values(1, 3_000_000)).levels[-1].shape[0] == 1


@pytest.mark.parametrize("shape", [(1500, 2001), (1503, 2000, 3)])
def test_between_two_levels_samples_are_means_too(shape: tuple[int, ...]) -> None:
    array = values(*shape)
    pyramid = Pyramid.of(array)
    for halvings in range(8):
        height, width = pyramid.shape(halvings)
        seen = height // 3, height, 1, width - 1
        found = pyramid.samples(halvings, seen)
        wanted = block_means(array, 2**halvings)[seen[0] : seen[1], seen[2] : seen[3]]
        np.testing.assert_allclose(found.reshape(wanted.shape), wanted, atol=1e-6)


def test_a_pyramid_goes_on_where_that_of_the_first_rows_ends() -> None:
    array = values(4003, 3000)
    begun = None
    for rows in (5, 800, 1001, 1001, 3333, 4003):
        begun = Pyramid.of(array[:rows], begun)
        for level, wanted in zip(begun.levels, Pyramid.of(array[:rows]).levels, strict=True):
            assert np.array_equal(level, wanted)


def test_a_block_that_is_not_computed_throughout_counts_as_not_computed() -> None:
    array = values(1500, 2000)
    array[700:] = np.nan
    level = Pyramid.of(array).levels[1]
    assert not np.isnan(level[:175]).any()
    assert np.isnan(level[175:]).all()


def test_halving_often_is_halving_again() -> None:
    array = values(64, 96)
    assert np.array_equal(halved(array, 3), halved(halved(array, 2), 1))


def test_a_measurement_has_a_pyramid_of_every_map() -> None:
    image = values(20, 30)
    evaluation = evaluate(Ssim().bind(image), image, list(Quantity))
    measured = ssim_measurement(image, image, evaluation)
    differences = {Quantity.SIGNED_DIFFERENCE, Quantity.ABSOLUTE_DIFFERENCE}
    assert measured.pyramids.keys() == evaluation.maps.keys() - differences
    assert measured.differences.keys() == differences
    for quantity, pyramid in measured.pyramids.items():
        assert pyramid.levels[0] is measured.maps[quantity].values
    assert Quantity.GRADIENT in measured.robust_ranges


def test_the_spread_leaves_out_the_largest_values_and_what_is_not_computed() -> None:
    array = np.linspace(-1, 0.5, 40_000, dtype=np.float32).reshape(200, 200)
    array[0, 0] = 1e6
    array[100:] = np.nan
    assert robust_range(array).largest == pytest.approx(1.0, abs=0.01)


def test_nothing_computed_yet_has_no_spread() -> None:
    assert robust_range(np.full((20, 30), np.nan, np.float32)) == RobustRange()
