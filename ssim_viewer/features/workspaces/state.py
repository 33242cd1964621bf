"""What the feature knows: the workspace in use, and how each of them is arranged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from ssim_viewer.session.content_lines import contents_of, line_of
from ssim_viewer.session.state import Layout, Look
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssim_viewer.metrics import Quantity
    from ssim_viewer.session.map_key import MetricLayer
    from ssim_viewer.session.state import Session

ID = "workspaces"

SETTINGS, PLOTS = "settings", "plots"
"""The docks of the window itself; the others are named by their features."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dock usually stands.

    Attributes
    ----------
    area
        "left", "right" or "bottom".
    size
        Its width, or at the bottom its height, in logical pixels; 0 leaves it to the dock.
    """

    dock: str
    area: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a workspace looks.

    Attributes
    ----------
    docks
        The docks that are open, by their features.
    layout
        How many panes there are.
    places
        Where the docks are, as Qt writes it in hexadecimal digits, or "" where they are as usual.
    panes
        What all panes show, row by row, or () where that was not kept.
    """

    docks: tuple[str, ...]
    layout: Layout
    places: str = ""
    panes: tuple[Quantity | MetricLayer, ...] = ()


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that the program brings.

    Attributes
    ----------
    name
        What a person reads.
    """

    id: str
    name: str
    usual: tuple[Place, ...]
    layout: Layout
    tip: str
    keys: str

    @property
    def arrangement(self) -> Arrangement:
        """Return how it looks at first."""
        docks = tuple(place.dock for place in self.usual)
        return Arrangement(docks, self.layout, panes=Look().panes)


COMPARE = Workspace(
    "compare",
    tr("Compare"),
    (Place("candidates", "left", 440), Place("distributions", "bottom", 230)),
    Layout.TWO,
    tr("Candidates at the left, two large panes, histogram and worst regions below."),
    "F2",
)
EXPLAIN = Workspace(
    "explain",
    tr("Explain"),
    (Place("window_inspector", "right", 380),),
    Layout.SIX,
    tr("The window that was clicked, with its numbers and formulas, at the right."),
    "F3",
)
EXPERIMENT = Workspace(
    "experiment",
    "Experiment",
    (Place(SETTINGS, "right", 320), Place(PLOTS, "bottom")),
    Layout.SIX,
    tr("The settings of climb and metric at the right, plots of the run below."),
    "F4",
)

BUILT_IN = {each.id: each for each in (COMPARE, EXPLAIN, EXPERIMENT)}


@dataclass(frozen=True, slots=True)
class View:
    """Where the panes look: device pixels for each of the image, and the centre; None fits."""

    zoom: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The state of the feature.

    Attributes
    ----------
    current
        The id of the workspace in use; a person's own one is named by its name.
    arrangements
        How workspaces looked when they were left.
    view
        Where the panes looked when the session was saved, or None where they fit.
    wanted
        Another object for each time that the window shall be arranged anew.
    """

    current: str = EXPERIMENT.id
    arrangements: Mapping[str, Arrangement] = field(default_factory=lambda: MappingProxyType({}))
    view: View | None = None
    wanted: object = None

    @property
    def own(self) -> tuple[str, ...]:
        """The names of those that a person has made, in order."""
        return tuple(name for name in self.arrangements if name not in BUILT_IN)

    @property
    def arrangement(self) -> Arrangement:
        """How the workspace in use looks, or looked when it was left."""
        kept = self.arrangements.get(self.current)
        return kept or BUILT_IN.get(self.current, EXPERIMENT).arrangement

    def with_arrangement(self, name: str, arrangement: Arrangement) -> Workspaces:
        """Return the state that keeps how a workspace looks."""
        kept = MappingProxyType({**self.arrangements, name: arrangement})
        return replace(self, arrangements=kept)

    def without(self, name: str) -> Workspaces:
        """Return the state without what was kept of a workspace; an own one is gone."""
        kept = {key: each for key, each in self.arrangements.items() if key != name}
        current = EXPERIMENT.id if name == self.current and name not in BUILT_IN else self.current
        arrangements = MappingProxyType(kept)
        return replace(self, current=current, arrangements=arrangements, view=None, wanted=object())


def workspaces_of(session: Session) -> Workspaces:
    """Return the state of the feature in a session."""
    return cast("Workspaces", session.features.get(ID, Workspaces()))


def as_plain(state: Workspaces) -> dict[str, Any]:
    """Return the state as JSON can hold it."""
    view = state.view
    return {
        "current": state.current,
        "arrangements": {
            name: {
                "docks": [*each.docks],
                "layout": each.layout.value,
                "places": each.places,
                "panes": [*map(line_of, each.panes)],
            }
            for name, each in state.arrangements.items()
        },
        "view": None if view is None else [view.zoom, view.x, view.y],
    }


def from_plain(plain: Any) -> Workspaces:
    """Return the state again.

    Raises
    ------
    ValueError, LookupError, TypeError, AttributeError
        If it is no such state.
    """
    kept = {
        str(name): Arrangement(
            tuple(map(str, each["docks"])),
            Layout(each["layout"]),
            str(each["places"]),
            _panes(each.get("panes", ())),
        )
        for name, each in plain["arrangements"].items()
    }
    view = plain["view"]
    current = str(plain["current"])
    if current not in BUILT_IN and current not in kept:
        raise ValueError(current)
    for each in kept.values():
        bytes.fromhex(each.places)
    return Workspaces(
        current,
        MappingProxyType(kept),
        None if view is None else View(*map(float, view)),
        object(),
    )


def _panes(lines: Any) -> tuple[Quantity | MetricLayer, ...]:
    """Return what panes show by their lines; without any, as of before, nothing was kept."""
    usual = Look().panes
    return contents_of(map(str, lines), usual)[: len(usual)] if lines else ()
