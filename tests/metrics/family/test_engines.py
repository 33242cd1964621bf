"""Compiled kernels of the family give the numbers of its formulas, which answer without them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    Metric,
    MetricError,
    WeightedSsim,
    kernels_on_use,
    restricted_metric,
)
from ssim_viewer.metrics.family.haarpsi import HaarPsi
from ssim_viewer.metrics.family.ms_gmsd import MsGmsd
from ssim_viewer.metrics.family.nlpd import Nlpd
from ssim_viewer.metrics.kernels_on_use import warm_up_every
from tests.metrics.scenes import noisy_pair
from tests.metrics.test_half_ready import LAYOUTS

METRICS: list[Metric] = [
    MsGmsd(),
    MsGmsd(c=20.0, alpha=0.0, color="luma"),
    Nlpd(),
    Nlpd(data_range=300.0, color="luma"),
    HaarPsi(),
    WeightedSsim(),
    WeightedSsim(window="uniform", window_size=8, covariance="sample", border="reflect"),
    WeightedSsim(window_size=23, sigma=4.0, border="zero", color="luma"),
    WeightedSsim(window_size=2, sigma=0.6, border="replicate", k1=0.1),
    WeightedSsim(window_size=5, border="reflect-101", data_range=100.0),
    HaarPsi(data_range=510.0, chroma=False, c=8.0, alpha=2.5),
]
SMALLEST = {"MsGmsd": 17, "Nlpd": 33, "HaarPsi": 16, "WeightedSsim": 23}
EVERY_METRIC = pytest.mark.parametrize("metric", METRICS, ids=repr)


def measured(
    metric: Metric, x: Any, y: Any, *, compiled: bool
) -> tuple[float, float, np.ndarray[Any, Any]]:
    """Return the value alone, and value and gradient."""
    assert warm_up_every()
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(kernels_on_use, "made", {})
        bound = metric.bind(x)
        return bound.value(y), *bound.value_and_gradient(y)


def assert_agree(metric: Metric, x: Any, y: Any, close: float = 1e-12) -> None:
    alone, value, gradient = measured(metric, x, y, compiled=True)
    _, expected, slope = measured(metric, x, y, compiled=False)
    assert alone == value
    assert isinstance(value, float)
    assert value == pytest.approx(expected, rel=1e-12, abs=1e-14)
    assert gradient.dtype == slope.dtype
    np.testing.assert_allclose(gradient, slope, rtol=0, atol=close * np.abs(slope).max())


@EVERY_METRIC
@pytest.mark.parametrize("alone", [1 << 16, 300], ids=["whole", "in strips"])
@pytest.mark.parametrize("more", [(0, 0), (1, 3), (30, 4), (7, 100), (2, 5, 3)], ids=str)
def test_numbers_agree_for_sizes_odd_and_even(
    metric: Metric, more: tuple[int, ...], alone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssim_viewer.compute.strips.ALONE", alone)
    monkeypatch.setattr("ssim_viewer.compute.tiles.ALONE", alone)
    monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_COLUMNS", 16)
    side = SMALLEST[type(metric).__name__]
    assert_agree(metric, *noisy_pair(side + more[0], side + more[1], *more[2:]))


@EVERY_METRIC
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["f8", "f4", "u1"])
def test_numbers_agree_for_every_layout_and_type(metric: Metric, layout: str, kind: str) -> None:
    x, y = (LAYOUTS[layout](np.rint(each).astype(kind)) for each in noisy_pair(60, 67))
    assert_agree(metric, x, y)


@EVERY_METRIC
def test_numbers_agree_for_large_images_and_any_number_of_threads(
    metric: Metric, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y = noisy_pair(290, 313)
    assert_agree(metric, x, y)
    found = []
    for threads in (1, 2, 3, 8):
        monkeypatch.setattr("ssim_viewer.compute.tiles.THREADS", threads)
        found.append(measured(metric, x, y, compiled=True))
    for _, value, gradient in found[1:]:
        assert value == found[0][1]
        np.testing.assert_array_equal(gradient, found[0][2])


@EVERY_METRIC
@pytest.mark.parametrize("channels", [(), (3,)], ids=["grey", "colour"])
def test_numbers_agree_where_most_of_both_images_is_the_same(
    metric: Metric, channels: tuple[int, ...]
) -> None:
    """Where coefficients are equal, it matters which of them counts as the larger one."""
    x, y = noisy_pair(75, 92, *channels)
    same = x / 3  # no whole numbers, whose sums would be exact in any order
    changed = same.copy()
    changed[20:50, 10:60] = y[20:50, 10:60] / 3
    assert_agree(metric, same, changed)


@EVERY_METRIC
def test_flat_images_agree_and_a_bad_one_is_refused(metric: Metric) -> None:
    x, y = noisy_pair(64, 70)
    flat = np.full(x.shape, 90.0)
    for reference, distorted in ((flat, y), (x, flat), (x, 0 * x)):
        # Variances that cancel leave more rounding.
        assert_agree(metric, reference, distorted, close=1e-11)
    assert warm_up_every()
    bound = metric.bind(x)
    for wrong in (np.nan, np.inf, -np.inf):
        y[11, 13] = wrong
        for call in (bound.value, bound.value_and_gradient):
            with pytest.raises(MetricError, match="NaN"):
                call(y)


@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_numbers_agree_where_a_part_of_the_image_counts(border: Any) -> None:
    x, y = noisy_pair(71, 83)
    counts = np.zeros(x.shape, bool)
    counts[10:60, 20:70] = True
    y[30, 40] = np.nan
    metric = restricted_metric(WeightedSsim(border=border), counts)
    found = measured(metric, x, y, compiled=True)
    expected = measured(metric, x, y, compiled=False)
    assert found[0] == found[1] == pytest.approx(expected[1], rel=1e-12)
    np.testing.assert_allclose(found[2], expected[2], rtol=0, atol=1e-12 * np.abs(found[2]).max())


def test_weights_that_are_nearly_all_nothing_are_left_to_the_formula() -> None:
    for rough in (0.0, 1e-7, 1e-4):
        x, y = (90 + rough * image for image in noisy_pair(30, 33))
        assert_agree(WeightedSsim(), x, y)


@EVERY_METRIC
def test_gradients_are_kept_while_others_are_made(metric: Metric) -> None:
    """Memory that results come in is given out again only when nobody holds them."""
    assert warm_up_every()
    x, y = noisy_pair(64, 70)
    bound = metric.bind(x)
    first = bound.value_and_gradient(y)[1]
    kept = first.copy()
    for factor in (0.5, 0.25):
        bound.value_and_gradient(x + factor * (y - x))
    np.testing.assert_array_equal(first, kept)
