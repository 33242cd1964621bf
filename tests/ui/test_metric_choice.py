"""Choosing metrics: cells of the strip, the two menus, the panel, the plot and the help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QListWidget, QTextBrowser, QWidget

from ssim_viewer.metrics import catalogue
from ssim_viewer.session.family import MetricLayer
from ssim_viewer.session.intents import ChooseDriver, ShowMetrics
from ssim_viewer.session.measurement import Measurement
from ssim_viewer.session.state import Look, Session
from ssim_viewer.ui.controls.experiment_panel import ExperimentPanel
from ssim_viewer.ui.controls.inputs import Choice
from ssim_viewer.ui.plots.trace_plots import TracePlots
from ssim_viewer.ui.shell import metric_menus
from ssim_viewer.ui.shell.help_window import HelpWindow
from ssim_viewer.ui.shell.metric_menus import MetricMenus
from ssim_viewer.ui.shell.preferences import Preferences
from ssim_viewer.ui.shell.score_strip import ScoreStrip
from ssim_viewer.ui.theme.colors import DARK
from tests.ui.sessions import run_of, session_of, with_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FOUR = ("ms-ssim", "cw-ssim", "w-ssim", "gmsd")


def with_scores(session: Session, distorted: object = None, **values: float) -> Session:
    """Return the session with scores of other metrics, of the image on screen or another one."""
    measured = session.measured
    assert measured is not None
    scores = {name.replace("_", "-"): value for name, value in values.items()}
    image = measured.distorted if distorted is None else np.zeros((2, 2))
    found = [
        Measurement(measured.reference, image, name, None, {name: value})
        for name, value in scores.items()
    ]
    return replace(session, measurements=session.measurements.with_latest(*found))


def showing(*names: str) -> Session:
    session = session_of()
    return replace(session, look=replace(session.look, metrics=names))


@pytest.fixture
def strip(qtbot: QtBot) -> ScoreStrip:
    strip = ScoreStrip()
    qtbot.addWidget(strip)
    strip.restyle(DARK)
    return strip


def cell(strip: ScoreStrip, name: str) -> QLabel:
    label = strip.findChild(QLabel, f"score_{name}")
    assert label is not None
    return label


def test_the_strip_shows_the_scores_of_other_metrics(strip: ScoreStrip) -> None:
    strip.show_session(with_scores(showing("ms-ssim", "gmsd"), ms_ssim=0.98765, gmsd=0.0123))
    assert cell(strip, "ms_ssim").text() == "0.9877"
    assert cell(strip, "gmsd").text() == "0.0123"


def test_a_score_of_another_image_is_held_back(strip: ScoreStrip) -> None:
    session = with_scores(showing("ms-ssim"), distorted="another", ms_ssim=0.9)
    strip.show_session(session)
    assert cell(strip, "ms_ssim").text() == "…"
    strip.show_session(replace(session, playing=True))
    assert cell(strip, "ms_ssim").text() == "0.9000"


def test_a_score_says_which_way_is_better_and_where_it_is_from(strip: ScoreStrip) -> None:
    strip.show_session(showing("ms-ssim", "gmsd"))
    assert "higher is better, 1 for identical images" in cell(strip, "ms_ssim").toolTip()
    assert "Asilomar" in cell(strip, "ms_ssim").toolTip()
    assert "lower is better, 0 for identical images" in cell(strip, "gmsd").toolTip()


def test_cells_come_and_go_with_the_choice(strip: ScoreStrip) -> None:
    strip.show_session(showing("ms-ssim", "mse"))
    assert len(strip.findChildren(QLabel, "score_mse")) == 1
    strip.show_session(showing())
    label = strip.findChild(QLabel, "score_ms_ssim")
    assert label is None or label.isHidden()


def test_four_more_scores_fit_a_small_window(strip: ScoreStrip) -> None:
    strip.show_session(with_scores(showing(*FOUR), ms_ssim=0.9, cw_ssim=0.9, w_ssim=-0.9, gmsd=0.1))
    assert strip.minimumSizeHint().width() < 1200
    assert strip.minimumSizeHint().height() <= 64


@pytest.fixture
def menus(qtbot: QtBot) -> Iterator[MetricMenus]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield MetricMenus(parent)
    assert parent.parent() is None  # held until now, and the menus with it


def action(menus: MetricMenus, name: str) -> QAction:
    found = next(
        each
        for each in (*menus.strip.actions(), *menus.driver.actions())
        if each.objectName() == name
    )
    assert isinstance(found, QAction)
    return found


def test_the_menu_adds_a_score_in_the_order_of_the_catalogue(
    menus: MetricMenus, qtbot: QtBot
) -> None:
    menus.show_session(showing("gmsd"))
    with qtbot.waitSignal(menus.intended) as told:
        action(menus, "strip_ms_ssim").trigger()
    assert told.args == [ShowMetrics(("ms-ssim", "gmsd"))]


def test_scores_that_always_stand_there_cannot_be_taken_away(menus: MetricMenus) -> None:
    menus.show_session(showing())
    assert action(menus, "strip_mse").isChecked()
    assert not action(menus, "strip_mse").isEnabled()


def test_the_menu_chooses_what_a_climb_follows(menus: MetricMenus, qtbot: QtBot) -> None:
    menus.show_session(showing())
    assert action(menus, "climb_ssim").isChecked()
    with qtbot.waitSignal(menus.intended) as told:
        action(menus, "climb_gmsd").trigger()
    assert told.args == [ChooseDriver("gmsd")]


@pytest.mark.parametrize("name", ["climb_mse", "climb_psnr"])
def test_what_a_climb_holds_cannot_lead_it(menus: MetricMenus, name: str) -> None:
    assert not action(menus, name).isEnabled()
    assert "holds the MSE" in action(menus, name).toolTip()


def test_a_broken_plugin_is_seen_with_its_reason(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "The metric 'vif' (vif:entry) was left out: ImportError: no module vif."
    monkeypatch.setattr(metric_menus, "broken_plugins", lambda: {"vif": sentence})
    parent = QWidget()
    qtbot.addWidget(parent)
    broken = action(MetricMenus(parent), "score_broken_vif")
    assert not broken.isEnabled()
    assert broken.toolTip() == sentence


def driven_by(session: Session, name: str) -> Session:
    return replace(session, document=replace(session.document, driver=name))


def test_the_panel_shows_and_changes_what_drives(qtbot: QtBot) -> None:
    panel = ExperimentPanel()
    qtbot.addWidget(panel)
    panel.show_session(driven_by(session_of(), "ms-ssim"))
    choice = panel.findChild(Choice, "experiment_driver")
    assert choice is not None
    assert choice.currentText() == "MS-SSIM"
    with qtbot.waitSignal(panel.intended) as told:
        choice.setCurrentText("CW-SSIM")
    assert told.args == [ChooseDriver("cw-ssim")]


def test_the_plot_is_named_after_what_drives(qtbot: QtBot) -> None:
    plots = TracePlots()
    qtbot.addWidget(plots)
    plots.restyle(DARK)
    plots.show_session(driven_by(with_run(session_of(), run_of(4)), "gmsd"))
    title = plots.findChild(QLabel, "plot_ssim_title")
    assert title is not None
    assert title.text() == "0.4600 at step 4" or title.text().endswith("at step 0")
    texts = [label.text() for label in plots.findChildren(QLabel)]
    assert "GMSD" in texts
    assert "MSSIM" not in texts


def test_the_help_explains_every_metric_with_its_source(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    page = window.findChild(QTextBrowser, "help_page")
    contents = window.findChild(QListWidget, "help_contents")
    assert page is not None
    assert contents is not None
    (row,) = (
        r for r in range(contents.count()) if contents.item(r).text() == "The metrics, one by one"
    )
    contents.setCurrentRow(row)
    text = page.toPlainText()
    for entry in catalogue().values():
        assert entry.title in text
        assert entry.source in text


def test_chosen_metrics_stay_from_one_start_to_the_next(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    panes = (MetricLayer("ms-ssim", "scale 2"), *Look().panes[1:])
    Preferences(settings).look = Look(metrics=("gmsd", "gone"), panes=panes)
    look = Preferences(settings).look
    assert look.metrics == ("gmsd",)
    assert look.panes == panes
