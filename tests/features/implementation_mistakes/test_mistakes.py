"""The table of mistakes against numbers that were computed elsewhere, and in the real window."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget, QWidget
from scipy.ndimage import gaussian_filter, uniform_filter

from ssim_viewer.features.implementation_mistakes.mistakes import MISTAKES, wrapped_map
from ssim_viewer.images import image_from_array, read_sample
from ssim_viewer.metrics import MetricError
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones

Image = NDArray[np.float64]

CAMERA = read_sample("camera").pixels
NOISY = np.clip(CAMERA + 20 * np.random.RandomState(5).randn(*CAMERA.shape), 0, 255)
X, Y = CAMERA.astype(float), NOISY.astype(np.uint8).astype(float)

VALUES = {
    "none": 0.357964,
    "scikit_image": 0.367452,
    "sample_covariance": 0.357287,
    "thirteen_taps": 0.358517,
    "whole_map": 0.356119,
    "range_2": 0.530210,
    "range_255": 0.999874,
    "range_1": 0.261431,
    "range_uint16": 0.999885,
    "not_squared": 0.276020,
    "k_squared": 0.261877,
    "l_squared": 0.860352,
    "no_constants": 0.261429,
    "one_window": 0.966523,
    "downsampling": 0.624464,
    "ms_ssim": 0.793392,
}
COFFEE = read_sample("coffee").pixels[100:164, 200:272].astype(float)
BLUE = np.clip(COFFEE + [0.0, 6.0, 45.0] * np.random.RandomState(5).randn(*COFFEE.shape), 0, 255)


def value_of(mistake: str) -> float:
    return next(each for each in MISTAKES if each.id == mistake).measure(X, Y, 255.0)


@pytest.mark.parametrize(("mistake", "value"), VALUES.items())
def test_a_mistake_gives_the_value_that_was_computed_elsewhere(mistake: str, value: float) -> None:
    assert value_of(mistake) == pytest.approx(value, abs=6e-7)


def test_uint8_arithmetic_wraps() -> None:
    wrapped = wrapped_map(X, Y, 255.0)
    assert value_of("wrapping") == pytest.approx(1.005, abs=5e-4)
    assert (round(wrapped.min()), round(wrapped.max())) == (-1323, 6630)


def test_values_in_0_to_1_with_a_wrong_range_are_the_same_mistakes() -> None:
    mistake = next(each for each in MISTAKES if each.id == "range_255")
    assert mistake.measure(X / 255, Y / 255, 1.0) == pytest.approx(0.999874, abs=6e-7)


@pytest.mark.parametrize("name", ["wrapping", "clamped"])
def test_an_image_smaller_than_the_window_is_refused_in_words(name: str) -> None:
    mistake = next(each for each in MISTAKES if each.id == name)
    with pytest.raises(MetricError, match="smaller than the window of 11 × 11"):
        mistake.measure(X[:10, :10], Y[:10, :10], 255.0)


def test_clamping_negatives_raises_the_mean() -> None:
    assert value_of("clamped") > value_of("none")


def of_colour(mistake: str) -> float:
    return next(each for each in MISTAKES if each.id == mistake).measure(COFFEE, BLUE, 255.0)


def test_downsampling_by_a_filter_centred_elsewhere_and_rounded_gives_another_value_again() -> None:
    right = next(each for each in MISTAKES if each.id == "none")
    for rounded in (np.rint, np.floor):
        x, y = (rounded(uniform_filter(each, 2, mode="reflect")[::2, ::2]) for each in (X, Y))
        assert 0.6264 <= right.measure(x, y, 255.0) <= 0.6286


def test_the_mean_of_channels_is_the_mean_of_three_grey_values() -> None:
    right = next(each for each in MISTAKES if each.id == "none")
    three = [right.measure(COFFEE[..., c], BLUE[..., c], 255.0) for c in range(3)]
    assert of_colour("channel_mean") == pytest.approx(np.mean(three), abs=1e-12)


def test_colour_as_the_third_axis_is_a_filter_along_three_axes() -> None:
    def mean(values: Image) -> Image:
        return gaussian_filter(values, 1.5, radius=5, mode="reflect")

    mu_x, mu_y = mean(COFFEE), mean(BLUE)
    s_xx, s_yy = mean(COFFEE**2) - mu_x**2, mean(BLUE**2) - mu_y**2
    s_xy = mean(COFFEE * BLUE) - mu_x * mu_y
    C1, C2 = 6.5025, 58.5225
    values = (2 * mu_x * mu_y + C1) * (2 * s_xy + C2)
    values /= (mu_x**2 + mu_y**2 + C1) * (s_xx + s_yy + C2)
    assert of_colour("third_axis") == pytest.approx(float(values.mean()), abs=1e-10)


def test_ms_ssim_of_shifted_factors_is_higher() -> None:
    assert value_of("ms_ssim") < value_of("ms_ssim_shifted") < 1


def test_grey_images_have_no_channels_to_mix_up() -> None:
    with pytest.raises(MetricError, match="grey image has no channels"):
        value_of("third_axis")


def opened(driver: Driver) -> QWidget:
    driver.trigger("open_implementation_mistakes")
    driver.settle()
    window: QWidget = driver.program.features["implementation_mistakes"].window
    return window


def shown(window: QWidget, mistake: str, column: int) -> str:
    table = window.findChild(QTableWidget, "mistakes_table")
    assert table is not None
    row = next(place for place, each in enumerate(MISTAKES) if each.id == mistake)
    item = table.item(row, column)
    assert item is not None
    return item.text()


def choose(driver: Driver, window: QWidget, mistake: str) -> None:
    table = window.findChild(QTableWidget, "mistakes_table")
    assert table is not None
    for _ in range([each.id for each in MISTAKES].index(mistake)):
        driver.qtbot.keyClick(table, Qt.Key.Key_Down)


def press(driver: Driver, window: QWidget, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()


def test_the_table_is_of_the_pair_on_screen(driver: Driver) -> None:
    window = opened(driver)
    driver.program.open_pair(
        image_from_array(CAMERA, "camera"), image_from_array(Y.astype(np.uint8), "noisy")
    )
    driver.settle()
    assert shown(window, "none", 1) == "0.357964"
    assert shown(window, "l_squared", 1) == "0.860352"
    assert shown(window, "sample_covariance", 2) == "−0.000677"
    assert not silent_ones(window)


def test_the_line_of_mathematics_is_shown(driver: Driver) -> None:
    window = opened(driver)
    choose(driver, window, "not_squared")
    line = window.findChild(QLabel, "mistakes_line")
    assert line is not None
    assert "C = K L<" in line.text()
    assert "C = (K L)²" in line.text()


def test_a_mistake_is_switched_on_in_the_main_window_and_off_again(driver: Driver) -> None:
    window = opened(driver)
    choose(driver, window, "l_squared")
    press(driver, window, "mistakes_use")
    measured = driver.session.measured
    assert measured is not None
    assert f"{measured.values['ssim']:.6f}" == shown(window, "l_squared", 1)
    press(driver, window, "mistakes_right")
    measured = driver.session.measured
    assert measured is not None
    assert f"{measured.values['ssim']:.6f}" == shown(window, "none", 1)


def test_a_mistake_that_settings_cannot_say_is_not_offered(driver: Driver) -> None:
    window = opened(driver)
    choose(driver, window, "one_window")
    button = window.findChild(QPushButton, "mistakes_use")
    assert button is not None
    assert not button.isEnabled()
