"""Conventions of luma against their own definitions, and the border that is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ssim_viewer.metrics import (
    PRESETS,
    CwSsim,
    Gmsd,
    MetricError,
    MsSsim,
    Quantity,
    Ssim,
    WeightedSsim,
    evaluate,
    mse,
    ssim,
)
from tests.metrics.scenes import noisy_pair, numeric_gradient


def rgb2gray(image: Any) -> Any:
    """Return what MATLAB makes of 8-bit colours: the first row of the inverse of NTSC's YIQ."""
    yiq = np.linalg.inv([[1, 0.956, 0.621], [1, -0.272, -0.647], [1, -1.106, 1.703]])
    return np.floor(image @ yiq[0] + 0.5)


def rgb2ycbcr(image: Any) -> Any:
    """Return the first channel of MATLAB's conversion, before it is rounded."""
    return 16 + image @ [65.481, 128.553, 24.966] / 255


GREY: dict[str, Any] = {
    "luma": lambda image: image @ [0.299, 0.587, 0.114],
    "luma-rounded": rgb2gray,
    "luma-studio": rgb2ycbcr,
    "luma-709": lambda image: image @ [0.2126, 0.7152, 0.0722],
}


def colours() -> tuple[Any, Any]:
    x, y = (np.clip(image, 0, 255).astype(np.uint8) for image in noisy_pair(70, 80, 3))
    return x, y


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize("color", GREY)
@pytest.mark.parametrize("kind", [Ssim, MsSsim, WeightedSsim, Gmsd, CwSsim])
def test_luma_is_what_its_standard_says(kind: Any, color: str) -> None:
    x, y = colours()
    grey = [GREY[color](image) for image in (x, y)]
    expected = kind().bind(grey[0]).value(grey[1])
    assert kind(color=color).bind(x).value(y) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("color", GREY)
def test_luma_scales_with_the_data_range(color: Any) -> None:
    x, y = colours()
    expected = Ssim(color=color).bind(x).value(y)
    unit = Ssim(color=color, data_range=1).bind(x / 255).value(y / 255)
    assert unit == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("color", ["luma", "luma-studio", "luma-709"])
@pytest.mark.parametrize("crop", [0, 2])
def test_the_gradient_is_exact(color: Any, crop: int) -> None:
    x, y = noisy_pair(14, 13, 3)
    bound = Ssim(color=color, window_size=5, crop=crop).bind(x)
    numeric = numeric_gradient(bound.value, y)
    _, gradient = bound.value_and_gradient(y)
    np.testing.assert_allclose(gradient, numeric, rtol=0, atol=1e-6 * np.abs(numeric).max())


def test_the_gradient_of_rounded_luma_is_that_before_rounding() -> None:
    x, y = colours()
    _, gradient = Ssim(color="luma-rounded").bind(x).value_and_gradient(y)
    grey = [rgb2gray(image) for image in (x, y)]
    _, slope = Ssim().bind(grey[0]).value_and_gradient(grey[1])
    weights = np.array([0.298936021293775, 0.587043074451121, 0.114020904255103])
    np.testing.assert_allclose(gradient, slope[..., None] * weights, rtol=0, atol=1e-15)


def test_grey_images_are_their_own_luma() -> None:
    x, y = (image[..., 0] for image in colours())
    for color in GREY:
        assert ssim(x, y, color=color) == ssim(x, y)


def test_presets_of_matlab_take_its_grey() -> None:
    assert PRESETS["MATLAB ssim"].color == "luma-rounded"
    assert "luma rounded to 8 bits" in PRESETS["MATLAB ssim"].describe()


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize("border", ["valid", "reflect"])
@pytest.mark.parametrize("downsample", [1, 2, "auto"])
def test_a_cropped_border_counts_nowhere(border: Any, downsample: Any) -> None:
    x, y = noisy_pair(60, 70)
    inner = [np.ascontiguousarray(image[4:-4, 4:-4]) for image in (x, y)]
    metric = Ssim(border=border, downsample=downsample, crop=4)
    plain = Ssim(border=border, downsample=downsample)
    bound = metric.bind(x)
    value, gradient = bound.value_and_gradient(y)
    expected, slope = plain.bind(inner[0]).value_and_gradient(inner[1])
    assert value == expected
    np.testing.assert_array_equal(gradient[4:-4, 4:-4], slope)
    assert np.count_nonzero(gradient) == np.count_nonzero(slope)
    assert metric.geometry(x.shape).offset == plain.geometry(inner[0].shape).offset + 4
    shown = evaluate(bound, y, [Quantity.SSIM, Quantity.DISTORTED])
    assert shown.scores.mse == mse(*inner)
    assert shown.maps[Quantity.DISTORTED].shape == (60, 70)
    assert "border of 4 px left out" in metric.describe()


def test_a_crop_that_leaves_no_window_is_refused() -> None:
    with pytest.raises(MetricError, match="smaller than the window"):
        Ssim(crop=10).bind(np.zeros((30, 40)))
    with pytest.raises(MetricError, match="smaller than the window"):
        Ssim(crop=30).bind(np.zeros((30, 40)))
    with pytest.raises(MetricError, match="crop is a whole number"):
        Ssim(crop=-1)
