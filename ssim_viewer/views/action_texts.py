"""What an action is called in a list of its own: its words without menu marks, and its keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


def words_of(action: QAction) -> str:
    """Return an action's text without the marks for menus."""
    return _unmarked(action.text())


def keys_of(action: QAction) -> str:
    """Return an action's shortcuts as this platform writes them, or nothing."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(key.toString(native) for key in action.shortcuts()))


def path_of(action: QAction) -> str:
    """Return an action's words after the name of its menu: in a list, “Run” alone says little."""
    menus = [owner for owner in action.associatedObjects() if isinstance(owner, QMenu)]
    menu = _unmarked(menus[0].title()) if menus else ""
    return f"{menu} › {words_of(action)}" if menu else words_of(action)


def rank_of(typed: str, action: QAction) -> int | None:
    """Return how well an action fits what was typed: 0 is best, None not at all.

    The start of its name, the start of a word, anywhere, then the letters in order; all of
    the name before the name with its menu.
    """
    for worse, text in enumerate((words_of(action), path_of(action))):
        rank = _rank(typed.casefold().strip(), text.casefold())
        if rank is not None:
            return rank + 4 * worse
    return None


def _rank(wanted: str, name: str) -> int | None:
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    if wanted in name:
        return 2
    letters = iter(name)
    return 3 if all(letter in letters for letter in wanted.replace(" ", "")) else None


def _unmarked(text: str) -> str:
    return re.sub(r"&(.)", r"\1", text).removesuffix("…")
