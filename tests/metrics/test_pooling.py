"""Poolings against plain NumPy, written again from their definitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ssim_viewer.metrics import MetricError, Quantity, Ssim, evaluate_masked
from ssim_viewer.metrics.pooling import (
    deviation,
    minkowski,
    poolings,
    weighted_means,
    worst_mean,
)
from ssim_viewer.metrics.ssim.window_inspection import inspect_window
from ssim_viewer.metrics.weighted import WeightedSsim

RANDOM = np.random.default_rng(11)
X = RANDOM.integers(0, 256, (160, 70, 3)).astype(np.uint8)
X[:40] //= 8
Y = np.clip(X + RANDOM.normal(0, 20, X.shape), 0, 255).astype(np.uint8)


def map_of(metric: Ssim, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float64]:
    return metric.bind(x).map(y)


def test_the_worst_share_is_the_mean_of_the_lowest_values() -> None:
    values = RANDOM.normal(0, 1, 1000)
    assert worst_mean(values, 5) == pytest.approx(np.sort(values)[:50].mean())
    assert worst_mean(values, 0.001) == values.min()
    assert worst_mean(values, 100) == pytest.approx(values.mean())


def test_deviation_and_minkowski_are_their_formulas() -> None:
    values = RANDOM.uniform(-0.2, 1, 500)
    assert deviation(values) == pytest.approx(np.sqrt(np.mean((values - values.mean()) ** 2)))
    for p in (0.5, 2.0, 4.0):
        assert minkowski(values, p) == pytest.approx(np.mean((1 - values) ** p) ** (1 / p))


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"border": "reflect", "window": "uniform", "window_size": 8},
        {"covariance": "sample", "border": "replicate"},
    ],
    ids=str,
)
def test_weights_are_those_of_every_window_by_itself(settings: dict[str, Any]) -> None:
    metric = Ssim(data_range=255, **settings)
    x, y = X[:30, :25], Y[:30, :25]
    similarity = map_of(metric, x, y)
    C2 = (0.03 * 255) ** 2
    information, variance = np.empty(similarity.shape), np.empty(similarity.shape)
    for place in np.ndindex(similarity.shape):
        windows = inspect_window(metric, x, y, (place[0], place[1]))
        parts = [np.log((1 + w.s_xx / C2) * (1 + w.s_yy / C2)) for w in windows]
        information[place] = np.mean(parts)
        variance[place] = np.mean([w.s_xx + w.s_yy + C2 for w in windows])
    found = weighted_means(metric, x, y, similarity)
    assert found[0] == pytest.approx((information * similarity).sum() / information.sum())
    assert found[1] == pytest.approx((variance * similarity).sum() / variance.sum())


def test_information_weights_of_one_plane_are_variance_weighted_ssim() -> None:
    metric = Ssim(data_range=255, color="luma")
    information, _ = weighted_means(metric, X, Y, map_of(metric, X, Y))
    assert information == pytest.approx(WeightedSsim(data_range=255, color="luma").bind(X).value(Y))


def test_downsampling_and_a_cropped_border_are_followed() -> None:
    metric = Ssim(data_range=255, color="luma", downsample=2, crop=3)
    similarity = map_of(metric, X, Y)
    weights = np.empty(similarity.shape)
    for place in np.ndindex(similarity.shape):
        (w,) = inspect_window(metric, X, Y, (place[0], place[1]))
        weights[place] = w.s_xx + w.s_yy + (0.03 * 255) ** 2
    expected = (weights * similarity).sum() / weights.sum()
    assert weighted_means(metric, X, Y, similarity)[1] == pytest.approx(expected)


def test_identical_images_have_the_best_value_of_every_pooling() -> None:
    metric = Ssim(data_range=255)
    for pooled in poolings(metric, X, X, map_of(metric, X, X)):
        assert pooled.value == pytest.approx(pooled.best, abs=1e-7), pooled.name


def test_windows_that_are_no_numbers_are_left_out() -> None:
    metric = Ssim(data_range=255, color="luma")
    similarity = map_of(metric, X, Y)
    holed = similarity.copy()
    holed[:60] = np.nan
    found = {pooled.name: pooled.value for pooled in poolings(metric, X, Y, holed)}
    assert found["Mean"] == pytest.approx(similarity[60:].mean())
    assert np.isfinite(list(found.values())).all()


def test_flat_images_have_the_plain_mean_under_information_weights() -> None:
    metric = Ssim(data_range=255)
    x, y = np.full((20, 20), 90, np.uint8), np.full((20, 20), 120, np.uint8)
    similarity = map_of(metric, x, y)
    assert weighted_means(metric, x, y, similarity)[0] == pytest.approx(similarity.mean())


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(MetricError, match="above 0 and at most 100"):
        worst_mean([1.0], 0)
    with pytest.raises(MetricError, match="Minkowski"):
        minkowski([1.0], -1)


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_weighted_means_of_a_map_with_a_stride_are_of_the_windows_that_count(stride: int) -> None:
    random = np.random.default_rng(3)
    x = random.normal(128, 40, (150, 90))
    y = x + random.normal(0, 20, x.shape)
    whole, strided = Ssim(), Ssim(stride=stride)
    every = whole.bind(x).map(y)
    assert strided.bind(x).map(y).shape == every[::stride, ::stride].shape
    kept = np.full(every.shape, np.nan)
    kept[::stride, ::stride] = every[::stride, ::stride]
    expected = weighted_means(whole, x, y, kept)
    assert weighted_means(strided, x, y, every[::stride, ::stride]) == pytest.approx(expected)


@pytest.mark.parametrize("k2", [0, 1e-150])
def test_information_weights_without_a_constant_are_what_they_tend_to(k2: float) -> None:
    metric = Ssim(data_range=255, k2=k2)
    similarity = map_of(Ssim(data_range=255), X, Y)
    small = weighted_means(Ssim(data_range=255, k2=1e-120), X, Y, similarity)
    found = weighted_means(metric, X, Y, similarity)
    assert found == pytest.approx(small, rel=5e-2)


def test_samples_that_are_no_numbers_cost_no_weighted_pooling_its_value() -> None:
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 255, (60, 64))
    y = x + rng.normal(0, 20, x.shape)
    x[20:24, 30:33] = np.nan
    metric = Ssim(255)
    similarity = evaluate_masked(metric, x, y, quantities=[Quantity.SSIM]).maps[Quantity.SSIM]
    pooled = poolings(metric, x, y, similarity)
    assert all(np.isfinite(each.value) for each in pooled)
    kept = np.isfinite(similarity)
    filled = np.where(np.isnan(x), 0, x)
    weights = np.where(kept, WeightedSsim(255).bind(filled).layers(y)["weight"].values, 0)
    whole = np.nansum(weights * similarity) / weights.sum()
    (information,) = [each for each in pooled if each.name.startswith("Information")]
    assert information.value == pytest.approx(whole, rel=1e-6)


def test_a_map_without_a_window_has_no_pooling_and_raises_nothing() -> None:
    metric, mask = Ssim(255, crop=40), np.ones(X.shape[:2], np.bool_)  # wider than half the image
    mask[60:80, 20:40] = False
    with pytest.raises(MetricError):
        evaluate_masked(metric, X, Y, mask, quantities=[Quantity.SSIM])
    few = Ssim(255, crop=32)  # leaves six columns, less than a window
    similarity = evaluate_masked(few, X, Y, mask, quantities=[Quantity.SSIM]).maps[Quantity.SSIM]
    assert all(np.isnan(each.value) for each in poolings(few, X, Y, similarity))
