"""Scores of a part of a pair against loops over windows, and the whole against the usual score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import MetricError, Quantity, Ssim, evaluate, evaluate_masked

if TYPE_CHECKING:
    from numpy.typing import NDArray

RNG = np.random.default_rng(12)
X = RNG.uniform(0, 255, (30, 34))
Y = np.clip(X + RNG.normal(0, 25, X.shape), 0, 255)
DISC = (np.mgrid[:30, :34][0] - 14) ** 2 + (np.mgrid[:30, :34][1] - 15) ** 2 < 90


def by_windows(
    x: NDArray[Any], y: NDArray[Any], mask: NDArray[Any], size: int = 7
) -> tuple[float, int]:
    """Return the mean over uniform windows inside the image that count, one after the other."""
    values = []
    half = size // 2
    for i in range(half, x.shape[0] - half):
        for j in range(half, x.shape[1] - half):
            a, b = (z[i - half : i + half + 1, j - half : j + half + 1] for z in (x, y))
            if not mask[i, j] or not (np.isfinite(a).all() and np.isfinite(b).all()):
                continue
            c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
            cov = np.mean((a - a.mean()) * (b - b.mean()))
            top = (2 * a.mean() * b.mean() + c1) * (2 * cov + c2)
            values.append(top / ((a.mean() ** 2 + b.mean() ** 2 + c1) * (a.var() + b.var() + c2)))
    return float(np.mean(values)), len(values)


UNIFORM = Ssim(window="uniform", window_size=7)


@pytest.mark.parametrize("holes", [0, 5])
def test_a_mask_restricts_every_score_and_nan_is_left_out(holes: int) -> None:
    x, y = X.copy(), Y.copy()
    x.flat[RNG.choice(x.size, holes, replace=False)] = np.nan
    y.flat[RNG.choice(x.size, holes, replace=False)] = np.nan
    found = evaluate_masked(UNIFORM, x, y, DISC)
    error = (y - x)[DISC & np.isfinite(x) & np.isfinite(y)]
    assert found.scores.mse == pytest.approx(np.mean(error**2), rel=1e-12)
    assert found.scores.mae == pytest.approx(np.mean(np.abs(error)), rel=1e-12)
    assert found.scores.psnr == pytest.approx(10 * np.log10(255**2 / np.mean(error**2)))
    value, windows = by_windows(x, y, DISC)
    assert found.scores.ssim == pytest.approx(value, abs=1e-12)
    assert f"over {windows} windows" in found.notes[0]


@pytest.mark.parametrize(
    "metric",
    [Ssim(), Ssim(border="reflect"), Ssim(downsample=2), Ssim(window="uniform", window_size=8)],
    ids=["valid", "reflect", "downsampled", "even"],
)
def test_a_mask_of_everything_is_no_mask(metric: Ssim) -> None:
    quantities = [*Quantity]
    found = evaluate_masked(metric, X, Y, np.ones(X.shape, bool), quantities=quantities)
    whole = evaluate(metric.bind(X), Y, quantities)
    assert found.scores.as_dict() == pytest.approx(whole.scores.as_dict(), abs=1e-9)
    assert found.geometry == whole.geometry
    for quantity in (Quantity.SSIM, Quantity.STRUCTURE):
        np.testing.assert_allclose(found.maps[quantity], whole.maps[quantity], atol=1e-6)


@pytest.mark.parametrize("metric", [Ssim(), Ssim(border="replicate"), Ssim(downsample=3)])
def test_no_window_that_counts_has_seen_a_sample_that_is_no_number(metric: Ssim) -> None:
    """Whatever stands in a hole, the score is the same."""
    size = (70, 76)
    x = RNG.uniform(0, 255, size)
    y = x + RNG.normal(0, 9, size)
    x[31, 40] = np.nan
    scores = evaluate_masked(metric, x, y).scores
    y[31, 40] = 1e6
    assert evaluate_masked(metric, x, y).scores == scores


def test_colour_and_a_hole_in_one_channel() -> None:
    x, y = (np.dstack([each, each[::-1], each[:, ::-1]]) for each in (X, Y))
    x[10, 12, 1] = np.nan
    found = evaluate_masked(Ssim(color="luma"), x, y)
    kept = np.ones(X.shape, bool)
    kept[10, 12] = False
    assert found.scores.mse == pytest.approx(np.mean((y - x)[kept] ** 2))
    assert np.isfinite(found.scores.ssim)


def test_a_mask_without_pixels_is_refused() -> None:
    with pytest.raises(MetricError, match="no pixel"):
        evaluate_masked(Ssim(), X, Y, np.zeros(X.shape, bool))
