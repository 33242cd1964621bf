"""A pair whose images lie at two places, in the real window: offered, moved, taken back, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from ssim_viewer.images import read_sample, write_image
from ssim_viewer.session import intents
from ssim_viewer.session.anchors import ANCHOR, NO_ANCHORS
from ssim_viewer.session.comparison import Comparison, Mode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


def open_pair(driver: Driver, tmp_path: Path, x: int, y: int, width: int = 96) -> None:
    """Open a part of a photograph beside the one that begins at (x, y) in it."""
    whole = read_sample("camera").pixels[100:260, 180:340]
    paths = tmp_path / "reference.png", tmp_path / "moved.png"
    write_image(paths[0], whole[32:128, 32:128], 255, depth="uint8")
    write_image(paths[1], whole[32 + y : 128 + y, 32 + x : 32 + x + width], 255, depth="uint8")
    driver.want(intents.OpenFiles(paths))


def button(driver: Driver, name: str) -> QPushButton:
    found = driver.window.findChild(QPushButton, name)
    assert found is not None
    return found


def click(driver: Driver, pane: int, x: float, y: float) -> None:
    canvas = driver.window.panes.panes[pane].canvas
    place = canvas.view.to_widget(x, y).toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    driver.settle()


def test_images_at_two_places_are_offered_to_be_registered_and_undone(
    driver: Driver, tmp_path: Path
) -> None:
    open_pair(driver, tmp_path, 5, -3)
    assert "lies (−5, 3) pixels" in driver.notice
    before = driver.session.document.pair
    button(driver, "notice_move").click()
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.reference.size_text == "91×93"
    assert np.array_equal(pair.reference.pixels, pair.distorted.pixels)
    beside = driver.window.findChild(QLabel, "score_registered")
    assert beside is not None
    assert beside.text() == "distorted image moved by (5, −3) pixels"
    assert driver.window.actions_by_name["register"].isChecked()
    driver.trigger("undo")
    driver.settle()
    assert driver.session.document.pair is before
    assert beside.text() == ""


def test_the_row_takes_the_registration_back(driver: Driver, tmp_path: Path) -> None:
    open_pair(driver, tmp_path, 4, 0)
    for expected in ("92×96", "96×96"):
        driver.trigger("register")
        driver.settle()
        pair = driver.session.document.pair
        assert pair is not None
        assert pair.reference.size_text == expected


def test_two_sizes_can_be_registered(driver: Driver, tmp_path: Path) -> None:
    open_pair(driver, tmp_path, 7, 2, width=64)
    assert "choose crop" in driver.notice
    button(driver, "notice_register").click()
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.reference.size_text == "64×94"
    assert np.array_equal(pair.reference.pixels, pair.distorted.pixels)


def test_images_of_one_place_are_left_in_peace(driver: Driver) -> None:
    assert driver.notice == ""


def test_without_a_place_the_other_ways_stay(driver: Driver, tmp_path: Path) -> None:
    open_pair(driver, tmp_path, 7, 2, width=64)
    random = np.random.default_rng(0).uniform(0, 255, (50, 40))
    noise = tmp_path / "noise.png"
    write_image(noise, random, 255, depth="uint8")
    driver.want(intents.OpenFiles((tmp_path / "reference.png", noise)))
    driver.want(intents.ChooseAlignment("register"))
    assert "finds no place" in driver.notice
    assert button(driver, "notice_crop").isVisible()
    assert not button(driver, "notice_register").isVisible()
    driver.want(intents.ChooseAlignment("crop"))
    assert driver.session.document.pair is not None
    assert driver.session.document.pair.distorted.name == "noise.png"


def test_pins_keep_the_same_spot_together(driver: Driver, tmp_path: Path) -> None:
    open_pair(driver, tmp_path, 5, -3)
    driver.trigger("anchor_pins")
    assert driver.session.tool == ANCHOR
    click(driver, 0, 40.5, 50.5)
    click(driver, 1, 35.5, 53.5)
    displacement = driver.session.look.anchors.displacement
    assert displacement == pytest.approx((5, -3), abs=1)
    driver.window.panes.hovered.emit((40, 50))
    readout = driver.window.findChild(QLabel, "readout")
    assert readout is not None
    assert (
        readout.text().split("   ")[1].removeprefix("reference")
        == (readout.text().split("   ")[2].removeprefix("distorted").partition(" at")[0])
    )
    shown = driver.window.panes.panes[1].canvas
    assert shown.view.to_image(QPointF(0, 0)) == driver.window.panes.panes[0].canvas.view.to_image(
        QPointF(0, 0)
    )
    driver.trigger("clear_anchors")
    assert driver.session.look.anchors == NO_ANCHORS


def test_a_moved_pin_moves_the_picture(driver: Driver, tmp_path: Path) -> None:
    open_pair(driver, tmp_path, 5, -3)
    canvas = driver.window.panes.panes[1].canvas
    reference = driver.window.panes.panes[0].canvas
    driver.trigger("anchor_pins")
    click(driver, 0, 40.5, 50.5)
    driver.want(intents.PutAnchor(1, 35.5, 53.5))
    driver.trigger("clear_region")
    assert driver.session.tool is None
    driver.window.panes.hovered.emit(None)
    driver.want(intents.Compare(Comparison(Mode.OVERLAY, opacity=1.0)))
    both = [each.grab().toImage().copy(60, 60, 60, 60) for each in (canvas, reference)]
    assert driver.session.look.anchors.displacement == pytest.approx((5, -3), abs=1)
    assert both[0].size() == both[1].size()


def test_a_pin_on_a_map_is_refused_in_a_sentence(driver: Driver) -> None:
    driver.want(intents.PutAnchor(2, 3.0, 3.0))
    assert "one of the two images" in driver.notice
    assert driver.session.look.anchors == NO_ANCHORS


def test_pins_are_put_by_keys(driver: Driver) -> None:
    driver.trigger("anchor_pins")
    for pane in (0, 1):
        driver.window.panes.focus_pane(pane)
        canvas = driver.window.panes.panes[pane].canvas
        for key in [Qt.Key.Key_Left, Qt.Key.Key_Up] * 7:  # to the corner, wherever the mouse is
            QTest.keyClick(canvas, key, Qt.KeyboardModifier.ShiftModifier)
        for _ in range(pane):
            QTest.keyClick(canvas, Qt.Key.Key_Right)
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        QTest.keyClick(canvas, Qt.Key.Key_Space)
    anchors = driver.session.look.anchors
    assert anchors.reference is not None
    assert anchors.distorted is not None
    assert anchors.displacement == (-1, 0)
