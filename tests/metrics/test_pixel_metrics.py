"""MSE, MAE and PSNR as metrics: their numbers, maps and gradients."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio

from ssim_viewer.metrics import Mae, MapGeometry, Metric, MetricError, Mse, Psnr, mae, mse, psnr
from tests.metrics.scenes import camera_pair, noisy_pair, numeric_gradient

METRICS: tuple[Metric, ...] = (Mse(), Mae(), Psnr())


def test_the_reference_pair_has_the_numbers_of_scikit_image() -> None:
    x, y = camera_pair()
    assert Mse().bind(x).value(y) == pytest.approx(mean_squared_error(x, y), rel=1e-13)
    expected = peak_signal_noise_ratio(x, y, data_range=255)
    assert Psnr().bind(x).value(y) == pytest.approx(expected, rel=1e-13)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=3))
def test_each_is_the_function_of_its_name_for_images_of_any_shape(shape: list[int]) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 255, (2, *shape))
    assert Mse().bind(x).value(y) == mse(x, y)
    assert Mae().bind(x).value(y) == mae(x, y)
    assert Psnr(100).bind(x).value(y) == psnr(x, y, 100)


@pytest.mark.parametrize("metric", METRICS, ids=str)
@pytest.mark.parametrize("shape", [(6, 7), (5, 4, 3)])
def test_the_gradient_is_exact_at_every_pixel(metric: Metric, shape: tuple[int, ...]) -> None:
    x, y = noisy_pair(*shape)
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


@pytest.mark.parametrize(
    ("metric", "best"), [(Mse(), 0.0), (Mae(), 0.0), (Psnr(), math.inf)], ids=str
)
def test_identical_images_are_best_and_have_no_gradient(metric: Metric, best: float) -> None:
    x, _ = noisy_pair(6, 7)
    value, gradient = metric.bind(x).value_and_gradient(x)
    assert value == best
    assert not gradient.any()


@pytest.mark.parametrize(
    ("metric", "name", "power"),
    [(Mse(), "squared error", 2), (Mae(), "absolute error", 1), (Psnr(), "squared error", 2)],
    ids=str,
)
def test_the_one_layer_is_the_error_of_every_pixel(metric: Metric, name: str, power: int) -> None:
    x, y = noisy_pair(6, 7, 3)
    layers = metric.bind(x).layers(y)
    assert list(layers) == [name]
    expected = (np.abs(y - x) ** power).mean(axis=2)
    np.testing.assert_allclose(layers[name].values, expected)
    assert layers[name].geometry == MapGeometry(0.0, 1)
    np.testing.assert_array_equal(metric.bind(x).map(y), layers[name].values)


def test_only_psnr_is_better_when_higher() -> None:
    assert [metric.higher_is_better for metric in METRICS] == [False, False, True]


@pytest.mark.parametrize("bad", [0, -1, math.nan, math.inf])
def test_a_data_range_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(MetricError, match="data_range"):
        Psnr(bad)


@pytest.mark.parametrize("metric", METRICS, ids=str)
@pytest.mark.parametrize("bad", [np.full((4, 4), np.nan), np.zeros((4, 5))])
def test_what_cannot_be_measured_is_refused(metric: Metric, bad: Any) -> None:
    bound = metric.bind(np.zeros((4, 4)))
    for call in (bound.value, bound.value_and_gradient, bound.map, bound.layers):
        with pytest.raises(MetricError):
            call(bad)


def test_whole_numbers_do_not_wrap() -> None:
    x, y = np.zeros((2, 2), np.uint8), np.full((2, 2), 255, np.uint8)
    assert Mae().bind(y).value(x) == 255
    assert (Mse().bind(y).value_and_gradient(x)[1] == -255 / 2).all()
