"""Scenes in the real window: one click in the menu, a table, a click in the table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTableWidget

from ssim_viewer.features.scenes.state import SCENES
from ssim_viewer.metrics import Ssim
from ssim_viewer.session.intents import ChangeMetric, OpenSample
from tests.app.conftest import Driver
from tests.app.test_names import silent_ones


def play(driver: Driver, scene: str) -> QTableWidget:
    action = driver.window.findChild(QAction, f"scene_{scene}")
    assert action is not None
    action.trigger()
    driver.settle()
    table = driver.window.findChild(QTableWidget, "scene_table")
    assert table is not None
    return table


def cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


@pytest.mark.parametrize("scene", SCENES)
def test_one_click_opens_the_images_and_the_table(driver: Driver, scene: str) -> None:
    table = play(driver, scene)
    assert table.isVisible()
    title = driver.window.findChild(QLabel, "scene_title")
    assert title is not None
    assert title.text() == SCENES[scene].title
    pair, measured = driver.session.document.pair, driver.session.measured
    assert pair is not None
    assert measured is not None
    assert measured.distorted is pair.distorted.pixels
    assert not silent_ones(driver.window)


def test_dark_pairs_show_predicted_and_measured_side_by_side(driver: Driver) -> None:
    table = play(driver, "dark_pairs")
    assert [cell(table, row, 1) for row in range(4)] == [
        "0.061055",
        "0.802568",
        "0.995476",
        "0.999200",
    ]
    assert [cell(table, row, 2) for row in range(4)] == [cell(table, row, 1) for row in range(4)]
    assert [cell(table, row, 3) for row in range(4)] == ["100.00"] * 4


def test_a_click_in_the_table_opens_that_pair(driver: Driver) -> None:
    table = play(driver, "dark_pairs")
    item = table.item(2, 0)
    assert item is not None
    place = table.visualItemRect(item).center()
    driver.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert (pair.reference.name, pair.distorted.name) == ("constant 100", "constant 110")


def test_no_row_is_marked_beside_other_images_and_any_click_brings_the_scene_back(
    driver: Driver,
) -> None:
    table = play(driver, "dark_pairs")
    assert table.currentRow() == 0
    driver.want(OpenSample("camera-noise"))
    assert table.currentRow() == -1
    assert not table.selectedItems()
    item = table.item(0, 0)
    assert item is not None
    place = table.visualItemRect(item).center()
    driver.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()
    assert table.currentRow() == 0
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.distorted.name == "constant 10"


def test_images_of_one_reference_are_candidates_of_it(driver: Driver) -> None:
    table = play(driver, "article")
    opened = driver.session.document.opened
    assert opened is not None
    assert len(opened.candidates) == 3
    driver.qtbot.keyClick(table, Qt.Key.Key_Down)
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert "overlays" in pair.distorted.name.lower()
    opened = driver.session.document.opened
    assert opened is not None
    assert len(opened.candidates) == 3


def test_a_scene_is_measured_by_the_convention_of_its_table(driver: Driver) -> None:
    driver.want(ChangeMetric(Ssim(window="uniform", window_size=7)))
    play(driver, "dither")
    measured = driver.session.measured
    assert measured is not None
    assert measured.values["ssim"] == pytest.approx(-0.1032581, abs=1e-6)


def test_a_scene_can_be_taken_back(driver: Driver) -> None:
    before = driver.session.document.pair
    play(driver, "negative")
    driver.trigger("undo")
    driver.settle()
    assert driver.session.document.pair is before
