"""What an action is called in a list of its own: its words without menu marks, and its keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


def words_of(action: QAction) -> str:
    """Return an action's text without the marks for menus."""
    return re.sub(r"&(.)", r"\1", action.text()).removesuffix("…")


def keys_of(action: QAction) -> str:
    """Return an action's shortcuts as this platform writes them, or nothing."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(dict.fromkeys(key.toString(native) for key in action.shortcuts()))


def rank_of(typed: str, action: QAction) -> int | None:
    """Return how well an action's name fits what was typed: 0 is best, None not at all.

    The start of the name, the start of a word, anywhere, then the letters in order.
    """
    name, wanted = words_of(action).casefold(), typed.casefold().strip()
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name:
        return 1
    if wanted in name:
        return 2
    letters = iter(name)
    return 3 if all(letter in letters for letter in wanted.replace(" ", "")) else None
