"""What the rows of the menu View do, where that takes more than a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session.intents import (
    ChangePlayback,
    ChooseQuantity,
    Compare,
    ResetLook,
    ScaleMap,
    ShowPixelValues,
)
from ssim_viewer.session.map_scale import Ends
from ssim_viewer.session.playback import Playback
from ssim_viewer.session.state import Layout
from ssim_viewer.ui.theme.colors import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget

    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.comparison import Comparison
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.shell.shell_window import ShellWindow


def show(session: Session, quantity: Quantity | MetricLayer) -> ChooseQuantity:
    """Return the intent to show a quantity in the active pane."""
    return ChooseQuantity(session.look.active, quantity)


def step_comparison(session: Session, by: int) -> Compare:
    """Return the intent to move the setting of the active pane's mode by some steps."""
    return with_setting(session, session.look.comparing.stepped(by))


def with_setting(session: Session, changed: Comparison) -> Compare:
    """Return the intent to take over a setting, and to leave the mode of all panes as it is."""
    return Compare(replace(changed, mode=session.look.comparison.mode))


def turn_range(session: Session) -> ScaleMap | None:
    """Return the intent to stretch the active pane's colours over most values, or take it back."""
    content = session.look.panes[session.look.active]
    scale = session.look.scale_of(content)
    ends = Ends.USUAL if scale.ends is Ends.AUTOMATIC else Ends.AUTOMATIC
    return None if content in IMAGES else ScaleMap(content, replace(scale, ends=ends))


def turn_flag(session: Session, name: str) -> ScaleMap | None:
    """Return the intent to lock the active pane's colours or mark clipped values, or not to."""
    content = session.look.panes[session.look.active]
    scale = session.look.scale_of(content)
    changed: dict[str, Any] = {name: not getattr(scale, name)}
    return None if content in IMAGES else ScaleMap(content, replace(scale, **changed))


def has_flag(session: Session, name: str) -> bool:
    """Whether the active pane's colours are locked, or its clipped values marked."""
    return bool(getattr(session.look.scale_of(session.look.panes[session.look.active]), name))


def shows_map(session: Session) -> bool:
    """Whether the active pane shows a map."""
    return session.look.panes[session.look.active] not in IMAGES


def activate_next(window: ShellWindow, step: int) -> None:
    """Make the pane that stands so many places further the active one."""
    look = window.session.look
    panes = range(len(look.panes)) if look.layout is Layout.ONE else look.shown_panes
    window.panes.focus_pane(panes[(panes.index(look.active) + step) % len(panes)])


def ready_selection(window: ShellWindow, on: bool) -> None:  # noqa: FBT001 - as an action says it
    """Take the next drag for a region, or no more."""
    selection = window.panes.selection
    if selection.ready != on:  # else a drag under way would be forgotten
        selection.get_ready(ready=on)


def zoom_to_values(window: ShellWindow) -> None:
    """Zoom in until values have room on the pixels, and draw them."""
    window.intended.emit(ShowPixelValues(True))
    window.panes.show_values_closely()


def show_dock(dock: QDockWidget, on: bool) -> None:  # noqa: FBT001 - as an action says it
    """Show a dock above others in its place, or close it as a person does."""
    if not on:
        dock.close()
        return
    dock.show()
    dock.raise_()


def show_navigator(window: ShellWindow, on: bool) -> None:  # noqa: FBT001 - as an action says it
    """Show the navigator, or do not, from now on."""
    window.navigator.want(on)
    window.preferences.set_text("navigator", "" if on else "hidden")


def reset_window(window: ShellWindow) -> None:
    """Bring back the panes, sizes, colours and playback of the first start."""
    window.preferences.reset()
    window.set_theme(Theme.SYSTEM)
    window.plots.log_steps = False
    window.intended.emit(ResetLook())
    window.intended.emit(ChangePlayback(Playback()))
    window.actions_by_name["show_navigator"].setChecked(True)
    window.reset.emit()
