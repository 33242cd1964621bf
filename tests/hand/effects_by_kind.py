"""Rows by kind: what is seen of every choice, number, tick, list and plot that has no row."""

from __future__ import annotations

from tests.hand.expected import (
    changes,
    closes,
    floats,
    hides,
    moves,
    nothing,
    opens,
    reads,
    tells_other,
    turns,
)
from tests.hand.row import Row

FRAMES = (
    Row("*.qt_dockwidget_closebutton", hides("{dock}")),
    Row("*.qt_dockwidget_floatbutton", floats()),
    Row("key *_window Ctrl+W", closes("{target}")),
    Row("key *_window F1", opens("help_window")),
    Row("press *_window Escape", closes("{target}")),
)
"""What frames of windows and docks have; they are asked first."""

KINDS = (
    Row("tab main_window.QTabBar 0", changes("main_window")),
    Row("tab main_window.QTabBar *", nothing("it is the one that is shown")),
    Row("choice *", moves()),
    Row("spin *", moves()),
    Row("slider *", moves()),
    Row("line *", tells_other("{target}")),
    Row("handle *", changes("{dock}")),
    Row("surface *.PlotWidget *", nothing("a plot of lines shows all there is")),
    Row("surface *_table wheel", nothing("there are no more rows than are seen")),
    Row("surface *_list wheel", nothing("there are no more rows than are seen")),
    Row("surface *_table drag", changes("{target}")),
    Row("surface *_table *", changes("{target}")),
    Row("press *_table [DU]*", changes("{target}")),
    Row("press *_table *", nothing("Home and End go along a row, which is chosen as a whole")),
    Row("button *", turns()),
    Row("surface *", reads()),
)
"""They are asked last."""
