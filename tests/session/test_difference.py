"""A difference is subtracted where it is looked at, and is what it would be as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from ssim_viewer.metrics import mae
from ssim_viewer.session import difference
from ssim_viewer.session.difference import Difference


def pair(dtype: str, channels: int, height: int = 203, width: int = 331) -> tuple[np.ndarray, ...]:
    generator = np.random.default_rng(5)
    shape = (height, width) if channels == 1 else (height, width, channels)
    high = 1.0 if dtype.startswith("f") else np.iinfo(dtype).max
    images = (generator.random(shape) * high for _ in range(2))
    return tuple(image.astype(dtype) for image in images)


def whole(x: np.ndarray, y: np.ndarray, *, absolute: bool) -> np.ndarray:
    error = y.astype(np.float64) - x
    error = np.abs(error) if absolute else error
    return np.asarray(error if x.ndim == 2 else error.mean(axis=2))


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32", "float64"])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("halvings", [0, 1, 3])
def test_it_is_the_mean_over_blocks_of_the_errors(
    dtype: str, channels: int, absolute: bool, halvings: int
) -> None:
    x, y = pair(dtype, channels)
    found = Difference(x, y, absolute=absolute)
    height, width = found.shape(halvings)
    side = 1 << halvings
    errors = whole(x, y, absolute=absolute)[: height * side, : width * side]
    means = errors.reshape(height, side, width, side).mean(axis=(1, 3))
    top, left = height // 3, width // 4
    samples = found.samples(halvings, (top, height, left, width))
    scale = np.abs(means).max()
    np.testing.assert_allclose(samples, means[top:, left:], atol=1e-5 * scale)


def test_the_mean_of_all_of_the_absolute_difference_is_the_mae() -> None:
    x, y = pair("uint8", 3)
    assert np.asarray(Difference(x, y, absolute=True)).mean() == pytest.approx(mae(x, y))


def test_one_place_is_read_without_the_others() -> None:
    x, y = pair("uint8", 3)
    for absolute in (False, True):
        expected = whole(x, y, absolute=absolute)[17, 40]
        assert Difference(x, y, absolute=absolute)[17, 40] == pytest.approx(expected)


def test_the_same_look_is_not_subtracted_again() -> None:
    found = Difference(*pair("uint8", 1))
    assert found.samples(1, (0, 50, 0, 60)) is found.samples(1, (0, 50, 0, 60))


def test_of_very_large_images_every_second_row_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.zeros((64, 64), np.uint8)
    y = x.copy()
    y[::2] = 8  # the rows that are looked at
    monkeypatch.setattr(difference, "IN_SIGHT", 2048)
    assert np.all(Difference(x, y).samples(2, (0, 16, 0, 16)) == 8)
    monkeypatch.undo()
    assert np.all(Difference(x, y).samples(2, (0, 16, 0, 16)) == 4)
