"""What stands in the menus of the main window beside the commands that only change the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssim_viewer.session.command import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.shell_window import ShellWindow


@dataclass(frozen=True, slots=True, eq=False)
class WindowAction:
    """What the window does by itself: zoom, ask for a file, close."""

    run: Callable[[ShellWindow], object]


def by_window(run: Callable[[ShellWindow], object]) -> Callable[[Session], WindowAction]:
    """Return the action of a command that the window carries out by itself."""
    return lambda _session: WindowAction(run)


def no_action(_session: Session) -> None:
    """Return nothing: a toggle does its work when its tick changes."""


@dataclass(frozen=True, slots=True)
class Toggle(Command):
    """A command whose tick is a state of the window, and not of the session.

    Attributes
    ----------
    turn
        Takes the window and the new tick, however that came about.
    on
        The tick at the start.
    """

    turn: Callable[[ShellWindow, bool], object] = lambda _window, _on: None
    on: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line across a menu; commands of features may stand before one that has a name."""

    menu: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A command that stands in another menu already."""

    menu: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu in a menu, for rows below."""

    menu: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A menu that lists values, by its name in `Listings`."""

    menu: tuple[str, ...]
    name: str


Row = Command | Line | Again | Submenu | Listing
