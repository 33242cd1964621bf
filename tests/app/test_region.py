"""A region of interest in the whole window: M, a drag, the numbers, Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ssim_viewer.session import intents
from ssim_viewer.session.region import Region
from ssim_viewer.session.state import Role

if TYPE_CHECKING:
    from tests.app.conftest import Driver


def region_readout(driver: Driver) -> str:
    label = driver.window.findChild(QLabel, "region_readout")
    assert label is not None
    return label.text() if label.isVisible() else ""


def draw(driver: Driver) -> None:
    """Drag from pixel (10, 20) to pixel (40, 50) of the second pane."""
    canvas = driver.window.panes.panes[1].canvas
    first, last = (
        canvas.view.to_widget(x + 0.5, y + 0.5).toPoint() for x, y in ((10, 20), (40, 50))
    )
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(canvas, last)
    driver.until(lambda: driver.session.look.region is not None)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=last)
    driver.settle()


def test_m_and_a_drag_bring_the_numbers_of_the_region(driver: Driver) -> None:
    assert region_readout(driver) == ""
    QTest.keyClick(driver.window, Qt.Key.Key_M)
    assert "Drag a rectangle" in region_readout(driver)
    assert driver.window.actions_by_name["select_region"].isChecked()
    draw(driver)
    assert not driver.window.actions_by_name["select_region"].isChecked()
    assert driver.session.look.region == Region(10, 20, 41, 51)
    measured = driver.session.measured
    assert measured is not None
    pixels = np.s_[20:51, 10:41]
    error = measured.reference[pixels].astype(float) - measured.distorted[pixels]
    assert region_readout(driver).startswith("Region 31×31 at (10, 20)   SSIM ")
    assert region_readout(driver).endswith(f"MSE {np.mean(error**2):.2f}")


def test_the_numbers_follow_a_step(driver: Driver) -> None:
    driver.want(intents.SelectRegion(Region(10, 20, 41, 51)))
    before = region_readout(driver)
    driver.want(intents.StepOnce())
    assert driver.session.region_scores is not None
    assert driver.session.measured is not None
    assert driver.session.region_scores.whole is driver.session.measured.values
    assert region_readout(driver) != before


def test_escape_leaves_the_selection_then_takes_region_and_notice_away(driver: Driver) -> None:
    QTest.keyClick(driver.window, Qt.Key.Key_M)
    QTest.keyClick(driver.window, Qt.Key.Key_Escape)
    assert not driver.window.panes.selection.ready
    assert region_readout(driver) == ""
    driver.want(intents.SelectRegion(Region(10, 20, 41, 51)))
    driver.want(intents.PasteImage(Role.DISTORTED, None))
    assert driver.notice
    QTest.keyClick(driver.window, Qt.Key.Key_Escape)
    driver.settle()
    assert driver.session.look.region is None
    assert driver.notice == ""
    assert region_readout(driver) == ""
