"""The sweep in the real window: curves against strength, the plane, clicks, climbs, files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from ssim_viewer.distortions import apply, mse_between
from ssim_viewer.features.sweep.actions import ExportSweep
from ssim_viewer.features.sweep.plane import Plane
from ssim_viewer.features.sweep.state import curve, points_of, reach_of, sweep_of
from ssim_viewer.images import Mask
from ssim_viewer.metrics import evaluate, evaluate_masked
from ssim_viewer.session.intents import ChooseMask, ShowMetrics
from ssim_viewer.ui.plots.curve_plot import CurvePlot
from tests.app.test_names import silent_ones

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.sweep.view import SweepWindow
    from ssim_viewer.images import Pair
    from tests.app.conftest import Driver

Found = TypeVar("Found", bound=QWidget)


class Desk:
    """The window of the sweep, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_W, keys)
        driver.settle()
        self.window: SweepWindow = driver.program.features["sweep"].window

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def pair(self) -> Pair:
        pair = self.driver.session.document.pair
        assert pair is not None
        return pair

    def click(self, name: str) -> None:
        self.driver.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)
        self.driver.settle()

    def choose(self, name: str, text: str) -> None:
        self.find(QComboBox, name).setCurrentText(text)
        self.driver.settle()


@pytest.fixture
def desk(driver: Driver) -> Desk:
    return Desk(driver)


def test_every_score_is_drawn_against_the_strength_as_the_library_gives_it(desk: Desk) -> None:
    points = curve(desk.driver.session, "gaussian_blur")
    assert len(points) == 17
    reference = desk.pair.reference.pixels
    strength, values = points[4]
    metric = desk.driver.session.document.metric
    scores = evaluate(metric.bind(reference), apply("gaussian_blur", reference, strength)).scores
    for name in ("mse", "psnr", "ssim", "luminance", "contrast", "structure"):
        assert values[name] == pytest.approx(getattr(scores, name))
    legend = desk.find(QLabel, "sweep_similarities_legend").text()
    assert all(words in legend for words in ("MSSIM", "mean l", "mean c", "mean s"))
    assert "lower is better" in desk.find(QLabel, "sweep_plot_mse_legend").text()
    assert "higher is better" in desk.find(QLabel, "sweep_plot_psnr_legend").text()


def test_a_rounding_error_of_300_decibels_does_not_flatten_the_curve_of_psnr(desk: Desk) -> None:
    shown = [values["psnr"] for _, values in curve(desk.driver.session, "gaussian_blur")]
    assert max(shown) > 200
    plot = desk.find(CurvePlot, "sweep_plot_psnr")
    low, high = plot._plot.plotItem.vb.viewRange()[1]
    assert low < min(shown)
    assert high < 110


def test_a_click_in_a_plot_puts_the_image_of_its_strength_on_screen(desk: Desk) -> None:
    plot = desk.find(CurvePlot, "sweep_similarities")
    viewport = plot._plot.viewport()
    desk.driver.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    desk.driver.settle()
    strength = sweep_of(desk.driver.session).settings.strength
    assert 8 < strength < 24
    expected = apply("gaussian_blur", desk.pair.reference.pixels, strength)
    np.testing.assert_array_equal(desk.pair.distorted.pixels, expected)
    assert strength in [x for x, _ in curve(desk.driver.session, "gaussian_blur")]


def test_a_drag_over_the_plot_is_one_undo(desk: Desk) -> None:
    before = desk.pair.distorted
    viewport = desk.find(CurvePlot, "sweep_similarities")._plot.viewport()
    middle, qtbot = viewport.rect().center(), desk.driver.qtbot
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
    desk.driver.settle()
    middle.setX(middle.x() + 60)
    desk.window.curves.chosen.emit(20.0)
    desk.driver.settle()
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert "20" in desk.pair.distorted.name
    desk.driver.trigger("undo")
    desk.driver.settle()
    assert desk.pair.distorted is before


def test_another_distortion_has_curves_of_its_own_and_the_old_points_stay(desk: Desk) -> None:
    desk.choose("sweep_type", "JPEG")
    assert len(curve(desk.driver.session, "jpeg")) == 16  # whole steps: two fall together
    assert len(curve(desk.driver.session, "gaussian_blur")) == 17


def test_metrics_of_the_strip_are_drawn_too(desk: Desk) -> None:
    desk.driver.want(ShowMetrics(("gmsd",)))
    assert desk.find(CurvePlot, "sweep_plot_gmsd").isVisible()
    assert all("gmsd" in values for _, values in curve(desk.driver.session, "gaussian_blur"))


def test_six_distortions_lie_in_the_plane_of_mse_and_mssim(desk: Desk) -> None:
    desk.click("sweep_in_plane")
    assert {name for name, _ in points_of(desk.driver.session)} >= {"jpeg", "mean_shift"}
    assert desk.find(Plane, "sweep_plane").accessibleName() == "MSSIM against MSE"
    assert "vertical line" in desk.find(QLabel, "sweep_legend").text()


