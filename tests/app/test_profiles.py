"""Colour profiles in the window: what is done with them is said, chosen and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction

from ssim_viewer.app import create_window
from tests.app.conftest import Driver
from tests.cli.test_profiles import pair

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

__all__ = ["pair"]


def test_converting_is_chosen_in_the_menu_and_the_files_are_read_again(
    qtbot: QtBot,
    pair: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    driver = Driver(create_window(*pair, settings=settings), qtbot)
    driver.window.show()
    driver.settle()
    assert "was kept" in driver.notice
    assert mse(driver) == 0
    action = driver.window.findChild(QAction, "profile_convert_to_srgb")
    assert action is not None
    action.trigger()
    driver.settle()
    assert action.isChecked()
    assert "converted to sRGB" in driver.notice
    assert mse(driver) > 100
    driver.window.close()
    again = Driver(create_window(*pair, settings=settings), qtbot)
    again.settle()
    assert mse(again) > 100
    again.window.close()


def mse(driver: Driver) -> float:
    assert driver.session.measured is not None
    return driver.session.measured.values["mse"]
