"""Walks of a part: what counts moves, what does not is held, and so is what is not a number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import Gmsd, Mse, MsSsim, Ssim, masked_metric
from ssim_viewer.synthesis import ascend, descend, differentiate, reconstruct, white_noise
from ssim_viewer.synthesis.errors import SphereError

RNG = np.random.default_rng(4)
X = np.clip(128 + 40 * np.sin(np.arange(40)[:, None] / 3) + RNG.normal(0, 25, (40, 44)), 0, 255)
Y = np.clip(X + RNG.normal(0, 25, X.shape), 0, 255)
COUNTS = np.zeros(X.shape, np.bool_)
COUNTS[6:30, 8:36] = True


def error(image: Any, counts: Any = COUNTS) -> float:
    return float(np.mean((image - X)[counts] ** 2))


@pytest.mark.parametrize(
    "metric", [Ssim(255), MsSsim(255), Gmsd(255)], ids=lambda m: type(m).__name__
)
@pytest.mark.parametrize("rule", ["adaptive", "fixed"])
def test_a_climb_changes_what_counts_alone_at_its_own_mse(metric: Any, rule: Any) -> None:
    steps = list(descend(metric, X, Y, rule=rule, iterations=4, counts=COUNTS))
    last = steps[-1]
    np.testing.assert_array_equal(last.image[~COUNTS], Y[~COUNTS])
    assert last.mse == pytest.approx(error(Y), rel=1e-9)
    assert error(last.image) == pytest.approx(error(Y), rel=1e-9)
    bound = masked_metric(metric, COUNTS).bind(X)
    assert last.value == pytest.approx(bound.value(last.image), abs=1e-12)
    better = last.value > steps[0].value
    assert better != metric.higher_is_better


def test_samples_that_are_no_numbers_are_held_as_they_are() -> None:
    x, y = X.copy(), Y.copy()
    x[3, 3] = y[20, 20] = np.nan
    steps = list(ascend(Ssim(255), x, y, iterations=4))
    image = steps[-1].image
    assert np.isnan(image[20, 20])
    assert image[3, 3] == Y[3, 3]
    assert np.count_nonzero(np.isnan(image)) == 1
    kept = np.isfinite(x) & np.isfinite(y)
    assert error(image, kept) == pytest.approx(error(Y, kept), rel=1e-9)
    assert steps[-1].value > steps[0].value + 0.02


def test_maximum_differentiation_holds_the_metric_of_the_part() -> None:
    for held in (Mse(), Ssim(255)):
        varied = Ssim(255) if isinstance(held, Mse) else Mse()
        steps = list(differentiate(held, varied, X, Y, "ascent", iterations=3, counts=COUNTS))
        assert steps[-1].held == pytest.approx(steps[0].held, rel=1e-8)
        bound = masked_metric(held, COUNTS).bind(X)
        assert steps[-1].held == pytest.approx(bound.value(steps[-1].image), rel=1e-9)


def test_a_reconstruction_leaves_the_rest_as_it_was() -> None:
    start = np.full_like(X, 128.0)
    steps = list(reconstruct(Ssim(255), X, start, iterations=5, counts=COUNTS))
    assert (steps[-1].image[~COUNTS] == 128).all()
    assert steps[-1].value > steps[0].value
    assert steps[-1].mse == pytest.approx(error(steps[-1].image))


def test_noise_has_its_mse_where_it_counts() -> None:
    noisy = white_noise(X, 400, counts=COUNTS)
    assert error(noisy) == pytest.approx(400, rel=1e-12)
    np.testing.assert_array_equal(noisy[~COUNTS], X[~COUNTS])
    lost = X.copy()
    lost[0, 0] = np.nan
    whole = white_noise(lost, 400)
    assert np.isnan(whole[0, 0])
    assert np.nanmean((whole - lost) ** 2) == pytest.approx(400, rel=1e-12)


def test_a_mask_of_nothing_is_refused_at_once() -> None:
    with pytest.raises(SphereError, match="leaves no pixel to change"):
        ascend(Ssim(255), X, Y, counts=np.zeros(X.shape, np.bool_))