def test_a_clicked_dot_is_on_screen_and_the_line_of_its_mse_is_named(desk: Desk) -> None:
    desk.click("sweep_in_plane")
    plane = desk.find(Plane, "sweep_plane")
    key = [each for each in plane._at if each[0] == "gaussian_noise"][5]
    at = plane._plot.plotItem.vb.mapViewToScene(QPointF(*plane._at[key]))
    place = plane._plot.mapFromScene(at)
    desk.driver.qtbot.mouseClick(plane._plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.driver.settle()
    assert f"White Gaussian noise {key[1]:.4g}" in desk.pair.distorted.name
    mse = mse_between(desk.pair.distorted.pixels, desk.pair.reference.pixels)
    words = desk.find(QLabel, "sweep_plane_readout").text()
    assert f"MSE {mse:.2f}" in words
    assert "has the same MSE" in words


def test_arrow_keys_go_along_a_curve_and_to_the_next_one(desk: Desk) -> None:
    desk.click("sweep_in_plane")
    plane, qtbot = desk.find(Plane, "sweep_plane"), desk.driver.qtbot
    qtbot.keyClick(plane, Qt.Key.Key_Right)
    desk.driver.settle()
    first = sweep_of(desk.driver.session).shown
    qtbot.keyClick(plane, Qt.Key.Key_Right)
    desk.driver.settle()
    second = sweep_of(desk.driver.session).shown
    qtbot.keyClick(plane, Qt.Key.Key_Down)
    desk.driver.settle()
    third = sweep_of(desk.driver.session).shown
    assert first is not None
    assert second is not None
    assert third is not None
    assert second[0] == first[0]
    assert second[1] > first[1]
    assert third[0] != second[0]
    assert desk.pair.distorted.name.startswith("référence 1.png: Salt and pepper")


def test_what_climbs_reach_encloses_the_noise_they_start_from(desk: Desk) -> None:
    desk.click("sweep_in_plane")
    desk.click("sweep_reach")
    reach = reach_of(desk.driver.session)
    assert [point.mse for point in reach] == [25, 100, 225, 400, 900, 1600, 2500]
    noise = curve(desk.driver.session, "gaussian_noise")
    for _, values in noise:
        near = [point for point in reach if abs(point.mse - values["mse"]) < 0.1 * point.mse]
        assert all(point.worst < values["ssim"] < point.best for point in near)
    assert reach[-1].worst < -0.2
    assert "30 steps from noise" in desk.find(QLabel, "sweep_legend").text()


def test_the_axes_are_any_two_scores(desk: Desk) -> None:
    desk.click("sweep_in_plane")
    desk.choose("sweep_x", "PSNR")
    desk.choose("sweep_y", "mean s")
    assert desk.find(Plane, "sweep_plane").accessibleName() == "mean s against PSNR"
    assert not desk.find(QWidget, "sweep_reach").isEnabled()


def test_cancelling_stops_and_going_on_finishes(desk: Desk) -> None:
    run = desk.find(QPushButton, "sweep_run")
    desk.find(QComboBox, "sweep_type").setCurrentText("Motion blur")
    desk.driver.qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    desk.driver.settle()
    assert len(curve(desk.driver.session, "motion_blur")) < 17
    desk.click("sweep_run")
    assert len(curve(desk.driver.session, "motion_blur")) == 17


def test_a_type_that_needs_colour_says_so_and_the_others_are_drawn(desk: Desk) -> None:
    desk.choose("sweep_type", "Channel swap")
    assert "this image is grey" in desk.find(QLabel, "sweep_legend").text()


def test_the_points_are_written_as_a_table(desk: Desk, tmp_path: Path) -> None:
    desk.window.intended.emit(ExportSweep(tmp_path / "sweep.csv"))
    desk.driver.settle()
    with (tmp_path / "sweep.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 17
    assert rows[0]["distortion"] == "gaussian_blur"
    assert float(rows[0]["ssim"]) == pytest.approx(1.0)
    assert float(rows[-1]["mse"]) > float(rows[1]["mse"])


def test_every_control_has_a_name_to_speak(desk: Desk) -> None:
    assert not silent_ones(desk.window)
    desk.click("sweep_in_plane")
    assert not silent_ones(desk.window)


def test_under_a_mask_every_score_is_of_what_counts(driver: Driver) -> None:
    pair = driver.session.document.pair
    assert pair is not None
    reference = pair.reference.pixels
    mask = np.zeros(reference.shape[:2], np.bool_)
    mask[10:40, 12:44] = True
    driver.want(ChooseMask(Mask(mask, "part")))
    strength, values = curve(Desk(driver).driver.session, "gaussian_blur")[4]
    image = apply("gaussian_blur", reference, strength)
    scores = evaluate_masked(driver.session.document.metric, reference, image, mask).scores
    for name in ("mse", "psnr", "ssim"):
        assert values[name] == pytest.approx(getattr(scores, name))
