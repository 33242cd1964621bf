"""The metric panel: it shows a metric, and says what a person makes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QToolButton,
)

from ssim_viewer.metrics import PRESETS, Ssim
from ssim_viewer.session.intents import ChangeMetric
from ssim_viewer.session.transitions import reduce
from ssim_viewer.ui.controls.metric_panel import MetricPanel, preset_of
from ssim_viewer.ui.theme.colors import LIGHT
from tests.ui.sessions import LUMA, session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ssim_viewer.session.state import Session


class Told:
    """What a panel has told, and a session that follows it."""

    def __init__(self, panel: MetricPanel, session: Session) -> None:
        self.metrics: list[Ssim] = []
        self.settled = 0
        self._panel, self._session = panel, session
        panel.intended.connect(self._follow)
        panel.settled.connect(self._settle)

    def _follow(self, intent: ChangeMetric) -> None:
        self.metrics.append(intent.metric)
        self._session = reduce(self._session, intent)
        self._panel.show_session(self._session)

    def _settle(self) -> None:
        self.settled += 1


@pytest.fixture
def panel(qtbot: QtBot) -> MetricPanel:
    panel = MetricPanel()
    qtbot.addWidget(panel)
    panel.restyle(LIGHT)
    panel.show_session(session_of())
    panel.resize(300, 460)
    panel.show()
    return panel


@pytest.fixture
def told(panel: MetricPanel) -> Told:
    return Told(panel, session_of())


def spin(panel: MetricPanel, name: str) -> QDoubleSpinBox:
    found = panel.findChild(QDoubleSpinBox, name)
    assert found is not None
    return found


def slider(panel: MetricPanel, name: str) -> QSlider:
    found = panel.findChild(QSlider, f"{name}_slider")
    assert found is not None
    return found


def combo(panel: MetricPanel, name: str) -> QComboBox:
    found = panel.findChild(QComboBox, name)
    assert found is not None
    return found


METRICS = [
    *PRESETS.values(),
    Ssim(window_size=8, sigma=2.25, k1=0.0123, k2=0.5, border="reflect"),
    Ssim(exponents=(0, 0.35, 2.5), downsample="auto", color="luma"),
    Ssim(downsample=2, covariance="sample"),
    Ssim(sigma=30, k1=50),
]


@pytest.mark.parametrize("metric", METRICS)
def test_rendering_never_tells(panel: MetricPanel, told: Told, metric: Ssim) -> None:
    for session in (session_of(metric=metric), session_of(metric=metric, floats=True)):
        panel.show_session(session)
    assert told.metrics == []
    assert told.settled == 0


@pytest.mark.parametrize(
    ("control", "position", "changes"),
    [
        ("metric_window_size", 6, {"window_size": 15}),
        ("metric_sigma", 0, {"sigma": 0.3}),
        ("metric_k1", 180, {"k1": 0.1}),
        ("metric_k2", 0, {"k2": 0.001}),
        ("metric_alpha", 0, {"exponents": (0, 1, 1)}),
        ("metric_gamma", 10, {"exponents": (1, 1, 0.5)}),
    ],
)
def test_a_slider_changes_its_setting_while_it_moves(
    panel: MetricPanel, told: Told, control: str, position: int, changes: dict[str, Any]
) -> None:
    slider(panel, control).setValue(position)
    assert told.metrics == [replace(LUMA, **changes)]


@pytest.mark.parametrize(
    ("control", "typed", "changes"),
    [
        ("metric_window_size_value", "8", {"window_size": 8}),
        ("metric_sigma_value", "2.35", {"sigma": 2.35}),
        ("metric_k2_value", "0.0345", {"k2": 0.0345}),
        ("metric_beta_value", "0.7", {"exponents": (1, 0.7, 1)}),
    ],
)
def test_an_exact_number_can_be_typed(
    panel: MetricPanel, told: Told, control: str, typed: str, changes: dict[str, Any]
) -> None:
    """Only the finished number is told, and it is a gesture of its own."""
    box = spin(panel, control)
    box.selectAll()
    QTest.keyClicks(box, typed)
    assert told.metrics == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert told.metrics == [replace(LUMA, **changes)]
    assert told.settled == 1


@pytest.mark.parametrize(
    ("control", "words", "changes"),
    [
        ("metric_window", "Uniform", {"window": "uniform"}),
        ("metric_border", "Replicate", {"border": "replicate"}),
        ("metric_covariance", "Sample", {"covariance": "sample"}),
    ],
)
def test_a_choice_changes_its_setting(
    panel: MetricPanel, told: Told, control: str, words: str, changes: dict[str, Any]
) -> None:
    combo(panel, control).setCurrentText(words)
    assert told.metrics == [replace(LUMA, **changes)]
    assert told.settled == 1


def test_letting_a_slider_go_ends_the_gesture(panel: MetricPanel, told: Told, qtbot: QtBot) -> None:
    handle = slider(panel, "metric_sigma")
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert (len(told.metrics), told.settled) == (1, 1)
    handle.setSliderDown(True)
    handle.setValue(30)
    assert told.settled == 1
    handle.setSliderDown(False)
    assert told.settled == 2


def test_each_preset_is_recognised_whatever_the_range_and_the_colour() -> None:
    for name, preset in PRESETS.items():
        assert preset_of(replace(preset, data_range=1.0, color="mean")) == name
        assert preset_of(replace(preset, k1=0.02)) == "Custom"


def test_a_preset_keeps_the_data_range_of_the_images(panel: MetricPanel, qtbot: QtBot) -> None:
    session = session_of(floats=True)
    told = Told(panel, session)
    panel.show_session(session)
    combo(panel, "metric_preset").setCurrentText("scikit-image default")
    assert told.metrics == [replace(PRESETS["scikit-image default"], data_range=1.0)]
    assert combo(panel, "metric_preset").currentText() == "scikit-image default"


def test_reset_brings_wang_2004_back(panel: MetricPanel, told: Told, qtbot: QtBot) -> None:
    panel.show_session(session_of(metric=Ssim(k1=0.5, window="uniform")))
    assert combo(panel, "metric_preset").currentText() == "Custom"
    button = panel.findChild(QToolButton, "metric_reset")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.metrics == [LUMA]


def test_sigma_belongs_to_the_gaussian_window(panel: MetricPanel, told: Told) -> None:
    assert slider(panel, "metric_sigma").isEnabled()
    combo(panel, "metric_window").setCurrentText("Uniform")
    assert not slider(panel, "metric_sigma").isEnabled()


def test_the_data_range_is_open_for_float_images_only(panel: MetricPanel) -> None:
    assert not spin(panel, "metric_data_range").isEnabled()
    assert "type of an integer image" in spin(panel, "metric_data_range").toolTip()
    panel.show_session(session_of(floats=True))
    assert spin(panel, "metric_data_range").isEnabled()
    assert spin(panel, "metric_data_range").text() == "1"


def test_colour_is_open_for_colour_images_only(panel: MetricPanel) -> None:
    assert not combo(panel, "metric_color").isEnabled()
    panel.show_session(session_of(color=True))
    assert combo(panel, "metric_color").isEnabled()


def test_a_fractional_exponent_is_explained(panel: MetricPanel) -> None:
    hint = panel.findChild(QLabel, "metric_exponent_hint")
    assert hint is not None
    assert hint.isHidden()
    panel.show_session(session_of(metric=Ssim(exponents=(1, 0.5, 1))))
    assert hint.isHidden()
    panel.show_session(session_of(metric=Ssim(exponents=(1, 1, 0.5))))
    assert hint.isVisible()


def test_automatic_downsampling_shows_its_factor(panel: MetricPanel, told: Told) -> None:
    switch = panel.findChild(QCheckBox, "metric_downsample")
    assert switch is not None
    switch.click()
    assert told.metrics == [replace(LUMA, downsample="auto")]
    assert switch.text() == "×1 (automatic)"


def test_focus_unfolds_the_settings(panel: MetricPanel, qtbot: QtBot) -> None:
    heading = panel.findChild(QAbstractButton, "metric_section")
    assert heading is not None
    heading.click()
    assert not combo(panel, "metric_preset").isVisible()
    panel.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is combo(panel, "metric_preset"))
    assert combo(panel, "metric_preset").isVisible()


def test_it_asks_for_no_more_than_the_column_has(panel: MetricPanel) -> None:
    panel.show_session(
        session_of(color=True, metric=Ssim(exponents=(1, 1, 0.5), downsample="auto"))
    )
    assert panel.minimumSizeHint().width() <= 284


def test_each_key_on_the_slider_of_a_constant_gives_the_next_number_of_two_figures(
    panel: MetricPanel, told: Told
) -> None:
    slider = panel.findChild(QSlider, "metric_k1_slider")
    assert slider is not None
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(slider, key)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert [metric.k1 for metric in told.metrics] == [0.011, 0.012, 0.011, 0.01, 0.0099]
