"""A theme reaches every part of the window at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ssim_viewer.app import create_window
from ssim_viewer.ui.theme.colors import DARK, HIGH_CONTRAST, LIGHT, Colors, Theme
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("theme", "colors"),
    [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.HIGH_CONTRAST, HIGH_CONTRAST)],
)
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


def luminance(color: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_every_text_of_high_contrast_has_seven_to_one() -> None:
    of = HIGH_CONTRAST
    written = {
        (text, ground)
        for text in (of.text, of.muted, of.accent, of.ssim, of.mse)
        for ground in (of.window, of.surface, of.raised)
    }
    written |= {(of.on_accent, of.accent), (of.on_error, of.error)}
    assert not {pair for pair in written if contrast(*pair) < 7}


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_every_text_of_light_and_dark_has_four_and_a_half_to_one(colors: Colors) -> None:
    of = colors
    written = {(text, of.window) for text in (of.text, of.muted, of.accent, of.ssim, of.mse)}
    written |= {(of.on_accent, of.accent), (of.on_error, of.error)}
    assert not {pair for pair in written if contrast(*pair) < 4.5}


def test_high_contrast_leaves_nothing_behind_when_another_theme_is_chosen(driver: Driver) -> None:
    driver.window.set_theme(Theme.HIGH_CONTRAST)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert application.styleSheet()
    driver.window.set_theme(Theme.LIGHT)
    assert not application.styleSheet()


def test_high_contrast_comes_and_goes_without_another_style(driver: Driver) -> None:
    """A style is polished into every widget of every window, which holds the event loop."""
    driver.window.set_theme(Theme.LIGHT)
    gone: list[bool] = []

    def note() -> None:
        gone.append(True)

    style = QApplication.style()
    style.destroyed.connect(note)
    for theme in (Theme.HIGH_CONTRAST, Theme.HIGH_CONTRAST, Theme.DARK):
        driver.window.set_theme(theme)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not gone
    style.destroyed.disconnect(note)
    assert QApplication.style().name() == "fusion"


def test_the_headings_of_the_settings_follow_the_theme(driver: Driver) -> None:
    def is_written(name: str, colors: Colors) -> bool:
        heading = driver.window.findChild(QAbstractButton, name)
        assert heading is not None
        return heading.palette().color(QPalette.ColorRole.ButtonText).name() == colors.text

    for theme, colors in ((Theme.DARK, DARK), (Theme.LIGHT, LIGHT)):
        driver.window.set_theme(theme)
        for name in ("experiment_section", "metric_section"):
            driver.until(partial(is_written, name, colors))


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.HIGH_CONTRAST])
def test_the_scores_are_as_wide_as_the_window_after_any_change_of_theme(
    driver: Driver, theme: Theme
) -> None:
    for each in (Theme.LIGHT, Theme.HIGH_CONTRAST, theme):
        driver.window.set_theme(each)
    driver.window.resize(1300, 720)
    driver.until(lambda: driver.window.score_strip.width() == driver.window.width() == 1300)
