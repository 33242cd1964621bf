"""What holds for SSIM of any images: its bounds, symmetry, factors and freedom from NaN."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssim_viewer.metrics import Ssim, ssim
from tests.metrics.scenes import camera_pair, noisy_pair

pytestmark = pytest.mark.usefixtures("either_engine")

METRICS = st.builds(
    Ssim,
    window=st.sampled_from(["gaussian", "uniform"]),
    window_size=st.integers(2, 11),
    sigma=st.floats(0.3, 5),
    border=st.sampled_from(["valid", "reflect", "replicate"]),
    covariance=st.sampled_from(["population", "sample"]),
    color=st.sampled_from(["mean", "luma"]),
)
SHAPES = st.tuples(st.integers(11, 30), st.integers(11, 30)) | st.tuples(
    st.integers(11, 20), st.integers(11, 20), st.just(3)
)


@given(metric=METRICS, shape=SHAPES, seed=st.integers(0, 999), noise=st.floats(0, 300))
@settings(max_examples=60, deadline=None)
def test_any_pair_has_a_symmetric_score_in_range_with_parts_that_multiply_to_it(
    metric: Ssim, shape: tuple[int, ...], seed: int, noise: float
) -> None:
    x, y = noisy_pair(*shape, seed=seed, noise=noise)
    y = np.abs(y)
    found = metric.bind(x).components(y)
    assert metric.bind(x).value(x) == pytest.approx(1, abs=1e-12)
    assert metric.bind(y).value(x) == pytest.approx(found.value, abs=1e-12)
    for part in (found.luminance, found.contrast, found.structure, found.ssim):
        assert part.shape == metric.bind(x).map_shape
        assert np.abs(part).max() <= 1 + 1e-9
    if len(shape) == 2 or metric.color == "luma":
        product = found.luminance * found.contrast * found.structure
        np.testing.assert_allclose(product, found.ssim, atol=1e-14)
    np.testing.assert_allclose(metric.bind(x).map(y), found.ssim, atol=1e-15)


@pytest.mark.parametrize("exponents", [(1, 1, 1), (1, 2, 1), (0.5, 0.5, 0.5)], ids=str)
@pytest.mark.parametrize(("black", "white"), [(0, 0), (0, 255), (128, 128), (255, 0), (3, 250)])
def test_flat_images_have_a_value_and_full_contrast_and_structure(
    black: int, white: int, exponents: tuple[float, float, float]
) -> None:
    x, y = (np.full((16, 16), level, np.uint8) for level in (black, white))
    bound = Ssim(exponents=exponents).bind(x)
    found = bound.components(y)
    np.testing.assert_allclose(found.contrast, 1, atol=1e-9)
    np.testing.assert_allclose(found.structure, 1, atol=1e-9)
    value, gradient = bound.value_and_gradient(y)
    assert np.isfinite([value, *gradient.ravel()]).all()


def test_structure_and_score_are_negative_for_an_inverted_image() -> None:
    x, _ = noisy_pair(30, 30)
    found = Ssim().bind(x).components(255 - x)
    assert found.structure.min() < -0.5
    assert found.value < 0
    assert found.clamped == 0


@pytest.mark.parametrize("exponents", [(1, 1, 0.5), (1, 0.5, 0.5)], ids=str)
def test_a_negative_structure_counts_as_zero_under_a_fractional_exponent_and_is_counted(
    exponents: tuple[float, float, float],
) -> None:
    x, _ = noisy_pair(30, 30)
    found = Ssim(exponents=exponents).bind(x).components(255 - x)
    negative = found.structure < 0
    assert found.clamped == np.count_nonzero(negative) > 0
    assert (found.ssim[negative] == 0).all()


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int32, np.float32, np.float16, bool])
def test_numbers_of_any_type_are_measured_alike(kind: Any) -> None:
    """Differences of unsigned numbers do not wrap, and float32 is not where sums are made."""
    rng = np.random.default_rng(0)
    x, y = (rng.integers(0, 2, (16, 16)).astype(kind) for _ in range(2))
    expected = ssim(x.astype(float), y.astype(float))
    assert ssim(x, y) == expected
    _, gradient = Ssim().bind(x).value_and_gradient(y)
    assert gradient.dtype == np.float64


def test_lists_and_views_are_images_too() -> None:
    x, y = noisy_pair(12, 13)
    assert ssim(x.tolist(), y.tolist()) == ssim(x, y)
    wide_x, wide_y = noisy_pair(24, 39)
    views = wide_x[::2, ::-3], wide_y[::2, ::-3]
    assert ssim(*views) == ssim(*(view.copy() for view in views))


def test_measuring_changes_no_image_and_keeps_the_reference_as_it_was() -> None:
    x, y = camera_pair()
    x_before, y_before = x.copy(), y.copy()
    bound = Ssim(border="reflect").bind(x)
    before = bound.value(y)
    bound.value_and_gradient(y)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(y, y_before)
    x[:] = 0
    assert bound.value(y) == before
    np.testing.assert_array_equal(bound.reference, x_before)
    assert not bound.reference.flags.writeable


def test_a_reference_that_cannot_change_has_its_statistics_once() -> None:
    x, y = np.random.default_rng(0).integers(0, 256, (2, 60, 70), np.uint8)
    x.setflags(write=False)
    first, second = Ssim().bind(x), Ssim().bind(x)
    assert second.value(y) == first.value(y)
    one, other = (bound.measure(y, maps=("ssim",)).maps["ssim"] for bound in (first, second))
    assert not np.shares_memory(one, other)
    assert np.array_equal(one, other)
    assert Ssim(sigma=2.0).bind(x).value(y) != first.value(y)


def test_a_reference_that_may_change_is_bound_as_it_stands() -> None:
    x, y = np.random.default_rng(0).integers(0, 256, (2, 60, 70), np.uint8)
    before = Ssim().bind(x)
    value = before.value(y)
    x[:] = y
    assert Ssim().bind(x).value(y) == pytest.approx(1.0)
    assert before.value(y) == value
