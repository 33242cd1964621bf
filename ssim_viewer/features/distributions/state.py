"""What the dock of distributions knows: what is wanted, and what was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ssim_viewer.features.distributions.sources import Content, source_of
from ssim_viewer.metrics import Quantity
from ssim_viewer.session.tools import Tool
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.distributions.minima import WorstPlace
    from ssim_viewer.features.distributions.profile import Ends, Profile
    from ssim_viewer.features.distributions.shares import Brushed, Found, Shares
    from ssim_viewer.images.shapes import Point, Shape
    from ssim_viewer.metrics.pooling import Pooled
    from ssim_viewer.session.measurement import SsimMeasurement
    from ssim_viewer.session.overlays import LitPixels
    from ssim_viewer.session.state import Session

ID = "distributions"

RECTANGLE = Tool(ID, "rectangle", tr("Drag a rectangle in any pane; Esc leaves the tool."))
ELLIPSE = Tool(ID, "ellipse", tr("Drag an ellipse in any pane; Esc leaves the tool."))
LASSO = Tool(ID, "lasso", tr("Drag around a region in any pane; Esc leaves the tool."))
BRUSH = Tool(
    ID, "brush", tr("Paint a region in any pane, with Ctrl erase it; Esc leaves the tool.")
)
LINE = Tool(ID, "line", tr("Drag a line in any pane; Esc leaves the tool."))

REGION_TOOLS = (RECTANGLE, ELLIPSE, LASSO, BRUSH)


@dataclass(frozen=True, slots=True, eq=False)
class Lit:
    """The pixels that are lit.

    Attributes
    ----------
    wanted, percent
        What they were asked for: a range, or None for so many per cent of the worst.
    brushed
        The range that they have.
    """

    of: Found
    wanted: Brushed | None
    percent: float
    brushed: Brushed
    pixels: LitPixels
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class RegionShares:
    """The distribution of a map within a region, or None without a sample in it."""

    of: Found
    shape: Shape
    shares: Shares | None


@dataclass(frozen=True, slots=True, eq=False)
class WorstPlaces:
    """The worst places of a map."""

    of: Found
    places: tuple[WorstPlace, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Poolings:
    """The poolings of the map of SSIM."""

    measured: SsimMeasurement
    percent: float
    exponent: float
    pooled: tuple[Pooled, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """The state of the feature.

    Attributes
    ----------
    content
        The map.
    brushed
        The range whose pixels are lit, or None.
    worst
        Whether the worst `percent` are lit instead, whatever their range is.
    percent, exponent
        Of the worst values, and of Minkowski pooling.
    radius
        Of the brush, in pixels.
    shape
        The region, or None; it follows the mouse while it is drawn.
    line
        The ends of the line of the profile, or None.
    anchor, lasso
        Where a drag began that goes on, and where the lasso went in it.
    rank
        Which of the worst places is shown, or None.
    framing
        Whether the panes are zoomed to it as soon as it is found.
    restricting
        Whether the mask of the region is on its way to the scores.
    found, lit, region, places, poolings, profile
        What was found last; what is of something else is on its way.
    problem
        Why something could not be found, or "".
    """

    open: bool = False
    content: Content = Quantity.SSIM
    brushed: Brushed | None = None
    worst: bool = False
    percent: float = 5.0
    exponent: float = 2.0
    radius: float = 12.0
    shape: Shape | None = None
    line: Ends | None = None
    anchor: Point | None = None
    lasso: tuple[Point, ...] = ()
    rank: int | None = None
    framing: bool = False
    restricting: bool = False
    found: Found | None = None
    lit: Lit | None = None
    region: RegionShares | None = None
    places: WorstPlaces | None = None
    poolings: Poolings | None = None
    profile: Profile | None = None
    problem: str = ""


def distribution_of(session: Session) -> Distribution:
    """Return the state of the feature in a session."""
    return cast("Distribution", session.features.get(ID, Distribution()))


def found_on_screen(session: Session) -> Found | None:
    """Return the distribution of the map on screen, or None while it is computed."""
    state = distribution_of(session)
    source = source_of(session, state.content)
    if source is None or state.found is None or not source.is_same(state.found.source):
        return None
    return state.found


def lit_on_screen(session: Session) -> Lit | None:
    """Return the pixels that are lit, or None without any, or while others are found."""
    state, found = distribution_of(session), found_on_screen(session)
    lit, wanted = state.lit, None if state.worst else state.brushed
    if lit is None or lit.of is not found or lit.wanted != wanted:
        return None
    if wanted is None and not (state.worst and lit.percent == state.percent):
        return None
    return lit


def place_on_screen(session: Session) -> WorstPlace | None:
    """Return the worst place that is shown."""
    state = distribution_of(session)
    places = state.places
    if places is None or state.rank is None or places.of is not found_on_screen(session):
        return None
    return places.places[state.rank] if state.rank < len(places.places) else None
