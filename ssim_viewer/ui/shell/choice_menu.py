"""A menu whose entries each stand for a Python value.

Qt keeps no Python value: a ``StrEnum`` that is stored with ``QAction.setData`` comes back
as plain ``str``. The values stay here, beside the actions that stand for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from PySide6.QtWidgets import QWidget


Value = TypeVar("Value")


class ChoiceMenu(QMenu, Generic[Value]):
    """One entry for each value; choosing an entry calls a function with its value.

    Object names of the entries are the prefix and the entry's words, ``layout_1x2``, or its
    number where the words may be any, ``recent_1``.
    """

    def __init__(
        self,
        title: str,
        prefix: str,
        parent: QWidget,
        *,
        ticked: bool = True,
        numbered: bool = False,
    ) -> None:
        super().__init__(title, parent)
        self._prefix = prefix
        self._ticked = ticked
        self._numbered = numbered
        self._group = QActionGroup(self)
        self._entries: list[tuple[QAction, Value]] = []
        self._choose: Callable[[Value], object] | None = None

    @property
    def values(self) -> tuple[Value, ...]:
        """The values, in the order of the entries."""
        return tuple(value for _, value in self._entries)

    def fill(self, entries: Iterable[tuple[str, Value]], *, keys: Sequence[str] = ()) -> None:
        """Replace the entries: the text and the value of each; `keys` are of the first ones.

        The texts are marked for translation, and in English: object names are made of them.
        """
        for action, _ in self._entries:
            self.removeAction(action)
            action.deleteLater()  # it may be the one that is being triggered
        self._entries = []
        for number, (text, value) in enumerate(entries):
            name = str(number + 1) if self._numbered else _identifier(text)
            action = self._add(text, name, value)
            if number < len(keys):
                action.setShortcut(keys[number])

    def on_choice(self, choose: Callable[[Value], object]) -> None:
        """Call a function with the value of each entry that is chosen."""
        self._choose = choose

    def tick(self, value: object) -> None:
        """Tick the entry that stands for a value, and no other."""
        for action, own in self._entries:
            action.setChecked(own == value)

    def offer(self, values: Container[object]) -> None:
        """Let only these values be chosen."""
        for action, own in self._entries:
            action.setEnabled(own in values)

    def _add(self, text: str, name: str, value: Value) -> QAction:
        action = QAction(tr(text).replace("&", "&&"), self)
        action.setObjectName(f"{self._prefix}_{name}")
        action.setCheckable(self._ticked)
        action.triggered.connect(lambda _=False: self._chosen(value))
        self._group.addAction(action)
        self.addAction(action)
        self._entries.append((action, value))
        return action

    def _chosen(self, value: Value) -> None:
        if self._choose is not None:
            self._choose(value)


def _identifier(text: str) -> str:
    """Return text as it stands in an object name: lower case, words joined by underscores."""
    return "_".join(re.findall(r"\w+", text.lower().replace("×", "x")))
