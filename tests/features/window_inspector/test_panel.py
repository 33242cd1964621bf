"""The window inspector in the real window: it follows the mouse, keeps pins, and tells the maps."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QToolButton, QWidget

from ssim_viewer.features.window_inspector.feature import WindowInspector
from ssim_viewer.features.window_inspector.state import PIN, Inspector, inspector_of
from ssim_viewer.features.window_inspector.view import InspectorPanel
from ssim_viewer.metrics import Ssim
from ssim_viewer.session import intents
from ssim_viewer.session.overlays import Marker
from ssim_viewer.ui.controls.text_view import TextView

if TYPE_CHECKING:
    from tests.app.conftest import Driver


class Inspecting:
    """The dock, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(driver.window, Qt.Key.Key_I, control_shift)
        driver.settle()
        self.canvas = driver.window.panes.panes[1].canvas

    def point(self, x: float, y: float) -> QPoint:
        return self.canvas.view.to_widget(x + 0.5, y + 0.5).toPoint()

    def hover(self, x: int, y: int) -> None:
        QTest.mouseMove(self.canvas, QPoint(1, 1))  # a mouse that is there already tells nothing
        QTest.mouseMove(self.canvas, self.point(x, y))
        self.driver.until(lambda: self.driver.program.store.session.cursor == (x, y))

    def click(self, x: int, y: int) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, pos=self.point(x, y))

    def text(self, name: str) -> str:
        view = self.driver.window.findChild(TextView, name)
        assert view is not None
        return view.toPlainText()

    @property
    def state(self) -> Inspector:
        return inspector_of(self.driver.program.store.session)

    def told(self, name: str, x: int, y: int) -> str:
        """Return what the map says at a pixel, in the decimals of the dock."""
        measured = self.driver.session.measured
        assert measured is not None
        metric, geometry = measured.metric, measured.geometry
        maps = metric.bind(measured.reference).components(measured.distorted)
        value = getattr(maps, name)[geometry.sample_at(x + 0.5, y + 0.5)]
        return f"{value:.6f}".replace("-", "−")


@pytest.fixture
def inspecting(driver: Driver) -> Inspecting:
    return Inspecting(driver)


@pytest.mark.parametrize(
    "metric",
    [
        Ssim(data_range=255, color="luma"),
        Ssim(data_range=255, window="uniform", window_size=7, covariance="sample"),
        Ssim(data_range=255, border="reflect", exponents=(1.0, 2.0, 1.0)),
    ],
    ids=["gaussian", "uniform", "reflect"],
)
def test_the_numbers_under_the_mouse_are_those_of_the_maps(
    inspecting: Inspecting, metric: Ssim
) -> None:
    inspecting.driver.want(intents.ChangeMetric(metric))
    places = ((20, 30), (40, 12), *(((0, 0),) if metric.border != "valid" else ()))
    for place in places:
        inspecting.hover(*place)
        text = inspecting.text("window_numbers")
        for name in ("luminance", "contrast", "structure", "ssim"):
            assert f"= {inspecting.told(name, *place)}" in text, name
        assert f"({place[0]}, {place[1]})" in inspecting.text("window_place")


def test_at_a_valid_border_it_says_that_there_is_no_window(inspecting: Inspecting) -> None:
    inspecting.hover(1, 1)
    assert "There is no window here" in inspecting.text("window_numbers")


def test_every_scale_of_ms_ssim_has_a_row(inspecting: Inspecting) -> None:
    inspecting.hover(32, 32)
    rows = inspecting.text("window_scales")
    assert re.search(r"1\s+[\d.]+\s+[\d.]+\s+[\d.−]+\s+c s [\d.−]+\s+0\.\d+", rows)
    assert "SSIM" in rows


def test_clicks_with_the_tool_number_pins_on_all_panes(inspecting: Inspecting) -> None:
    QTest.keyClick(inspecting.driver.window, Qt.Key.Key_X)
    assert inspecting.driver.session.tool == PIN
    inspecting.click(20, 30)
    inspecting.click(40, 12)
    assert inspecting.state.pins == ((20, 30), (40, 12))
    overlays = inspecting.driver.window.panes.panes[4].canvas.overlays
    assert [each.label for each in overlays if isinstance(each, Marker)] == ["1", "2"]
    assert inspecting.text("window_place").startswith("Pin 2 of 2 (40, 12)")
    inspecting.hover(30, 30)
    assert "(40, 12)" in inspecting.text("window_place")


def test_pins_are_added_stepped_moved_and_removed_by_keys(inspecting: Inspecting) -> None:
    window = inspecting.driver.window
    inspecting.hover(20, 30)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    inspecting.hover(40, 12)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert inspecting.state == Inspector(open=True, pins=((20, 30), (40, 12)), current=1)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert inspecting.state.current == 0
    panel = window.findChild(InspectorPanel)
    assert panel is not None
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Right)
    QTest.keyClick(panel, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert inspecting.state.pins[0] == (21, 20)
    assert "Pin 1 of 2 (21, 20)" in inspecting.text("window_place")
    control_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window, Qt.Key.Key_P, control_alt)
    assert inspecting.state.pins == ((40, 12),)


def test_the_button_follows_the_mouse_again_and_pins_stay(inspecting: Inspecting) -> None:
    inspecting.hover(20, 30)
    inspecting.driver.trigger("pin_window_here")
    button = inspecting.driver.window.findChild(QToolButton, "window_follow")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    inspecting.hover(40, 40)
    assert inspecting.text("window_place").startswith("(40, 40)")
    assert inspecting.state.pins == ((20, 30),)


def test_the_formulas_can_be_selected(inspecting: Inspecting) -> None:
    inspecting.hover(20, 30)
    view = inspecting.driver.window.findChild(TextView, "window_numbers")
    assert view is not None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "SSIM" in view.textCursor().selectedText()


def test_the_window_follows_a_new_distorted_image(inspecting: Inspecting) -> None:
    inspecting.hover(20, 30)
    before = inspecting.text("window_numbers")
    inspecting.driver.want(intents.StepOnce())
    assert inspecting.text("window_numbers") != before


def test_pins_are_kept_in_a_session_file() -> None:
    feature = WindowInspector()
    state = Inspector(pins=((20, 30), (40, 12)), current=1)
    kept = json.loads(json.dumps(feature.saved(state)))
    assert feature.restored(Inspector(open=True), kept) == replace(state, open=True)


def test_a_closed_dock_outlines_no_window(inspecting: Inspecting) -> None:
    inspecting.hover(20, 30)
    canvas = inspecting.driver.window.panes.panes[0].canvas
    assert canvas.overlays
    dock = inspecting.driver.window.findChild(QDockWidget, "window_inspector_dock")
    assert dock is not None
    dock.close()
    assert not canvas.overlays


def test_every_control_has_a_name(inspecting: Inspecting) -> None:
    panel = inspecting.driver.window.findChild(InspectorPanel)
    assert panel is not None
    buttons: list[QWidget] = list(panel.findChildren(QToolButton))
    assert all(each.accessibleName() and each.toolTip() for each in buttons)
