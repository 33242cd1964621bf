"""The plot of several runs takes logarithms by itself where nothing else tells values apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QLabel

from ssim_viewer.ui.plots.base_plot import floor_of_similarities
from ssim_viewer.ui.plots.lines_plot import Line, LinesPlot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def plot(qtbot: QtBot) -> LinesPlot:
    plot = LinesPlot("plot")
    qtbot.addWidget(plot)
    plot.resize(500, 200)
    plot.show()
    return plot


def line(*values: float) -> Line:
    return Line(np.arange(float(len(values))), np.array(values), "#123456", "a line")


def widget_of(plot: LinesPlot) -> pg.PlotWidget:
    widget = plot.findChild(pg.PlotWidget)
    assert widget is not None
    return widget


def ends(plot: LinesPlot) -> tuple[float, float]:
    """The numbers at the ends of the left axis."""
    widget = widget_of(plot)
    axis = widget.getAxis("left")
    low, high = widget.viewRange()[1]
    return axis.number(low), axis.number(high)


def label(plot: LinesPlot) -> str:
    text: str = widget_of(plot).getAxis("left").labelText
    return text


def test_values_that_span_a_factor_of_a_hundred_stand_at_their_logarithms(plot: LinesPlot) -> None:
    plot.show_lines([line(1000.0, 10.0), line(1000.0, 20000.0)], "MSE", "step", error=True)
    low, high = ends(plot)
    assert 5 < low < 10
    assert 20_000 < high < 40_000
    assert label(plot) == "MSE, log"
    curve = widget_of(plot).listDataItems()[0]
    assert curve.getOriginalDataset()[1].tolist() == pytest.approx([3.0, 1.0])


@pytest.mark.parametrize("values", [(0.9, 0.5), (1000.0, 100.0), (1000.0, 0.0), (0.9, -0.9)])
def test_others_stand_evenly(plot: LinesPlot, values: tuple[float, float]) -> None:
    plot.show_lines([line(*values)], "MSSIM", "step", error=True)
    assert label(plot) == "MSSIM"
    low, high = ends(plot)
    assert low <= min(values)
    assert high >= max(values)


def test_a_similarity_stands_evenly_however_small_it_begins(plot: LinesPlot) -> None:
    plot.show_lines([line(0.008, 1.0)], "MSSIM", "step")
    assert label(plot) == "MSSIM"


def test_its_word_of_advice_goes_with_the_first_point(plot: LinesPlot) -> None:
    plot.show_empty("Press Play")
    (advice,) = [each for each in plot.findChildren(QLabel) if each.text() == "Press Play"]
    assert advice.isVisible()
    plot.show_lines([line(0.5)], "MSSIM", "step")
    assert not advice.isVisible()
    plot.show_lines([], "MSSIM", "step")
    assert advice.isVisible()
    plot.show_empty("")
    assert not advice.isVisible()


def test_the_axis_of_similarities_begins_at_0_or_below_the_least_finite_one() -> None:
    assert floor_of_similarities([]) == 0
    assert floor_of_similarities([0.4, 1.0]) == 0
    assert floor_of_similarities([-0.31, -math.inf, math.nan, 1.0]) == pytest.approx(-0.4)
