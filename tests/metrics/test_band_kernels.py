"""Compiled kernels of oriented bands give the numbers of the array code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import CwSsim, warm_up
from ssim_viewer.metrics import backend as engine
from ssim_viewer.metrics.cw_ssim.steerable_pyramid import OrientedBands
from tests.metrics.scenes import noisy_pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

METRICS = st.builds(
    CwSsim,
    levels=st.integers(1, 3),
    orientations=st.integers(2, 9),
    window=st.sampled_from([1, 3, 7, 9, 15]),
    k=st.sampled_from([0.0, 1e-3, 50.0]),
    color=st.sampled_from(["mean", "luma"]),
)
SHAPES = st.tuples(st.integers(57, 90), st.integers(57, 90)) | st.tuples(
    st.integers(57, 70), st.integers(57, 70), st.just(3)
)


@given(metric=METRICS, shape=SHAPES, seed=st.integers(0, 99), flat=st.booleans())
@example(metric=CwSsim(levels=3, window=1), shape=(58, 58), seed=0, flat=True)
@settings(max_examples=50, deadline=None)
def test_every_result_is_that_of_the_array_code(
    metric: CwSsim, shape: tuple[int, ...], *, seed: int, flat: bool
) -> None:
    """Also where windows hold nothing, in one of the images or in both."""
    x, y = noisy_pair(*shape, seed=seed)
    if flat:
        x[:, 20:], y[30:] = 90, 70
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ssim_viewer.metrics.cw_ssim.steerable_pyramid.ALONE", 500)
        found, wanted = (_measured(metric, x, y, compiled=each) for each in (True, False))
    assert found[0] == pytest.approx(wanted[0], abs=1e-12)
    np.testing.assert_allclose(found[1], wanted[1], rtol=0, atol=1e-11 * np.abs(wanted[1]).max())


@pytest.mark.parametrize("k", [0.0, 1.0])
def test_empty_bands_score_one_in_both(k: float) -> None:
    flat = np.full((64, 66), 40.0)
    for compiled in (True, False):
        value, gradient = _measured(CwSsim(k=k), flat, flat + 9, compiled=compiled)
        assert value == pytest.approx(1, abs=1e-12)
        np.testing.assert_allclose(gradient, 0, atol=1e-12)


def _measured(
    metric: CwSsim, x: Any, y: Any, *, compiled: bool
) -> tuple[float, NDArray[np.float64]]:
    assert warm_up()
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(engine, "made", Kernels("none", "", {}))
        bound = metric.bind(x)
        value, gradient = bound.value_and_gradient(y)
        assert bound.value(y) == value
    return value, gradient


@pytest.mark.usefixtures("either_engine")
def test_results_are_the_same_with_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = noisy_pair(300, 310)
    results = []
    for threads in (1, 2, 3, 8):
        monkeypatch.setattr("ssim_viewer.compute.tiles.THREADS", threads)
        results.append(CwSsim().bind(x).value_and_gradient(y))
    for value, gradient in results[1:]:
        assert value == results[0][0]
        np.testing.assert_array_equal(gradient, results[0][1])


@pytest.mark.parametrize("shape", [(32, 32), (33, 36), (36, 35), (40, 64)])
@pytest.mark.parametrize("level", [1, 2, 3])
def test_spreading_is_the_adjoint_of_analysing(shape: tuple[int, int], level: int) -> None:
    rng = np.random.default_rng(0)
    bands = OrientedBands(shape, level, 3)
    plane = rng.normal(size=shape)
    c = bands.analyse(plane)
    weights = rng.normal(size=c.shape) + 1j * rng.normal(size=c.shape)
    expected = np.sum(weights.real * c.real + weights.imag * c.imag)
    assert np.sum(bands.adjoint(weights) * plane) == pytest.approx(expected, rel=1e-10)
