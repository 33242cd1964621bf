"""The gallery in the real window: one level, sorted pictures, a click, files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
from PIL import Image as PillowImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QTreeWidget, QWidget

from ssim_viewer.distortions import mse_between, solve_for_mse
from ssim_viewer.features.equal_mse_gallery.actions import ExportNumbers, ExportSheet
from ssim_viewer.features.equal_mse_gallery.state import gallery_of, panels_of
from ssim_viewer.session.report import MADE
from ssim_viewer.ui.controls.inputs import NumberSpin
from tests.app.test_names import silent_ones

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.equal_mse_gallery.view import GalleryWindow
    from ssim_viewer.images import Pair
    from tests.app.conftest import Driver

Found = TypeVar("Found", bound=QWidget)


class Hall:
    """The window of the gallery, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_G, keys)
        driver.settle()
        self.window: GalleryWindow = driver.program.features["equal_mse_gallery"].window

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def captions(self) -> list[str]:
        wall = self.find(QListWidget, "gallery_pictures")
        return [wall.item(row).text() for row in range(wall.count())]

    @property
    def pair(self) -> Pair:
        pair = self.driver.session.document.pair
        assert pair is not None
        return pair

    def click(self, name: str) -> None:
        self.driver.qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)
        self.driver.settle()

    def click_picture(self, row: int) -> None:
        wall = self.find(QListWidget, "gallery_pictures")
        wall.scrollToItem(wall.item(row))
        place = wall.visualItemRect(wall.item(row)).center() - QPoint(0, 20)
        self.driver.qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.driver.settle()

    def tick(self, title: str) -> None:
        tree = self.find(QTreeWidget, "gallery_types")
        item = tree.findItems(title, Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)[0]
        tree.scrollToItem(item)
        tree.setCurrentItem(item)
        self.driver.qtbot.keyClick(tree, Qt.Key.Key_Space)
        self.driver.settle()

    def type_level(self, text: str) -> None:
        spin = self.find(NumberSpin, "gallery_level")
        spin.selectAll()
        self.driver.qtbot.keyClicks(spin, text)
        self.driver.qtbot.keyClick(spin, Qt.Key.Key_Return)
        self.driver.settle()


@pytest.fixture
def hall(driver: Driver) -> Hall:
    return Hall(driver)


def test_six_pictures_of_one_mse_hang_from_the_best_mssim_to_the_worst(hall: Hall) -> None:
    panels = panels_of(hall.driver.session)
    assert len(panels) == len(hall.captions) == 6
    for panel in panels.values():
        if panel.reached:
            assert panel.mse == pytest.approx(210, rel=1e-3)
    values = [float(text.split("MSSIM ")[1].split()[0].replace("−", "-")) for text in hall.captions]
    assert values == sorted(values, reverse=True)
    assert hall.captions[0].startswith(("Mean shift", "Contrast"))


def test_a_clicked_picture_is_the_distorted_image_on_screen(hall: Hall) -> None:
    row = next(i for i, text in enumerate(hall.captions) if text.startswith("Gaussian blur"))
    hall.click_picture(row)
    expected = solve_for_mse("gaussian_blur", hall.pair.reference.pixels, 210.0)
    np.testing.assert_allclose(hall.pair.distorted.pixels, expected.image)
    assert "Gaussian blur" in hall.pair.distorted.name
    measured = hall.driver.session.measured
    assert measured is not None
    assert measured.values["mse"] == pytest.approx(210, rel=1e-3)
    hall.driver.trigger("undo")
    hall.driver.settle()
    assert "Gaussian blur" not in hall.pair.distorted.name


def test_enter_puts_the_chosen_picture_on_screen_too(hall: Hall) -> None:
    wall = hall.find(QListWidget, "gallery_pictures")
    wall.setCurrentRow(1)
    hall.driver.qtbot.keyClick(wall, Qt.Key.Key_Return)
    hall.driver.settle()
    title = hall.captions[1].split(",")[0]
    assert title in hall.pair.distorted.name


def test_a_type_is_added_and_only_its_picture_is_made(hall: Hall) -> None:
    before = panels_of(hall.driver.session)
    hall.tick("Motion blur")
    after = panels_of(hall.driver.session)
    assert set(after) - set(before) == {"motion_blur"}
    assert all(after[name] is before[name] for name in before)
    hall.tick("Motion blur")
    assert not any(text.startswith("Motion blur") for text in hall.captions)


def test_a_type_that_cannot_reach_the_level_says_how_far_it_goes(hall: Hall) -> None:
    hall.type_level("30000")
    words = hall.find(QLabel, "gallery_out_of_reach").text()
    assert "“Gaussian blur” reaches an MSE of" in words
    assert not any(text.startswith("Gaussian blur") for text in hall.captions)


def test_mssim_is_held_as_well(hall: Hall) -> None:
    hall.find(QComboBox, "gallery_measure").setCurrentText("MSSIM")
    hall.driver.settle()
    held = [panel.ssim for panel in panels_of(hall.driver.session).values() if panel.reached]
    assert len(held) >= 4
    assert held == pytest.approx([0.8] * len(held), rel=1e-3)
    assert hall.find(NumberSpin, "gallery_level").value() == 0.8


def test_cancelling_stops_and_going_on_finishes(hall: Hall) -> None:
    hall.driver.qtbot.mouseClick(
        hall.find(QPushButton, "gallery_types_all"), Qt.MouseButton.LeftButton
    )
    hall.click("gallery_run")
    made = len(panels_of(hall.driver.session))
    wanted = len(gallery_of(hall.driver.session).settings.names)
    assert made < wanted
    hall.find(QPushButton, "gallery_types_none").click()
    assert hall.captions == []
    hall.click("gallery_types_few")
    assert len(hall.captions) == 6


def test_the_sheet_and_the_numbers_are_written(hall: Hall, tmp_path: Path) -> None:
    hall.window.intended.emit(ExportSheet(tmp_path / "sheet.png"))
    hall.window.intended.emit(ExportNumbers(tmp_path / "sheet.csv"))
    hall.driver.settle()
    with PillowImage.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 3 * 64
    with (tmp_path / "sheet.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["distortion"] in ("mean_shift", "contrast_decrease")
    assert len(rows) == 6
    assert "gallery of" in rows[0][MADE]
    notice = gallery_of(hall.driver.session).notice
    assert notice is not None
    assert notice.text == "Saved “sheet.csv”."


def test_the_papers_figure_is_one_menu_entry(driver: Driver) -> None:
    action = driver.window.findChild(QAction, "scene_equal_mse")
    assert action is not None
    action.trigger()
    driver.settle()
    window = driver.program.features["equal_mse_gallery"].window
    assert window.isVisible()
    assert len(panels_of(driver.session)) == 6


def test_every_control_has_a_name_to_speak(hall: Hall) -> None:
    assert not silent_ones(hall.window)


def test_the_mse_on_screen_is_that_of_the_caption(hall: Hall) -> None:
    hall.click_picture(0)
    words = hall.captions[0].split("MSE ")[1].split("\n")[0].removesuffix(", nearest")
    mse = mse_between(hall.pair.distorted.pixels, hall.pair.reference.pixels)
    assert f"{mse:.2f}" == words
