"""Every figure that a lecture on SSIM needs is on screen in at most three clicks of the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ssim_viewer.features.scenes.state import scenes_of
from tests.app.conftest import Driver

pytestmark = pytest.mark.qt_log_ignore("plugin does not support", extend=True)

MOST = 3

SCENES = {
    "pairs of constant images, and one MSE at four greys": "dark_pairs",
    "checkerboard against flat grey, and its inverse": "checkerboard",
    "mirrored ramps of Nilsson and Akenine-Möller": "mirrored_ramps",
    "dither that nobody sees": "dither",
    "the negative": "negative",
    "contrast times k": "gain",
    "noise on texture and on flat ground": "noise_on_texture",
    "zoom, shift and rotation under CW-SSIM (Wang and Bovik 2009)": "geometry",
    "colour pairs of equal luma": "equal_luma",
    "damage of colour alone (TID2013)": "color_alone",
    "the four images of an article": "article",
}
WINDOWS = {
    "six versions at one MSE (Wang et al. 2004, Wang's page)": (
        "scene_equal_mse",
        "gallery_window",
    ),
    "MSSIM against MSE": ("scene_plane", "sweep_window"),
    "l while the mean shifts": ("scene_l_curve", "sweep_window"),
    "best and worst image of one MSE": ("open_two_runs", "two_runs_window"),
    "the sphere of equal MSE": ("open_gradient_parts", "gradient_parts_window"),
    "why a descent goes up": ("open_descent_faults", "faults_window"),
    "implementation mistakes as switches": ("open_implementation_mistakes", "mistakes_window"),
}


class Hand:
    """A mouse that counts its clicks."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.clicks = driver, 0

    def press(self, widget: QWidget, place: QPoint | None = None) -> None:
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    def choose(self, command: str) -> None:
        """Click from the menu bar down to a command, by its object name."""
        bar = self.driver.window.menuBar()
        path = next(
            path for top in bar.actions() if (path := _path(top.menu(), command)) is not None
        )
        opened = path[0]
        self.press(bar, bar.actionGeometry(opened.menuAction()).center())
        for menu in path[1:]:
            self.driver.until(opened.isVisible)
            self.press(opened, opened.actionGeometry(menu.menuAction()).center())
            opened = menu
        self.driver.until(opened.isVisible)
        action = self.driver.window.actions_by_name[command]
        self.press(opened, opened.actionGeometry(action).center())
        self.driver.settle()


def _path(menu: object, command: str) -> list[QMenu] | None:
    """Return the menus that lead to a command, the outermost first."""
    if not isinstance(menu, QMenu):
        return None
    for action in menu.actions():
        if action.objectName() == command:
            return [menu]
        if (below := _path(action.menu(), command)) is not None:
            return [menu, *below]
    return None


@pytest.fixture
def hand(driver: Driver) -> Hand:
    return Hand(driver)


def test_every_scene_is_on_screen(hand: Hand) -> None:
    for figure, scene in SCENES.items():
        hand.clicks = 0
        hand.choose(f"scene_{scene}")
        assert scenes_of(hand.driver.session).scene == scene, figure
        assert hand.clicks <= MOST, figure


def test_every_figure_with_a_window_is_on_screen(hand: Hand) -> None:
    for figure, (command, window) in WINDOWS.items():
        hand.clicks = 0
        hand.choose(command)
        assert window in [each.objectName() for each in _windows(hand.driver)], figure
        assert hand.clicks <= MOST, figure


def test_the_plate_of_four_is_on_screen(hand: Hand) -> None:
    hand.choose("open_plate")
    plate = next(each for each in _windows(hand.driver) if each.objectName() == "plate_window")
    play = plate.findChild(QPushButton, "plate_play")
    assert play is not None
    hand.press(play)
    assert hand.clicks <= MOST
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    hand.driver.settle()


def _windows(driver: Driver) -> list[QWidget]:
    tenants = driver.program.features._tenants.values()
    return [each.window.window() for each in tenants if each.window is not None]
