"""The dock of distributions in the real window, by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QTableWidget,
    QToolButton,
    QWidget,
)

from ssim_viewer.features.distributions.state import (
    Distribution,
    distribution_of,
    lit_on_screen,
    place_on_screen,
)
from ssim_viewer.features.distributions.view import DistributionPanel
from ssim_viewer.images import write_image
from ssim_viewer.images.shapes import Ellipse, Polygon, Rectangle, Strokes
from ssim_viewer.metrics.maps.builtin_maps import Quantity
from ssim_viewer.session import intents
from ssim_viewer.session.map_key import MetricLayer
from ssim_viewer.session.overlays import LitPixels, Outline
from ssim_viewer.ui.controls.inputs import NumberSpin
from ssim_viewer.ui.controls.text_view import TextView

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


class Dock:
    """The dock, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(driver.window, Qt.Key.Key_D, control_shift)
        driver.settle()
        panel = driver.window.findChild(DistributionPanel)
        assert panel is not None
        self.panel = panel
        self.canvas = driver.window.panes.panes[1].canvas

    @property
    def state(self) -> Distribution:
        return distribution_of(self.driver.program.store.session)

    def text(self, name: str) -> str:
        view = self.panel.findChild(TextView, name)
        assert view is not None
        return view.toPlainText()

    def click(self, name: str) -> None:
        kind = QToolButton if name.startswith("region_") else QPushButton
        button = self.panel.findChild(kind, name) or self.panel.findChild(QPushButton, name)
        assert button is not None, name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.driver.settle()

    def type_into(self, name: str, text: str) -> None:
        spin = self.panel.findChild(NumberSpin, name)
        assert spin is not None
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, text)
        QTest.keyClick(spin, Qt.Key.Key_Return)
        self.driver.settle()

    def drag(self, *points: tuple[float, float]) -> None:
        first, *rest = (self.canvas.view.to_widget(*point).toPoint() for point in points)
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=first)
        for point in rest:
            QTest.mouseMove(self.canvas, point)
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=rest[-1])
        self.driver.settle()

    def lit(self) -> LitPixels | None:
        overlays = self.driver.window.panes.panes[3].canvas.overlays
        return next((each for each in overlays if isinstance(each, LitPixels)), None)

    def map(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        measured = self.driver.session.measured
        assert measured is not None
        return np.asarray(measured.maps[Quantity.SSIM].values)


@pytest.fixture
def dock(driver: Driver) -> Dock:
    return Dock(driver)


def test_the_dock_shows_mean_and_percentiles_of_the_map(dock: Dock) -> None:
    values = dock.map()
    text = dock.text("distribution_shares")
    for number in (values.mean(), np.percentile(values, 5), values.max()):
        assert f"{number:.4f}".replace("-", "−") in text


def test_another_map_is_chosen_also_one_that_no_pane_shows(dock: Dock) -> None:
    choice = dock.panel.findChild(QComboBox, "distribution_content")
    assert choice is not None
    choice.setCurrentText("gradient of MSSIM")
    dock.driver.settle()
    assert dock.state.content is Quantity.GRADIENT
    assert dock.state.found is not None
    assert dock.state.found.source.content is Quantity.GRADIENT


def test_one_key_lights_the_worst_five_per_cent_on_all_panes_and_puts_them_out(dock: Dock) -> None:
    QTest.keyClick(dock.driver.window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    dock.driver.settle()
    lit = dock.lit()
    assert lit is not None
    mask, values = lit.levels[0], dock.map()
    assert mask.sum() == pytest.approx(0.05 * values.size, abs=2)
    assert values[mask].max() <= values[~mask].min()
    assert "samples lit, 5.0" in dock.text("distribution_lit")
    QTest.keyClick(dock.driver.window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    dock.driver.settle()
    assert dock.lit() is None


def test_lit_pixels_are_painted(dock: Dock) -> None:
    before = dock.canvas.grab().toImage()
    dock.type_into("worst_percent", "100")
    dock.click("light_worst_button")
    centre = dock.canvas.view.to_widget(32.5, 32.5).toPoint()
    color = dock.canvas.grab().toImage().pixelColor(centre)
    assert before.pixelColor(centre).red() == before.pixelColor(centre).green()
    assert color.red() > color.green() + 60


def test_a_drag_over_the_histogram_lights_its_range(dock: Dock) -> None:
    histogram = dock.panel._histogram
    viewport = histogram.widget.viewport()
    places = [QPoint(viewport.width() // 2, 60), QPoint(viewport.width() - 40, 60)]
    low, high = (histogram.value_at(QPointF(place)) for place in places)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(viewport, places[1])
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=places[1])
    dock.driver.settle()
    brushed = dock.state.brushed
    assert brushed is not None
    assert (brushed.low, brushed.high) == pytest.approx((low, high))
    lit = dock.lit()
    assert lit is not None
    values = dock.map()
    assert lit.levels[0].sum() == ((values >= low) & (values <= high)).sum()


def test_a_range_is_typed(dock: Dock) -> None:
    dock.type_into("range_low", "0.2")
    dock.type_into("range_high", "0.4")
    lit = lit_on_screen(dock.driver.program.store.session)
    assert lit is not None
    values = dock.map()
    assert lit.count == ((values >= 0.2) & (values <= 0.4)).sum()


@pytest.mark.parametrize(
    ("tool", "kind"), [("rectangle", Rectangle), ("ellipse", Ellipse), ("lasso", Polygon)]
)
def test_a_region_is_drawn_and_its_values_stand_beside_the_whole(
    dock: Dock, tool: str, kind: type
) -> None:
    dock.click(f"region_{tool}")
    dock.drag((12, 12), (30, 14), (44, 30), (40, 48), (16, 46) if tool == "lasso" else (46, 50))
    assert type(dock.state.shape) is kind
    region = dock.state.region
    assert region is not None
    assert region.shares is not None
    assert f"{region.shares.mean:.4f}" in dock.text("distribution_shares")
    overlays = dock.driver.window.panes.panes[0].canvas.overlays
    assert any(isinstance(each, Outline) for each in overlays)


def test_the_brush_paints_and_erases_with_control(dock: Dock) -> None:
    dock.type_into("region_radius", "5")
    dock.click("region_brush")
    dock.drag((15, 32), (50, 32))
    assert isinstance(dock.state.shape, Strokes)
    painted = dock.state.shape.mask((64, 64)).sum()
    place = dock.canvas.view.to_widget(50, 32).toPoint()
    QTest.mouseClick(
        dock.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
    )
    dock.driver.settle()
    assert isinstance(dock.state.shape, Strokes)
    assert dock.state.shape.mask((64, 64)).sum() < painted


def test_a_region_is_drawn_by_keys(dock: Dock) -> None:
    dock.driver.trigger("draw_rectangle")
    dock.driver.window.panes.focus_pane(1)
    QTest.mouseMove(dock.canvas, QPoint(1, 1))
    QTest.mouseMove(dock.canvas, dock.canvas.view.to_widget(20.5, 20.5).toPoint())
    dock.driver.until(lambda: dock.driver.program.store.session.cursor == (20, 20))
    QTest.keyClick(dock.canvas, Qt.Key.Key_Space)
    QTest.keyClick(dock.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dock.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dock.canvas, Qt.Key.Key_Space)
    assert dock.state.shape == Rectangle(20.5, 20.5, 30.5, 30.5)


def test_edges_of_a_region_are_typed(dock: Dock) -> None:
    dock.click("region_rectangle")
    dock.drag((12, 12), (40, 40))
    dock.type_into("region_right", "60")
    assert isinstance(dock.state.shape, Rectangle)
    assert dock.state.shape.right == 60


def test_the_region_restricts_every_score(dock: Dock) -> None:
    dock.click("region_ellipse")
    dock.drag((12, 12), (50, 50))
    dock.click("region_restrict")
    dock.driver.settle()
    shape, pair = dock.state.shape, dock.driver.session.document.pair
    measured = dock.driver.session.measured
    assert shape is not None
    assert pair is not None
    assert measured is not None
    mask = shape.mask((64, 64))
    assert pair.mask is not None
    np.testing.assert_array_equal(pair.mask, mask)
    error = measured.reference[mask].astype(float) - measured.distorted[mask]
    assert measured.values["mse"] == pytest.approx(np.mean(error**2))


def test_n_walks_the_worst_places_and_frames_them(dock: Dock) -> None:
    window = dock.driver.window
    QTest.keyClick(window, Qt.Key.Key_N)
    dock.driver.settle()
    session = dock.driver.program.store.session
    place = place_on_screen(session)
    assert place is not None
    assert dock.state.rank == 0
    centre = window.panes.navigation.centre
    assert centre == pytest.approx((place.x, place.y), abs=1)
    assert "1 of" in dock.text("distribution_place")
    places = dock.state.places
    assert places is not None
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    dock.driver.settle()
    assert dock.state.rank == len(places.places) - 1


def test_the_worst_place_is_found_with_the_dock_closed(driver: Driver) -> None:
    QTest.keyClick(driver.window, Qt.Key.Key_N)
    driver.settle()
    assert place_on_screen(driver.program.store.session) is not None


def test_poolings_stand_by_name_and_follow_the_share(dock: Dock) -> None:
    dock.type_into("worst_percent", "10")
    values = np.sort(dock.map().ravel())
    expected = values[: round(values.size / 10)].mean(dtype=np.float64)
    text = dock.text("distribution_poolings")
    assert "Mean of the worst 10 %" in text
    assert f"{expected:.4f}".replace("-", "−") in text
    assert "Moorthy & Bovik 2009" in text


def test_a_line_shows_all_maps_along_it_and_is_copied(dock: Dock) -> None:
    dock.click("profile_line")
    dock.drag((12, 20), (30, 20), (50, 20))
    profile = dock.state.profile
    assert profile is not None
    assert profile.distance[-1] == pytest.approx(38, abs=1)
    dock.click("profile_copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("distance,x,y,reference,distorted")
    assert len(lines) == len(profile.distance) + 1
    dock.click("profile_clear")
    assert dock.state.line is None


def test_the_profile_shows_maps_of_other_metrics_too(dock: Dock) -> None:
    dock.driver.want(intents.ShowMetrics(("gmsd",)))
    dock.driver.want(intents.ChooseQuantity(3, MetricLayer("gmsd", "")))
    dock.click("profile_line")
    dock.drag((12, 20), (30, 20), (50, 20))
    profile = dock.state.profile
    assert profile is not None
    assert any(name.startswith("gmsd") for name in profile.values)
    legend = dock.driver.window.findChild(QLabel, "profile_legend")
    assert legend is not None
    assert "GMSD" in legend.text()
    dock.driver.want(intents.ShowMetrics(("gmsd", "ms-ssim")))
    assert dock.state.profile is not None


def test_a_line_outside_a_smaller_image_is_said(dock: Dock, tmp_path: Path) -> None:
    dock.click("profile_line")
    dock.drag((55, 50), (58, 55), (60, 60))
    small = tmp_path / "small.png"
    write_image(small, np.full((24, 24), 90.0), 255, depth="uint8")
    dock.driver.want(intents.OpenFiles((small, small)))
    problem = dock.panel.findChild(QLabel, "distribution_problem")
    assert problem is not None
    assert problem.text() == "The line lies outside the image: draw another one, or clear it."
    tones = problem.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    seen = np.frombuffer(tones.constBits(), np.uint8)
    assert int(seen.max()) - int(seen.min()) > 120  # it stands out from its ground


def test_a_closed_dock_computes_and_draws_nothing(dock: Dock) -> None:
    dock.click("light_worst_button")
    parent = dock.panel.parentWidget()
    assert parent is not None
    parent.close()
    assert dock.lit() is None
    assert not dock.state.open


def test_a_row_of_the_worst_regions_is_zoomed_to(dock: Dock) -> None:
    table = dock.panel.findChild(QTableWidget, "worst_list")
    assert table is not None
    dock.driver.until(lambda: table.rowCount() > 0)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    dock.driver.settle()
    place = dock.state.places.places[0] if dock.state.places else None
    assert place is not None
    assert dock.state.rank == 0
    assert dock.driver.window.panes.navigation.centre == pytest.approx((place.x, place.y))


def test_zoom_stays_where_it_is_when_another_step_has_other_worst_regions(dock: Dock) -> None:
    QTest.keyClick(dock.driver.window, Qt.Key.Key_N)
    dock.driver.settle()
    navigation = dock.driver.window.panes.navigation
    navigation.zoom_to(5.0, (12.0, 20.0))
    looked = navigation.zoom, navigation.centre
    dock.driver.trigger("step")
    dock.driver.settle()
    assert (navigation.zoom, navigation.centre) == looked


def test_an_end_of_the_range_is_dragged_over_the_histogram(dock: Dock) -> None:
    dock.type_into("range_low", "0.2")
    dock.type_into("range_high", "0.6")
    histogram = dock.panel._histogram
    viewport = histogram.widget.viewport()
    places = [QPoint(x, viewport.height() // 2) for x in range(viewport.width())]
    grip = min(places, key=lambda place: abs(histogram.value_at(QPointF(place)) - 0.6))
    target = min(places, key=lambda place: abs(histogram.value_at(QPointF(place)) - 0.8))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(viewport, target)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=target)
    dock.driver.settle()
    assert dock.state.brushed is not None
    assert dock.state.brushed.low == pytest.approx(0.2)
    assert dock.state.brushed.high == pytest.approx(0.8, abs=0.02)


def test_the_parts_stand_side_by_side_at_the_bottom(dock: Dock) -> None:
    table = dock.panel.findChild(QTableWidget, "worst_list")
    plot = dock.panel._histogram.widget
    assert table is not None
    dock.driver.trigger("workspace_compare")
    dock.driver.settle()
    assert place_of(table).x() > place_of(plot).x() + plot.width() - 1
    dock.driver.trigger("workspace_experiment")
    dock.driver.trigger("open_distributions")
    dock.driver.until(lambda: place_of(table).x() == place_of(plot).x())


def place_of(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), QPoint(0, 0))
