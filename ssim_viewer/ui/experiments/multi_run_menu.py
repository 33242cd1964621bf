"""The menus of the window of several runs, and the keys of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenuBar, QWidget

from ssim_viewer.session.intents import ResetRun, StepOnce
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssim_viewer.ui.pane.navigation import Navigation

Row = tuple[str, str, tuple[str, ...], "Callable[[], object]"]
"""The last part of the object name, the label, the keys and what it does."""


OF_PICTURES = frozenset({"reset", "fit", "actual_pixels", "zoom_in", "zoom_out"})
"""The entries that can do nothing before there are pictures."""


class MultiRunMenus(QMenuBar):
    """The menus of a window, which gets the keys of their entries, too."""

    def __init__(self, window: QWidget, name: str, entries: Mapping[str, tuple[Row, ...]]) -> None:
        super().__init__()
        self._of_pictures: list[QAction | QShortcut] = []
        for title, rows in entries.items():
            menu = self.addMenu(title)
            for part, label, keys, run in rows:
                action = menu.addAction(f"{label}\t{keys[0]}" if keys else label)
                action.setObjectName(f"{name}_menu_{part}")
                action.triggered.connect(lambda _=False, run=run: run())
                own = keys if part != "help" else ()  # every window of an experiment has that key
                shortcuts = [QShortcut(QKeySequence(key), window) for key in own]
                for shortcut in shortcuts:
                    shortcut.activated.connect(run)
                if part in OF_PICTURES:
                    self._of_pictures += [action, *shortcuts]

    def show_pictures(self, *, there: bool) -> None:
        """Show whether there are pictures to look at, and to take away."""
        for entry in self._of_pictures:
            entry.setEnabled(there)


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
