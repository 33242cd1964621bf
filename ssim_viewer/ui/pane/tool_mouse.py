"""The drag of a tool: one for all panes, by the mouse or by keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ssim_viewer.session.tools import Phase, Pointer

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssim_viewer.session.tools import Tool
    from ssim_viewer.ui.pane.navigation import Point

LEAP = 10
"""How many pixels an arrow key moves the point while Shift is down."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ToolMouse(QObject):
    """Takes the left drag in panes while a tool is on.

    Signals
    -------
    pointed
        Carries a `Pointer`.
    """

    pointed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool: Tool | None = None
        self._held = self._inverted = False
        self._place: Point = (0.0, 0.0)

    def take(self, tool: Tool | None) -> bool:
        """Take over another tool, which ends a drag; return whether it is another one."""
        if tool == self.tool:
            return False
        self.tool, self._held = tool, False
        return True

    def press(self, place: Point, modifiers: Qt.KeyboardModifier) -> bool:
        """Begin a drag at a place of the image; return whether a tool takes it."""
        if self.tool is None:
            return False
        self._held = True
        self._inverted = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._tell(Phase.PRESS, place)
        return True

    def move(self, place: Point) -> bool:
        """Go on to a place of the image; return whether a tool is dragged."""
        if self._held and place != self._place:
            self._tell(Phase.MOVE, place)
        return self._held

    def release(self) -> None:
        """End the drag where it is."""
        if self._held:
            self._held = False
            self._tell(Phase.RELEASE, self._place)

    def key(self, event: QKeyEvent, start: Point, size: tuple[int, int]) -> Point | None:
        """Answer a key: arrows move the point by a pixel, Space presses and releases.

        Return where the point stands now, in the middle of a pixel, or None for another key.
        """
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = Qt.KeyboardModifier.ShiftModifier
        if self.tool is None or modifiers & ~(shift | Qt.KeyboardModifier.KeypadModifier):
            return None
        if key is Qt.Key.Key_Space and not event.isAutoRepeat():
            place = _middle(start, size)
            if self._held:
                self.move(place)
                self.release()
            else:
                self.press(place, Qt.KeyboardModifier.NoModifier)
            return place
        if key not in _ARROWS:
            return None
        by = LEAP if modifiers & shift else 1
        dx, dy = _ARROWS[key]
        place = _middle((start[0] + by * dx, start[1] + by * dy), size)
        self.move(place)
        return place

    def _tell(self, phase: Phase, place: Point) -> None:
        self._place = place
        if self.tool is not None:
            self.pointed.emit(Pointer(self.tool, phase, *place, self._inverted))


def _middle(place: Point, size: tuple[int, int]) -> Point:
    """Return the middle of the pixel of the image that a place is in, or that is nearest."""
    x, y = (
        min(max(math.floor(each), 0), max(length - 1, 0)) + 0.5
        for each, length in zip(place, size, strict=True)
    )
    return x, y
