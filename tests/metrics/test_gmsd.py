"""GMSD is what its published code computes, with its exact gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from ssim_viewer.metrics import Gmsd, MapGeometry, MetricError
from tests.metrics.scenes import camera_pair, noisy_pair, numeric_gradient

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def published(x: Array, y: Array) -> tuple[float, Array]:
    """Return GMSD and its map, step by step as `GMSD.m` does; `conv2` there is the one here."""
    dx = np.array([[1, 0, -1]] * 3) / 3
    magnitudes = []
    for plane in (x, y):
        full = signal.convolve2d(plane, np.full((2, 2), 0.25), mode="full")
        small = full[1:, 1:][::2, ::2]  # "same" of an even kernel starts at its second sample
        g = [signal.convolve2d(small, kernel, mode="same") for kernel in (dx, dx.T)]
        magnitudes.append(np.sqrt(g[0] ** 2 + g[1] ** 2))
    a, b = magnitudes
    quality = (2 * a * b + 170) / (a**2 + b**2 + 170)
    return float(np.std(quality, ddof=1)), quality


@pytest.mark.parametrize("shape", [(512, 512), (101, 77), (40, 51), (3, 3)])
def test_it_is_what_the_published_code_computes(shape: tuple[int, int]) -> None:
    x, y = (image[: shape[0], : shape[1]].astype(float) for image in camera_pair())
    score, quality = published(x, y)
    bound = Gmsd().bind(x)
    assert bound.value(y) == pytest.approx(score, abs=1e-13)
    layers = bound.layers(y)
    np.testing.assert_allclose(layers["gradient similarity"].values, quality, atol=1e-13)
    assert layers["gradient similarity"].geometry == MapGeometry(0.0, 2)


@pytest.mark.parametrize("shape", [(12, 14), (11, 13), (3, 4), (9, 8, 3)])
@pytest.mark.parametrize("color", ["mean", "luma"])
def test_the_gradient_is_exact_at_every_pixel(shape: tuple[int, ...], color: Any) -> None:
    x, y = noisy_pair(*shape)
    bound = Gmsd(color=color).bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 20), st.integers(3, 20), st.floats(0, 255))
def test_identical_images_score_zero_with_no_gradient(
    height: int, width: int, level: float
) -> None:
    for x in (noisy_pair(height, width)[0], np.full((height, width), level)):
        value, gradient = Gmsd().bind(x).value_and_gradient(x)
        assert value == pytest.approx(0, abs=1e-12)
        assert np.isfinite(gradient).all()


def test_flat_images_have_a_value_and_a_gradient() -> None:
    x, _ = noisy_pair(20, 21)
    flat = np.full_like(x, 80)
    for reference, distorted in ((x, flat), (flat, x), (flat, flat / 2), (x, np.zeros_like(x))):
        value, gradient = Gmsd().bind(reference).value_and_gradient(distorted)
        assert np.isfinite(value)
        assert np.isfinite(gradient).all()


def test_it_does_not_depend_on_the_unit_of_the_image() -> None:
    x, y = noisy_pair(30, 40)
    expected = Gmsd().bind(x).value(y)
    assert Gmsd(data_range=1.0).bind(x / 255).value(y / 255) == pytest.approx(expected, abs=1e-13)


def test_lower_is_better() -> None:
    x, _ = noisy_pair(60, 60)
    noise = np.random.default_rng(1).normal(size=x.shape)
    scores = [Gmsd().bind(x).value(x + sigma * noise) for sigma in (1, 5, 20)]
    assert not Gmsd.higher_is_better
    assert scores == sorted(scores)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(MetricError) as caught:
        Gmsd().bind(np.zeros((2, 9)))
    assert str(caught.value) == "The image, 9×2, is too small for GMSD; the smallest side is 3."
    with pytest.raises(MetricError, match="data_range"):
        Gmsd(data_range=0)
    bound = Gmsd().bind(np.zeros((20, 20)))
    for call in (bound.value, bound.value_and_gradient, bound.layers):
        with pytest.raises(MetricError, match="NaN"):
            call(np.full((20, 20), np.nan))
