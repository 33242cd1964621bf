"""Borders, steps, weights of one's own, windows across channels and K = 0, with exact gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from ssim_viewer.metrics import MapGeometry, MaskedSsim, MetricError, Ssim, evaluate
from ssim_viewer.metrics.downsampling import pool
from ssim_viewer.metrics.ssim.sparse import sparse_maps
from tests.metrics.scenes import noisy_pair, numeric_gradient

SETTINGS: list[dict[str, Any]] = [
    {"border": "reflect-101"},
    {"border": "zero"},
    {"border": "zero", "window_size": 4, "window": "uniform"},
    {"stride": 3},
    {"stride": 4, "border": "zero", "crop": 1},
    {"k1": 0, "k2": 0},
    {"k1": 0},
    {"downsample": "auto-pool"},
    {"taps": (1, 2, 3, 2, 1)},
    {"across_channels": True, "border": "replicate"},
    {"across_channels": True, "border": "zero", "covariance": "sample"},
    {"across_channels": True, "border": "reflect-101", "stride": 2},
    {"across_channels": True, "border": "reflect", "exponents": (1, 0.5, 0.7)},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("shape", [(13, 14), (12, 11, 3)])
def test_the_gradient_is_exact_at_every_pixel(
    settings: dict[str, Any], shape: tuple[int, ...]
) -> None:
    x, y = noisy_pair(*shape)
    bound = Ssim(255.0, **{"window_size": 5} | settings).bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    assert bound.map(y).mean() == pytest.approx(value, abs=1e-14)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-7 * np.abs(numeric).max())


def test_pooling_drops_what_fills_no_box_and_its_gradient_is_exact() -> None:
    x, y = noisy_pair(13, 12)
    np.testing.assert_allclose(pool(x, 5), x[:10, :10].reshape(2, 5, 2, 5).mean((1, 3)))
    metric = Ssim(255.0, window_size=3, downsample="auto-pool")
    large_x, large_y = (np.kron(image, np.ones((50, 50)))[:641, :600] for image in (x, y))
    assert metric.factor(large_x.shape) == 2
    _, gradient = metric.bind(large_x).value_and_gradient(large_y)
    assert not gradient[640:].any()
    assert gradient[639].any()


@pytest.mark.parametrize(
    ("border", "mode"), [("reflect-101", "mirror"), ("zero", "constant"), ("reflect", "reflect")]
)
def test_borders_are_those_of_scipy(border: Any, mode: Any) -> None:
    x, y = noisy_pair(17, 15)

    def mean(plane: np.ndarray) -> np.ndarray:
        return np.asarray(ndimage.uniform_filter(plane, 5, mode=mode))

    mu_x, mu_y = mean(x), mean(y)
    var = mean(x * x) - mu_x**2 + mean(y * y) - mu_y**2
    cov = mean(x * y) - mu_x * mu_y
    expected = (2 * mu_x * mu_y + 6.5025) * (2 * cov + 58.5225)
    expected /= (mu_x**2 + mu_y**2 + 6.5025) * (var + 58.5225)
    found = Ssim(255.0, window="uniform", window_size=5, border=border).bind(x).map(y)
    np.testing.assert_allclose(found, expected, atol=1e-10)


def test_a_stride_keeps_every_so_manieth_window_and_its_place() -> None:
    x, y = noisy_pair(30, 33)
    plain, stepped = Ssim(255.0), Ssim(255.0, stride=4)
    every = plain.bind(x).map(y)
    bound = stepped.bind(x)
    np.testing.assert_allclose(bound.map(y), every[::4, ::4], rtol=1e-12)
    assert bound.map_shape == every[::4, ::4].shape
    assert plain.geometry(x.shape) == MapGeometry(5.0, 1)
    assert stepped.geometry(x.shape) == MapGeometry(3.5, 4)
    assert evaluate(bound, y, ["SSIM"]).geometry.scale == 4  # type: ignore[list-item]  # by name
    half = np.zeros(x.shape, bool)
    half[:, :16] = True
    restricted = MaskedSsim(stepped, half).bind(x)
    columns = 5 + 4 * np.arange(bound.map_shape[1])
    assert restricted.value(y) == pytest.approx(every[::4, ::4][:, columns < 16].mean(), abs=1e-13)


def test_taps_take_the_place_of_the_window_and_need_not_sum_to_one() -> None:
    x, y = noisy_pair(20, 20)
    t = np.arange(-5, 6)
    taps = tuple(7 * np.exp(-(t**2) / (2 * 1.5**2)))
    own = Ssim(255.0, taps=taps)
    assert own.bind(x).value(y) == pytest.approx(Ssim(255.0).bind(x).value(y), abs=1e-14)
    assert own.window_size == 11
    assert "11×11 weights of its own" in own.describe()


def test_a_window_across_channels_of_equal_channels_is_one_across_a_plane() -> None:
    x, y = noisy_pair(20, 21)
    volume = Ssim(255.0, border="replicate", across_channels=True)
    grey = Ssim(255.0, border="replicate").bind(x).value(y)
    assert volume.bind(x).value(y) == pytest.approx(grey, abs=1e-13)
    stacked = volume.bind(np.dstack([x] * 3)).value(np.dstack([y] * 3))
    assert stacked == pytest.approx(grey, abs=1e-12)


def test_without_constants_flat_and_dark_windows_count_as_in_the_published_code() -> None:
    index = Ssim(255.0, k1=0, k2=0, window="uniform", window_size=8)
    flat = np.full((12, 12), 100.0)
    assert index.bind(flat).value(flat) == 1
    assert index.bind(flat).value(flat / 2) == pytest.approx(2 * 0.5 / 1.25)
    dark = np.zeros((12, 12))
    assert index.bind(dark).value(dark) == 1
    for other in (flat, dark, noisy_pair(12, 12)[0]):
        value, gradient = index.bind(other).value_and_gradient(flat)
        assert np.isfinite(value)
        assert np.isfinite(gradient).all()
    parts = index.bind(flat).components(dark)
    assert np.isfinite(parts.structure).all()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"stride": 0}, "stride is a whole number of at least 1, not 0."),
        ({"k1": -1}, "k1 is a number of at least 0, not -1."),
        ({"across_channels": True}, "A window across channels needs a border, such as replicate."),
        (
            {"taps": (1, 2)},
            "taps are two weights or more, none below 0, that read the same from both ends, "
            "not (1, 2).",
        ),
        ({"downsample": "pool"}, "downsample is a whole number of at least 1, not 'pool'."),
    ],
)
def test_settings_out_of_range_are_refused_in_a_sentence(
    settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(MetricError) as caught:
        Ssim(**settings)
    assert str(caught.value) == sentence


def test_a_quick_look_is_left_out_for_maps_it_does_not_know() -> None:
    x, y = noisy_pair(40, 40)
    unknown: list[dict[str, Any]] = [{"stride": 2}, {"k1": 0}, {"border": "zero"}]
    for settings in unknown:
        assert sparse_maps(Ssim(255.0, **settings), x, y, 4) is None
    found = sparse_maps(Ssim(255.0, border="reflect-101"), x, y, 4)
    assert found is not None
    whole = Ssim(255.0, border="reflect-101").bind(x).map(y)[::4, ::4]
    np.testing.assert_allclose(found.maps["ssim"], whole, atol=1e-3)
