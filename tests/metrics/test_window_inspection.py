"""A window taken apart agrees with the maps, at borders and inside, for every convention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import MetricError, Ssim
from ssim_viewer.metrics.ms_ssim.metric import MsSsim
from ssim_viewer.metrics.ms_ssim.scale_inspection import inspect_scales
from ssim_viewer.metrics.ssim.window_inspection import inspect_window, map_shape

RANDOM = np.random.default_rng(7)
REFERENCE = RANDOM.integers(0, 256, (61, 47, 3)).astype(np.uint8)
DISTORTED = np.clip(REFERENCE + RANDOM.normal(0, 25, REFERENCE.shape), 0, 255).astype(np.uint8)

CONVENTIONS: list[dict[str, Any]] = [
    {},
    {"window": "uniform", "window_size": 7},
    {"window": "uniform", "window_size": 8, "border": "replicate"},
    {"border": "reflect"},
    {"border": "replicate", "covariance": "sample"},
    {"covariance": "sample", "window": "uniform", "window_size": 7},
    {"exponents": (1.0, 2.0, 3.0)},
    {"exponents": (0.5, 0.7, 1.5), "border": "reflect"},
    {"color": "luma"},
    {"color": "luma-rounded", "border": "reflect"},
    {"color": "luma-709", "downsample": 2},
    {"color": "luma-studio", "downsample": 3, "border": "reflect"},
    {"downsample": 2, "border": "replicate"},
    {"crop": 4},
    {"crop": 3, "border": "reflect", "downsample": 2},
    {"k1": 0.02, "k2": 0.05, "sigma": 2.5, "window_size": 9},
]


@pytest.mark.parametrize("settings", CONVENTIONS, ids=str)
def test_every_factor_of_a_window_is_the_value_of_its_map(settings: dict[str, Any]) -> None:
    metric = Ssim(data_range=255, **settings)
    maps = metric.bind(REFERENCE).components(DISTORTED)
    height, width = maps.ssim.shape
    assert map_shape(metric, REFERENCE.shape) == (height, width)
    rows = (0, 1, height // 2, height - 2, height - 1)
    columns = (0, 1, width // 3, width - 1)
    for row in rows:
        for column in columns:
            windows = inspect_window(metric, REFERENCE, DISTORTED, (row, column))
            for name in ("luminance", "contrast", "structure", "ssim"):
                mean = np.mean([getattr(window, name) for window in windows])
                assert mean == pytest.approx(getattr(maps, name)[row, column], abs=1e-9), name


def test_the_statistics_are_those_of_numpy() -> None:
    metric = Ssim(data_range=255, window="uniform", window_size=7, covariance="sample")
    x, y = REFERENCE[..., 0], DISTORTED[..., 0]
    (window,) = inspect_window(metric, x, y, (10, 20))
    patches = x[10:17, 20:27].ravel().astype(float), y[10:17, 20:27].ravel().astype(float)
    covariance = np.cov(*patches)
    assert window.mu_x == pytest.approx(patches[0].mean())
    assert window.sigma_y == pytest.approx(patches[1].std(ddof=1))
    assert window.s_xy == pytest.approx(covariance[0, 1])
    assert window.slope == pytest.approx(np.polyfit(*patches, 1)[0])


def test_a_flat_window_has_no_slope_and_a_structure_of_one() -> None:
    flat = np.full((16, 16), 90, np.uint8)
    (window,) = inspect_window(Ssim(data_range=255), flat, flat, (0, 0))
    assert window.slope is None
    assert (window.structure, window.ssim) == (1, 1)


def test_planes_have_the_names_of_channels() -> None:
    metric = Ssim(data_range=255)
    windows = inspect_window(metric, REFERENCE, DISTORTED, (5, 5))
    assert [window.plane for window in windows] == ["red", "green", "blue"]


def test_off_the_map_there_is_no_window() -> None:
    with pytest.raises(MetricError, match="no window here"):
        inspect_window(Ssim(data_range=255), REFERENCE, DISTORTED, (-1, 3))


def test_a_sample_that_is_no_number_is_said() -> None:
    broken = REFERENCE.astype(np.float64)
    broken[20, 20] = np.nan
    with pytest.raises(MetricError, match="no numbers"):
        inspect_window(Ssim(data_range=255), broken, DISTORTED, (15, 15))


@pytest.mark.parametrize("settings", [{}, {"color": "luma", "border": "reflect"}], ids=str)
@pytest.mark.parametrize("shape", [(181, 203), (179, 178)])
def test_every_scale_is_the_value_of_its_map(
    settings: dict[str, Any], shape: tuple[int, int]
) -> None:
    random = np.random.default_rng(3)
    x = random.integers(0, 256, (*shape, 3)).astype(np.uint8)
    y = np.clip(x + random.normal(0, 30, x.shape), 0, 255).astype(np.uint8)
    metric = MsSsim(data_range=255, **settings)
    layers = metric.bind(x).layers(y)
    for place in ((90.5, 91.5), (12.5, 100.5), (3.5, 2.5), (shape[1] - 0.5, shape[0] - 0.5)):
        scales = inspect_scales(metric, x, y, *place)
        assert len(scales) == len(layers)
        assert sum(scale.weight for scale in scales) == pytest.approx(1, abs=2e-4)
        for scale, layer in zip(scales, layers.values(), strict=True):
            row, column = layer.geometry.sample_at(*place)
            height, width = layer.values.shape
            if 0 <= row < height and 0 <= column < width:
                assert scale.value == pytest.approx(layer.values[row, column], abs=1e-9)
            else:
                assert scale.value is None
