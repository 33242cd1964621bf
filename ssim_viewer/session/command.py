"""One row of the menus: a thing that a person can choose.

Menus, tool bar, palette and the list of keys are made from rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session


def always(_session: Session) -> bool:
    """Whether a command can be chosen: in every session."""
    return True


def has_pair(session: Session) -> bool:
    """Whether there is a pair on screen."""
    return session.document.pair is not None


def has_run(session: Session) -> bool:
    """Whether there is a climb on screen."""
    return session.document.run is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One row.

    Attributes
    ----------
    id
        Object name of the action, unique in the program.
    label
        Text in the menu, with ``&`` before its mnemonic.
    menu
        Titles of the menus that lead to it, without mnemonics, such as ``("Experiment",)``.
    action
        Returns the action or intent that carries the command out, from the session; None does
        nothing.
    tip
        One sentence about what it does.
    keys
        Shortcuts, as text; a name in angle brackets, ``"<Open>"``, is the platform's standard key.
    icon
        Name of a Material Design icon, or "".
    enabled
        Whether the command can be chosen.
    checked
        Whether it is ticked; None for a command that has no tick.
    text
        Returns the label where it changes with the session.
    tool
        Place in the tool bar, or 0: smaller ones stand further left, tens are groups.
    tool_text
        Words beside its icon in the tool bar, where no picture tells it apart.
    before
        Name of the line, or object name of the action, that it stands before in its menu; without
        one a command of a feature stands at the end.
    """

    id: str
    label: str
    menu: tuple[str, ...]
    action: Callable[[Session], object]
    tip: str = ""
    keys: tuple[str, ...] = ()
    icon: str = ""
    enabled: Callable[[Session], bool] = always
    checked: Callable[[Session], bool] | None = None
    text: Callable[[Session], str] | None = None
    tool: int = 0
    tool_text: str = ""
    before: str = ""
