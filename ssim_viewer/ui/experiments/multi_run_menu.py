"""The menus of the window of several runs, and the keys of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenuBar

from ssim_viewer.session.intents import ResetRun, StepOnce
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.ui.experiments.multi_run_window import MultiRunWindow

Row = tuple[str, str, tuple[str, ...], "Callable[[], object]"]
"""The last part of the object name, the label, the keys and what it does."""


def menu_bar(window: MultiRunWindow[Any], name: str) -> QMenuBar:
    """Return the menus of a window, and give the window the keys of their entries."""
    bar = QMenuBar()
    for title, rows in _rows(window).items():
        menu = bar.addMenu(title)
        for part, label, keys, run in rows:
            action = menu.addAction(f"{label}\t{keys[0]}" if keys else label)
            action.setObjectName(f"{name}_menu_{part}")
            action.triggered.connect(lambda _=False, run=run: run())
            for key in keys:
                if part != "help":  # every window of an experiment has that key already
                    QShortcut(QKeySequence(key), window).activated.connect(run)
    return bar


def _rows(window: MultiRunWindow[Any]) -> dict[str, tuple[Row, ...]]:
    navigation, want = window.grid.navigation, window.intended.emit
    return {
        tr("&Run"): (
            ("play", tr("&Play or pause"), ("Ctrl+Space",), window.toggle),
            ("step", tr("One &step"), ("Ctrl+Right",), lambda: want(StepOnce())),
            ("reset", tr("&Reset"), (), lambda: want(ResetRun())),
            ("close", tr("&Close"), ("Ctrl+W",), window.close),
        ),
        tr("&View"): (
            ("fit", tr("&Fit"), ("F", "Ctrl+0"), navigation.fit),
            ("actual_pixels", tr("&Actual pixels"), ("Ctrl+1",), navigation.actual_pixels),
            ("zoom_in", tr("Zoom &in"), ("+", "="), navigation.zoom_in),
            ("zoom_out", tr("Zoom &out"), ("-",), navigation.zoom_out),
        ),
        tr("&Help"): (("help", tr("&Help"), ("F1",), window.help_requested.emit),),
    }
