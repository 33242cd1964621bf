"""A theme reaches every part of the window at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from ssim_viewer.app import create_window
from ssim_viewer.ui.theme.colors import DARK, LIGHT, Colors, Theme
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(("theme", "colors"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK)])
def test_a_theme_chosen_before_the_window_is_shown_is_the_one_that_is_painted(
    qtbot: QtBot, theme: Theme, colors: Colors
) -> None:
    window = create_window()
    window.set_theme(Theme.DARK if theme is Theme.LIGHT else Theme.LIGHT)
    window.set_theme(theme)
    window.show()
    Driver(window, qtbot).settle()
    label = window.findChild(QLabel, "score_ssim")
    assert label is not None
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == colors.ssim
    assert window.palette().color(QPalette.ColorRole.Window).name() == colors.window
    window.close()


def test_the_choice_of_a_theme_is_kept(driver: Driver) -> None:
    driver.window.set_theme(Theme.DARK)
    assert driver.window.preferences.theme is Theme.DARK


def test_the_link_to_the_convention_follows_the_theme(driver: Driver) -> None:
    link = driver.window.findChild(QLabel, "score_change_convention")
    assert link is not None

    def painted(colors: Colors) -> bool:
        image = link.grab().toImage()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return any(image.pixelColor(x, y).name() == colors.accent for x, y in pixels)

    for theme, colors in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
        driver.window.set_theme(theme)
        driver.until(partial(painted, colors))
