"""The menus of the window of several runs, and the keys of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenuBar, QWidget

from ssim_viewer.session.intents import ResetRun, StepOnce
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssim_viewer.ui.pane.navigation import Navigation

Row = tuple[str, str, tuple[str, ...], "Callable[[], object]"]
"""The last part of the object name, the label, the keys and what it does."""


def menu_bar(window: QWidget, name: str, entries: Mapping[str, tuple[Row, ...]]) -> QMenuBar:
    """Return the menus of a window, and give the window the keys of their entries."""
    bar = QMenuBar()
    for title, rows in entries.items():
        menu = bar.addMenu(title)
        for part, label, keys, run in rows:
            action = menu.addAction(f"{label}\t{keys[0]}" if keys else label)
            action.setObjectName(f"{name}_menu_{part}")
            action.triggered.connect(lambda _=False, run=run: run())
            for key in keys:
                if part != "help":  # every window of an experiment has that key already
                    QShortcut(QKeySequence(key), window).activated.connect(run)
    return bar


def rows_of(
    navigation: Navigation,
    *,
    want: Callable[[object], object],
    toggle: Callable[[], object],
    close: Callable[[], object],
    ask_help: Callable[[], object],
) -> dict[str, tuple[Row, ...]]:
    """Return the entries by menu.

    Parameters
    ----------
    navigation
        What zooming moves.
    want
        Takes an intent.
    toggle, close, ask_help
        Play or pause, close the window, and open the help.
    """
    return {
        tr("&Run"): (
            ("play", tr("&Play or pause"), ("Ctrl+Space",), toggle),
            ("step", tr("One &step"), ("Ctrl+Right",), lambda: want(StepOnce())),
            ("reset", tr("&Reset"), (), lambda: want(ResetRun())),
            ("close", tr("&Close"), ("Ctrl+W",), close),
        ),
        tr("&View"): (
            ("fit", tr("&Fit"), ("F", "Ctrl+0"), navigation.fit),
            ("actual_pixels", tr("&Actual pixels"), ("Ctrl+1",), navigation.actual_pixels),
            ("zoom_in", tr("Zoom &in"), ("+", "="), navigation.zoom_in),
            ("zoom_out", tr("Zoom &out"), ("-",), navigation.zoom_out),
        ),
        tr("&Help"): (("help", tr("&Help"), ("F1",), ask_help),),
    }
