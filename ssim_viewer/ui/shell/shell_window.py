"""What the rows of the menus, the listings and the status line use of the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.pane.navigator import Navigator
    from ssim_viewer.ui.pane.pane_grid import PaneGrid
    from ssim_viewer.ui.plots.trace_plots import TracePlots
    from ssim_viewer.ui.shell.docks import Docks
    from ssim_viewer.ui.shell.help_window import HelpWindow
    from ssim_viewer.ui.shell.pictures_only import PicturesOnly
    from ssim_viewer.ui.shell.preferences import Preferences
    from ssim_viewer.ui.theme.colors import Theme


class ActionTable(Protocol):
    """The actions of a window by the ids of their commands."""

    def __getitem__(self, name: str, /) -> QAction:
        """Return an action."""


class CommandWindows(Protocol):
    """What commands open beside the window."""

    help: HelpWindow

    def show_keys(self) -> None:
        """List the keys of every command."""

    def show_palette(self) -> None:
        """Offer every command by a few letters of its name."""

    def escape(self) -> None:
        """Take away what Esc takes away."""


class Presenting(Protocol):
    """The pictures on a whole screen in large type."""

    @property
    def on(self) -> bool:
        """Whether it presents."""

    @property
    def scale(self) -> float:
        """How much larger words are while it presents."""

    def turn(self, on: bool, /) -> None:  # noqa: FBT001 - on or off
        """Present, or bring the window back."""

    def enlarge(self, by: int) -> None:
        """Take larger words, or smaller ones with -1."""


class ShellWindow(QMainWindow):
    """The main window, as its parts know it; `MainWindow` builds them.

    Signals
    -------
    intended
        Carries an intent of ``ssim_viewer.session.intents``.
    reset
        Everything shall stand as at the first start.
    """

    intended = Signal(object)
    reset = Signal()

    preferences: Preferences
    panes: PaneGrid
    plots: TracePlots
    docks: Docks
    navigator: Navigator
    pictures_only: PicturesOnly
    actions_by_name: ActionTable
    commands: CommandWindows
    presentation: Presenting
    theme: Theme

    @property
    def session(self) -> Session:
        """The session that was rendered last."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Paint everything in a theme, and keep the choice."""
        raise NotImplementedError
