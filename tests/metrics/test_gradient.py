"""The gradient is the exact derivative of the very value that is returned, at every pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim
from tests.metrics.scenes import noisy_pair, numeric_gradient

pytestmark = pytest.mark.usefixtures("either_engine")

BORDERS = ("valid", "reflect", "replicate")
WINDOWS: tuple[dict[str, Any], ...] = (
    {},
    {"window_size": 4},
    {"window": "uniform", "window_size": 7, "covariance": "sample"},
    {"window": "uniform", "window_size": 6},
)
FUSED = ((2, 1, 1), (0, 1, 1), (1, 2, 2), (1, 0.5, 0.5), (0, 0, 0))
UNFUSED = ((1, 2, 1), (1, 1, 2), (0.5, 0.3, 0.7), (1.5, 2.5, 3.5))
SINGLE = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
EXPONENTS = (*FUSED, *UNFUSED, *SINGLE)


def assert_exact(metric: Ssim, shape: tuple[int, ...], noise: float = 30, seed: int = 0) -> None:
    """Compare with central differences at all pixels: interior, border and corners."""
    x, y = noisy_pair(*shape, noise=noise, seed=seed)
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    assert gradient.shape == y.shape
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_it_is_exact_for_every_border_and_window(border: Any, window: dict[str, Any]) -> None:
    assert_exact(Ssim(border=border, **window), (14, 17))


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("factor", [2, 3, 4])
def test_it_is_exact_after_downsampling(border: Any, factor: int) -> None:
    assert_exact(Ssim(border=border, downsample=factor, window_size=3), (14, 17))


def test_it_is_exact_after_automatic_downsampling() -> None:
    x, y = noisy_pair(384, 390)
    bound = Ssim(downsample="auto").bind(x)
    _, gradient = bound.value_and_gradient(y)
    direction = np.random.default_rng(1).normal(size=y.shape)
    slope = (bound.value(y + 1e-3 * direction) - bound.value(y - 1e-3 * direction)) / 2e-3
    assert np.vdot(gradient, direction) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("color", ["mean", "luma"])
@pytest.mark.parametrize("more", [{}, {"border": "reflect", "downsample": 2, "window_size": 5}])
def test_it_is_exact_for_colour(color: Any, more: dict[str, Any]) -> None:
    assert_exact(Ssim(color=color, **more), (13, 14, 3))


@pytest.mark.parametrize(
    "exponents",
    EXPONENTS,
    ids=str,
)
def test_it_is_exact_for_any_exponents(exponents: tuple[float, float, float]) -> None:
    assert_exact(Ssim(exponents=exponents), (14, 15), noise=5)


@pytest.mark.parametrize("exponents", [(1, 1, 1), (1, 2, 2), (1, 1, 2), (1, 2, 3)], ids=str)
def test_it_is_exact_where_structure_is_negative(exponents: tuple[float, float, float]) -> None:
    x, _ = noisy_pair(14, 15)
    bound = Ssim(exponents=exponents).bind(x)
    y = 255 - x + np.random.default_rng(3).normal(size=x.shape)
    assert bound.components(y).structure.max() < 0
    _, gradient = bound.value_and_gradient(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


def test_it_is_exact_for_other_data_ranges() -> None:
    x, y = (image / 255 for image in noisy_pair(13, 14))
    bound = Ssim(data_range=1.0).bind(x)
    _, gradient = bound.value_and_gradient(y)
    numeric = numeric_gradient(bound.value, y, step=1e-5)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


@pytest.mark.parametrize("exponents", [(1, 1, 1), (1, 2, 1), (0.5, 0.5, 2), (1, 1, 0)], ids=str)
def test_it_is_finite_where_the_image_is_flat(exponents: tuple[float, float, float]) -> None:
    x, _ = noisy_pair(20, 20)
    bound = Ssim(exponents=exponents).bind(x)
    value, gradient = bound.value_and_gradient(np.full_like(x, 100))
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()
    assert np.abs(gradient).max() < 1


def test_it_vanishes_at_the_reference() -> None:
    x, _ = noisy_pair(30, 30)
    value, gradient = Ssim().bind(x).value_and_gradient(x)
    assert value == pytest.approx(1, abs=1e-14)
    np.testing.assert_allclose(gradient, 0, atol=1e-15)
