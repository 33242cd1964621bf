"""The window of robustness in the program: curves, image, cancelling, files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from ssim_viewer.distortions import Kind, Translation
from ssim_viewer.features.robustness.actions import (
    DistortBy,
    ExportCurves,
    ExportPlots,
    RunCurves,
)
from ssim_viewer.features.robustness.state import Curves, RobustnessSettings, robustness_of
from ssim_viewer.images import image_from_array, read_image
from ssim_viewer.session.intents import ChooseDriver, ShowMetrics
from ssim_viewer.ui.controls.clipboard import png_of
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.plots.curve_plot import CurvePlot
from tests.app.test_names import listed_names

if TYPE_CHECKING:
    from pathlib import Path

    from ssim_viewer.features.robustness.view import RobustnessWindow
    from tests.app.conftest import Driver


def opened(driver: Driver, **settings: object) -> RobustnessWindow:
    driver.trigger("open_robustness")
    window: RobustnessWindow = driver.program.features["robustness"].window
    window.intended.emit(DistortBy(RobustnessSettings(**settings)))  # type: ignore[arg-type]
    driver.settle()
    return window


def curves_of(driver: Driver) -> Curves:
    curves = robustness_of(driver.session).curves
    assert curves is not None
    return curves


def press(window: RobustnessWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_one_pixel_of_shift_ruins_psnr_and_ssim(driver: Driver) -> None:
    opened(driver, of_reference=True, strength=1.0)
    curves = curves_of(driver)
    assert len(curves.points) == 33
    assert curves.points[0.0]["ssim"] == pytest.approx(1.0)
    assert curves.points[0.0]["psnr"] == np.inf
    assert curves.points[1.0]["ssim"] < 0.8
    assert curves.points[1.0]["psnr"] < 30


def test_a_metric_that_the_image_is_too_small_for_is_named_and_the_others_go_on(
    driver: Driver,
) -> None:
    first, second = (
        image_from_array(np.random.default_rng(seed).integers(0, 255, (40, 40), np.uint8), "small")
        for seed in (0, 1)
    )
    driver.program.open_pair(first, second)
    driver.settle()
    window = opened(driver)
    text = window.findChild(QLabel, "robustness_notice_text")
    assert text is not None
    assert "CW-SSIM has no curve" in text.text()
    assert all("ssim" in values for values in curves_of(driver).points.values())


def test_the_metrics_of_the_strip_are_drawn_too(driver: Driver) -> None:
    window = opened(driver)
    driver.want(ShowMetrics(("ms-ssim", "gmsd")))
    assert {"ms-ssim", "gmsd"} <= curves_of(driver).points[0.0].keys()
    assert window.findChild(CurvePlot, "robustness_plot_gmsd") is not None
    driver.want(ChooseDriver("mae"))
    assert window.findChild(CurvePlot, "robustness_plot_mae") is not None


def test_the_image_at_the_strength_in_hand_becomes_the_distorted_one(driver: Driver) -> None:
    window = opened(driver, of_reference=True, strength=2.0)
    press(window, "robustness_show")
    driver.settle()
    pair = driver.session.document.pair
    assert pair is not None
    assert pair.distorted.name.endswith("translation 2 px")
    np.testing.assert_allclose(
        pair.distorted.pixels, Translation(2.0).apply(pair.reference.pixels), atol=1e-9
    )


def test_a_closed_window_asks_for_nothing(driver: Driver) -> None:
    window = opened(driver)
    window.close()
    before = curves_of(driver)
    driver.want(ShowMetrics(("gmsd",)))
    assert curves_of(driver) is before
    driver.trigger("open_robustness")
    driver.settle()
    assert "gmsd" in curves_of(driver).subject.metrics


def test_cancelling_stops_and_going_on_finishes(driver: Driver) -> None:
    window = opened(driver)
    window.intended.emit(RunCurves(on=False))
    window.intended.emit(DistortBy(RobustnessSettings(kind=Kind.BLUR)))
    window.intended.emit(RunCurves(on=False))
    driver.settle()
    curves = robustness_of(driver.session).curves
    assert (
        curves is None
        or curves.subject.settings.kind is Kind.TRANSLATION
        or (len(curves.points) < 33)
    )
    press(window, "robustness_run")
    driver.settle()
    assert curves_of(driver).subject.settings.kind is Kind.BLUR
    assert len(curves_of(driver).points) == 33


def test_choosing_another_distortion_begins_at_its_own_strength(driver: Driver) -> None:
    window = opened(driver)
    choice = window.findChild(Choice, "robustness_kind")
    assert choice is not None
    choice.setCurrentText("Noise")
    driver.settle()
    settings = robustness_of(driver.session).settings
    assert (settings.kind, settings.strength) == (Kind.NOISE, 10.0)
    caption = window.findChild(QLabel, "robustness_caption")
    assert caption is not None
    assert caption.text().endswith("noise 10")


def test_a_click_in_a_plot_takes_the_nearest_step_of_the_slider(driver: Driver) -> None:
    window = opened(driver)
    plot = window.findChild(CurvePlot, "robustness_similarities")
    assert plot is not None
    plot.chosen.emit(3.333)
    driver.settle()
    assert robustness_of(driver.session).settings.strength == 3.35


def test_curves_are_written_as_a_table(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver, of_reference=True)
    path = tmp_path / "curves.csv"
    window.intended.emit(ExportCurves(path))
    driver.settle()
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:3] == ["shift to the right / pixels", "PSNR", "MSSIM"]
    assert len(rows) == 33
    assert head[-1] == "made_by"
    assert "robustness of the reference to translation" in rows[0][-1]
    assert float(rows[4][2]) == curves_of(driver).points[1.0]["ssim"]
    notice = robustness_of(driver.session).notice
    assert notice is not None
    assert "curves.csv" in notice.text


def test_plots_are_written_as_a_picture(driver: Driver, tmp_path: Path) -> None:
    window = opened(driver)
    path = tmp_path / "curves.png"
    window.intended.emit(ExportPlots(png_of(window.plots.grab().toImage()), path))
    driver.settle()
    assert read_image(path).width == window.plots.width()


def test_its_parts_have_stable_names_and_can_be_spoken(driver: Driver) -> None:
    window = opened(driver)
    there = {each.objectName() for each in window.findChildren(QObject)} | {window.objectName()}
    names = {name for name in listed_names() if name.startswith("robustness_")}
    assert len(names) > 15
    assert names <= there, f"listed but absent: {sorted(names - there)}"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.objectName().startswith("qt_"):
            assert button.accessibleName() or button.text()


def test_the_reference_stays_as_it_is(driver: Driver) -> None:
    pair = driver.session.document.pair
    assert pair is not None
    before = pair.reference.pixels.copy()
    opened(driver, of_reference=True, kind=Kind.NOISE, strength=20.0)
    assert np.array_equal(pair.reference.pixels, before)
