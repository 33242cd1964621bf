"""The keys that a widget takes itself while it has the focus, found in its own code."""

from __future__ import annotations

import inspect
import re
import sys
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget


def keys_of(widget: QWidget) -> tuple[str, ...]:
    """Return the keys that a widget takes itself, by code of ours or as a list or a table.

    Keys of ours are those that the module of its class names.
    """
    found: dict[str, None] = {}
    for kind in type(widget).__mro__:
        if is_own(kind) and {"keyPressEvent", "eventFilter"} & vars(kind).keys():
            found |= dict.fromkeys(_keys_named_in(kind.__module__))
    listed = isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView)
    if listed and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        found |= dict.fromkeys(("Down", "Up", "End", "Home"))
    return tuple(found)


@cache
def _keys_named_in(module: str) -> tuple[str, ...]:
    """Return the keys that a module names, with Shift and Ctrl where it names these."""
    code = inspect.getsource(sys.modules[module])
    keys = [key for key in re.findall(r"Key\.Key_(\w+)", code) if key not in _NO_KEYS]
    keys = [_AS_WRITTEN.get(key, key) for key in dict.fromkeys(keys)]
    held = [held for held in ("Shift", "Ctrl") if f"{_MODIFIERS[held]}Modifier" in code]
    return (*keys, *(f"{each}+{key}" for each in held for key in keys if key in _ARROWS))


_NO_KEYS = {"Shift", "Enter"}  # what is seen while Shift is held has tests of its own
_AS_WRITTEN = {"Backspace": "Backspace", "PageUp": "PgUp", "PageDown": "PgDown"}
_MODIFIERS = {"Shift": "Shift", "Ctrl": "Control"}
_ARROWS = {"Left", "Right", "Up", "Down"}


def is_own(kind: type) -> bool:
    """Whether a class is not one of Qt's or Python's."""
    return not re.match(r"PySide6|shiboken|Shiboken|builtins", kind.__module__)
