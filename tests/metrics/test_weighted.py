"""Weighted SSIM is the map of SSIM averaged by local variance, with its exact gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssim_viewer.metrics import MetricError, Ssim, WeightedSsim
from tests.metrics import independent
from tests.metrics.scenes import camera_pair, noisy_pair, numeric_gradient

pytestmark = pytest.mark.usefixtures("either_engine")
C2 = (0.03 * 255) ** 2


@pytest.mark.parametrize("border", ["valid", "reflect", "replicate"])
@pytest.mark.parametrize("size", [8, 11])
def test_it_is_the_weighted_mean_that_the_published_code_states(border: Any, size: int) -> None:
    x, y = (image[200:260, 180:250].astype(float) for image in camera_pair())
    window = np.full((size, size), 1 / size**2)
    S = np.prod(independent.parts(x, y, window, border), axis=0)
    mean = independent.means(window, border)
    variances = [mean((p - 128) ** 2) - (mean(p) - 128) ** 2 for p in (x, y)]
    w = np.log((1 + variances[0] / C2) * (1 + variances[1] / C2))
    bound = WeightedSsim(window="uniform", window_size=size, border=border).bind(x)
    assert bound.value(y) == pytest.approx((w * S).sum() / w.sum(), abs=1e-12)
    layers = bound.layers(y)
    assert list(layers) == ["SSIM", "weight"]
    np.testing.assert_allclose(layers["weight"].values, w, atol=1e-12)
    ssim = Ssim(window="uniform", window_size=size, border=border)
    np.testing.assert_allclose(bound.map(y), ssim.bind(x).map(y), atol=1e-12)
    assert layers["SSIM"].geometry == ssim.geometry(x.shape)


@pytest.mark.parametrize("border", ["valid", "reflect", "replicate"])
@pytest.mark.parametrize(
    "more", [{}, {"window": "uniform", "window_size": 8, "covariance": "sample"}], ids=str
)
def test_the_gradient_is_exact_at_every_pixel(border: Any, more: dict[str, Any]) -> None:
    assert_exact(WeightedSsim(border=border, **more), (14, 17))


@pytest.mark.parametrize("color", ["mean", "luma"])
def test_the_gradient_is_exact_for_colour(color: Any) -> None:
    assert_exact(WeightedSsim(color=color, window_size=5), (9, 8, 3))


def assert_exact(metric: WeightedSsim, shape: tuple[int, ...]) -> None:
    x, y = noisy_pair(*shape)
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


@settings(max_examples=25, deadline=None)
@given(st.integers(5, 30), st.integers(5, 30), st.floats(0, 255))
def test_identical_images_score_one_whatever_their_shape(
    height: int, width: int, level: float
) -> None:
    for x in (noisy_pair(height, width)[0], np.full((height, width), level)):
        value, gradient = WeightedSsim(window_size=5).bind(x).value_and_gradient(x)
        assert value == pytest.approx(1, abs=1e-12)
        np.testing.assert_allclose(gradient, 0, atol=1e-12)


def test_flat_images_are_averaged_plainly() -> None:
    x, y = np.full((20, 20), 90.0), np.full((20, 20), 128.0)
    assert WeightedSsim().bind(x).value(y) == pytest.approx(Ssim().bind(x).value(y), abs=1e-6)
    for reference, distorted in ((x, y), (x, noisy_pair(20, 20)[0]), (noisy_pair(20, 20)[0], y)):
        value, gradient = WeightedSsim().bind(reference).value_and_gradient(distorted)
        assert np.isfinite(value)
        assert np.isfinite(gradient).all()


def test_it_takes_the_convention_of_ssim() -> None:
    convention = Ssim(window="uniform", window_size=8, k1=0.02, downsample=2, color="luma")
    assert WeightedSsim.of(convention) == WeightedSsim(
        window="uniform", window_size=8, k1=0.02, color="luma"
    )
    assert WeightedSsim().describe().endswith("L = 255, weighted by variance")


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(MetricError) as caught:
        WeightedSsim().bind(np.zeros((10, 40)))
    assert str(caught.value) == "The image, 40×10, is smaller than the window, 11×11."
    with pytest.raises(MetricError, match="window_size"):
        WeightedSsim(window_size=0)
    bound = WeightedSsim().bind(np.zeros((20, 20)))
    for call in (bound.value, bound.value_and_gradient, bound.layers):
        with pytest.raises(MetricError, match="NaN"):
            call(np.full((20, 20), np.inf))
