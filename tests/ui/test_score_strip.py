"""The score strip: numbers, convention, and the two things it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from ssim_viewer.metrics import Ssim
from ssim_viewer.session.measurement import Measurements
from ssim_viewer.session.state import Session
from ssim_viewer.ui.shell.score_strip import ScoreStrip
from ssim_viewer.ui.theme.colors import DARK, LIGHT
from tests.ui.sessions import session_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def strip(qtbot: QtBot) -> ScoreStrip:
    strip = ScoreStrip()
    qtbot.addWidget(strip)
    strip.restyle(DARK)
    return strip


def text(strip: ScoreStrip, name: str) -> str:
    label = strip.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_numbers_are_those_of_the_measurement(strip: ScoreStrip) -> None:
    session = session_of()
    strip.show_session(session)
    assert session.measured is not None
    scores = session.measured.values
    assert text(strip, "score_mse") == f"{scores['mse']:.2f}"
    assert text(strip, "score_psnr") == f"{scores['psnr']:.2f} dB"
    assert text(strip, "score_ssim") == f"{scores['ssim']:.4f}".replace("-", "−")
    assert text(strip, "score_structure") == f"{scores['structure']:.3f}".replace("-", "−")


def test_identical_images_have_an_infinite_psnr(strip: ScoreStrip) -> None:
    strip.show_session(session_of(identical=True))
    assert text(strip, "score_psnr") == "∞ dB"
    assert text(strip, "score_mse") == "0.00"
    assert text(strip, "score_ssim") == "1.0000"


def test_small_errors_of_float_images_keep_four_figures(strip: ScoreStrip) -> None:
    strip.show_session(session_of(floats=True))
    figures = text(strip, "score_mse").lstrip("0.")
    assert len(figures) == 4


def test_the_convention_stands_beside_the_numbers(strip: ScoreStrip) -> None:
    metric = Ssim(window="uniform", window_size=7, downsample="auto")
    strip.show_session(session_of(metric=metric))
    convention = text(strip, "score_convention")
    assert convention.startswith("7×7 uniform, valid, channel mean, L = 255")
    assert "×1 (automatic)" in convention


def test_without_a_measurement_there_are_no_numbers_and_nothing_to_copy(strip: ScoreStrip) -> None:
    strip.show_session(session_of())
    strip.show_session(Session())
    assert text(strip, "score_mse") == "–"
    copy = strip.findChild(QToolButton, "score_copy")
    assert copy is not None
    assert not copy.isEnabled()


def test_a_pair_that_is_not_measured_yet_is_not_asked_for(strip: ScoreStrip) -> None:
    strip.show_session(Session())
    assert text(strip, "score_convention") == "Open two images to compare them"
    strip.show_session(replace(session_of(), measurements=Measurements()))
    assert text(strip, "score_convention") == "The images are being measured"


def test_what_to_know_of_a_score_is_told_beside_it(strip: ScoreStrip, qtbot: QtBot) -> None:
    strip.show_session(session_of(metric=Ssim(exponents=(1, 1, 0.5))))
    note = strip.findChild(QLabel, "score_note")
    assert note is not None
    assert not note.isHidden()
    assert "fractional exponent" in note.toolTip()


def test_the_link_asks_for_the_settings_and_the_button_for_a_copy(
    strip: ScoreStrip, qtbot: QtBot
) -> None:
    strip.show_session(session_of())
    link = strip.findChild(QLabel, "score_change_convention")
    assert link is not None
    with qtbot.waitSignal(strip.settings_requested):
        link.linkActivated.emit("#")
    copy = strip.findChild(QToolButton, "score_copy")
    assert copy is not None
    with qtbot.waitSignal(strip.copy_requested):
        QTest.mouseClick(copy, Qt.MouseButton.LeftButton)


def test_it_fits_a_small_window(strip: ScoreStrip) -> None:
    strip.show_session(session_of())
    assert strip.minimumSizeHint().width() < 1200
    assert strip.minimumSizeHint().height() <= 64


def test_mssim_takes_the_colour_of_a_theme_at_once(strip: ScoreStrip) -> None:
    strip.resize(1280, 64)
    label = strip.findChild(QLabel, "score_ssim")
    assert label is not None
    strip.show_session(session_of())
    for colors in (LIGHT, DARK):
        strip.restyle(colors)
        picture = label.grab().toImage()
        painted = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        assert colors.ssim in painted
