"""The parts of the gradient in the real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ssim_viewer.distortions import mse_between
from ssim_viewer.features.gradient_parts.state import (
    RADIAL,
    STEPS,
    TANGENTIAL,
    Driver,
    Parts,
    Paths,
    parts_of,
    paths_of,
)
from ssim_viewer.session.intents import OpenSample
from ssim_viewer.synthesis import Direction
from tests.app.conftest import Driver as Hand
from tests.app.test_names import silent_ones

FACTORS = (Driver.LUMINANCE, Driver.CONTRAST, Driver.STRUCTURE)


def opened(hand: Hand) -> QWidget:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    hand.qtbot.keyClick(hand.window, Qt.Key.Key_H, keys)
    hand.settle()
    window: QWidget = hand.program.features["gradient_parts"].window
    return window


def press(hand: Hand, window: QWidget, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    hand.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    hand.settle()


def found(hand: Hand) -> tuple[Parts, Paths]:
    parts, paths = parts_of(hand.session), paths_of(hand.session)
    assert parts is not None
    assert paths is not None
    return parts, paths


def words(window: QWidget, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_the_parts_add_up_and_every_climb_holds_the_mse(driver: Hand) -> None:
    window = opened(driver)
    parts, paths = found(driver)
    whole = parts.maps[Driver.GRADIENT]
    end = float(np.abs(whole).max())
    for halves in ((RADIAL, TANGENTIAL), FACTORS):
        total = sum(parts.maps[name].astype(float) for name in halves)
        np.testing.assert_allclose(total, whole, atol=1e-5 * end)
    rows = parts.rows
    assert sum(rows[each].share for each in FACTORS) == pytest.approx(1, rel=1e-9)
    assert sum(rows[each].toward for each in FACTORS) == pytest.approx(
        rows[Driver.GRADIENT].toward, rel=1e-9
    )
    reference = paths.subject.pair.reference.pixels
    assert paths.done
    for name, path in paths.paths.items():
        assert len(path.means["ssim"]) == STEPS + 1, name
        assert mse_between(path.image, reference) == pytest.approx(path.mse, rel=1e-9)
        own = path.means["ssim" if name is Driver.GRADIENT else name]
        assert own[-1] > own[0], name
    share = f"{100 * rows[Driver.STRUCTURE].share:.1f} %"
    assert share in words(window, "gradient_parts_numbers")
    assert "grey levels" in words(window, "gradient_parts_sphere_note")
    assert not silent_ones(window)


def test_the_other_way_lowers_and_its_end_comes_on_screen(driver: Hand) -> None:
    window = opened(driver)
    press(driver, window, "gradient_parts_down")
    press(driver, window, "gradient_parts_plot_structure")
    paths = found(driver)[1]
    assert paths.direction is Direction.DESCENT
    path = paths.paths[Driver.STRUCTURE]
    assert path.means["structure"][-1] < path.means["structure"][0]
    press(driver, window, "gradient_parts_show_structure")
    pair = driver.session.document.pair
    assert pair is not None
    np.testing.assert_array_equal(pair.distorted.pixels, path.image)
    assert found(driver)[1].paths[Driver.STRUCTURE] is path


def test_identical_images_are_refused_in_a_sentence(driver: Hand) -> None:
    driver.want(OpenSample("camera"))
    window = opened(driver)
    assert "equals the reference" in words(window, "gradient_parts_problem")
