"""Compiled kernels with windows give the numbers of the array code, whatever the image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import MetricContext, MetricError, catalogue, kernels_on_use
from ssim_viewer.metrics.kernels_on_use import warm_up_every
from tests.metrics.scenes import noisy_pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.metrics import BoundMetric

SIDES = {"vif": 41, "iw-ssim": 161, "ssimulacra2": 8, "fsim": 8}
"""The smallest side of each metric that has kernels of its own here."""
LAYOUTS: dict[str, Callable[[Any], Any]] = {
    "Fortran": np.asfortranarray,
    "strided": lambda image: np.repeat(np.repeat(image, 2, axis=0), 3, axis=1)[::2, ::3],
    "big-endian": lambda image: image.astype(">f8"),
    "single": lambda image: image.astype(np.float32),
}
EVERY = pytest.mark.parametrize("name", SIDES)


def bound(name: str, x: Any, data_range: float = 255.0) -> BoundMetric:
    return catalogue()[name].make(MetricContext(data_range)).bind(x)


def both(metric: BoundMetric, y: Any) -> list[tuple[float, Any]]:
    """Return value and gradient by array code, and by kernels."""
    found = []
    for made in ({}, kernels_on_use.made):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernels_on_use, "made", made)
            assert warm_up_every()
            value, gradient = metric.value_and_gradient(y)
            assert metric.value(y) == value
        found.append((value, gradient))
    assert metric_kernels_are_made()
    return found


def metric_kernels_are_made() -> bool:
    return all(kernels_on_use.made[name].ready(name) is not None for name in SIDES)


def assert_agree(metric: BoundMetric, y: Any, close: float = 2e-12) -> None:
    (value, gradient), (found, slope) = both(metric, y)
    assert found == pytest.approx(value, rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(slope, gradient, rtol=0, atol=close * np.abs(gradient).max())


@pytest.fixture(autouse=True)
def all_are_imported() -> None:
    for name in SIDES:
        catalogue()[name].make(MetricContext())


@EVERY
@pytest.mark.parametrize("more", [(0, 0), (0, 3), (1, 0), (6, 9), (30, 101)])
@pytest.mark.parametrize("channels", [(), (3,)], ids=["grey", "colour"])
def test_every_size_gives_the_same(
    name: str, more: tuple[int, int], channels: tuple[int, ...]
) -> None:
    x, y = noisy_pair(SIDES[name] + more[0], SIDES[name] + more[1], *channels)
    assert_agree(bound(name, x), y)


@EVERY
def test_small_tiles_give_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssim_viewer.compute.tiles.ALONE", 1)
    monkeypatch.setattr("ssim_viewer.compute.strips.ALONE", 1)
    monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_ROWS", 8)
    monkeypatch.setattr("ssim_viewer.compute.tiles.TILE_COLUMNS", 20)
    x, y = noisy_pair(SIDES[name] + 50, SIDES[name] + 61)
    assert_agree(bound(name, x), y)


@EVERY
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same(name: str, layout: str) -> None:
    x, y = (np.round(image) for image in noisy_pair(SIDES[name] + 4, SIDES[name] + 7))
    plain = bound(name, x).value_and_gradient(y)
    arranged = LAYOUTS[layout]
    metric = bound(name, arranged(x))
    assert_agree(metric, arranged(y))
    value, gradient = metric.value_and_gradient(arranged(y))
    assert value == plain[0]
    np.testing.assert_array_equal(gradient, plain[1])


@EVERY
@pytest.mark.parametrize("data_range", [1.0, 65535.0])
def test_every_data_range_gives_the_same(name: str, data_range: float) -> None:
    x, y = (image * data_range / 255 for image in noisy_pair(SIDES[name] + 4, SIDES[name] + 7))
    assert_agree(bound(name, x, data_range), y)
    assert_agree(bound(name, x, data_range), y.astype(np.float32))


@EVERY
def test_flat_identical_and_inverted_images_give_the_same(name: str) -> None:
    x, y = noisy_pair(SIDES[name] + 20, SIDES[name] + 31)
    half = x.copy()
    half[: len(half) // 2] = 90
    flat = np.full(x.shape, 80.0)
    for a, b in ((flat, y), (half, y), (x, half), (x, 255 - y)):
        assert_agree(bound(name, a), b, 1e-10)
    for a in (x, flat):
        if name != "fsim":  # phases of a flat image are what rounding makes of nothing
            assert_agree(bound(name, a), flat, 1e-10)
        (value, _), (found, slope) = both(bound(name, a), flat)
        assert found == pytest.approx(value, rel=1e-12)
        assert np.isfinite(slope).all()
    # Where both are the same some gradients are what rounding leaves of 0.
    (value, gradient), (found, slope) = both(bound(name, x), x)
    usual = np.abs(bound(name, x).value_and_gradient(y)[1]).max()
    assert found == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(slope, gradient, rtol=0, atol=1e-9 * usual)


@EVERY
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused_by_kernels_too(name: str, wrong: float) -> None:
    x, y = noisy_pair(SIDES[name], SIDES[name] + 2)
    y[-1, -1] = wrong
    assert warm_up_every()
    metric = bound(name, x)
    for measured in (metric.value, metric.value_and_gradient):
        with pytest.raises(MetricError, match="NaN or infinity"):
            measured(y)


@EVERY
def test_a_gradient_that_was_given_stays_as_it_is(name: str) -> None:
    x, y = noisy_pair(SIDES[name], SIDES[name] + 2)
    assert warm_up_every()
    metric = bound(name, x)
    _, gradient = metric.value_and_gradient(y)
    kept = gradient.copy()
    metric.value_and_gradient(y[::-1])
    np.testing.assert_array_equal(gradient, kept)
    assert y.flags.writeable
