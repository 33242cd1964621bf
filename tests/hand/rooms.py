"""Rooms of the program: what features open, and dialogs; each is opened and walked by itself.

The rooms are those of the registry of features, and what the tables say that controls open; so a
new one is walked without being listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget
from shiboken6 import isValid

from ssim_viewer.features.feature import OpenView
from ssim_viewer.features.registry import features
from stress import hand
from stress.controls import controls_of
from tests.hand.desk import Desk
from tests.hand.row import First, Row
from tests.hand.seen import windows
from tests.hand.states import State
from tests.hand.tables import MAIN, TABLES, Table


@dataclass(frozen=True)
class Room:
    """A view of a feature, or what a row of a table opens.

    Attributes
    ----------
    feature
        Whose view is opened first, or "" for the main window alone.
    opener
        The row that opens the dialog, or None for the view itself.
    stage
        Which of the tables of the room is looked at.
    """

    feature: str
    opener: Row | None = None
    stage: int = 0

    @property
    def name(self) -> str:
        """What the test of the room is called."""
        stage = str(self.stage) if self.stage else ""
        return " ".join(part for part in (self.feature, self.key, stage) if part)

    @property
    def key(self) -> str:
        """The object name of the dialog, or ""."""
        return self.opener.opens if self.opener is not None else ""

    @property
    def table(self) -> Table:
        """What is seen in the room, and what is done before."""
        return stages(self)[self.stage]


def stages(room: Room) -> tuple[Table, ...]:
    """Return the tables of a room, one for each stage that it is brought to."""
    return TABLES.get(room.key or room.feature) or (Table(),)


def rooms() -> list[Room]:
    """Return every view of a feature, and every dialog that a row of a table opens."""
    found = [Room(each.id) for each in features() if each.view() is not None]
    found += _opened("", MAIN)
    known: dict[str, Room] = {}
    for room in found:  # it goes on to those that are added
        if room.key not in known or not room.key:
            known[room.name] = room
            known.setdefault(room.key, room)
            for stage in range(1, len(stages(room))):
                known[f"{room.name} {stage}"] = replace(room, stage=stage)
            for table in stages(room):
                found += _opened(room.feature, table.rows)
    del known[""]
    return list(dict.fromkeys(known.values()))


def _opened(feature: str, rows: Sequence[Row]) -> list[Room]:
    return [Room(feature, row) for row in rows if row.opens]


class RoomDesk(Desk):
    """The window with a room open; what is walked is the room."""

    def __init__(
        self, folder: Path, room: Room, state: State | None = None, enter: First | None = None
    ) -> None:
        """Take the state that the table of the room tells, or another one and how to enter it."""
        table = room.table
        self._room, self._state = room, state or State(files=table.files)
        self._first = table.first if state is None else () if enter is None else (enter,)
        super().__init__(folder, self._state.files(folder), self._enter, self._state.gate())

    @property
    def feature(self) -> str:
        """The id of the feature whose view is open, or ""."""
        return self._room.feature

    def can_use(self, name: str) -> bool:
        """Whether a control of the room, or of the main window, is enabled."""
        return super().can_use(name) or (self._finds(name) and self.found[name].enabled())

    def use(self, name: str) -> None:
        """Touch a control of the room, or of the main window."""
        assert self._finds(name), f"there is no {name}"
        super().use(name)

    def _finds(self, name: str) -> bool:
        if name not in self.found:
            everything = {each.name: each for place in windows() for each in controls_of(place)}
            if name in everything:
                self.found[name] = everything[name]
        return name in self.found

    def inside(self) -> list[str]:
        """Return the names of the controls of the room."""
        self.walk()
        return list(self.found)

    def _enter(self, _: Desk) -> None:
        self._state.prepare(self)
        self.found, self._outside = {}, set(windows())
        self._docks = {dock for dock in self._all_docks() if dock.isVisible()}
        self._open_view()
        self._run(self._first)
        self._open_dialog()
        self.settle()

    def _open_view(self) -> None:
        if self._room.feature:
            self.window.intended.emit(OpenView(self._room.feature))
            self.settle()

    def _open_dialog(self) -> None:
        row = self._room.opener
        if row is None:
            return
        self._run(row.first)
        self._outside, self._docks = set(windows()), set(self._all_docks())
        everything = {each.name: each for place in windows() for each in controls_of(place)}
        opener = next(n for n, each in everything.items() if row.fits(n) and each.enabled())
        everything[opener].touch()
        hand.wait(lambda: self.widget(row.opens) is not None, f"{row.opens} to open")

    def _run(self, steps: Sequence[First]) -> None:
        for step in steps:
            if callable(step):
                step(self)
            else:
                self.walk()
                self.use(step)
            self.settle()

    def _open_again(self) -> None:
        """Open the room again where it was closed."""
        if hasattr(self, "_places_before") and not all(
            isValid(place) and place.isVisible() for place in self._places_before
        ):
            self._open_view()
            self._open_dialog()
            self.walk()

    def _give_focus(self) -> None:
        """Leave it in the room: a palette that is left closes."""

    def walk(self) -> None:
        """Find every control of the room."""
        super().walk()
        self._places_before = self._places()

    def _places(self) -> Sequence[QWidget]:
        docks = [d for d in self._all_docks() if d.isVisible() and d not in self._docks]
        part = self.widget(self._room.key) if self._room.key else None
        parts: list[QWidget] = [part] if part is not None and not part.isWindow() else []
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = self.window.findChildren(QTabBar, options=direct) if docks else []
        parts += [bar for bar in bars if bar.isVisible()]
        return [*parts, *docks, *(each for each in windows() if each not in self._outside)]

    def _all_docks(self) -> list[QDockWidget]:
        return self.window.findChildren(QDockWidget)
