"""MSE, PSNR and MAE of each channel, in a window that follows the pair on screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget, QWidget

from ssim_viewer.features.channel_errors.jobs import plane_errors
from ssim_viewer.images import write_image
from ssim_viewer.metrics import mae, mse
from ssim_viewer.session import intents
from ssim_viewer.session.state import Role
from tests.app.conftest import Driver

LUMA = np.array([0.299, 0.587, 0.114])


def colored(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (50, 60, 3)).astype(np.uint8)


@pytest.fixture
def window(driver: Driver, tmp_path: Path) -> QWidget:
    for role, seed in ((Role.REFERENCE, 1), (Role.DISTORTED, 2)):
        path = tmp_path / f"{role}.png"
        write_image(path, colored(seed), 255, depth="uint8")
        driver.want(intents.OpenFile(role, path))
    action = driver.window.findChild(QAction, "open_channel_errors")
    assert action is not None
    action.trigger()
    driver.settle()
    found = next(
        each
        for each in QApplication.allWidgets()
        if each.objectName() == "channel_errors_window" and each.isVisible()
    )
    assert isinstance(found, QWidget)
    return found


def rows(window: QWidget) -> list[list[str]]:
    table = window.findChild(QTableWidget, "channel_errors_table")
    assert table is not None
    items = [[table.item(i, j) for j in range(4)] for i in range(table.rowCount())]
    return [[item.text() if item else "" for item in row] for row in items]


def test_luma_and_channels_agree_with_the_library() -> None:
    x, y = colored(1), colored(2)
    squares, magnitudes = plane_errors(x, y)
    planes = [(x, y), (x @ LUMA, y @ LUMA), *((x[..., c], y[..., c]) for c in range(3))]
    assert squares == pytest.approx([mse(*pair) for pair in planes])
    assert magnitudes == pytest.approx([mae(*pair) for pair in planes])


def test_a_grey_pair_has_one_row() -> None:
    x, y = colored(1)[..., 0], colored(2)[..., 0]
    squares, magnitudes = plane_errors(x, y)
    assert squares == pytest.approx([mse(x, y)])
    assert magnitudes == pytest.approx([mae(x, y)])


def test_the_window_shows_every_plane_and_the_strip_says_what_its_own_are_over(
    driver: Driver, window: QWidget
) -> None:
    driver.until(lambda: len(rows(window)) == 5)
    x, y = colored(1), colored(2)
    names = [row[0] for row in rows(window)]
    assert names == ["all channels", "luma", "red", "green", "blue"]
    assert rows(window)[0][3] == f"{mae(x, y):.2f}"
    assert rows(window)[1][1] == f"{mse(x @ LUMA, y @ LUMA):.2f}"
    captions = [
        each.text()
        for each in driver.window.score_strip.findChildren(QWidget)
        if hasattr(each, "text")
    ]
    assert {"MSE RGB", "PSNR RGB", "MAE RGB"} <= set(captions)


def test_the_window_follows_the_pair(driver: Driver, window: QWidget, tmp_path: Path) -> None:
    driver.until(lambda: len(rows(window)) == 5)
    path = tmp_path / "other.png"
    write_image(path, colored(3), 255, depth="uint8")
    driver.want(intents.OpenFile(Role.DISTORTED, path))
    expected = f"{mae(colored(1), colored(3)):.2f}"
    driver.until(lambda: rows(window)[0][3] == expected)


def test_the_table_is_copied_at_full_precision(driver: Driver, window: QWidget) -> None:
    driver.until(lambda: len(rows(window)) == 5)
    button = window.findChild(QPushButton, "channel_errors_copy")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "over,MSE,PSNR dB,MAE"
    assert lines[1].split(",")[0] == "all channels"
    assert float(lines[1].split(",")[1]) == pytest.approx(mse(colored(1), colored(2)))
