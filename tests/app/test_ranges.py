"""The data range in the window: guessed once and said, offered, chosen with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ssim_viewer.app import create_window
from ssim_viewer.images import GivenRange
from ssim_viewer.session import intents
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

RNG = np.random.default_rng(3)
SCENE = RNG.uniform(0.02, 1, (40, 48))
NOISY = np.clip(SCENE + RNG.normal(0, 0.05, SCENE.shape), 0, 1)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opener]:
    drivers: list[Driver] = []

    def open_pair(*pair: object, given: GivenRange = GivenRange()) -> Driver:  # noqa: B008
        window = create_window(*pair, given=given)  # type: ignore[arg-type]
        window.resize(1280, 720)
        window.show()
        drivers.append(Driver(window, qtbot))
        drivers[0].settle()
        return drivers[0]

    yield open_pair
    for driver in drivers:
        driver.window.close()
        driver.window.deleteLater()


if TYPE_CHECKING:
    from collections.abc import Callable

    Opener = Callable[..., Driver]


def label(driver: Driver, name: str) -> str:
    found = driver.window.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_a_guess_for_floats_changes_no_mse_and_stands_beside_the_score(opened: Opener) -> None:
    x, y = SCENE * 4.5, NOISY * 3.9
    driver = opened(x, y)
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(np.mean((x - y) ** 2), rel=1e-12)
    assert "L = 1 (guessed from the values)" in label(driver, "score_convention")
    assert "nothing was rescaled" in label(driver, "notice_text")


def test_a_changed_range_is_no_guess_any_more(opened: Opener) -> None:
    driver = opened(SCENE, NOISY)
    assert "guessed" in label(driver, "score_convention")
    spin = driver.window.findChild(type(driver.window.metric_panel._range), "metric_data_range")
    assert spin is not None
    spin.setFocus()
    spin.setValue(2)
    driver.settle()
    assert label(driver, "score_convention").endswith("L = 2")


def test_12_bits_in_16_are_offered_and_taken_with_one_click(opened: Opener) -> None:
    x, y = (np.rint(each * 4095).astype(np.uint16) for each in (SCENE, NOISY))
    driver = opened(x, y)
    button = driver.window.findChild(QPushButton, "notice_range")
    assert button is not None
    assert button.isVisible()
    assert button.text() == "Data range 4095"
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    assert "L = 4095" in label(driver, "score_convention")
    assert driver.session.document.metric.data_range == 4095
    assert not button.isVisible()
    driver.trigger("undo")
    driver.settle()
    assert driver.session.document.metric.data_range == 65535


def test_floats_beside_8_bits_wait_for_the_word_of_the_person(opened: Opener) -> None:
    x = np.rint(SCENE * 255).astype(np.uint8)
    driver = opened(x, NOISY)
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(np.mean((x - NOISY) ** 2))
    button = driver.window.findChild(QPushButton, "notice_range")
    assert button is not None
    assert button.text() == "White is 1 in the distorted image"
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    driver.settle()
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(np.mean((x - NOISY * 255) ** 2))
    driver.want(intents.SwapImages())
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(np.mean((x - NOISY * 255) ** 2))


def test_a_given_range_is_kept_by_reloading(opened: Opener, tmp_path: Path) -> None:
    from ssim_viewer.images import write_image  # noqa: PLC0415

    paths = tmp_path / "x.tif", tmp_path / "y.tif"
    for path, pixels in zip(paths, (SCENE * 900, NOISY * 0.3), strict=True):
        write_image(path, pixels, 1, depth="float32")
    driver = opened(*paths, given=GivenRange(1023.0))
    assert not driver.notice
    driver.trigger("reload")
    driver.settle()
    assert driver.session.document.metric.data_range == 1023
    assert "guessed" not in label(driver, "score_convention")
