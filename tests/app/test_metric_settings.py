"""The settings of metrics beside SSIM, changed by hand in the real window."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from ssim_viewer.metrics import CwSsim, Gmsd, MsSsim, Ssim, catalogue
from ssim_viewer.session import intents
from ssim_viewer.session.family import GRADIENT, MetricLayer, made
from ssim_viewer.session.metric_settings import adjustable_metrics
from tests.app.conftest import Driver

if TYPE_CHECKING:
    from pathlib import Path

Kind = TypeVar("Kind", bound=QWidget)


def found(driver: Driver, kind: type[Kind], name: str) -> Kind:
    widget = driver.window.findChild(kind, name)
    assert widget is not None, name
    return widget


def choose(driver: Driver, name: str, text: str) -> None:
    """Choose an entry of a list by the arrow keys."""
    box = found(driver, QComboBox, name)
    box.setFocus()
    steps = box.findText(text) - box.currentIndex()
    for _ in range(abs(steps)):
        driver.qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box.currentText() == text
    driver.settle()


def settings_of(driver: Driver, symbol: str, *shown: str) -> None:
    for metric in shown:
        driver.want(intents.ShowMetrics((*driver.session.look.metrics, metric)))
    choose(driver, "metric_settings_of", symbol)


def score(driver: Driver, name: str) -> float:
    family = driver.session.measurements
    assert family is not None
    return family.values[name]


def by_hand(driver: Driver, metric: MsSsim | CwSsim | Gmsd) -> float:
    pair = driver.session.document.pair
    assert pair is not None
    return float(metric.bind(pair.reference.pixels).value(pair.distorted.pixels))


def test_every_metric_with_settings_can_be_chosen_and_ssim_comes_first(driver: Driver) -> None:
    box = found(driver, QComboBox, "metric_settings_of")
    listed = [box.itemText(place) for place in range(box.count())]
    assert listed == [catalogue()[name].symbol for name in adjustable_metrics()]
    assert listed[:4] == ["MSSIM", "MS-SSIM", "CW-SSIM", "W-SSIM"]
    assert found(driver, QWidget, "metric_preset").isVisibleTo(driver.window)


def test_the_rule_for_negatives_and_the_weights_of_ms_ssim_change_its_score(driver: Driver) -> None:
    settings_of(driver, "MS-SSIM", "ms-ssim")
    assert not found(driver, QWidget, "metric_preset").isVisibleTo(driver.window)
    choose(driver, "metric_ms_ssim_negative", "Shifted factors")
    convention = driver.session.document.metric
    shifted = MsSsim.of(convention, "shifted")
    assert score(driver, "ms-ssim") == pytest.approx(by_hand(driver, shifted))
    line = found(driver, QLineEdit, "metric_ms_ssim_weights")
    line.selectAll()
    driver.qtbot.keyClicks(line, "0.25, 0.75")
    driver.qtbot.keyClick(line, Qt.Key.Key_Return)
    driver.settle()
    weighted = MsSsim(
        data_range=255, color=convention.color, weights=(0.25, 0.75), negative="shifted"
    )
    assert made(driver.session.document, "ms-ssim") == weighted
    assert score(driver, "ms-ssim") == pytest.approx(by_hand(driver, weighted))


def test_a_slider_of_cw_ssim_is_one_undo_and_the_score_follows(driver: Driver) -> None:
    settings_of(driver, "CW-SSIM", "cw-ssim")
    slider = found(driver, QSlider, "metric_cw_ssim_orientations_slider")
    before = score(driver, "cw-ssim")
    slider.setFocus()
    for _ in range(2):
        driver.qtbot.keyPress(slider, Qt.Key.Key_Left)
    driver.qtbot.keyRelease(slider, Qt.Key.Key_Left)
    driver.settle()
    metric = made(driver.session.document, "cw-ssim")
    assert metric == CwSsim(orientations=6, color=driver.session.document.metric.color)
    assert score(driver, "cw-ssim") == pytest.approx(by_hand(driver, metric))
    assert driver.session.undo_name == "settings of a metric"
    driver.trigger("undo")
    driver.settle()
    assert not driver.session.document.settings
    assert score(driver, "cw-ssim") == before
    spin = found(driver, QDoubleSpinBox, "metric_cw_ssim_orientations_value")
    assert spin.value() == 8


def test_what_is_refused_is_told_in_a_sentence_and_written_back(driver: Driver) -> None:
    settings_of(driver, "MS-SSIM")
    line = found(driver, QLineEdit, "metric_ms_ssim_weights")
    usual = line.text()
    for typed in ("0.5, -1", "some words"):
        line.selectAll()
        driver.qtbot.keyClicks(line, typed)
        driver.qtbot.keyClick(line, Qt.Key.Key_Return)
        driver.settle()
        assert driver.notice.startswith("weights are one number above 0 for each scale, not ")
        assert line.text() == usual
        driver.want(intents.DismissNotice())
    assert not driver.session.document.settings


def test_the_others_follow_the_window_of_ssim_until_their_own_is_changed(driver: Driver) -> None:
    settings_of(driver, "W-SSIM")
    own = found(driver, QComboBox, "metric_w_ssim_window")
    driver.want(intents.ChangeMetric(Ssim(color="luma", window="uniform", window_size=8)))
    assert own.currentText() == "Uniform"
    assert not found(driver, QWidget, "metric_w_ssim_sigma").isEnabled()
    choose(driver, "metric_w_ssim_window", "Gaussian")
    driver.want(intents.ChangeMetric(Ssim(color="luma", window="uniform", k1=0.02)))
    metric = made(driver.session.document, "w-ssim")
    assert (metric.window, metric.k1) == ("Gaussian".lower(), 0.02)  # type: ignore[attr-defined]
    driver.qtbot.mouseClick(
        found(driver, QPushButton, "metric_usual_settings"), Qt.MouseButton.LeftButton
    )
    assert own.currentText() == "Uniform"
    assert not driver.session.document.settings


def test_the_constant_of_gmsd_moves_its_map_in_a_pane_and_the_climb(driver: Driver) -> None:
    driver.want(intents.ChooseQuantity(2, MetricLayer("gmsd", GRADIENT)))
    driver.want(intents.ChooseDriver("gmsd"))
    settings_of(driver, "GMSD")
    spin = found(driver, QDoubleSpinBox, "metric_gmsd_c_value")
    spin.setFocus()
    spin.selectAll()
    driver.qtbot.keyClicks(spin, "20")
    driver.qtbot.keyClick(spin, Qt.Key.Key_Return)
    driver.settle()
    metric = Gmsd(data_range=255, color=driver.session.document.metric.color, c=20)
    family = driver.session.measurements
    assert family is not None
    assert family.metrics["gmsd"] == metric
    driver.trigger("step")
    driver.settle()
    run = driver.session.document.run
    assert run is not None
    assert run.trace[0, 2] == pytest.approx(by_hand(driver, metric), rel=1e-6)


def test_a_changed_metric_is_marked_in_the_strip_and_said_in_what_is_saved(
    driver: Driver, tmp_path: Path
) -> None:
    settings_of(driver, "CW-SSIM", "cw-ssim")
    choose(driver, "metric_cw_ssim_pooling", "Each side / 4")
    cell = found(driver, QLabel, "score_cw_ssim")
    assert "CW-SSIM: pooling each side / 4" in cell.toolTip()
    captions = [each.text() for each in driver.window.score_strip.findChildren(QLabel)]
    assert "CW-SSIM *" in captions
    driver.want(intents.ExportScores(tmp_path / "scores.csv"))
    with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["convention"].endswith("; CW-SSIM: pooling each side / 4")
