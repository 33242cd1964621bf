"""The table of mistakes against numbers that were computed elsewhere, and in the real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget, QWidget

from ssim_viewer.features.implementation_mistakes.mistakes import MISTAKES, wrapped_map
from ssim_viewer.images import image_from_array, read_sample
from ssim_viewer.metrics import MetricError
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones

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
}


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
