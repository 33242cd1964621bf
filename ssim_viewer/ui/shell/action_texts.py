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

    The start of its name, the starts of its words in any order, parts of its words, then the
    first letters of its words in order; all of the name before the name with its menu.
    """
    wanted = _plain(typed)
    for worse, text in enumerate((words_of(action), path_of(action))):
        rank = _rank(wanted, _plain(text))
        if rank is not None:
            return rank + 4 * worse
    return None


def _rank(wanted: str, name: str) -> int | None:
    words, parts = name.split(), wanted.split()
    if name.startswith(wanted):
        return 0
    if all(any(word.startswith(part) for word in words) for part in parts):
        return 1
    if all(part in name for part in parts):
        return 2
    return 3 if _starts(wanted.replace(" ", ""), words) else None


def _starts(letters: str, words: list[str]) -> bool:
    """Whether letters are made of the starts of words, in order: “oref” of “open reference”."""
    if not letters:
        return True
    if not words:
        return False
    first, rest = words[0], words[1:]
    starts = (first[:length] for length in range(len(first), -1, -1))
    return any(
        _starts(letters.removeprefix(start), rest) for start in starts if letters.startswith(start)
    )


def _plain(text: str) -> str:
    """Return text as it is compared: in lower case, a times sign written as x, words apart."""
    return " ".join(text.casefold().replace("×", "x").replace("›", " ").split())


def _unmarked(text: str) -> str:
    return re.sub(r"&(.)", r"\1", text).removesuffix("…")
