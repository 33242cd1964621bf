"""MSE, MAE and PSNR are over all samples, never wrap, and know identical images."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssim_viewer.metrics import MetricError, mae, mse, psnr
from tests.metrics.scenes import camera_pair


def test_differences_of_bytes_do_not_wrap() -> None:
    black, white = np.zeros((4, 4), np.uint8), np.full((4, 4), 255, np.uint8)
    assert mse(black, white) == mse(white, black) == 255**2
    assert mae(black, white) == mae(white, black) == 255
    assert psnr(black, white) == 0


def test_they_are_what_their_definitions_say() -> None:
    x, y = (image.astype(float) for image in camera_pair())
    assert mse(x, y) == pytest.approx(np.mean((x - y) ** 2), rel=1e-14)
    assert mae(x, y) == pytest.approx(np.mean(np.abs(x - y)), rel=1e-14)
    assert psnr(x, y, 255) == pytest.approx(10 * np.log10(255**2 / np.mean((x - y) ** 2)))


@given(
    st.integers(1, 70), st.integers(1, 70), st.sampled_from([None, 1, 3]), st.integers(-200, 200)
)
def test_a_constant_error_is_measured_in_any_shape(
    height: int, width: int, channels: int | None, error: int
) -> None:
    shape = (height, width) if channels is None else (height, width, channels)
    x = np.full(shape, 30.0)
    assert mse(x, x + error) == error**2
    assert mae(x, x + error) == abs(error)


def test_identical_images_have_infinite_psnr() -> None:
    x, _ = camera_pair()
    assert psnr(x, x) == math.inf


def test_different_shapes_bad_ranges_and_nan_are_refused() -> None:
    x = np.ones((3, 3))
    with pytest.raises(MetricError, match=r"3×3.*4×3"):
        mse(x, np.ones((3, 4)))
    with pytest.raises(MetricError, match="data_range"):
        psnr(x, x, 0)
    with pytest.raises(MetricError, match="NaN"):
        mae(x, x * np.nan)
