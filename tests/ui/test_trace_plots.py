"""The plots: what they draw, the scale on which constant looks constant, and the mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from ssim_viewer.session.intents import ChooseBranch, ScrubTo
from ssim_viewer.session.state import Session
from ssim_viewer.ui.plots.trace_plot import TracePlot
from ssim_viewer.ui.plots.trace_plots import TracePlots
from ssim_viewer.ui.theme.colors import DARK, LIGHT
from tests.ui.sessions import run_of, session_of, with_run

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def plots(qtbot: QtBot) -> TracePlots:
    plots = TracePlots()
    qtbot.addWidget(plots)
    plots.restyle(LIGHT)
    plots.resize(900, 150)
    plots.show()
    return plots


def widget_of(plots: TracePlots, name: str) -> pg.PlotWidget:
    plot = plots.findChild(TracePlot, name)
    assert plot is not None
    return plot.findChild(pg.PlotWidget)


def curves(plots: TracePlots, name: str) -> list[pg.PlotDataItem]:
    items = widget_of(plots, name).listDataItems()
    return [item for item in items if isinstance(item, pg.PlotDataItem)]


def text(plots: TracePlots, name: str) -> str:
    label = plots.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_before_a_climb_it_says_what_to_do(plots: TracePlots) -> None:
    plots.show_session(session_of())
    empty = plots.findChild(QLabel, "plot_ssim_empty")
    assert empty is not None
    assert "Press Play" in empty.text()
    assert empty.isVisible()
    plots.show_session(with_run(session_of(), run_of(5)))
    assert not empty.isVisible()


def test_the_climb_is_drawn_whole(plots: TracePlots) -> None:
    run = run_of(120)
    plots.show_session(with_run(session_of(), run))
    steps, values = curves(plots, "plot_ssim")[0].getOriginalDataset()
    assert (steps == run.trace[:, 0]).all()
    assert (values == run.trace[:, 2]).all()


def test_while_a_climb_plays_it_is_drawn_apart_from_the_images(
    plots: TracePlots, qtbot: QtBot
) -> None:
    """The latest steps come with the next drawing, and at once when the climb is paused."""
    playing = replace(session_of(), playing=True)
    for last in (5, 9):
        plots.show_session(with_run(playing, run_of(last)))
    (curve,) = curves(plots, "plot_ssim")
    assert curve.getData()[0] is None
    qtbot.waitUntil(lambda: curve.getData()[0] is not None)
    assert curve.getData()[0][-1] == 9
    plots.show_session(with_run(session_of(), run_of(12)))
    assert curve.getData()[0][-1] == 12


def test_a_constant_mse_looks_constant(plots: TracePlots) -> None:
    """The scale spans at least ±0.5 % around the held MSE, however small the drift."""
    run = run_of(50)
    trace = run.trace.copy()
    trace[3, 1] *= 1 + 2e-13
    plots.show_session(with_run(session_of(), replace(run, trace=trace)))
    low, high = widget_of(plots, "plot_mse").viewRange()[1]
    assert low <= 2500 * 0.995
    assert high >= 2500 * 1.005
    assert text(plots, "plot_mse_title") == "held 2500.000000 · drift 2e-13"


def test_an_mse_that_leaves_stays_in_view(plots: TracePlots) -> None:
    run = run_of(50)
    trace = run.trace.copy()
    trace[-1, 1] = 3000
    plots.show_session(with_run(session_of(), replace(run, trace=trace)))
    assert widget_of(plots, "plot_mse").viewRange()[1][1] > 3000


def test_the_step_on_screen_is_marked(plots: TracePlots) -> None:
    plots.show_session(with_run(session_of(), run_of(120, cursor=37)))
    assert text(plots, "plot_ssim_title") == "0.1300 at step 37"


def test_older_branches_stay_in_view(plots: TracePlots) -> None:
    session = with_run(session_of(), run_of(20), run_of(90), run_of(60))
    plots.show_session(session)
    plots.restyle(DARK)
    assert widget_of(plots, "plot_ssim").viewRange()[0][1] >= 90
    assert widget_of(plots, "plot_ssim").viewRange()[1][0] <= 0.5 - 0.9
    assert len(curves(plots, "plot_ssim")) == 3


def test_a_click_and_a_drag_choose_the_nearest_step(plots: TracePlots, qtbot: QtBot) -> None:
    intents: list[object] = []
    plots.intended.connect(intents.append)
    plots.show_session(with_run(session_of(), run_of(100)))
    assert intents == []
    widget = widget_of(plots, "plot_mse")

    def place(step: float) -> QPoint:
        scene = widget.plotItem.vb.mapViewToScene(pg.Point(step, 2500))
        point: QPoint = widget.mapFromScene(scene)
        return point

    with qtbot.waitSignal(plots.settled):
        QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place(40))
    assert intents == [ScrubTo(40)]
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place(-3))
    assert intents[-1] == ScrubTo(0)
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place(101))
    assert intents[-1] == ScrubTo(100)


def test_a_climb_that_is_gone_leaves_an_empty_plot(plots: TracePlots) -> None:
    plots.show_session(with_run(session_of(), run_of(100), run_of(20)))
    plots.show_session(Session())
    assert text(plots, "plot_mse_title") == ""
    assert text(plots, "plot_ssim_title") == ""
    for curve in curves(plots, "plot_ssim"):
        steps, _ = curve.getOriginalDataset()
        assert steps is None or len(steps) == 0


def place_in(widget: pg.PlotWidget, x: float, y: float) -> QPoint:
    scene = widget.plotItem.vb.mapViewToScene(pg.Point(x, y))
    point: QPoint = widget.mapFromScene(scene)
    return point


def test_nothing_says_to_press_play_once_it_plays(plots: TracePlots, qtbot: QtBot) -> None:
    empty = plots.findChild(QLabel, "plot_ssim_empty")
    assert empty is not None
    plots.show_session(session_of())
    assert empty.isVisible()
    plots.show_session(replace(session_of(), playing=True))
    qtbot.waitUntil(lambda: not empty.isVisible())


def test_on_logarithmic_steps_the_first_ten_take_the_room_of_the_next_hundred(
    plots: TracePlots, qtbot: QtBot
) -> None:
    plots.show_session(with_run(session_of(), run_of(1000)))
    button = plots.findChild(QToolButton, "plot_log_steps")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    widget = widget_of(plots, "plot_ssim")
    places = curves(plots, "plot_ssim")[0].getOriginalDataset()[0]
    assert places[10] - places[0] > places[110] - places[11]
    axis = widget.getAxis("bottom")
    (_, marks), *_ = axis.tickValues(*widget.viewRange()[0], 300)
    assert axis.tickStrings(marks, 1, 1) == ["0", "1", "10", "100", "1000"]
    intents: list[object] = []
    plots.intended.connect(intents.append)
    x = float(places[5])
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place_in(widget, x, -5.0))
    assert intents == [ScrubTo(5)]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert curves(plots, "plot_ssim")[0].getOriginalDataset()[0][-1] == 1000


def test_a_click_on_the_curve_of_a_branch_chooses_it(plots: TracePlots, qtbot: QtBot) -> None:
    run, branch = run_of(20), run_of(40)
    trace = branch.trace.copy()
    trace[:, 2] = 0.45
    plots.show_session(with_run(session_of(), run, replace(branch, trace=trace)))
    intents: list[object] = []
    plots.intended.connect(intents.append)
    widget = widget_of(plots, "plot_ssim")
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place_in(widget, 30, 0.45))
    assert intents == [ChooseBranch(0)]
    QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=place_in(widget, 15, 0.35))
    assert intents[-1] == ScrubTo(15)
