"""The feature: pins and the cursor, what is drawn over the panes, and where it stands in menus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import (
    Area,
    Command,
    Feature,
    OpenView,
    Port,
    Service,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.features.window_inspector import actions
from ssim_viewer.features.window_inspector.inspection import window_bounds
from ssim_viewer.features.window_inspector.state import ID, PIN, Inspector, inspector_of, is_held
from ssim_viewer.images.shapes import Rectangle
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.session.overlays import Marker, Outline, Overlay
from ssim_viewer.session.tools import Phase, Pointer
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.session.state import Session

MENU = ("View", tr("Window inspector"))


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


def _has_pins(session: Session) -> bool:
    return bool(inspector_of(session).pins)


class WindowInspector(Feature[Inspector]):
    """One window of SSIM, under the mouse or pinned."""

    id = ID
    initial = Inspector()
    actions = actions.ACTIONS
    follows_cursor = True
    commands = (
        Command(
            "open_window_inspector",
            tr("&Window inspector"),
            ("View", tr("Docks")),
            lambda _session: OpenView(ID),
            tr(
                "Show the window of SSIM under the mouse: its pixels, its statistics and its"
                " formulas."
            ),
            ("Ctrl+Shift+I",),
            enabled=_has_pair,
        ),
        Command(
            "pin_window",
            tr("&Pin with the mouse"),
            MENU,
            lambda session: TakeTool(None if session.tool == PIN else PIN),
            tr("Click in any pane to pin the window there; pins are numbered on all panes."),
            ("X",),
            enabled=_has_pair,
            checked=lambda session: session.tool == PIN,
        ),
        Command(
            "pin_window_here",
            tr("Pin &here"),
            MENU,
            lambda _session: actions.PinHere(),
            tr("Pin the window under the mouse."),
            ("Shift+P",),
            enabled=_has_pair,
        ),
        Command(
            "next_pin",
            tr("&Next pin"),
            MENU,
            lambda _session: actions.StepPins(1),
            tr("Show the window of the next pin."),
            ("Alt+P",),
            enabled=_has_pins,
        ),
        Command(
            "previous_pin",
            tr("Pre&vious pin"),
            MENU,
            lambda _session: actions.StepPins(-1),
            tr("Show the window of the previous pin."),
            ("Alt+Shift+P",),
            enabled=_has_pins,
        ),
        Command(
            "remove_pin",
            tr("&Remove pin"),
            MENU,
            lambda _session: actions.RemovePin(),
            tr("Take the pin away that is shown."),
            ("Ctrl+Alt+P",),
            enabled=_has_pins,
        ),
        Command(
            "follow_cursor",
            tr("&Follow the mouse"),
            MENU,
            lambda _session: actions.FollowCursor(),
            tr("Show the window under the mouse again; pins stay."),
            enabled=lambda session: is_held(inspector_of(session)),
        ),
    )

    def reduce(self, state: Inspector, session: Session, action: object) -> Inspector:
        """Return the state after an action."""
        match action:
            case ViewOpened() | ViewClosed():
                return replace(state, open=isinstance(action, ViewOpened))
            case Pointer(phase=Phase.PRESS, x=x, y=y):
                return self._pinned(state, session, (int(x // 1), int(y // 1)))
            case actions.PinHere():
                return self._pinned(state, session, session.last_cursor)
            case actions.HoldWindow(pixel) if state.open:
                released = state.current is None and state.held == pixel
                return replace(state, held=None if released else pixel, current=None)
            case actions.MovePin(dx, dy):
                return state.moved(dx, dy, _size(session))
        return _reduced(state, action)

    @staticmethod
    def _pinned(state: Inspector, session: Session, pixel: tuple[int, int] | None) -> Inspector:
        width, height = _size(session)
        if pixel is None or not (0 <= pixel[0] < width and 0 <= pixel[1] < height):
            return state
        return state.pinned(pixel)

    def overlays(self, session: Session) -> Sequence[Overlay]:
        """Return the pins, and the outline of the window that is shown."""
        state = inspector_of(session)
        found: list[Overlay] = [
            Marker(x + 0.5, y + 0.5, str(i + 1), current=i == state.current)
            for i, (x, y) in enumerate(state.pins)
        ]
        bounds = window_bounds(session) if state.open else None
        if bounds is not None:
            found.append(Outline(Rectangle(*bounds)))
        return found

    def saved(self, state: Inspector) -> object:
        """Return the pins."""
        return {"pins": [list(pin) for pin in state.pins], "current": state.current}

    def restored(self, state: Inspector, saved: Any) -> Inspector:
        """Return the state with the pins that were kept."""
        pins = tuple((int(x), int(y)) for x, y in saved["pins"])
        current = saved["current"]
        if current is not None and not 0 <= int(current) < len(pins):
            current = None
        return replace(state, pins=pins, current=current)

    def service(self, port: Port) -> Service:
        """Return what sees clicks in panes."""
        from ssim_viewer.features.window_inspector.clicks import Clicks  # noqa: PLC0415 - Qt

        return Clicks(port)

    def view(self) -> ViewSpec:
        """Return how the dock is made."""
        return ViewSpec(Area.RIGHT_DOCK, tr("Window inspector"), _panel)


def _reduced(state: Inspector, action: object) -> Inspector:
    """Return the state after an action that needs nothing but the state."""
    match action:
        case actions.StepPins(by):
            return state.stepped(by)
        case actions.RemovePin():
            return state.without()
        case actions.FollowCursor():
            return replace(state, current=None, held=None)
        case actions.ChoosePlane(plane):
            return replace(state, plane=plane)
    return state


def _size(session: Session) -> tuple[int, int]:
    pair = session.document.pair
    return (pair.reference.width, pair.reference.height) if pair is not None else (0, 0)


def _panel() -> Any:
    from ssim_viewer.features.window_inspector.view import InspectorPanel  # noqa: PLC0415

    return InspectorPanel()
