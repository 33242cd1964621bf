"""Every metric without the border of the images."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    Gmsd,
    MetricError,
    Mse,
    MsSsim,
    Ssim,
    cropped_metric,
    masked_metric,
)
from tests.metrics.scenes import noisy_pair, numeric_gradient

METRICS: list[Any] = [Mse(), Gmsd(255), MsSsim(255, window_size=3, sigma=1.0)]


@pytest.mark.parametrize("metric", METRICS, ids=lambda each: type(each).__name__)
def test_the_border_does_not_count_and_has_no_gradient(metric: Any) -> None:
    x, y = noisy_pair(20, 23)
    bound = cropped_metric(metric, 3).bind(x)
    inner = np.s_[3:-3, 3:-3]
    whole = metric.bind(x[inner].copy())
    assert bound.value(y) == whole.value(y[inner])
    value, gradient = bound.value_and_gradient(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=2e-6 * np.abs(numeric).max())
    assert value == bound.value(y)
    gradient[inner] = 0
    assert not gradient.any()
    for name, layer in bound.layers(y).items():
        own = whole.layers(y[inner])[name]
        np.testing.assert_array_equal(layer.values, own.values)
        assert layer.geometry.offset == own.geometry.offset + 3


@pytest.mark.parametrize("metric", METRICS, ids=lambda each: type(each).__name__)
def test_a_mask_counts_within_the_border(metric: Any) -> None:
    x, y = noisy_pair(24, 26)
    mask = np.zeros((24, 26), np.bool_)
    mask[1:14, 2:20] = True
    inner = np.s_[3:-3, 3:-3]
    expected = masked_metric(metric, mask[inner]).bind(x[inner]).value(y[inner])
    assert masked_metric(cropped_metric(metric, 3), mask).bind(x).value(y) == expected


def test_ssim_crops_by_itself_and_a_border_that_leaves_nothing_is_refused() -> None:
    assert cropped_metric(Ssim(crop=2), 2) == Ssim(crop=2)
    assert cropped_metric(Mse(), 0) == Mse()
    with pytest.raises(MetricError, match="leaves nothing of an image of 11×10"):
        cropped_metric(Mse(), 5).bind(np.zeros((10, 11)))
    words = cropped_metric(Gmsd(255), 4).describe()  # type: ignore[attr-defined]
    assert words.endswith("border of 4 px left out")
