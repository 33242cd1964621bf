"""What the window inspector knows: its pins, and which window is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from ssim_viewer.session.tools import Tool
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

ID = "window_inspector"

Pixel = tuple[int, int]

PIN = Tool(ID, "pin", tr("Click in any pane to pin the window there; Esc leaves the tool."))


@dataclass(frozen=True, slots=True)
class Inspector:
    """The state of the feature.

    Attributes
    ----------
    pins
        Pixels (x, y), numbered from 1 in their order.
    current
        The pin that is shown, or None: then the window follows the mouse.
    held
        The pixel that was clicked: its window is shown until the next click, while no pin is.
    plane
        The plane whose formulas are shown.
    """

    open: bool = False
    pins: tuple[Pixel, ...] = ()
    current: int | None = None
    plane: int = 0
    held: Pixel | None = None

    def pinned(self, pixel: Pixel) -> Inspector:
        """Return the state with a pin at a pixel, where there may be one already, shown."""
        if pixel in self.pins:
            return replace(self, current=self.pins.index(pixel))
        return replace(self, pins=(*self.pins, pixel), current=len(self.pins))

    def stepped(self, by: int) -> Inspector:
        """Return the state that shows another pin, round and round."""
        if not self.pins:
            return self
        if self.current is None:
            return replace(self, current=0 if by > 0 else len(self.pins) - 1)
        return replace(self, current=(self.current + by) % len(self.pins))

    def moved(self, dx: int, dy: int, size: tuple[int, int]) -> Inspector:
        """Return the state with the pin that is shown moved on an image of (width, height)."""
        if self.current is None:
            return self
        x, y = self.pins[self.current]
        pixel = min(max(x + dx, 0), size[0] - 1), min(max(y + dy, 0), size[1] - 1)
        pins = (*self.pins[: self.current], pixel, *self.pins[self.current + 1 :])
        return replace(self, pins=pins)

    def without(self) -> Inspector:
        """Return the state without the pin that is shown, or without the last one."""
        if not self.pins:
            return self
        place = len(self.pins) - 1 if self.current is None else self.current
        pins = (*self.pins[:place], *self.pins[place + 1 :])
        current = None if self.current is None or not pins else min(place, len(pins) - 1)
        return replace(self, pins=pins, current=current)


def is_held(state: Inspector) -> bool:
    """Whether the window that is shown stays where it is while the mouse moves."""
    return state.current is not None or state.held is not None


def inspector_of(session: Session) -> Inspector:
    """Return the state of the feature in a session."""
    return cast("Inspector", session.features.get(ID, Inspector()))


def shown_pixel(session: Session) -> Pixel | None:
    """Return the pixel whose window is shown: the pin, else the clicked one, else the mouse's."""
    state = inspector_of(session)
    pixel = state.held or session.last_cursor
    if state.current is not None:
        pixel = state.pins[state.current]
    measured = session.measured
    if pixel is None or measured is None:
        return None
    height, width = measured.reference.shape[:2]
    return pixel if pixel[0] < width and pixel[1] < height else None
