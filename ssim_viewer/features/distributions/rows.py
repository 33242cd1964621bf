"""The rows in the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.distributions import actions
from ssim_viewer.features.distributions.state import (
    BRUSH,
    ELLIPSE,
    ID,
    LASSO,
    LINE,
    RECTANGLE,
    distribution_of,
    found_on_screen,
)
from ssim_viewer.features.feature import Command, FrameArea, InTurn, OpenView
from ssim_viewer.session.intents import TakeTool
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session
    from ssim_viewer.session.tools import Tool

MENU = ("View", tr("Region"))
DOCKS = ("View", tr("Docks"))


def _has_pair(session: Session) -> bool:
    return session.document.pair is not None


def _has_region(session: Session) -> bool:
    return distribution_of(session).shape is not None


def worst_after(session: Session, by: int) -> object:
    """Return the action that goes to the next or the previous one of the worst places."""
    state = distribution_of(session)
    places = state.places
    if places is None or places.of is not found_on_screen(session) or not places.places:
        return actions.GoToWorst(0, found_later=True)
    count = len(places.places)
    rank = (0 if by > 0 else count - 1) if state.rank is None else (state.rank + by) % count
    return worst_at(session, rank)


def worst_at(session: Session, rank: int) -> object:
    """Return the action that goes to one of the worst places, by its rank from 0."""
    places = distribution_of(session).places
    if places is None or rank >= len(places.places):
        return actions.GoToWorst(0, found_later=True)
    return InTurn((actions.GoToWorst(rank), FrameArea(*places.places[rank].bounds())))


def _tool(name: str, label: str, tool: Tool, tip: str, keys: tuple[str, ...] = ()) -> Command:
    """Return the row that takes a tool and opens the dock that shows what it draws."""
    return Command(
        name,
        label,
        MENU,
        lambda session: (
            TakeTool(None) if session.tool == tool else InTurn((OpenView(ID), TakeTool(tool)))
        ),
        tip,
        keys,
        enabled=_has_pair,
        checked=lambda session: session.tool == tool,
    )


COMMANDS = (
    Command(
        "open_distributions",
        tr("&Distributions"),
        DOCKS,
        lambda _session: OpenView(ID),
        tr(
            "Show the histogram of a map, its worst pixels, and its values in a region or on a"
            " line."
        ),
        ("Ctrl+Shift+D",),
        enabled=_has_pair,
    ),
    Command(
        "light_worst",
        tr("&Light the worst pixels"),
        MENU,
        lambda session: (
            actions.LightWorst()
            if distribution_of(session).open
            else InTurn((OpenView(ID), actions.LightWorst()))
        ),
        tr("Light the worst 5 % of the map, or the share that is chosen, on all panes."),
        ("Shift+L",),
        enabled=_has_pair,
        checked=lambda session: distribution_of(session).worst,
    ),
    Command(
        "next_worst",
        tr("&Next worst region"),
        MENU,
        lambda session: worst_after(session, 1),
        tr("Zoom all panes to the next worst place of the map."),
        ("N",),
        enabled=_has_pair,
    ),
    Command(
        "previous_worst",
        tr("&Previous worst region"),
        MENU,
        lambda session: worst_after(session, -1),
        tr("Zoom all panes to the previous worst place of the map."),
        ("Shift+N",),
        enabled=_has_pair,
    ),
    _tool(
        "draw_rectangle",
        tr("Draw a rectan&gle"),
        RECTANGLE,
        tr("Its values against the whole map."),
    ),
    _tool("draw_ellipse", tr("Draw an &ellipse"), ELLIPSE, tr("Its values against the whole map.")),
    _tool(
        "draw_lasso", tr("Draw a l&asso"), LASSO, tr("The values within it against the whole map.")
    ),
    _tool(
        "draw_brush", tr("Paint a regi&on"), BRUSH, tr("The values under it against the whole map.")
    ),
    _tool("draw_line", tr("Draw a pro&file"), LINE, tr("The values of all maps along a line.")),
    Command(
        "restrict_to_region",
        tr("Restrict scores &to the region"),
        MENU,
        lambda _session: actions.RestrictScores(),
        tr("Count only the pixels of the drawn region in every score, as a mask does."),
        enabled=_has_region,
    ),
    Command(
        "clear_drawn_region",
        tr("&Clear the drawn region"),
        MENU,
        lambda _session: actions.DrawRegion(None),
        tr("Take the drawn region away; a mask of it stays."),
        enabled=_has_region,
    ),
)
