"""Sparse maps are the whole maps at every so many windows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim
from ssim_viewer.metrics.ssim.sparse import sparse_maps


def pair(channels: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(2)
    shape = (83, 120) if channels == 1 else (83, 120, channels)
    x = generator.integers(0, 256, shape).astype(np.uint8)
    return x, np.clip(x + generator.normal(0, 20, shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("stride", [1, 7, 16])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"color": "luma"},
        {"border": "reflect"},
        {"border": "replicate", "window_size": 8},
        {"window": "uniform", "window_size": 7, "covariance": "sample"},
        {"exponents": (1.0, 2.0, 1.0)},
        {"exponents": (0.5, 1.0, 0.3)},
    ],
    ids=str,
)
def test_every_sample_is_that_of_the_whole_map(
    channels: int, stride: int, settings: dict[str, Any]
) -> None:
    x, y = pair(channels)
    metric = Ssim(**settings)
    found = sparse_maps(metric, x, y, stride)
    whole = metric.bind(x).components(y)
    assert found is not None
    for name, values in found.maps.items():
        expected = getattr(whole, name)[::stride, ::stride]
        np.testing.assert_allclose(values, expected, atol=2e-4)


@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_samples_stand_in_the_middle_of_what_they_cover(border: Any) -> None:
    x, y = pair(1)
    metric, stride = Ssim(border=border), 8
    found = sparse_maps(metric, x, y, stride)
    assert found is not None
    middle = metric.geometry(x.shape).offset + 0.5  # of the first window
    assert found.geometry.offset + stride / 2 == pytest.approx(middle)
    assert found.geometry.scale == stride


def test_images_that_are_shrunk_first_need_none() -> None:
    x, y = pair(1)
    assert sparse_maps(Ssim(downsample=2), x, y, 4) is None
