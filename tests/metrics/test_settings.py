"""Settings are checked, hashable, and describe themselves in words."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import PRESETS, MetricError, Ssim, ssim


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"data_range": 0}, "data_range"),
        ({"data_range": float("nan")}, "data_range"),
        ({"k1": -1}, "k1"),
        ({"k2": -0.1}, "k2"),
        ({"sigma": "wide"}, "sigma"),
        ({"window": "disk"}, "window"),
        ({"window_size": 1}, "window_size"),
        ({"window_size": 7.5}, "window_size"),
        ({"border": "wrap"}, "border"),
        ({"exponents": (1, 1)}, "exponents"),
        ({"exponents": (1, 1, -1)}, "exponents"),
        ({"exponents": 1}, "exponents"),
        ({"downsample": 0}, "downsample"),
        ({"downsample": "half"}, "downsample"),
        ({"covariance": "robust"}, "covariance"),
        ({"color": "hsv"}, "color"),
        ({"color": ["mean"]}, "color"),
    ],
    ids=str,
)
def test_a_setting_out_of_range_is_named(settings: dict[str, Any], word: str) -> None:
    with pytest.raises(MetricError, match=word):
        Ssim(**settings)


def test_equal_settings_are_equal_whatever_kind_of_numbers_they_were_given_in() -> None:
    given: Any = [1, np.float32(1), 1]
    metric = Ssim(data_range=255, window_size=np.int64(11), exponents=given)  # type: ignore[arg-type]
    assert metric == Ssim()
    assert hash(metric) == hash(Ssim())


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        (Ssim(), "11×11 Gaussian σ 1.5, valid, channel mean, L = 255"),
        (PRESETS["Wang 2004"], "11×11 Gaussian σ 1.5, valid, luma, L = 255"),
        (
            PRESETS["scikit-image default"],
            "7×7 uniform, valid, channel mean, L = 255, sample covariance",
        ),
        (
            Ssim(data_range=1, k2=0.05, exponents=(1, 1, 0.5), border="reflect", downsample=2),
            "11×11 Gaussian σ 1.5, reflect, channel mean, L = 1, K = 0.01, 0.05, "
            "α, β, γ = 1, 1, 0.5, downsampled ×2",
        ),
        (
            Ssim(downsample="auto"),
            "11×11 Gaussian σ 1.5, valid, channel mean, L = 255, downsampled automatically",
        ),
    ],
)
def test_a_convention_is_described_in_words(metric: Ssim, words: str) -> None:
    assert metric.describe() == words


def test_the_factor_of_automatic_downsampling_is_named_for_an_image() -> None:
    words = Ssim(downsample="auto").describe((512, 700))
    assert words.endswith("downsampled ×2 (automatic)")


def test_presets_take_the_data_range_of_the_image() -> None:
    for preset in PRESETS.values():
        assert dataclasses.replace(preset, data_range=1.0).data_range == 1


@pytest.mark.parametrize(
    ("shape", "settings", "sentence"),
    [
        ((10, 40), {}, "The image, 40×10, is smaller than the window, 11×11."),
        ((40, 6), {"border": "reflect"}, "The image, 6×40, is smaller than the window, 11×11."),
        (
            (40, 20, 3),
            {"downsample": 2},
            "The image, 20×40 (10×20 after downsampling), is smaller than the window, 11×11.",
        ),
    ],
)
def test_an_image_smaller_than_the_window_is_refused_with_both_sizes(
    shape: tuple[int, ...], settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(MetricError) as caught:
        Ssim(**settings).bind(np.zeros(shape))
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "image", [np.zeros(20), np.zeros((2, 20, 20, 3)), np.zeros((0, 20)), np.zeros((20, 20), "c8")]
)
def test_what_is_no_image_is_refused(image: Any) -> None:
    with pytest.raises(MetricError, match="An image"):
        Ssim().bind(image)


def test_images_of_different_sizes_are_refused_with_both_sizes() -> None:
    with pytest.raises(MetricError, match=r"30×20.*31×20"):
        ssim(np.zeros((20, 30)), np.zeros((20, 31)))


def test_luma_of_anything_but_three_channels_is_refused() -> None:
    with pytest.raises(MetricError, match="Luma needs 3 channels"):
        Ssim(color="luma").bind(np.zeros((20, 20, 4)))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("border", ["valid", "reflect"])
def test_what_is_not_finite_is_refused(bad: float, border: Any) -> None:
    good, broken = np.zeros((20, 20)), np.zeros((20, 20))
    broken[10, 10] = bad
    with pytest.raises(MetricError, match="NaN"):
        Ssim(border=border).bind(good).value_and_gradient(broken)
    with pytest.raises(MetricError, match="NaN"):
        Ssim(border=border).bind(broken)
