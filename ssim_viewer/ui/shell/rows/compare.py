"""The rows of the menu View, Compare: the ways to see the reference and what a pane shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ssim_viewer.metrics import Quantity
from ssim_viewer.session.anchors import ANCHOR, NO_ANCHORS
from ssim_viewer.session.command import Command, has_pair
from ssim_viewer.session.comparison import Mode
from ssim_viewer.session.intents import BlinkPane, ClearAnchors, Compare, ShowBeside, TakeTool
from ssim_viewer.session.state import Layout
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.rows import view_actions as view
from ssim_viewer.ui.shell.rows.row import Line, Row, Submenu

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssim_viewer.session.state import Session

MENU = ("View", "Compare")

_STEPS = {
    Mode.ALONE: (tr("Less of the comparison"), tr("More of the comparison")),
    Mode.WIPE: (tr("Divider to the left"), tr("Divider to the right")),
    Mode.BLINK: (tr("Blink more slowly"), tr("Blink faster")),
    Mode.OVERLAY: (tr("More of the reference"), tr("Less of the reference")),
    Mode.DIFFERENCE: (tr("Smaller gain"), tr("Larger gain")),
}
_UP_AND_DOWN = (tr("Divider up"), tr("Divider down"))


def _turn_to(mode: Mode) -> Callable[[Session], Compare]:
    return lambda session: Compare(session.look.comparison.turned(mode))


def _is_on(mode: Mode) -> Callable[[Session], bool]:
    return lambda session: session.look.comparison.mode is mode


def _turn_divider(session: Session) -> Compare:
    """Return the intent to turn the divider; without one, to wipe with one that lies across."""
    comparison = session.look.comparison
    across = True if comparison.mode is not Mode.WIPE else not comparison.across
    return Compare(replace(comparison, mode=Mode.WIPE, across=across))


def _step_words(session: Session, place: int) -> str:
    comparison = session.look.comparing
    across = comparison.mode is Mode.WIPE and comparison.across
    return (_UP_AND_DOWN if across else _STEPS[comparison.mode])[place]


def _mode(mode: Mode, name: str, label: str, tip: str, key: str) -> Command:
    return Command(name, label, MENU, _turn_to(mode), tip, (key,), checked=_is_on(mode))


def _step(name: str, place: int, tip: str, key: str) -> Command:
    return Command(
        name,
        _STEPS[Mode.WIPE][place],
        MENU,
        partial(view.step_comparison, by=2 * place - 1),
        tip,
        (key,),
        enabled=lambda session: session.look.comparing.scale is not None,
        text=partial(_step_words, place=place),
    )


COMPARE: tuple[Row, ...] = (
    Submenu(("View",), tr("Co&mpare")),
    Command(
        "side_by_side",
        tr("&Side by side"),
        MENU,
        lambda _session: ShowBeside(Layout.TWO),
        tr("Show the reference at the left and the distorted image at the right."),
        enabled=has_pair,
    ),
    Command(
        "over_and_under",
        tr("Over and &under"),
        MENU,
        lambda _session: ShowBeside(Layout.STACKED),
        tr("Show the reference above and the distorted image below."),
        enabled=has_pair,
    ),
    Line(MENU),
    Command(
        "toggle_reference",
        tr("&Blink reference and distorted"),
        MENU,
        lambda session: BlinkPane(session.look.active),
        tr(
            "Switch the active pane to the reference, or from it to the distorted image; once more "
            "brings back what it showed."
        ),
        ("T",),
        "eye-refresh-outline",
        tool=50,
    ),
    Command(
        "show_reference",
        tr("Show re&ference"),
        MENU,
        partial(view.show, quantity=Quantity.REFERENCE),
        tr("Show the reference in the active pane."),
        ("A",),
    ),
    Command(
        "show_distorted",
        tr("Show &distorted"),
        MENU,
        partial(view.show, quantity=Quantity.DISTORTED),
        tr("Show the distorted image in the active pane."),
        ("B",),
    ),
    Line(MENU),
    replace(
        _mode(
            Mode.WIPE,
            "wipe",
            tr("&Wipe"),
            tr(
                "Split every pane: the reference left of the divider, the pane's own picture right"
                " of it."
            ),
            "W",
        ),
        icon="arrow-split-vertical",
        tool=51,
    ),
    Command(
        "turn_divider",
        tr("&Turn the divider"),
        MENU,
        _turn_divider,
        tr("Wipe with a divider that lies across, the reference above it, or with an upright one."),
        ("Shift+W",),
    ),
    _mode(
        Mode.BLINK,
        "blink_automatically",
        tr("Blink &automatically"),
        tr("Show the reference and the pane's own picture in turn, at a rate that can be set."),
        "Shift+T",
    ),
    _mode(
        Mode.OVERLAY,
        "overlay",
        tr("&Overlay"),
        tr("Lay the pane's own picture over the reference, at an opacity that can be set."),
        "O",
    ),
    _mode(
        Mode.DIFFERENCE,
        "amplified_difference",
        tr("A&mplified difference"),
        tr(
            "Show mid-grey + gain × (distorted − reference), channel by channel, in place of the "
            "distorted image."
        ),
        "D",
    ),
    Line(MENU),
    Command(
        "anchor_pins",
        tr("Anchor &pins"),
        MENU,
        lambda session: TakeTool(None if session.tool == ANCHOR else ANCHOR),
        tr(
            "Keep a spot of the reference and the same spot of the distorted image together, by a "
            "pin on each: click, or move with the arrows and press Space."
        ),
        ("Shift+A",),
        enabled=has_pair,
        checked=lambda session: session.tool == ANCHOR,
    ),
    Command(
        "clear_anchors",
        tr("&Clear the anchor pins"),
        MENU,
        lambda _session: ClearAnchors(),
        tr("Show both images where they are."),
        ("Ctrl+Shift+A",),
        enabled=lambda session: session.look.anchors != NO_ANCHORS,
    ),
    Line(MENU),
    _step(
        "wipe_left",
        0,
        tr("Move the divider to the left or up; blink more slowly; less opacity or gain."),
        "Alt+Left",
    ),
    _step(
        "wipe_right",
        1,
        tr("Move the divider to the right or down; blink faster; more opacity or gain."),
        "Alt+Right",
    ),
)
