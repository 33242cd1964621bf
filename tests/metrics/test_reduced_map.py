"""A map is reduced tile by tile, however it is cut and in whatever order the tiles come."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.metrics.reduced_map import ReducedMap, spacing

CUTS = (
    ((0, 5, 41, 90, 103), (0, 33, 34 + 13, 131)),
    ((0, 8, 40, 103), (0, 64, 131)),
    ((0, 103), (0, 7, 131)),
)


def _means(array: np.ndarray) -> np.ndarray:
    """Return the means over squares of 4 by 4, by the definition."""
    height, width = (side // 4 for side in array.shape)
    whole = array[: 4 * height, : 4 * width].astype(np.float64)
    means: np.ndarray = whole.reshape(height, 4, width, 4).mean(axis=(1, 3))
    return means


@pytest.mark.parametrize("cut", CUTS)
def test_it_holds_the_means_over_squares_whatever_the_tiles_are(
    cut: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    random = np.random.default_rng(5)
    array = random.random((103, 131), np.float32)
    tiles = [
        (slice(*rows), slice(*columns))
        for rows in zip(cut[0], cut[0][1:], strict=False)
        for columns in zip(cut[1], cut[1][1:], strict=False)
    ]
    random.shuffle(tiles)
    reduced = ReducedMap((103, 131))
    for tile in tiles:
        reduced[tile] = array[tile]
    np.testing.assert_allclose(reduced.settled().means, _means(array), atol=1e-6)
    step = spacing(array.size)
    np.testing.assert_array_equal(reduced.spaced, array[::step, ::step])
    assert not reduced.means.flags.writeable


def test_rows_that_are_done_are_seen_before_the_others_come() -> None:
    array = np.random.default_rng(6).random((90, 70), np.float32)
    reduced = ReducedMap((90, 70))
    for rows in (slice(0, 30), slice(30, 61)):
        for columns in (slice(0, 34), slice(34, 70)):
            reduced[rows, columns] = array[rows, columns]
        seen = reduced.first_rows(rows.stop)
        assert len(seen) == rows.stop // 4
        assert not seen.flags.writeable
        np.testing.assert_allclose(seen, _means(array)[: len(seen)], atol=1e-6)


def test_samples_are_spaced_so_that_about_as_many_stand_for_any_map() -> None:
    assert spacing(100) == 1
    for size in (1_000_000, 50_000_000):
        assert 10_000 < size / spacing(size) ** 2 < 40_000
