"""Files of several pictures in the window: which page is shown is chosen in the File menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import tifffile
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ssim_viewer.session import intents
from ssim_viewer.session.state import Role

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


def test_another_page_of_a_file_is_opened_from_the_menu(driver: Driver, tmp_path: Path) -> None:
    rows, columns = np.mgrid[:80, :96]
    first = (rows * 2 + columns).astype(np.uint8)
    scan = tmp_path / "scan.tif"
    tifffile.imwrite(scan, np.stack([first, 255 - first, first // 2]), photometric="minisblack")
    menu = driver.window.findChild(QMenu, "pages_menu")
    assert menu is not None
    assert not menu.menuAction().isEnabled()  # the photographs are single pictures
    driver.want(intents.OpenFile(Role.REFERENCE, scan))
    driver.settle()
    driver.want(intents.OpenFile(Role.DISTORTED, scan))
    driver.settle()
    assert menu.menuAction().isEnabled()
    entry = driver.window.findChild(QAction, "distorted_page_2")
    assert entry is not None
    assert entry.text() == "Page 2, 96×80"
    entry.trigger()
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    np.testing.assert_array_equal(pair.reference.pixels, first)
    np.testing.assert_array_equal(pair.distorted.pixels, 255 - first)
    chosen = driver.window.findChild(QAction, "distorted_page_2")
    assert chosen is not None
    assert chosen.isChecked()
