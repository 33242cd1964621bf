"""The gradient of MSSIM by the factor that it goes through, against finite differences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ssim_viewer.metrics import Ssim
from ssim_viewer.metrics.ssim.gradient_shares import Factor, SsimShare, gradient_shares

Pixels = NDArray[np.float64]

SETTINGS: dict[str, Ssim] = {
    "the article's": Ssim(),
    "mirrored border": Ssim(border="reflect"),
    "sample covariance": Ssim(covariance="sample", window="uniform", window_size=7),
    "other exponents": Ssim(exponents=(2.0, 3.0, 1.0)),
    "no contrast": Ssim(exponents=(1.0, 0.0, 1.0)),
    "halved": Ssim(downsample=2, window_size=7),
    "no constants": Ssim(k1=0.0, k2=0.0),
}


def pair(*shape: int) -> tuple[Pixels, Pixels]:
    random = np.random.default_rng(3)
    x = random.uniform(40, 210, shape)
    return x, np.clip(0.8 * x + random.normal(15, 20, shape), 0, 255)


def factors(metric: Ssim, x: Pixels, y: Pixels) -> dict[Factor, Pixels]:
    """Return l^alpha, c^beta and s^gamma of every window."""
    parts = metric.bind(x).components(y)
    maps = parts.luminance, parts.contrast, parts.structure
    return {
        factor: part**exponent
        for factor, part, exponent in zip(Factor, maps, metric.exponents, strict=True)
    }


@pytest.mark.parametrize("metric", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("factor", Factor)
def test_a_share_is_the_derivative_with_the_other_factors_held(
    metric: Ssim, factor: Factor
) -> None:
    x, y = pair(24, 27)
    held = factors(metric, x, y)
    direction = np.random.default_rng(4).normal(size=y.shape)

    def mean(step: float) -> float:
        moved = factors(metric, x, y + step * direction)[factor]
        rest = [held[other] for other in Factor if other is not factor]
        return float((moved * rest[0] * rest[1]).mean())

    h = 1e-3
    expected = (mean(h) - mean(-h)) / (2 * h)
    share = gradient_shares(metric, x, y)[factor]
    assert float((share * direction).sum()) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("metric", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("shape", [(24, 27), (20, 22, 3)])
def test_the_shares_add_up_to_the_gradient(metric: Ssim, shape: tuple[int, ...]) -> None:
    x, y = pair(*shape)
    y[2:17, 3:19] = 128  # flat windows, where the derivatives of c and s alone have no limit
    value, gradient = metric.bind(x).value_and_gradient(y)
    total: Any = sum(gradient_shares(metric, x, y).values())
    np.testing.assert_allclose(total, gradient, rtol=0, atol=1e-13 * np.abs(gradient).max())
    assert SsimShare.of(metric, Factor.CONTRAST).bind(x).value(y) == pytest.approx(value, rel=1e-12)


def test_colour_across_channels_has_shares_too() -> None:
    x, y = pair(20, 22, 3)
    metric = Ssim(across_channels=True, border="replicate", window_size=5)
    gradient = metric.bind(x).value_and_gradient(y)[1]
    total: Any = sum(gradient_shares(metric, x, y).values())
    np.testing.assert_allclose(total, gradient, rtol=0, atol=1e-13 * np.abs(gradient).max())


def test_single_precision_is_asked_for_and_shares_are_exact_all_the_same() -> None:
    x, y = pair(24, 27)
    single = gradient_shares(replace(Ssim(), precision="single"), x, y)
    for factor, share in gradient_shares(Ssim(), x, y).items():
        np.testing.assert_allclose(single[factor], share, atol=1e-5 * np.abs(share).max())


def test_a_shift_of_the_mean_is_the_luminance_share_alone() -> None:
    x = np.random.default_rng(5).uniform(60, 180, (32, 32))
    shares = gradient_shares(Ssim(), x, x + 20)
    norms = {factor: float(np.linalg.norm(share)) for factor, share in shares.items()}
    assert norms[Factor.LUMINANCE] > 0
    others = shares[Factor.CONTRAST] + shares[Factor.STRUCTURE]
    assert float(np.linalg.norm(others)) < 1e-12
