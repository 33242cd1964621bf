"""Every metric of a part: what a mask names, and never a sample that is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    CwSsim,
    Gmsd,
    Layer,
    Mae,
    MapGeometry,
    MaskedMetric,
    MetricError,
    Mse,
    MsSsim,
    Psnr,
    Ssim,
    WeightedSsim,
    masked_metric,
)
from tests.metrics.scenes import noisy_pair, numeric_gradient
from tests.metrics.test_masked_ssim import disc

if TYPE_CHECKING:
    from numpy.typing import NDArray

H, W = 26, 25
METRICS: list[Any] = [
    Mse(),
    Mae(),
    Psnr(255),
    Ssim(255, window_size=5),
    MsSsim(255, window_size=3, sigma=1.0),
    MsSsim(255, window_size=3, sigma=1.0, border="reflect", color="luma"),
    CwSsim(255, levels=2, orientations=3, window=3),
    WeightedSsim(255, window_size=5),
    Gmsd(255),
]


class Contrast:
    """A metric of somebody else: the error of the standard deviation of the whole image."""

    higher_is_better = False

    def bind(self, reference: Any, /) -> Contrast:
        bound = Contrast()
        bound.of = float(np.std(reference))  # type: ignore[attr-defined]
        return bound

    def value(self, distorted: Any, /) -> float:
        return (float(np.std(distorted)) - self.of) ** 2  # type: ignore[attr-defined,no-any-return]

    def value_and_gradient(self, y: Any, /) -> tuple[float, NDArray[np.float64]]:
        deviation = float(np.std(y)) - self.of  # type: ignore[attr-defined]
        return deviation**2, 2 * deviation * (y - y.mean()) / (y.size * np.std(y))

    def map(self, distorted: Any, /) -> NDArray[np.float64]:
        return np.asarray(distorted, float)

    def layers(self, distorted: Any, /) -> dict[str, Layer]:
        return {"itself": Layer(self.map(distorted), MapGeometry(0.0, 1))}


@pytest.mark.parametrize("metric", [*METRICS, Contrast()], ids=lambda each: repr(each)[:40])
def test_the_gradient_is_exact_and_samples_without_a_number_have_none(metric: Any) -> None:
    x, y = (image.copy() for image in noisy_pair(H, W))
    x[3, 2] = np.nan
    lost = (H // 2, 4)
    bound = masked_metric(metric, disc(H, W)).bind(x)

    def value(image: Any) -> float:
        image = image.copy()
        image[lost] = np.nan
        return float(bound.value(image))

    y[lost] = np.nan
    found, gradient = bound.value_and_gradient(y)
    assert found == bound.value(y)
    numeric = numeric_gradient(value, np.nan_to_num(y))
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=2e-6 * np.abs(numeric).max())
    assert not gradient[lost].any()
    assert not gradient[3, 2].any()


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_a_mask_of_everything_changes_nothing(metric: Any) -> None:
    x, y = noisy_pair(H, W, 3)
    expected = metric.bind(x).value(y)
    assert masked_metric(metric, np.ones((H, W), np.bool_)).bind(x).value(y) == pytest.approx(
        expected, rel=1e-12
    )


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_errors_far_from_the_mask_change_nothing(metric: Any) -> None:
    x, y = noisy_pair(64, 64)
    mask = np.zeros((64, 64), np.bool_)
    mask[8:24, 8:24] = True
    bound = masked_metric(metric, mask).bind(x)
    other = y.copy()
    other[50:] = 0
    assert bound.value(other) == bound.value(y)
    assert not bound.value_and_gradient(y)[1][50:].any()
    for layer in bound.layers(y).values():
        assert np.isnan(layer.values).any()
        assert np.isfinite(layer.values).any()


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_maps_are_those_of_the_whole_where_a_sample_counts(metric: Any) -> None:
    if isinstance(metric, CwSsim):
        pytest.skip("Its filters see far, and so the images continued from what counts.")
    x, y = noisy_pair(H, W)
    whole = metric.bind(x).layers(y)
    # The last scale that is used has luminance too.
    near = 1e-3 if isinstance(metric, MsSsim) else 1e-10
    for name, layer in masked_metric(metric, disc(H, W)).bind(x).layers(y).items():
        kept = np.isfinite(layer.values)
        np.testing.assert_allclose(layer.values[kept], whole[name].values[kept], atol=near)


def test_pixel_errors_are_over_the_pixels_that_count() -> None:
    x, y = noisy_pair(H, W, 3)
    mask = disc(H, W)
    error = (y - x)[mask]
    assert masked_metric(Mse(), mask).bind(x).value(y) == pytest.approx(np.mean(error**2))
    assert masked_metric(Mae(), mask).bind(x).value(y) == pytest.approx(np.mean(abs(error)))


def test_ms_ssim_uses_the_scales_whose_windows_lie_in_the_mask_and_says_so() -> None:
    x, y = noisy_pair(176, 176)
    corner = np.zeros((176, 176), np.bool_)
    corner[:40, :40] = True
    bound = masked_metric(MsSsim(255), corner).bind(x)
    assert 0 < bound.value(y) < 1
    assert getattr(bound, "notes", ()) == (
        "What counts has room for 3 of the 5 scales; their weights were divided by their sum.",
    )


def test_a_metric_that_knows_no_parts_sees_the_reference_elsewhere_and_says_so() -> None:
    x, y = noisy_pair(H, W)
    mask = disc(H, W)
    bound = masked_metric(Contrast(), mask).bind(x)
    assert bound.value(y) == Contrast().bind(x).value(np.where(mask, y, x))
    assert "the reference everywhere else" in str(getattr(bound, "notes", ""))


def test_metrics_of_one_mask_are_equal_and_of_another_are_not() -> None:
    mask, other = disc(H, W), disc(H, W)
    for metric in (Gmsd(255), Ssim(255)):
        assert masked_metric(metric, mask) == masked_metric(metric, mask)
        assert masked_metric(metric, mask) != masked_metric(metric, other)
    assert len({masked_metric(Gmsd(255), mask), masked_metric(Gmsd(255), mask)}) == 1
    assert MaskedMetric(Gmsd(255)).higher_is_better is False


def test_a_mask_that_leaves_nothing_is_refused() -> None:
    x, _ = noisy_pair(H, W)
    with pytest.raises(MetricError, match="leaves no pixel"):
        masked_metric(Mse(), np.zeros((H, W), np.bool_)).bind(x)
    with pytest.raises(MetricError, match="is not that of the image"):
        masked_metric(Mse(), np.ones((W, H), np.bool_)).bind(x)
    corner = np.zeros((H, W), np.bool_)
    corner[0, 0] = True
    with pytest.raises(MetricError, match="No window"):
        masked_metric(MsSsim(255, window_size=3, sigma=1.0), corner).bind(x)
