"""The background of transparency in the window: chosen in a menu, kept as a preference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction

from ssim_viewer.app import create_window
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

ROWS, COLUMNS = np.mgrid[:40, :48]
DISC = (ROWS - 20) ** 2 + (COLUMNS - 24) ** 2 < 150


def image(alpha: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.dstack([np.full((*DISC.shape, 3), 128), alpha * 255]).astype(np.uint8)


def opened(qtbot: QtBot, settings: QSettings) -> Driver:
    driver = Driver(create_window(image(DISC), image(DISC & False), settings=settings), qtbot)
    driver.window.show()
    driver.settle()
    return driver


def mse(driver: Driver) -> float:
    assert driver.session.measured is not None
    return driver.session.measured.values["mse"]


def choose(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    action.trigger()
    driver.settle()
    assert action.isChecked()


def test_the_worse_of_two_backgrounds_until_one_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    driver = opened(qtbot, settings)
    assert mse(driver) == np.mean(DISC * 128.0**2)
    assert "worse of both, over black" in driver.notice
    choose(driver, "background_mid_grey")
    assert mse(driver) == 0
    assert "over mid-grey alone" in driver.notice
    choose(driver, "background_white")
    assert mse(driver) == np.mean(DISC * 127.0**2)
    driver.window.close()
    again = opened(qtbot, settings)
    assert mse(again) == np.mean(DISC * 127.0**2)
    choose(again, "background_automatic_the_worse_one_where_it_differs")
    assert mse(again) == np.mean(DISC * 128.0**2)
    again.window.close()
