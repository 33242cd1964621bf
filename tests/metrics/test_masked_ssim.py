"""SSIM of the windows that count: its value, its exact gradient, and what is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import MaskedSsim, MetricError, Quantity, Ssim
from ssim_viewer.metrics.masked import evaluate_masked
from ssim_viewer.synthesis import ascend
from tests.metrics.scenes import noisy_pair, numeric_gradient

pytestmark = pytest.mark.usefixtures("either_engine")
SMALL: dict[str, Any] = {"window_size": 5}
CONVENTIONS = [
    Ssim(**SMALL),
    Ssim(border="reflect", **SMALL),
    Ssim(downsample=2, window_size=4),
    Ssim(crop=2, color="luma", **SMALL),
    Ssim(exponents=(1, 0.5, 1), **SMALL),
]


def disc(height: int, width: int) -> Any:
    rows, columns = np.mgrid[:height, :width]
    return (rows - height / 2) ** 2 + (columns - width / 3) ** 2 < (height / 4) ** 2


@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_the_value_is_the_mean_of_the_map_over_windows_centred_in_the_mask(border: Any) -> None:
    x, y = noisy_pair(40, 47)
    mask = disc(40, 47)
    metric = Ssim(border=border)
    full = metric.bind(x).map(y)
    margin = 0 if border == "reflect" else 5
    inside = mask[margin : 40 - margin, margin : 47 - margin]
    bound = MaskedSsim(metric, mask).bind(x)
    assert bound.value(y) == pytest.approx(full[inside].mean(), abs=1e-12)
    np.testing.assert_array_equal(np.isnan(bound.map(y)), ~inside)
    assert bound.value(y) == pytest.approx(evaluate_masked(metric, x, y, mask).scores.ssim)


@pytest.mark.parametrize("metric", CONVENTIONS, ids=repr)
@pytest.mark.parametrize("channels", [(), (3,)])
def test_the_gradient_is_exact_at_every_pixel(metric: Ssim, channels: tuple[int, ...]) -> None:
    x, y = noisy_pair(18, 21, *channels)
    bound = MaskedSsim(metric, disc(18, 21)).bind(x)
    value, gradient = bound.value_and_gradient(y)
    assert value == bound.value(y)
    numeric = numeric_gradient(bound.value, y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=2e-6 * np.abs(numeric).max())


def test_without_a_mask_it_is_ssim() -> None:
    x, y = noisy_pair(40, 47, 3)
    value, gradient = MaskedSsim(Ssim()).bind(x).value_and_gradient(y)
    expected, slope = Ssim().bind(x).value_and_gradient(y)
    assert value == pytest.approx(expected, abs=1e-12)
    np.testing.assert_allclose(gradient, slope, rtol=0, atol=1e-12)


def test_what_is_no_number_is_left_out_with_every_window_that_sees_it() -> None:
    x, y = noisy_pair(40, 47)
    full = Ssim().bind(x).map(y)
    broken_x, broken_y = x.copy(), y.copy()
    broken_x[20, 20], broken_y[8, 40] = np.nan, np.inf
    kept = np.ones(full.shape, np.bool_)
    kept[10:21, 10:21] = kept[:9, 30:] = False
    bound = MaskedSsim(Ssim()).bind(broken_x)
    value, gradient = bound.value_and_gradient(broken_y)
    assert value == pytest.approx(full[kept].mean(), abs=1e-12)
    assert gradient[20, 20] == gradient[8, 40] == 0
    assert np.isfinite(gradient).all()
    assert bound.notes == ("1 pixels of the reference that are no numbers are left out.",)
    shown = evaluate_masked(Ssim(), broken_x, broken_y, quantities=[Quantity.SSIM])
    assert shown.scores.ssim == pytest.approx(value, abs=1e-12)


def test_a_climb_follows_it() -> None:
    x, y = (np.clip(image, 0, 255) for image in noisy_pair(40, 40))
    metric = MaskedSsim(Ssim(), disc(40, 40))
    steps = list(ascend(metric, x, y, iterations=5))
    assert steps[-1].value > steps[0].value + 0.05
    assert steps[-1].mse == pytest.approx(steps[0].mse, rel=1e-10)


def test_a_mask_that_fits_nothing_is_refused() -> None:
    x, y = noisy_pair(30, 31)
    with pytest.raises(MetricError, match=r"mask, of the shape \(31, 30\)"):
        MaskedSsim(Ssim(), np.ones((31, 30))).bind(x)
    corner = np.zeros((30, 31), np.bool_)
    corner[0, 0] = True
    with pytest.raises(MetricError, match="No window"):
        MaskedSsim(Ssim(), corner).bind(x).value(y)
