"""A number beyond the limits of its box is refused in words, and the last one stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from ssim_viewer.ui.controls.inputs import NumberSpin
from tests.app.conftest import Driver


def box_of(driver: Driver, name: str) -> NumberSpin:
    box = driver.window.findChild(NumberSpin, name)
    assert box is not None
    return box


def type_into(box: NumberSpin, text: str, end: Qt.Key) -> None:
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, end)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize("text", ["99999", "0", "-3"])
def test_limits_are_said_below_the_box_and_the_last_number_comes_back(
    driver: Driver, text: str, end: Qt.Key
) -> None:
    box = box_of(driver, "metric_sigma_value")
    low, high = box.textFromValue(box.minimum()), box.textFromValue(box.maximum())
    type_into(box, text, end)
    driver.until(QToolTip.isVisible)
    assert QToolTip.text() == f"Only numbers from {low} to {high} are possible here; 1.50 stays."
    assert (box.text(), box.value()) == ("1.50", 1.5)
    QToolTip.hideText()
    driver.until(lambda: not QToolTip.isVisible())


def test_a_number_within_the_limits_is_taken_without_a_word(driver: Driver) -> None:
    box = box_of(driver, "metric_sigma_value")
    type_into(box, "2.25", Qt.Key.Key_Return)
    driver.settle()
    assert driver.session.document.metric.sigma == 2.25
    assert not QToolTip.isVisible()


def test_a_number_of_more_decimals_than_the_box_has_cannot_be_typed(driver: Driver) -> None:
    box = box_of(driver, "metric_sigma_value")
    type_into(box, "2.2567", Qt.Key.Key_Return)
    assert box.text() == "2.25"


def test_a_box_with_words_for_a_number_says_its_limits_too(driver: Driver) -> None:
    box = box_of(driver, "transport_limit")
    type_into(box, "-5", Qt.Key.Key_Return)
    driver.until(QToolTip.isVisible)
    assert "from 0 to 1000000" in QToolTip.text()
    QToolTip.hideText()
